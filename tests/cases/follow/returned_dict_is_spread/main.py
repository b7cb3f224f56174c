import requests


def arguments(path, **extra):
    return {"method": "GET", "url": f"https://api.procore.com/vapid{path}", "timeout": 5, **extra}


requests.request(**arguments("/me"))
requests.request(**arguments("/companies", params={"page": 1}))
