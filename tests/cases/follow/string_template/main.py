from string import Template

import requests

URL = Template("https://api.procore.com/vapid/projects/$project")


def run(project):
    requests.get(URL.substitute(project=project))
    requests.get(Template("${base}/vapid/projects/$project").substitute(
        {"base": "https://api.procore.com", "project": project}))
