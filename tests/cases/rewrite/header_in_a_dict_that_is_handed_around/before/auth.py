import os

AUTH = "Authorization"


def headers():
    return {AUTH: "Bearer " + os.environ["TOKEN"]}


class Credentials:
    def __init__(self, token):
        self.headers = {"Authorization": f"Bearer {token}"}
