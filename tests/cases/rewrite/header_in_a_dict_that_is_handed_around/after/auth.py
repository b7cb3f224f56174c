import os

AUTH = "Authorization"


def headers():
    return {AUTH: "Bearer " + os.environ["TOKEN"], "Procore-Company-Id": os.environ["PROCORE_COMPANY_ID"]}


class Credentials:
    def __init__(self, token):
        self.headers = {"Authorization": f"Bearer {token}", "Procore-Company-Id": os.environ["PROCORE_COMPANY_ID"]}
