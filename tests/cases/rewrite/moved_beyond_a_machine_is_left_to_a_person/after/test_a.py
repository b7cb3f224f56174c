import responses
import requests


@responses.activate
def test_sync():
    responses.add(responses.POST, "https://api.procore.com/vapid/vendors/sync")
    requests.patch("https://api.procore.com/rest/v1.0/vendors/sync")
