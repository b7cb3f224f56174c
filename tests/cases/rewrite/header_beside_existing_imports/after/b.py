# A licence.
import os as system
import requests

requests.get("https://api.procore.com/vapid/projects", headers={"Procore-Company-Id": system.environ["PROCORE_COMPANY_ID"]})
