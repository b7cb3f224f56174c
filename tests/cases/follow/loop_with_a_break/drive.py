# Where nothing is fine, the loop goes on to its end.
from runpy import run_module

import requests

run_module("main")
requests.Response.ok = property(lambda response: response.url.endswith("companies"))
run_module("main")
requests.Response.ok = False
run_module("main")
