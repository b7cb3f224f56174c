import aiohttp
from yarl import URL

BASE = URL("https://api.procore.com/vapid/")


async def run(company_id):
    async with aiohttp.ClientSession() as session:
        await session.get(BASE / "companies" / str(company_id))
