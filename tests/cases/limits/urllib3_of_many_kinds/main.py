import urllib3

pool = urllib3.PoolManager(headers={"Accept": "application/json"})
pool.request(method="PATCH", url="https://api.procore.com/vapid/projects/3")
pool.urlopen("GET", "https://api.procore.com/vapid/me")
urllib3.request("GET", "https://api.procore.com/vapid/companies")
host = urllib3.connection_from_url("https://api.procore.com")
host.request("POST", "/vapid/projects", body=b"{}")
