import requests

import routes

requests.get(routes.COMPANIES)
