import requests.sessions as rs
from httpx import Client as Http, get as fetch
from requests import Session as S, api
from urllib.request import Request as Req, urlopen as visit

H = "https://api.procore.com/vapid"
rs.Session().get(H + "/me")
fetch(H + "/companies")
S().post(H + "/projects")
api.put(H + "/projects/3")
with Http(base_url=H) as http:
    http.head("/programs")
visit(Req(H + "/offices"))
