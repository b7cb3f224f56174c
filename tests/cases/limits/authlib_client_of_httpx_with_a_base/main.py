import asyncio

from authlib.integrations.httpx_client import AsyncOAuth2Client

TOKEN = {"access_token": "t", "token_type": "Bearer"}


async def companies():
    base = "https://api.procore.com/vapid"
    async with AsyncOAuth2Client("id", "secret", token=TOKEN, base_url=base) as client:
        return await client.get("companies")


asyncio.run(companies())
