import config
from requests import get as fetch


@print
def all_projects(config):
    return fetch("https://api.procore.com/vapid/projects")


def projects():
    return fetch("https://api.procore.com/vapid/projects", headers={"Procore-Company-Id": str(config.COMPANY)})
