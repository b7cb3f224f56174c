ROOT = "/vapid"
RFIS = ROOT + "/projects/{}/rfis"
