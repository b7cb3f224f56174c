import responses

import a


@responses.activate
def test_me():
    responses.add(responses.GET, "https://app.procore.com/rest/v1.0/me", json={})
    assert a.me() == {}
    assert responses.calls[0].request.url == "https://app.procore.com/rest/v1.0/me"
