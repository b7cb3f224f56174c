import requests


def show(project):
    return requests.get(f"{f'https://api.procore.com/vapid'}/projects/{project['id']}")
