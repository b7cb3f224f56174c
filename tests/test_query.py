"""Query strings: no part of an endpoint, and noted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migrator.config import Settings
from migrator.pipeline import scan_paths

URL = "f'https://api.procore.com/vapid/projects/{project_id}/rfis"


@pytest.mark.parametrize(
    ("calls", "note"),
    [
        pytest.param([f"{URL}?page={{page}}&per_page=100&{{rest}}'"], "page, per_page", id="holes"),
        pytest.param([f"{URL}' + '?filters[status]=open#top&no=1'"], "filters[status]", id="hash"),
        pytest.param([f"{URL}?b=1'", f"{URL}?a=1&b=2'"], "a, b", id="two calls"),
        pytest.param([f"{URL}?flag'"], None, id="no value"),
        pytest.param([f"{URL}'"], None, id="no query"),
    ],
)
def test_query_parameters_are_cut_from_the_endpoint_and_noted(
    calls: list[str], note: str | None, tmp_path: Path
) -> None:
    lines = [f"    requests.get({call})\n" for call in calls]
    text = "import requests\ndef get(project_id, page, rest):\n" + "".join(lines)
    (tmp_path / "a.py").write_text(text)

    (endpoint,) = scan_paths(["."], Settings(), today=date(2026, 11, 23), cwd=tmp_path).endpoints

    assert endpoint.name == "GET /vapid/projects/{project_id}/rfis"
    noted = [each for each in endpoint.notes if each.startswith("called with the query")]
    assert noted == ([f"called with the query {note}"] if note else [])
