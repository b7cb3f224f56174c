import urllib.parse as up

import api.paths
import api.paths as paths
import requests

requests.get(up.urljoin(api.paths.HOST, paths.ME))
