import requests

from urls import *

requests.get(ME)
requests.get(COMPANIES)
