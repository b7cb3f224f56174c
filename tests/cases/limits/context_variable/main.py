from contextvars import ContextVar
from threading import local

import requests

base = ContextVar("base", default="https://api.procore.com/vapid")
thread = local()
thread.host = "https://api.procore.com"
requests.get(base.get() + "/me")
requests.get(thread.host + "/vapid/companies")
