"""Holds the shape: imports point one way, only the command line prints, and help is cheap."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).parent.parent
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "migrator").rglob("*.py"))
}
VALUES = {"migrator", "migrator.values", "migrator.errors", "migrator.resources"}
COSTLY = {"httpx", "jinja2", "libcst", "pygments", "rich", "migrator.cli.rules"}


def layer_of(module: str) -> int:
    """Return how far from the values a module stands: 0 values, 1 stages, 2 pipeline, 3 cli."""
    if module in VALUES:
        return 0
    if module == "migrator.__main__" or module.split(".")[1] == "cli":
        return 3
    return 2 if module.split(".")[1] == "pipeline" else 1


def imports_of(tree: ast.AST) -> Iterator[str]:
    """Yield the project's own modules that the code imports, wherever in it."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                found = [alias.name for alias in names]
            case ast.ImportFrom(module=str(source), names=names, level=0):
                found = [f"{source}.{alias.name}" for alias in names]
            case _:
                continue
        # "from package import thing": a module where there is one, else what it is in.
        for name in found:
            yield from [part for part in (name, name.rpartition(".")[0]) if part in MODULES][:1]


class WithoutTypes(ast.NodeTransformer):
    """Drops what only a type checker reads: it may look both ways."""

    def visit_If(self, node: ast.If) -> ast.AST | None:
        match node.test:
            case ast.Name(id="TYPE_CHECKING"):
                return None
        return self.generic_visit(node)


def parse(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_bytes())


def test_there_are_modules_in_every_layer() -> None:
    assert {layer_of(module) for module in MODULES} == {0, 1, 2, 3}


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_one_way(module: str) -> None:
    upward = [name for name in imports_of(parse(module)) if layer_of(name) > layer_of(module)]

    assert upward == []


def unit_of(module: str) -> str:
    """Return what counts as one in the import graph.

    Evaluating is one recursion over the language: a name leads to a call, the call to a
    class, the class to a name. Its modules import one another and count as one.
    """
    return "migrator.evaluate" if module.startswith("migrator.evaluate.") else module


def test_imports_have_no_cycle() -> None:
    graph: dict[str, set[str]] = {}
    for module in MODULES:
        # Not its own package: importing a part of one runs the whole anyway.
        graph.setdefault(unit_of(module), set()).update(
            unit_of(name)
            for name in imports_of(WithoutTypes().visit(parse(module)))
            if not module.startswith(f"{name}.") and unit_of(name) != unit_of(module)
        )

    assert set(TopologicalSorter(graph).static_order()) == set(graph)


@pytest.mark.parametrize("module", MODULES)
def test_imports_are_absolute(module: str) -> None:
    relative = [
        node.lineno
        for node in ast.walk(parse(module))
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert relative == []


@pytest.mark.parametrize("module", [name for name in MODULES if layer_of(name) < 3])
def test_only_the_command_line_prints_and_exits(module: str) -> None:
    used = set()
    for node in ast.walk(parse(module)):
        match node:
            case ast.Name(id=name):
                used.add(name)
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                used.add(f"{owner}.{name}")

    # What is forked to sift files must end where it stands, and not as the program does.
    if module == "migrator.sift":
        used.discard("os._exit")
    assert used.isdisjoint(
        {"print", "input", "click", "sys.stdout", "sys.stderr", "sys.exit", "os._exit", "exit"}
    )


def load(args: list[str], cwd: Path) -> set[str]:
    """Return which of the modules that cost are loaded after a run in a process of its own."""
    code = f"""
import sys
from migrator.cli import program
if {args!r}:
    program.main({args!r}, standalone_mode=False)
print()
print(*sys.modules)
"""
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return COSTLY.intersection(result.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "args",
    [[], ["--help"], ["--version"], ["scan", "--help"], ["rewrite", "--help"]],
    ids=lambda args: " ".join(args) or "import",
)
def test_what_needs_no_analysis_imports_nothing_that_costs(args: list[str], tmp_path: Path) -> None:
    assert load(args, tmp_path) == set()


def test_check_of_files_without_the_word_imports_nothing_that_costs(tmp_path: Path) -> None:
    (tmp_path / "clean.py").write_text("print('nothing')\n")

    assert load(["check"], tmp_path) == set()


def test_scan_of_a_call_imports_the_parser(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        "import requests\nrequests.get('https://api.procore.com/vapid/me')\n"
    )

    assert "libcst" in load(["check"], tmp_path), "the tests above would notice"
