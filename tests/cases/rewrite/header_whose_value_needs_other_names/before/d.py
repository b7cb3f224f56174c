import config as settings
import requests

config = "none of ours"
requests.get("https://api.procore.com/vapid/projects")
