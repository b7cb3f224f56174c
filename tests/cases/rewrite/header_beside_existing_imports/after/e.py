from __future__ import annotations
import os
from typing import TYPE_CHECKING
import requests

if TYPE_CHECKING:
    import os
requests.get("https://api.procore.com/vapid/projects", headers={"Procore-Company-Id": os.environ["PROCORE_COMPANY_ID"]})
