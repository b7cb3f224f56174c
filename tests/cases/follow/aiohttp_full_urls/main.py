import aiohttp

HOST = "https://api.procore.com"


async def delete(session: aiohttp.ClientSession, project_id, image):
    url = HOST + "/vapid/projects/" + str(project_id) + "/images/" + str(image["id"])
    async with session.delete(url) as response:
        return response.status
