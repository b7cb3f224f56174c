"""Settings of this machine: from the environment, else from .env, else as they are here."""

import os
import re
from pathlib import Path

LINE = re.compile(r"(?:export )?(\w+)=(['\"]?)([^'\"\s]*)\2")


def read_variables() -> None:
    for line in (Path(__file__).parent / ".env").read_text("utf-8").splitlines():
        match = LINE.match(line)
        if match:
            os.environ.setdefault(match[1], match[3])


read_variables()
SERVER = os.environ["PROCORE_URL"]
PREFIX = os.getenv("PROCORE_PREFIX", "/vapid")
USERS = os.environ["USERS_PATH"]
