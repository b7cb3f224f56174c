PATH = "/vapid/companies/{}/users"
