import responses
import requests


@responses.activate
def test_sync():
    responses.add(responses.POST, "https://api.procore.com/vapid/vendors/sync")
    requests.post("https://api.procore.com/vapid/vendors/sync")
