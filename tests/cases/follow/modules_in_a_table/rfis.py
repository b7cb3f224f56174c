PATH = "/vapid/projects/{}/rfis"
