import settings

settings.BASE = "https://api.procore.com/vapid"

import client

client.me()
