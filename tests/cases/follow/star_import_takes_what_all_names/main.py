import requests

from urls import *
from sandbox import *

requests.get(API + "/projects", timeout=TIMEOUT)
requests.get(me(), timeout=TIMEOUT)
