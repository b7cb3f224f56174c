import requests
from settings import settings

requests.get(settings.procore.host + settings.procore.prefix + "/me")
requests.get(settings.push.host + settings.push.prefix + "/public-key")
