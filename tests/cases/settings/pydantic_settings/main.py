import requests
from settings import settings

requests.get(settings.procore_url + "/me", timeout=settings.timeout)
