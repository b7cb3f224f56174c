import requests

url = "https://api.procore.com/vapid/{}".format
slash = "/".join
requests.get(url("me"))
requests.get(slash(["https://api.procore.com", "vapid", "companies"]))
for path in map("https://api.procore.com/vapid/{}".format, ["projects"]):
    requests.get(path)
