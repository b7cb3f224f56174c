import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry


def session():
    http = requests.Session()
    http.mount("https://", HTTPAdapter(max_retries=Retry(total=2)))
    http.mount("https://api.procore.com/vapid", HTTPAdapter(max_retries=1))
    return http


session().get("https://api.procore.com/vapid/me")
