import httpx


class Procore(httpx.Client):
    def __init__(self, company_id, **kwargs):
        super().__init__(base_url="https://api.procore.com/vapid", timeout=5, **kwargs)
        self.company_id = company_id

    def vendors(self):
        return self.get(f"/companies/{self.company_id}/vendors").json()

    def request(self, method, url, **kwargs):
        kwargs["headers"] = {"X-Company": str(self.company_id)}
        return super().request(method, url, **kwargs)


with Procore(5) as procore:
    procore.vendors()
    procore.post("/projects", json={})
