import requests
from settings import settings

requests.get(f"{settings.host}/{settings.namespace}/me", timeout=settings.timeout)
