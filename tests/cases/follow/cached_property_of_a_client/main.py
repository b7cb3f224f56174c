from functools import cache, cached_property, lru_cache

import httpx


class Service:
    host = "https://api.procore.com"

    @cached_property
    def http(self):
        return httpx.Client(base_url=f"{self.host}/vapid")

    @cached_property
    def me(self):
        return self.http.get("/me").json()


@lru_cache(maxsize=1)
def service():
    return Service()


@cache
def company(company_id):
    return service().http.get(f"/companies/{company_id}")


service().me
company(5)
