"""Two."""
URL = "https://api.procore.com/vapid/projects"


def get():
    from requests import get

    return get(URL)
