HOST = "https://api.procore.com"
PATHS = {"me": "/vapid/me"}
