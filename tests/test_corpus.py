"""Real code: nothing is found where nothing is, and what is planted there is all that changes."""

from __future__ import annotations

import importlib.util
import random
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from migrator.cli import PROGRAM_NAME, program

ROOT = Path(__file__).parent
LIBRARY = Path(sysconfig.get_path("stdlib"))
PACKAGES = Path(sysconfig.get_path("purelib"))
LEAST_LINES = 200_000
SEED = 20_260_101


def load_planting() -> object:
    spec = importlib.util.spec_from_file_location("planting", ROOT / "corpus" / "planting.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


planting = load_planting()


def run(*args: str) -> Result:
    return CliRunner().invoke(program, args, prog_name=PROGRAM_NAME)


def list_modules(folder: Path) -> list[Path]:
    skipped = {"site-packages", "__pycache__", "node_modules"}
    found = sorted(folder.rglob("*.py"))
    return [path for path in found if skipped.isdisjoint(path.relative_to(folder).parts)]


def read_modules(folder: Path, paths: list[Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        if "vapid" not in text and "procore" not in text and "coding" not in text[:200]:
            yield str(path.relative_to(folder)), text


def check_planted(folder: Path, calls: int, library: Path) -> None:
    """Plant calls, rewrite the tree, and hold every file to the byte against what it must be."""
    paths = list_modules(library)
    random.Random(SEED).shuffle(paths)
    modules = read_modules(library, paths)
    expected: dict[Path, str] = {}
    for name, planted in planting.plant_all(modules, calls, SEED):  # type: ignore[attr-defined]
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(planted.before.encode())
        expected[file] = planted.after
        calls -= planted.calls
    assert calls == 0

    result = run("rewrite", "--write", "--allow-dirty", str(folder))

    wrong = [path for path, text in expected.items() if path.read_bytes() != text.encode()]
    assert wrong == []
    assert result.exit_code == 0, result.output[-2000:]
    assert {path for path in folder.rglob("*") if path.is_file()} == set(expected)


@pytest.mark.parametrize("folder", [LIBRARY, PACKAGES], ids=["standard-library", "packages"])
@pytest.mark.once
def test_nothing_is_found_in_code_of_others(folder: Path, tmp_path: Path) -> None:
    lines = 0
    for path in list_modules(folder):
        if "vapid" not in path.name and "migrator" not in path.parts:
            copy = tmp_path / path.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            lines += path.read_bytes().count(b"\n")
    assert lines >= LEAST_LINES

    result = run("check", str(tmp_path))

    assert (result.exit_code, result.stdout) == (0, "")
    # Files that tests of Python itself are to stumble over.
    assert all(": VAP901 " in line for line in result.stderr.splitlines()), result.stderr
    assert run("rewrite", str(tmp_path)).stdout == ""


@pytest.mark.once
def test_what_is_planted_is_all_that_changes(tmp_path: Path) -> None:
    check_planted(tmp_path, 30, LIBRARY)


@pytest.mark.exhaustive
@pytest.mark.parametrize("folder", [LIBRARY, PACKAGES], ids=["standard-library", "packages"])
def test_five_hundred_planted_calls_are_all_that_changes(folder: Path, tmp_path: Path) -> None:
    check_planted(tmp_path, 500, folder)
