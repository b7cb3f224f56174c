import procore
from procore import config as settings

procore.fetch(procore.config.PATHS["me"])
procore.http.fetch("/vapid/companies")
procore.http.requests.post(settings.HOST + "/vapid/projects")
