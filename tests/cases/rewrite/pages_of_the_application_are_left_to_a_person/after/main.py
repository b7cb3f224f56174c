import requests

GUIDE = "https://app.procore.com/vapid/guide"
LIBRARY = "https://app.procore.com/rest/v1.0"


def page(render):
    return render("about.html", guide=GUIDE, data="https://app.procore.com/rest/v1.0/projects")


def client(library):
    return library.Client(LIBRARY)


def fetch():
    requests.get("https://app.procore.com/rest/v1.0/widgets")
    return requests.get("https://app.procore.com/rest/v1.0/me")
