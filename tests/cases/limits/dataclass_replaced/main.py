from dataclasses import asdict, dataclass, replace

import requests


@dataclass(frozen=True)
class Call:
    method: str
    url: str


me = Call("GET", "https://api.procore.com/vapid/me")
requests.request(**asdict(me))
companies = replace(me, url="https://api.procore.com/vapid/companies")
requests.request(companies.method, companies.url)
