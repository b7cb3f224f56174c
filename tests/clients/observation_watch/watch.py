"""Watches observations and incidents of several projects and tells a chat channel."""

import asyncio
import logging
import os
from dataclasses import dataclass, field

import aiohttp


@dataclass(frozen=True)
class Config:
    procore: str = os.environ.get("PROCORE_URL", "https://api.procore.com")
    chat: str = os.environ.get("CHAT_URL", "https://chat.example.com/hooks/T00/B00")
    token: str = os.environ.get("PROCORE_TOKEN", "")
    projects: list[int] = field(default_factory=list)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": "Bearer " + self.token}


def load_config() -> Config:
    listed = os.environ.get("WATCH_PROJECTS", "")
    return Config(projects=[int(number) for number in listed.split(",") if number])


async def open_items(http: aiohttp.ClientSession, config: Config, project_id: int) -> list[dict]:
    url = config.procore + "/vapid/observations/items"
    query = {"project_id": str(project_id), "filters[status]": "initiated"}
    async with http.get(url, params=query) as response:
        response.raise_for_status()
        return await response.json()


async def incidents(http: aiohttp.ClientSession, config: Config, project_id: int) -> list[dict]:
    url = config.procore + "/vapid/projects/" + str(project_id) + "/incidents"
    async with http.get(url) as response:
        if response.status == 404:
            return []
        response.raise_for_status()
        return await response.json()


async def nudge(http: aiohttp.ClientSession, config: Config, project_id: int, item_id: int) -> bool:
    """Add a response log to an item that has none; say whether that was done."""
    url = config.procore + "/vapid/observations/items/" + str(item_id) + "/response_logs"
    query = {"project_id": str(project_id)}
    async with http.get(url, params=query) as response:
        if len(await response.json()) > 2:
            return False
    body = {"response_log": {"comment": "Please update this observation."}}
    async with http.post(url, params=query, json=body) as response:
        response.raise_for_status()
    return True


async def tell(config: Config, text: str) -> None:
    async with aiohttp.ClientSession() as http, http.post(config.chat, json={"text": text}) as sent:
        if sent.status >= 400:
            logging.error("the chat did not take the message: %s", sent.status)


async def watch(config: Config) -> None:
    timeout = aiohttp.ClientTimeout(total=15)
    async with aiohttp.ClientSession(headers=config.headers, timeout=timeout) as http:
        for project_id in config.projects:
            items, accidents = await asyncio.gather(
                open_items(http, config, project_id), incidents(http, config, project_id)
            )
            nudged = [await nudge(http, config, project_id, item["id"]) for item in items]
            await tell(
                config,
                f"Project {project_id}: {sum(nudged)} nudged, {len(accidents)} incidents",
            )


if __name__ == "__main__":
    asyncio.run(watch(load_config()))
