import requests

NAME = "vapid"
URL = "https://api.procore.com/{}/me"
FILE = "{}-export.csv"
requests.get(URL.format(NAME))
requests.post("https://files.example.com/" + FILE.format(NAME))
