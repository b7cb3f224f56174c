"""Edits are tried on the program before they are offered: every use of a literal agrees."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migrator.config import Settings
from migrator.pipeline import scan_paths
from migrator.values import Finding

HEAD = 'import requests\n\nBASE = "https://api.procore.com/vapid"\nrequests.get(BASE + "/me")\n'


def findings(folder: Path, program: str) -> tuple[Finding, ...]:
    (folder / "main.py").write_text(program, "utf-8")
    return scan_paths(["."], Settings(), today=date(2026, 11, 23), cwd=folder).findings


@pytest.mark.parametrize(
    "line",
    [
        'requests.get("https://" + BASE[8:23] + "/rest/v1.1/companies")',
        'requests.get(BASE.rstrip("/") + "/companies")',
        'requests.get(BASE.replace("https:", "http:") + "/companies")',
        'requests.get(BASE.split("/")[2])',
        'requests.get(BASE.partition("/vapid")[0] + "/rest/v1.1/companies")',
        'print(len(BASE), BASE.split("/")[-1])',
    ],
)
def test_what_comes_out_the_same_is_edited(line: str, tmp_path: Path) -> None:
    found = findings(tmp_path, f"{HEAD}{line}\n")

    assert found
    assert {each.safety.value for each in found} == {"safe"}


@pytest.mark.parametrize(
    ("line", "quoted"),
    [
        ('requests.get(BASE[:-6] + "/rest/v1.1/companies")', "requests.get(…)"),
        ('requests.post("https://a.example/", json={"n": len(BASE)})', "requests.post(…)"),
        ('if BASE.count("/") == 3:\n    pass', 'BASE.count("/") == 3'),
        ('if BASE.endswith("d"):\n    pass', "BASE.endswith(…)"),
        ('open("log-" + BASE.rsplit("/", 1)[-1])', "open(…)"),
    ],
)
def test_what_would_come_out_otherwise_is_left_to_a_person_with_the_code(
    line: str, quoted: str, tmp_path: Path
) -> None:
    found = findings(tmp_path, f"{HEAD}{line}\n")

    assert [each.safety.value for each in found] == ["manual"]
    assert found[0].code == "VAP006"
    assert f"`{quoted}`" in found[0].message
    assert found[0].edits == ()


KEYED = (
    "import requests\nfrom collections import Counter\n\nKEPT = {kept}\n\n\n"
    "def fetch(path):\n    {line}\n"
    '    return requests.get("https://api.procore.com" + path).json()\n\n\nfetch("/vapid/me")\n'
)


@pytest.mark.parametrize(
    ("kept", "line", "quoted"),
    [
        ('{"projects": 0, "me": 0}', 'KEPT[path.split("/")[2]] += 1', 'KEPT[path.split("/")[2]]'),
        ("Counter()", 'KEPT[path.split("/")[2]] += 1', 'KEPT[path.split("/")[2]]'),
        ("{}", 'KEPT[path.replace("/", ":")] = 1', 'KEPT[path.replace("/", ":")]'),
        ("{}", 'del KEPT[path.replace("/", ":")]', 'KEPT[path.replace("/", ":")]'),
        ("{}", 'KEPT[path.split("/")[2]](path)', 'KEPT[path.split("/")[2]]'),
        ("{}", 'key = path.split("/")[1]\n    KEPT[key] -= 1', "KEPT[key]"),
    ],
)
def test_key_that_would_come_out_otherwise_is_left_to_a_person(
    kept: str, line: str, quoted: str, tmp_path: Path
) -> None:
    found = findings(tmp_path, KEYED.format(kept=kept, line=line))

    assert [(each.code, each.safety.value) for each in found] == [("VAP006", "manual")]
    assert f"`{quoted}`" in found[0].message


@pytest.mark.parametrize(
    "line",
    [
        "KEPT[path] = 1",
        "KEPT[path] = KEPT.get(path, 0) + 1",
        'KEPT[path.split("/")[-1]] += 1',
        'KEPT[path.strip("/")] = 1',
        'KEPT[path.replace("/me", "/companies")] = 1',
        'KEPT[len(path.split("/")[-1])] = 1',
    ],
)
def test_key_that_moves_with_the_url_is_edited(line: str, tmp_path: Path) -> None:
    found = findings(tmp_path, KEYED.format(kept="Counter()", line=line))

    assert found
    assert {each.safety.value for each in found} == {"safe"}


DRAWN = (
    "import re\nimport requests\n\nKEPT = {{}}\nSECOND = re.compile(r'^/\\w+/(\\w+)')\n\n\n"
    "def fetch(path):\n    {line}\n"
    '    return requests.get("https://api.procore.com" + path, headers={{"X-Name": name}}).json()\n'
    '\n\nfetch("/vapid/me")\n'
)


@pytest.mark.parametrize(
    "line",
    [
        r'name = re.match(r"^/\w+/(\w+)", path).group(1)',
        r'name = re.match(r"^/\w+/(?P<noun>\w+)", path)["noun"]',
        r'name = re.sub(r"^/\w+/", "", path)',
        "name = SECOND.search(path).group(1)",
        'name = f"route {SECOND.search(path).group(1)}"',
        'name = ""; KEPT[SECOND.match(path).group(1)] = 1',
        r'name = ""; open(re.sub(r"\W", "-", path), "w")',
        'name = ""; m = SECOND.match(path); KEPT[m[0] + m[1]] = 1',
        'name = ""; m = SECOND.match(path); KEPT[m[0], m[1]] = 1',
        'name = ""; m = SECOND.match(path); KEPT.setdefault(m.group(0) + m.group(1), 1)',
        'name = ""; m = SECOND.match(path); print(m.group(0) + m.group(1) in KEPT)',
        'name = ""; print(SECOND.match(path).group(1) == "me")',
        'name = ""; KEPT[path.split("/")[1], path.split("/")[2]] = 1',
    ],
)
def test_what_a_pattern_draws_from_the_url_is_left_to_a_person(line: str, tmp_path: Path) -> None:
    found = findings(tmp_path, DRAWN.format(line=line))

    assert [(each.code, each.safety.value) for each in found] == [("VAP006", "manual")]


@pytest.mark.parametrize(
    "line",
    [
        r'name = re.sub(r"^/vapid/", "", path)',
        r'name = re.match(r"^/vapid/(\w+)", path).group(1)',
        'name = ""; requests.get("https://api.procore.com" + re.sub("//+", "/", path))',
        'name = ""; print(SECOND.match(path).group(1))',
        'name = ""; print(SECOND.match(path) is None)',
        'name = ""; m = SECOND.match("/a/b"); KEPT[m[0] + m[1]] = 1',
        'name = ""; print(SECOND.match("/a/b").group(1) == "b", KEPT.get(SECOND.match("/a/b")[1]))',
        r'name = re.sub(r"\W", "-", "me")',
    ],
)
def test_what_a_pattern_draws_is_edited_where_it_is_the_same(line: str, tmp_path: Path) -> None:
    found = findings(tmp_path, DRAWN.format(line=line))

    assert found
    assert {each.safety.value for each in found} == {"safe"}


def test_word_beside_the_url_moves_in_step_where_that_sets_it_right(tmp_path: Path) -> None:
    program = (
        "import requests\n\n\n"
        'def get(path, api="vapid"):\n'
        '    pages = {"vapid": 100, "rest/v1.1": 50}\n'
        '    requests.get(f"https://api.procore.com/{api}/{path}", params={"n": pages[api]})\n\n\n'
        'get("me")\nget("companies", api="rest/v1.1")\n'
    )

    found = findings(tmp_path, program)

    assert [(each.line, each.safety.value) for each in found] == [(4, "safe"), (5, "safe")]
    assert "in step" in found[1].message


def test_word_in_a_table_that_has_both_is_left_to_a_person(tmp_path: Path) -> None:
    program = (
        "import requests\n\n\n"
        'def get(path, api="vapid"):\n'
        '    pages = {"vapid": 100, "rest/v1.0": 50}\n'
        '    requests.get(f"https://api.procore.com/{api}/{path}", params={"n": pages[api]})\n\n\n'
        'get("me")\nget("companies", api="rest/v1.0")\n'
    )

    assert {each.safety.value for each in findings(tmp_path, program)} == {"manual"}
