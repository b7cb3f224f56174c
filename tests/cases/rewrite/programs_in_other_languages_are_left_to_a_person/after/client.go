const base = "https://api.procore.com/vapid"
