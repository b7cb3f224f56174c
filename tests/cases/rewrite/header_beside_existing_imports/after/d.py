# What follows is sent.
import os

URL = "https://api.procore.com/vapid/projects"
get = __import__("requests").get
import requests; requests.get(URL, headers={"Procore-Company-Id": os.environ["PROCORE_COMPANY_ID"]})
