import requests


class Procore:
    def __getattr__(self, verb):
        def call(path, **kwargs):
            return requests.request(verb.upper(), "https://api.procore.com/vapid" + path, **kwargs)

        return call


procore = Procore()
procore.get("/me")
procore.post("/projects", json={})
