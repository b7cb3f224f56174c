"""Calls whose namespace nobody can know: pointed at, and never given an endpoint."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migrator.config import Settings
from migrator.pipeline import scan_paths
from migrator.values import Safety, Scan

TOP = 'import os\nimport sys\nimport requests\nHOST = "https://api.procore.com"\n'


def scan(folder: Path, text: str) -> Scan:
    (folder / "a.py").write_text(TOP + text)
    return scan_paths(["."], Settings(), today=date(2026, 11, 23), cwd=folder)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        pytest.param(
            "ns = requests.get('https://config.example.com').json()['ns']\n"
            "requests.get(f'{HOST}/{ns}/projects')\n",
            6,
            "the namespace of /projects comes from `ns`",
            id="a network answer",
        ),
        pytest.param(
            "requests.post(HOST + '/' + sys.argv[1] + '/projects/' + sys.argv[2] + '/rfis')\n",
            5,
            "the namespace of /projects/{}/rfis comes from",
            id="an argument",
        ),
        pytest.param(
            "def get(path):\n    return requests.get(HOST + '/' + os.environ['NS'] + path)\n"
            "get('/me')\n",
            6,
            "the namespace of /me comes from",
            id="a variable, through a wrapper",
        ),
        pytest.param(
            "requests.get('/'.join([HOST, input(), 'companies']))\n",
            5,
            "the namespace of /companies comes from",
            id="what somebody types",
        ),
    ],
)
def test_call_with_an_unknown_namespace_is_pointed_at(
    text: str, line: int, what: str, tmp_path: Path
) -> None:
    found = scan(tmp_path, text)

    (finding,) = found.findings
    assert found.endpoints == ()
    assert (finding.line, finding.code, finding.safety) == (line, "VAP009", Safety.MANUAL)
    assert finding.message.startswith(what)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("requests.get(f'{HOST}/rest/v1.0/projects')\n", id="it is known"),
        pytest.param("requests.get(f'{HOST}/{sys.argv[1]}')\n", id="all of the path is unknown"),
        pytest.param("requests.get(f'{HOST}/{sys.argv[1]}/no/such/thing')\n", id="nothing known"),
        pytest.param(
            "requests.get(f'https://example.com/{sys.argv[1]}/projects')\n", id="another host"
        ),
        pytest.param("print(f'{HOST}/{sys.argv[1]}/projects')\n", id="shown, not sent"),
        pytest.param(
            "requests.get(f'{HOST}/{sys.argv[1]}/projects')  # vapid: ignore\n", id="silenced"
        ),
    ],
)
def test_other_calls_are_left_alone(text: str, tmp_path: Path) -> None:
    found = scan(tmp_path, text)

    assert (found.endpoints, found.findings) == ((), ())
