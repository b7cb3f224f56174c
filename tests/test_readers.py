"""Who may read a setting: what stands around or below it, wherever the analysis was started."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from migrator.config import Settings
from migrator.pipeline import scan_paths
from migrator.program.project import Project
from migrator.program.readers import find_readers
from migrator.values import SourceFile

if TYPE_CHECKING:
    from pathlib import Path

ENVIRONMENT = 'BASE="https://api.procore.com/vapid"\n'
READS = '# vapid\nimport os, requests\nrequests.get(os.environ["BASE"] + "/me")\n'


@pytest.mark.parametrize(
    ("setting", "target", "readers"),
    [
        pytest.param(".env", "a.py", {"a.py", "in/b.py"}, id="here"),
        pytest.param("in/.env", "in/b.py", {"in/b.py"}, id="below"),
        pytest.param("../.env", "a.py", {"a.py", "in/b.py", "../c.py", "../on/d.py"}, id="around"),
        pytest.param("../on/.env", "../on/d.py", {"../on/d.py"}, id="beside"),
        pytest.param("../on/.env", "a.py", set(), id="not-around-a-target"),
        pytest.param(
            "../conf/.env", "a.py", {"a.py", "in/b.py", "../c.py", "../on/d.py"}, id="of-config"
        ),
    ],
)
def test_readers_stand_around_or_below_the_setting(
    setting: str, target: str, readers: set[str]
) -> None:
    code = ["a.py", "in/b.py", "../c.py", "../on/d.py", "../../e.py"]
    files = dict.fromkeys(code, READS) | {setting: ENVIRONMENT}
    project = Project(
        code,
        lambda path: SourceFile(path, files[path].encode(), files[path], "utf-8"),
        [setting],
    )

    assert set(find_readers(project, {target})) == readers


def test_scan_of_a_folder_reads_the_settings_around_it_and_not_those_beside_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "pyproject.toml").touch()
    for name, route in (("one", "me"), ("other", "companies")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "run.py").write_text(READS.replace("/me", f"/{route}"), "utf-8")
    (tmp_path / "other" / ".env").write_text(ENVIRONMENT, "utf-8")

    def endpoints() -> list[str]:
        scan = scan_paths(["."], Settings(), today=date(2026, 11, 23), cwd=tmp_path / "one")
        return [endpoint.vapid for endpoint in scan.endpoints]

    assert endpoints() == []
    (tmp_path / ".env").write_text(ENVIRONMENT, "utf-8")
    assert endpoints() == ["/vapid/me"]
