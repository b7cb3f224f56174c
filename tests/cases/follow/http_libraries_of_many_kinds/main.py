import http.client
import urllib.request

import httplib2
import urllib3
from requests_toolbelt.sessions import BaseUrlSession

H = "https://api.procore.com"


def run(id):
    urllib3.PoolManager().request("GET", H + "/vapid/me")
    urllib3.HTTPSConnectionPool("api.procore.com").request("GET", "/vapid/companies")
    httplib2.Http().request(H + "/vapid/offices")
    httplib2.Http().request(H + f"/vapid/projects/{id}", "DELETE")
    BaseUrlSession(base_url=H + "/vapid/").get("programs")
    connection = http.client.HTTPSConnection("api.procore.com")
    connection.request("POST", "/vapid/projects", body="{}")
    connection.getresponse().read()
    connection.request("GET", H + "/vapid/me")
    connection.getresponse().read()
    urllib.request.build_opener().open(H + "/vapid/me")
