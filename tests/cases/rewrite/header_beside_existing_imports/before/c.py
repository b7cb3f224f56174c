from os import environ
import requests

requests.get("https://api.procore.com/vapid/projects")
