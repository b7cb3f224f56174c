import operator

import requests

url = operator.add("https://api.procore.com", "/vapid/me")
requests.get(url)
requests.get("".join(("https://api.procore.com", "/vapid/companies")))
requests.get(str.format("https://api.procore.com/vapid/{}", "projects"))
requests.get("https://api.procore.com".__add__("/vapid/offices"))
