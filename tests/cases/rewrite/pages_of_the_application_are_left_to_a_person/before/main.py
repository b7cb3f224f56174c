import requests

GUIDE = "https://app.procore.com/vapid/guide"
LIBRARY = "https://app.procore.com/vapid"


def page(render):
    return render("about.html", guide=GUIDE, data="https://app.procore.com/vapid/projects")


def client(library):
    return library.Client(LIBRARY)


def fetch():
    requests.get("https://app.procore.com/vapid/widgets")
    return requests.get("https://app.procore.com/vapid/me")
