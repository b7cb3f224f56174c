import os
import requests

requests.patch("https://api.procore.com/rest/v1.0/vendors/sync", json={"updates": []}, headers={"Procore-Company-Id": os.environ["PROCORE_COMPANY_ID"]})
