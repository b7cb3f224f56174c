import requests


def run():
    url = "https://api.procore.com/vapid/me"

    def turn():
        nonlocal url
        url = "https://api.procore.com/vapid/companies"

    requests.get(url)
    turn()
    requests.get(url)


run()
