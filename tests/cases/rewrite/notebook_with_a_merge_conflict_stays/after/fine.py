import requests

requests.get('https://api.procore.com/rest/v1.0/offices')
