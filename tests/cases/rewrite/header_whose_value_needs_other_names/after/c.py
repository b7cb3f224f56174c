from config import COMPANY as NUMBER
from requests import get

get("https://api.procore.com/vapid/projects", headers={"Procore-Company-Id": str(NUMBER)})


def other(NUMBER):
    return get("https://api.procore.com/vapid/projects")
