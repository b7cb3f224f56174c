import requests


def show(project):
    return requests.get(f"{f'https://api.procore.com/rest/v1.0'}/projects/{project['id']}")
