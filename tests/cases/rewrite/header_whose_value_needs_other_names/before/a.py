"""One."""
import requests

requests.get("https://api.procore.com/vapid/projects")
