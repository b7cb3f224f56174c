import sys
import urllib.request

H = "https://api.procore.com"


def send(path, data=None):
    return urllib.request.urlopen(urllib.request.Request(H + path, data=data))


send("/vapid/me")
send("/vapid/projects", b"{}")
body = b"x" if sys.argv[1:] else None
urllib.request.urlopen(H + "/vapid/companies", body)
