import os

import requests

HOST = "https://api.procore.com"
try:
    path = os.environ["X"] and "/vapid/me"
except KeyError as error:
    print(error)
    path = "/vapid/companies"
else:
    print("fine")
finally:
    print("done")
requests.get(HOST + path)
count = 0
while count < 2:
    count += 1
else:
    url = HOST + "/vapid/projects"
requests.get(url)
for _ in range(2):
    pass
else:
    url = HOST + "/vapid/offices"
requests.get(url)
