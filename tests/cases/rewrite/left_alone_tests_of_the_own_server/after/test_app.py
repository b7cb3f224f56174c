from unittest import TestCase


def test_page(client):
    assert client.get("/vapid/me").status_code == 200
    assert client.get("/vapid/projects/7/rfis").status_code == 200
    assert client.get("http://localhost/vapid/vendors").status_code == 200


class PageTest(TestCase):
    def test_page(self):
        self.assertEqual(self.client.get("/vapid/me").status_code, 200)
