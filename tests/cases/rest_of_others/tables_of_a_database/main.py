import requests

URL = "https://abcdefgh.supabase.co"

requests.get(f"{URL}/rest/v1/users?select=*", headers={"apikey": "x"})
requests.post(URL + "/rest/v1/projects", json={"name": "Tower"})
