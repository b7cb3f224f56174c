import os

import requests
from aiohttp import web


async def forward(request):
    rest = request.match_info["rest"]
    requests.get(f"https://api.procore.com/vapid/{rest}")
    requests.get(os.environ["PROCORE_URL"] + "/vapid/projects/7/rfis")
    return web.json_response([])


app = web.Application()
app.router.add_get("/vapid/projects/{rest:.*}", forward)
