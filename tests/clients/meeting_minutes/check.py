"""Compares what is asked for with what was recorded."""

import json
from pathlib import Path

from minutes import me_url

recorded = json.loads((Path(__file__).parent / "recorded.json").read_text("utf-8"))
asked = me_url("https://api.procore.com")
if recorded["request"]["url"] != asked or asked not in recorded["links"]:
    raise SystemExit(f"{asked} was not recorded")
