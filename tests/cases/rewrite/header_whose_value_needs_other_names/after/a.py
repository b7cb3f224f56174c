"""One."""
import config
import requests

requests.get("https://api.procore.com/vapid/projects", headers={"Procore-Company-Id": str(config.COMPANY)})
