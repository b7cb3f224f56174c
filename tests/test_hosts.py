"""Which hosts are Procore's, which somebody else's, and which only the path can tell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from migrator.config import Settings
from migrator.evidence import is_foreign_host, is_named_after_procore, is_procore_host
from migrator.pipeline import scan_paths
from migrator.values import Fix

if TYPE_CHECKING:
    from pathlib import Path

PROCORE = [
    "api.procore.com",
    "sandbox.procore.com",
    "procore.com",
    "api.procoregov.com",
    "*.procore.com",
    "*procore.com",
    "procore",
    "procore-proxy.internal",
    "procore.local",
    "procore.test",
    "procore-*.acme.com",
]
FOREIGN = [
    "developers.procore.com",
    "developer.procore.com",
    "support.procore.com",
    "status.procore.com",
    "community.procore.com",
    "learn.procore.com",
    "careers.procore.com",
    "acme.com",
]
NAMED = ["procore-alerts.acme.com", "myprocore.com", "procore.com.acme.io", "procore.acme.com"]
NEITHER = ["localhost", "api.internal", "*.acme.com", "10.0.0.7"]


@pytest.mark.parametrize(
    ("hosts", "kinds"),
    [
        pytest.param(PROCORE, (True, False, False), id="Procore's"),
        pytest.param(FOREIGN, (False, True, False), id="somebody else's"),
        pytest.param(NAMED, (False, False, True), id="with its name"),
        pytest.param(NEITHER, (False, False, False), id="neither"),
    ],
)
def test_host_is_of_one_kind(hosts: list[str], kinds: tuple[bool, bool, bool]) -> None:
    for host in hosts:
        found = is_procore_host(host), is_foreign_host(host), is_named_after_procore(host)
        assert found == kinds, host


def test_host_of_the_settings_is_procores_whatever_its_name() -> None:
    assert is_procore_host("developers.procore.com", ["developers.procore.com"])
    assert not is_foreign_host("developers.procore.com", ["developers.procore.com"])


CALL = 'import requests\nrequests.get("https://api.procore.com/vapid/me")\n'


@pytest.mark.parametrize(
    ("url", "is_edited"),
    [
        ("https://procore-alerts.acme.com/vapid/public-key", False),
        ("https://procore-alerts.acme.com/vapid/subscribe", False),
        ("https://developers.procore.com/reference/vapid", False),
        ("https://developers.procore.com/vapid/projects", False),
        ("https://status.procore.com/vapid", False),
        ("https://procore-proxy.acme.com/vapid/projects", True),
        ("http://procore/vapid/no/such/thing", True),
        ("https://api.procore.com/vapid/no/such/thing", True),
        ("https://app.procore.com/vapid/projects", True),
        ("https://app.procore.com/vapid", True),
    ],
)
@pytest.mark.parametrize("line", ['requests.get("{}")', 'PAGE = "{}"'], ids=["requested", "held"])
def test_place_is_edited_where_the_host_or_the_path_is_procores(
    line: str, url: str, is_edited: bool, tmp_path: Path
) -> None:
    (tmp_path / "main.py").write_text(CALL + line.format(url) + "\n", "utf-8")
    (tmp_path / ".env").write_text(f"PAGE={url}\n", "utf-8")

    found = scan_paths(["."], Settings(), today=date(2026, 11, 23), cwd=tmp_path).findings

    edited = [(each.path, each.line) for each in found if each.safety.value == "safe"]
    moved = [(".env", 1), ("main.py", 3)] if is_edited else []
    assert sorted(edited) == sorted([("main.py", 2), *moved])


@pytest.mark.parametrize(
    ("line", "edited"),
    [
        ('requests.get("https://app.procore.com/vapid/guide")', [2, 3]),
        ('requests.get("https://app.procore.com" + "/vapid/guide")', [2, 3]),
        ('show("https://app.procore.com/vapid/guide")', [2]),
        ('print("https://us02.procore.com/vapid/guide")', [2]),
        ('PAGE = "https://app.procore.com/vapid/guide"', [2]),
        ('show("https://app.procore.com/vapid/{}".format(x))', [2, 3]),
    ],
)
def test_path_that_nobody_knows_is_edited_where_it_is_sent_or_the_host_has_no_pages(
    line: str, edited: list[int], tmp_path: Path
) -> None:
    (tmp_path / "main.py").write_text(f"{CALL}{line}\n", "utf-8")

    found = scan_paths(["."], Settings(), today=date(2026, 11, 23), cwd=tmp_path).findings

    assert [each.line for each in found if each.safety.value == "safe"] == edited
    assert [each.line for each in found] == [2, 3]


def test_link_to_a_page_is_looked_at_by_a_person_in_prose_alone(tmp_path: Path) -> None:
    link = "https://developers.procore.com/reference/vapid"
    (tmp_path / "main.py").write_text(f'{CALL}# See {link}.\nHELP = "{link}"\n', "utf-8")
    (tmp_path / "README.md").write_text(f"See {link}.\n", "utf-8")
    (tmp_path / ".env").write_text(f"HELP={link}\n", "utf-8")

    kinds = frozenset({Fix.NAMESPACE, Fix.PROSE})
    settings = Settings()
    found = scan_paths(["."], settings, today=date(2026, 11, 23), cwd=tmp_path, fixes=kinds)

    places = [(each.path, each.line, each.code, len(each.edits)) for each in found.findings]
    assert sorted(places) == [
        ("README.md", 1, "VAP100", 0),
        ("main.py", 2, "VAP001", 1),
        ("main.py", 3, "VAP100", 0),
    ]
