"""What the namespace is handed to in ways that no name tells: it must agree to every edit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from migrator.config import Settings
from migrator.pipeline import scan_paths
from migrator.values import Safety

if TYPE_CHECKING:
    from pathlib import Path

    from migrator.values import Scan

API = '"https://api.procore.com/"'
PUSH = '"https://push.example.com/"'

SERVES_MORE = {
    "attribute set on an object": {
        "main.py": "import requests\nclass Ctx: pass\n"
        f'def other(c): requests.get({PUSH} + c.api + "/keys")\n'
        'def main():\n    c = Ctx()\n    c.api = "vapid"\n'
        f'    requests.get({API} + c.api + "/me")\n    other(c)\nmain()\n'
    },
    "list of an object changed in place": {
        "main.py": "import requests\nclass Ctx:\n    urls = []\n"
        "def me(c):\n    for u in c.urls: requests.get(u)\n"
        'def dump(c):\n    for u in c.urls: open(u.split("/")[3] + ".json", "w")\n'
        f'def main():\n    c = Ctx()\n    c.urls.append({API} + "vapid/me")\n'
        "    me(c); dump(c)\nmain()\n"
    },
    "attribute of an object in an object": {
        "cfg.py": 'class Cfg:\n    api = ""\n',
        "app.py": "from cfg import Cfg\nclass App:\n    def __init__(self):\n"
        "        self.cfg = Cfg()\n",
        "work.py": "import requests\n# vapid\n"
        f'def me(app):\n    requests.get({API} + app.cfg.api + "/me")\n'
        'def save(app):\n    open(app.cfg.api + ".json")\n',
        "main.py": "from app import App\nfrom work import me, save\ndef main():\n"
        '    app = App()\n    app.cfg.api = "vapid"\n    me(app)\n    save(app)\nmain()\n',
    },
    "object handed over in a list": {
        "main.py": "import requests\nclass Ctx: pass\n"
        'def dump(all):\n    for c in all: open(c.api + ".json", "w")\n'
        'def main():\n    c = Ctx()\n    c.api = "vapid"\n'
        f'    requests.get({API} + c.api + "/me")\n    dump([c])\nmain()\n'
    },
    "options of a command line": {
        "main.py": "import argparse, requests\ndef build():\n"
        '    p = argparse.ArgumentParser()\n    p.add_argument("--api", default="vapid")\n'
        '    return p\ndef save(args):\n    open(args.api + ".json", "w")\n'
        f"def main():\n    args = build().parse_args()\n"
        f'    requests.get({API} + args.api + "/me")\n    save(args)\nmain()\n'
    },
    "module that another hands on": {
        "compat.py": "import names\nimport requests as http\n",
        "names.py": 'API = "vapid"\n',
        "main.py": "from compat import names, http\n"
        f'def me(): http.get({API} + names.API + "/me")\n'
        f'def push(): http.get({PUSH} + names.API + "/me")\n',
    },
    "module that another hands on with a star": {
        "compat.py": "import names\n",
        "names.py": 'API = "vapid"\n',
        "main.py": "from compat import *\nimport requests\n"
        f'def me(): requests.get({API} + names.API + "/me")\n'
        'def dump(): open(names.API + ".json")\n',
    },
    "module of a package, under another name": {
        "pkg/__init__.py": "from .names import API as ROOT\nfrom . import names as n\n",
        "pkg/names.py": 'API = "vapid"\n',
        "pkg/sub/__init__.py": "",
        "pkg/sub/work.py": "import requests\nfrom .. import ROOT, n\n"
        f'def go():\n    requests.get({API} + ROOT + "/me")\n'
        'def dump():\n    open(n.API + ".json")\n',
    },
    "module as an argument": {
        "conf.py": 'API = "vapid"\n',
        "main.py": "import requests, conf\n"
        f'def me(c): requests.get({API} + c.API + "/me")\n'
        'def dump(c): open(c.API + ".json", "w")\nme(conf); dump(conf)\n',
    },
}


def scan(folder: Path, files: dict[str, str]) -> Scan:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return scan_paths([], Settings(), today=date(2026, 11, 28), cwd=folder)


@pytest.mark.parametrize("name", SERVES_MORE)
def test_literal_that_serves_more_is_left_to_a_person(name: str, tmp_path: Path) -> None:
    found = scan(tmp_path, SERVES_MORE[name])

    code = [each for each in found.findings if each.code != "VAP100"]
    assert {each.safety for each in code} == {Safety.MANUAL}


def test_both_sides_of_a_comparison_of_options_move(tmp_path: Path) -> None:
    text = (
        "import argparse, requests\np = argparse.ArgumentParser()\n"
        'p.add_argument("--api", default="vapid")\np.add_argument("--kind", default="vapid")\n'
        "def check(args): return args.api == args.kind\n"
        "args = p.parse_args()\ncheck(args)\n"
        f'requests.get({API} + args.api + "/me")\n'
    )
    found = scan(tmp_path, {"main.py": text})

    assert [each.line for each in found.findings if each.edits] in ([3, 4], [])


def test_calls_that_build_on_one_another_are_followed_in_source_order(tmp_path: Path) -> None:
    text = (
        "import requests\nclass Query:\n"
        f'    def __init__(self):\n        self.parts = [{API} + "vapid"]\n'
        '    def project(self, pid):\n        self.parts.append("projects")\n'
        '        return self\n    def rfis(self):\n        self.parts.append("rfis")\n'
        "        return self\n    def get(self):\n"
        '        return requests.get("/".join(self.parts))\n'
        "Query().project(3).rfis().get()\n"
    )
    found = scan(tmp_path, {"main.py": text})

    assert [each.name for each in found.endpoints] == ["GET /vapid/projects/rfis"]
