DEBUG = False
PROCORE_API = "https://api.procore.com/vapid"
