import requests


def run(project):
    url = "https://api.procore.com/vapid/projects/{project.id}".format(project=project)
    requests.get(url)
    requests.get("https://api.procore.com/vapid/projects/{0[id]}".format(project))
    requests.get("https://api.procore.com/vapid/projects/%s?share=5%%" % project.id)
