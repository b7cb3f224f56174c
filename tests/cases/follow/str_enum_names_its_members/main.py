from enum import StrEnum, auto

import requests


class Tool(StrEnum):
    RFIS = auto()
    SUBMITTALS = auto()


def items(project_id, tool):
    return requests.get(f"https://api.procore.com/vapid/projects/{project_id}/{tool}")


items(3, Tool.RFIS)
items(3, Tool.SUBMITTALS)
