import json
import requests
import sys

import yaml

requests.get("https://api.procore.com/vapid/projects")
