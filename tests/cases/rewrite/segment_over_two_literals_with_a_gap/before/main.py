import requests

requests.get("https://api.procore.com/vap" + "id/me")
requests.get("https://api.procore.com/v" "apid/" "me")
