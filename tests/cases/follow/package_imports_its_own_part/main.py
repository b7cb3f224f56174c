import requests
from procore_client import ME

requests.get(ME)
