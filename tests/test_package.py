"""What is handed out: a built wheel, and an editable install, carry all the data."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from migrator import __version__
from migrator.resources import data_folder

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("folder", ["rules", "reports"])
def test_wheel_carries_every_data_file(folder: str, names: set[str]) -> None:
    files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]

    assert files
    assert names.issuperset(
        f"migrator/data/{folder}/{path.relative_to(ROOT / folder).as_posix()}" for path in files
    )


def test_wheel_carries_every_module_and_the_mark_that_they_are_typed(names: set[str]) -> None:
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "migrator").rglob("*.py")}

    assert names >= modules | {"migrator/py.typed"}


def test_wheel_carries_nothing_else(names: set[str]) -> None:
    info = f"vapid_to_rest-{__version__}.dist-info/"
    rest = {name for name in names if not name.startswith(("migrator/", info))}

    assert rest == set()
    assert {name for name in names if name.endswith(".pyc")} == set()
    assert f"{info}licenses/LICENSE" in names


def test_unpacked_wheel_runs_on_its_own_data(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = "from migrator.resources import data_folder; print(data_folder('rules'))"
    # Coverage of this copy would count as coverage of another package.
    env = {name: text for name, text in os.environ.items() if not name.startswith("COVERAGE_")}
    env["PYTHONPATH"] = str(tmp_path / "site")

    folder = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    listing = subprocess.run(
        [sys.executable, "-m", "migrator", "rules", "list"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )

    assert Path(folder.stdout.strip()) == tmp_path / "site/migrator/data/rules"
    assert "/rest/v1.0/" in listing.stdout


@pytest.mark.parametrize(
    ("folder", "pattern"), [("rules", "*.toml"), ("reports", "*.html*")], ids=["rules", "reports"]
)
def test_checkout_finds_its_data_beside_the_package(folder: str, pattern: str) -> None:
    assert data_folder(folder) == ROOT / folder
    assert list(data_folder(folder).glob(pattern))


def test_sdist_carries_what_the_tests_need() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]

    assert {"/migrator", "/rules", "/reports", "/tests", "/README.md"} <= set(included)
    assert [name for name in included if not (ROOT / name.lstrip("/")).exists()] == []
