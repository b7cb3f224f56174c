AUTHORIZATION = "Authorization"
COMPANY = "procore-company-id"


class Credentials:
    def __init__(self, token):
        self.headers = {}
        self.headers["Authorization"] = f"Bearer {token}"


def headers():
    return {
        AUTHORIZATION: "Bearer token",
    }


def known():
    found = headers()
    found |= {COMPANY: "77"}
    return found
