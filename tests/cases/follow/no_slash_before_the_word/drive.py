import os

os.environ["API_BASE"] = "https://api.procore.com/"

import main

main.bids(5)
