import requests

requests.get("https://cars.example.com/vapid/models")
requests.get("https://cars.example.com/vapid/projects")
