from importlib import import_module

import requests

routes = import_module("routes")
requests.get(routes.BASE + "/me")
