import httpx
from procore_sync import Client

with httpx.Client(base_url="https://api.procore.com") as http:
    Client(http).drawings(3)
