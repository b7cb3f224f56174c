"""Settings that are read by name: their URLs are followed to the calls, and their places told."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from migrator.config import Settings
from migrator.pipeline import scan_paths
from migrator.values import Safety, Scan

CASES = Path(__file__).parent / "cases" / "settings"
NAMES = sorted(folder.name for folder in CASES.iterdir())


def scan(folder: Path, *paths: str) -> Scan:
    return scan_paths(paths or ["."], Settings(), today=date(2026, 11, 23), cwd=folder)


def described(found: Scan) -> list[str]:
    places = [
        f"{each.path}:{each.line}:{each.column} {', '.join(each.endpoints)}"
        for each in found.findings
    ]
    return [*(endpoint.name for endpoint in found.endpoints), *places]


@pytest.mark.parametrize("name", NAMES)
def test_settings_are_followed_to_the_calls_that_read_them(name: str, tmp_path: Path) -> None:
    expected = (CASES / name / "expect").read_text("utf-8").splitlines()
    ignore = shutil.ignore_patterns("expect")

    found = scan(shutil.copytree(CASES / name, tmp_path / "client", ignore=ignore))

    assert sorted(described(found)) == sorted(expected)
    assert found.problems == ()


def test_only_the_code_is_named_and_settings_are_still_read(tmp_path: Path) -> None:
    folder = shutil.copytree(CASES / "environment_file", tmp_path / "client")
    (folder / "pyproject.toml").write_text("")

    found = scan(folder, ".env.example", "sync.py")

    assert [endpoint.name for endpoint in found.endpoints] == [
        "GET /vapid/projects/{project_id}/rfis"
    ]


def test_variables_that_git_ignores_are_read_and_reported(tmp_path: Path) -> None:
    folder = shutil.copytree(CASES / "pydantic_settings", tmp_path / "client")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    (folder / ".gitignore").write_text(".env\n")

    found = scan(folder)

    assert "GET /vapid/me" in described(found)
    assert ".env:1:37 GET /vapid/me" in described(found)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", "{"),
        ("a.json", "[" * 100_000),
        ("a.toml", "x = "),
        ("a.yaml", "a: [b"),
        ("a.yaml", "a: &a [*a]"),
        ("a.ini", "no section"),
        (".env", "=1\nA"),
    ],
)
def test_settings_that_cannot_be_read_are_searched_by_text(
    name: str, text: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(f"{text}\n# https://api.procore.com/vapid/me\n")
    (tmp_path / "a.py").write_text("import os\nprint(os.environ['A'])\n")

    found = scan(tmp_path)

    assert [(each.path, each.line) for each in found.findings][-1][0] == name


def test_variables_that_git_ignores_are_edited_only_where_they_are_named(tmp_path: Path) -> None:
    folder = shutil.copytree(CASES / "pydantic_settings", tmp_path / "client")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    (folder / ".gitignore").write_text(".env\nexpect\n")

    (unnamed,) = scan(folder).findings
    (named,) = scan(folder, ".", ".env").findings

    assert (unnamed.path, unnamed.safety, unnamed.edits) == (".env", Safety.MANUAL, ())
    assert unnamed.message.endswith("; git ignores the file: name it to have it changed")
    assert (named.path, named.safety, len(named.edits)) == (".env", Safety.SAFE, 1)


LOOKUP = """\
import os

import requests

url = os.environ["PROCORE_ME"]
if url.startswith("https://api.procore.com/vapid/"):
    requests.get(url)
"""


@pytest.mark.parametrize(
    ("paths", "safety"),
    [((".", ".env"), Safety.SAFE), ((".",), Safety.MANUAL), (("main.py",), Safety.MANUAL)],
    ids=["named", "ignored", "not-a-target"],
)
def test_what_is_looked_for_in_a_setting_moves_only_with_it(
    paths: tuple[str, ...], safety: Safety, tmp_path: Path
) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / ".gitignore").write_text(".env\n")
    (tmp_path / ".env").write_text("PROCORE_ME=https://api.procore.com/vapid/me\n")
    (tmp_path / "main.py").write_text(LOOKUP)

    found = [each for each in scan(tmp_path, *paths).findings if each.path == "main.py"]

    assert [each.safety for each in found] == [safety]
    assert (".env, which stays" in found[0].message) == (safety is Safety.MANUAL)


PATTERN = """\
import os
import re

import requests

url = "https://api.procore.com/vapid/me"
if re.match(os.environ["OLD_URL"], url):
    requests.get(url)
"""


def test_regular_expression_in_a_setting_is_left_to_a_person(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("OLD_URL=https://api.procore.com/vapid/.*\n")
    (tmp_path / "main.py").write_text(PATTERN)

    found = {each.path: each for each in scan(tmp_path).findings}

    assert found[".env"].safety is Safety.MANUAL
    assert found[".env"].message == "is part of a regular expression: change it by hand"


def test_namespace_that_two_settings_spell_is_left_to_a_person(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# vapid\nA=https://api.procore.com/vap\nB=id/me\n")
    (tmp_path / "main.py").write_text(
        "import os, requests  # procore.com\nrequests.get(os.environ['A'] + os.environ['B'])\n"
    )

    (found,) = scan(tmp_path).findings

    assert (found.path, found.safety) == (".env", Safety.MANUAL)
    assert found.message == "is spelled in several places: change it by hand"


@pytest.mark.once
def test_aliases_without_end_are_read_as_far_as_the_limit_goes(tmp_path: Path) -> None:
    lines = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]
    (tmp_path / "a.yaml").write_text("\n".join(["a0: &a0 [/vapid/projects/1/rfis]", *lines, ""]))
    (tmp_path / "main.py").write_text(
        "import requests, yaml\n"
        "data = yaml.safe_load(open('a.yaml'))\n"
        "requests.get(data['a0'][0])\n"
    )

    assert [each.path for each in scan(tmp_path).findings] == ["a.yaml"]


@pytest.mark.parametrize(
    ("setting", "safety"),
    [
        ("a: &base.vapid https://api.procore.com/vapid/me\nb: *base.vapid\n", Safety.SAFE),
        ("b: /vapid/projects/1/rfis\n", Safety.MANUAL),
    ],
    ids=["anchor-that-cannot-be-marked", "sent-to-another-host"],
)
def test_setting_without_a_use_that_agrees_goes_by_its_text(
    setting: str, safety: Safety, tmp_path: Path
) -> None:
    (tmp_path / "a.yaml").write_text(setting)
    (tmp_path / "main.py").write_text(
        "import requests, yaml\n"
        "path = yaml.safe_load(open('a.yaml'))['b']\n"
        "requests.get('https://api.example.org' + path)\n"
    )

    assert [each.safety for each in scan(tmp_path).findings] == [safety]


@pytest.mark.parametrize(
    ("value", "parsed"),
    [
        ("Moves code off the /vapid API", 1),
        ("vapid-to-rest", 1),
        ("see /vapid or vapid for more of it", 1),
        ("https://api.procore.com/vapid", 2),
        ("vapid", 2),
        ("GET /vapid/projects", 2),
        ("curl -s https://api.procore.com/vapid/me", 2),
        ("all of BASE=/vapid is gone", 2),
        ("a list of /vapid/projects is here", 2),
    ],
)
def test_reader_of_settings_is_looked_at_where_they_may_spell_a_route(
    value: str, parsed: int, tmp_path: Path
) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"a": value}))
    (tmp_path / "reader.py").write_text("import json\nDATA = json.load(open('settings.json'))\n")
    (tmp_path / "main.py").write_text("URL = 'https://api.procore.com/vapid/me'\n")

    assert scan(tmp_path).files_parsed == parsed
