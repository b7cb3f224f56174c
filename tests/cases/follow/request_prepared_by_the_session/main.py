import requests

session = requests.Session()
request = requests.Request(method="DELETE", url="https://api.procore.com/vapid/projects/3")
session.send(session.prepare_request(request))
