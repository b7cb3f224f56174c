# What follows is sent.
URL = "https://api.procore.com/vapid/projects"
get = __import__("requests").get
import requests; requests.get(URL)
