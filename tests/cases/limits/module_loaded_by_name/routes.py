BASE = "https://api.procore.com/vapid"
