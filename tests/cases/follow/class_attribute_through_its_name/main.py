import requests


class Config:
    API = "https://api.procore.com/vapid"


requests.get(Config.API + "/projects")
