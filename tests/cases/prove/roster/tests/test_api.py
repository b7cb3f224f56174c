import asyncio

import responses
import vcr

from roster.api import Roster, me

TAPES = vcr.VCR(cassette_library_dir="tests/cassettes", record_mode="none")


@responses.activate
def test_projects():
    responses.get("https://api.procore.com/vapid/projects", json=[{"id": 7}])
    assert Roster("t", 1001).projects() == [{"id": 7}]
    assert "/vapid/projects" in responses.calls[0].request.url


def test_users():
    with TAPES.use_cassette("users.yaml"):
        assert Roster("t", 1001).users(7)[0]["name"] == "Ann"


def test_me():
    assert asyncio.run(me("secret-token-0123456789"))["id"]


def test_all_projects():
    assert len(Roster("t", 1001).projects()) > 2
