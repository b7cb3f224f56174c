import requests

rows = requests.get("https://api.procore.com/vapid/companies").json()
names = {row["id"]: row["name"] for row in rows if row.get("name")}
detail = [
    requests.get(f"https://api.procore.com/vapid/companies/{company_id}").json()
    for company_id in names
]
requests.patch("https://api.procore.com/vapid/projects/%d" % detail[0]["id"], json=detail[0])
