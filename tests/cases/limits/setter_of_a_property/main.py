import requests


class Client:
    @property
    def company(self):
        return self._base

    @company.setter
    def company(self, company_id):
        self._base = f"https://api.procore.com/vapid/companies/{company_id}"

    def offices(self):
        return requests.get(self.company + "/offices")


client = Client()
client.company = 5
client.offices()
