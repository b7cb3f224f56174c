import pytest
from client import ask, fetch

ROWS = [pytest.param("users", "/rest/v1.0/users", id="users"), ("vendors", "/rest/v1.0/vendors")]


@pytest.mark.parametrize("noun, path", [("projects", "/rest/v1.0/projects")])
def test_fetch(requests_mock, noun, path):
    requests_mock.get("https://api.procore.com" + path, json=[])
    fetch(noun)
    assert requests_mock.last_request.path == path


@pytest.mark.parametrize(("noun", "path"), ROWS)
def test_fetch_of_rows(requests_mock, noun, path):
    requests_mock.get("https://api.procore.com" + path, json=[])
    fetch(noun)


class TestAsk:
    @pytest.mark.parametrize("host", ["https://api.procore.com", "https://sandbox.procore.com"])
    @pytest.mark.parametrize("path", ["/rest/v1.0/me", "/rest/v1.0/companies"])
    def test_ask(self, requests_mock, host, path):
        requests_mock.get(host + path, json=[])
        ask(path)
