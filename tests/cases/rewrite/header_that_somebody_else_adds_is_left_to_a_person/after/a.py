import requests


class Company(requests.auth.AuthBase):
    def __call__(self, request):
        request.headers["Procore-Company-Id"] = "9"
        return request


requests.get("https://api.procore.com/vapid/projects", auth=Company())
