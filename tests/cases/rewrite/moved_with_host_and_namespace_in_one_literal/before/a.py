import requests

requests.put("https://app.procore.com/vapid/companies/9/bids/7", json={})
requests.get("https://app.procore.com/vapid/company/9/users")
