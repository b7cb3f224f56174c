import requests

one = two = "https://api.procore.com/vapid"
one, two = two + "/me", one + "/companies"
one, two = two, one
requests.get(one)
requests.post("https://api.procore.com/vapid/projects") if two else None
(first := "https://api.procore.com/vapid/programs") and requests.get(first)
