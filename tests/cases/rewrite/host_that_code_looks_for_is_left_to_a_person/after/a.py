import requests

rows = requests.get("https://app.procore.com/rest/v1.0/projects")
link = rows.links["next"]["url"]
if "app.procore.com" in link:
    rows = requests.get(link)
