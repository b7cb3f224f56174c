from os import environ
import requests

requests.get("https://api.procore.com/vapid/projects", headers={"Procore-Company-Id": environ["PROCORE_COMPANY_ID"]})
