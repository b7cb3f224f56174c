import requests

BASE = "https://api.procore.com/vapid"
TOOLS = ["rfis", "submittals"]

for number in range(1, 3):
    requests.get(f"{BASE}/projects/{number}")
for index in range(len(TOOLS)):
    requests.get(f"{BASE}/projects/3/{TOOLS[index]}")
page = 1
while page < 3:
    requests.get(f"{BASE}/companies?page={page}")
    page += 1
