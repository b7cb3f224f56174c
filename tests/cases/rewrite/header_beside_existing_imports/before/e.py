from __future__ import annotations
from typing import TYPE_CHECKING
import requests

if TYPE_CHECKING:
    import os
requests.get("https://api.procore.com/vapid/projects")
