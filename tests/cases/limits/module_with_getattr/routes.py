def __getattr__(name):
    return f"https://api.procore.com/vapid/{name.lower()}"
