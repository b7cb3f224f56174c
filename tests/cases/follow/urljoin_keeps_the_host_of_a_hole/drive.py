import os

os.environ["PROCORE_URL"] = "https://api.procore.com"

import main
