import requests

# The table of Procore's endpoints has no "widgets".
MENU = {
    "projects": "/vapid/projects",
    "widgets": "/vapid/widgets",
}
BESIDE_PUSH = ["/rest/v1.0/projects", "/vapid/public-key", "https://push.example.org/vapid/me"]
KNOWN = ("/rest/v1.0/projects", "/rest/v1.0/companies")


def earlier(hooks):
    return hooks.filter(url__startswith="/vapid/").exclude(url="/vapid/me")


def show(render):
    render(MENU)
    render(BESIDE_PUSH)
    render(KNOWN)
    return render("/vapid/companies"), render("/vapid/widgets")


def me():
    return requests.get("https://api.procore.com/rest/v1.0/me")


def find(hooks):
    return hooks.find({"$or": [{"url": "/vapid/me"}, {"url": {"$regex": "^/vapid/w"}}]})


def choose(select, hook):
    return select(hook).where(hook.url.like("/vapid/%"), hook.url != "/vapid/me")
