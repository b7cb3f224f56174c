import requests


class Paths:
    ME = "/vapid/me"
    COMPANIES = "/vapid/companies"


for name in ("ME", "COMPANIES"):
    requests.get("https://api.procore.com" + getattr(Paths, name))
for path in [value for name, value in vars(Paths).items() if name.isupper()]:
    requests.head("https://api.procore.com" + path)
