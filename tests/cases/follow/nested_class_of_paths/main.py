import requests


class Client:
    class Paths:
        ME = "/me"

        class Companies:
            ALL = "/companies"

    base = "https://api.procore.com/vapid"

    def run(self):
        requests.get(self.base + self.Paths.ME)
        requests.get(self.base + Client.Paths.Companies.ALL)


Client().run()
