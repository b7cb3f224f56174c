import requests

PROCORE = "https://api.procore.com"
OTHERS = "https://rest.example.com/rest/v1.0"

requests.get(OTHERS + "/links")
requests.get(f"{OTHERS}/webhooks/hooks")
requests.post(PROCORE + "/oauth/token")
requests.get("https://api.procore.com/other/page?next=/rest/v1.0/links")
