from config import COMPANY as NUMBER
from requests import get

get("https://api.procore.com/vapid/projects")


def other(NUMBER):
    return get("https://api.procore.com/vapid/projects")
