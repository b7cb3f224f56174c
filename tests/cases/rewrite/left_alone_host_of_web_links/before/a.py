import webbrowser

import requests

HOME = "https://app.procore.com"
STORE = "https://storage.procore.com"


def show(project_id):
    webbrowser.open(f"https://app.procore.com/{project_id}/project/home")


def mail(smtp, project_id, rows):
    text = "See https://app.procore.com/ for more: " + HOME + "/" + str(project_id)
    smtp.sendmail("a@example.com", ["b@example.com"], text)
    return requests.get("https://api.procore.com/rest/v1.0/me"), requests.get(STORE + "/a.png")


requests.post("https://login.procore.com/oauth/token", data={})
requests.get("https://us02.procore.com/598134325/project/home")
