import config as settings
import requests

config = "none of ours"
requests.get("https://api.procore.com/vapid/projects", headers={"Procore-Company-Id": str(settings.COMPANY)})
