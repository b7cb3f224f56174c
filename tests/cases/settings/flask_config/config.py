class Config:
    PROCORE_BASE = "https://api.procore.com/vapid"


class Testing(Config):
    TESTING = True
