from pathlib import PurePosixPath

import requests

ROOT = PurePosixPath("/vapid")


def run(project_id):
    path = ROOT / "projects" / str(project_id) / "rfis"
    requests.get(f"https://api.procore.com{path}")
    requests.get("https://api.procore.com" + str(ROOT / "me"))
    requests.get("https://api.procore.com" + ROOT.joinpath("companies").as_posix())


run(3)
