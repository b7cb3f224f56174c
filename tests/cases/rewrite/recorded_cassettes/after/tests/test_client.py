import requests
import vcr


@vcr.use_cassette("tests/cassettes/me.json")
def test_me():
    assert requests.get("https://api.procore.com/rest/v1.0/me").ok
