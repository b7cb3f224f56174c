import httpx
import requests
from main import app

VENDORS = "/rest/v1.0/vendors"


async def test_forward(client):
    assert (await client.get("/vapid/projects/7/rfis")).status == 200


async def test_by_transport():
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        assert (await client.get("/vapid/projects/7/rfis")).status_code == 200


def test_others(procore):
    assert procore.get("/rest/v1.0/companies").status_code == 200
    assert procore.get("/vapid/projects").status_code == 200
    requests.get("https://api.procore.com" + VENDORS)
