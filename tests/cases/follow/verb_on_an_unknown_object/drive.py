import httpx
import main

with httpx.Client(base_url="https://api.procore.com") as client:
    main.rfis(client, 3)
