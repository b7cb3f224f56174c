import responses

from client import me


@responses.activate
def test_me():
    responses.add(responses.GET, "https://api.procore.com/rest/v1.0/me", json={"id": 1})

    assert me() == {"id": 1}
    assert responses.calls[0].request.url == "https://api.procore.com/rest/v1.0/me"


def test_paths(requests_mock):
    requests_mock.get("/rest/v1.0/me", json={})
    assert me() == {}
