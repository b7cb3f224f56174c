import unittest

from tracker.endpoints import COMPANIES
from tracker.register import Register, closed_status


class FakeApi:
    """Answers from a dictionary and keeps what was asked for."""

    def __init__(self, answers):
        self.answers = answers
        self.asked = []

    def get(self, path, **params):
        self.asked.append(path)
        return self.answers[path]

    def patch(self, path, body):
        self.asked.append((path, body))
        return {}


class RegisterTest(unittest.TestCase):
    def test_void_items_are_left_out(self):
        api = FakeApi(
            {
                "/vapid/projects/5/submittals": [
                    {"id": 1, "status": "open"},
                    {"id": 2, "status": "void"},
                ]
            }
        )
        items = Register(api, 5).open_items()
        self.assertEqual([item["id"] for item in items], [1])

    def test_close_sends_the_status(self):
        api = FakeApi({})
        Register(api, 5).close(8, 3)
        path, body = api.asked[0]
        self.assertEqual(path, "/vapid/projects/5/submittals/8")
        self.assertEqual(body, {"submittal": {"status_id": 3}})

    def test_closed_status_falls_back(self):
        statuses = "/vapid/companies/4/submittal_statuses"
        api = FakeApi({COMPANIES: [{"id": 4}], statuses: []})
        self.assertEqual(closed_status(api), 2)
        self.assertEqual(api.asked, [COMPANIES, statuses])


if __name__ == "__main__":
    unittest.main()
