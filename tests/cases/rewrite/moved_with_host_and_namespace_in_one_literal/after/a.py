import requests

requests.patch("https://api.procore.com/rest/v1.0/companies/9/bids/7", json={})
requests.get("https://api.procore.com/rest/v1.0/companies/9/users")
