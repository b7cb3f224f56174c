import requests


class Caller:
    def __call__(self, path):
        return requests.get(f"https://api.procore.com/vapid{path}")


call = Caller()
call("/me")
