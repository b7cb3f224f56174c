import requests

token = base = None


def login(host):
    global token, base
    token = requests.post(host + "/oauth/token").json()["access_token"]
    base = host + "/vapid"


def me():
    return requests.get(f"{base}/me", headers={"Authorization": f"Bearer {token}"})


if __name__ == "__main__":
    login("https://api.procore.com")
    me()
