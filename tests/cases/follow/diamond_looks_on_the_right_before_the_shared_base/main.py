import requests


class Shared:
    path = "/vapid/commitments"


class Left(Shared):
    pass


class Right(Shared):
    path = "/vapid/me"


class Both(Left, Right):
    pass


requests.get("https://api.procore.com" + Both().path)
