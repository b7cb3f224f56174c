from requests_toolbelt.sessions import BaseUrlSession


class Procore(BaseUrlSession):
    base_url = "https://api.procore.com/vapid/"

    def vendors(self, company_id):
        return self.get(f"companies/{company_id}/vendors")


Procore().vendors(5)
