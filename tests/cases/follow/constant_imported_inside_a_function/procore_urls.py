API = "https://api.procore.com/vapid"
