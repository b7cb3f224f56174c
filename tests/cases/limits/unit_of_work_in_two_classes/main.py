import requests


class Api:
    def __init__(self, token, company=None, *, host="https://api.procore.com"):
        self._session = requests.Session()
        self._session.headers["Authorization"] = token
        self._host = host
        self._company = company

    def _call(self, verb, *parts, scope="project", **kwargs):
        path = "/".join(str(part) for part in parts)
        return self._session.request(verb, f"{self._host}/vapid/{path}", **kwargs)

    def users(self):
        return self._call("GET", "companies", self._company, "users", scope="company")

    def drop_image(self, project_id, image_id):
        return self._call("DELETE", "projects", project_id, "images", image_id)


Api("t", 5).users()
Api("t").drop_image(3, 9)
