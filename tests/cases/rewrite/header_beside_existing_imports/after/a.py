import json
import os
import requests
import sys

import yaml

requests.get("https://api.procore.com/vapid/projects", headers={"Procore-Company-Id": os.environ["PROCORE_COMPANY_ID"]})
