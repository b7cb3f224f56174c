import requests


def subscribe(base_url, endpoint):
    key = requests.get(f"{base_url}/vapid/public-key").json()["key"]
    headers = {"Authorization": f"vapid t={key}, k=abc"}
    requests.post(f"{base_url}/vapid/subscribe", json={"endpoint": endpoint}, headers=headers)
    requests.get(base_url + "/vapid-key")
    with open("vapid/private_key.pem") as file:
        return file.read()
