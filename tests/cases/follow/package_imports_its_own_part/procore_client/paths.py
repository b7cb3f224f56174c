HOST = "https://api.procore.com"
ME = "/vapid/me"
