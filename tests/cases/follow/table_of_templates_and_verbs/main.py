import requests

HOST = "https://api.procore.com"
OPERATIONS = {
    "list_rfis": ("GET", "/vapid/projects/{project_id}/rfis"),
    "create_rfi": ("POST", "/vapid/projects/{project_id}/rfis"),
    "me": ("GET", "/vapid/me"),
}


class Client:
    def __getattr__(self, name):
        try:
            method, template = OPERATIONS[name]
        except KeyError:
            raise AttributeError(name) from None

        def call(json=None, **ids):
            return requests.request(method, HOST + template.format(**ids), json=json)

        return call


client = Client()
client.list_rfis(project_id=3)
client.create_rfi({"subject": "x"}, project_id=3)
client.me()
