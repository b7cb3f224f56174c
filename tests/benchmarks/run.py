"""Times the tool against peers in the same run, in turn, and prints medians and ratios.

Run as ``python tests/benchmarks/run.py [--runs N] [--modules N]``. It builds its inputs in a
temporary folder: a clean tree copied from the installed packages of this Python, and a
client of many modules that all call the old API.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOOL = [sys.executable, "-m", "migrator"]
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
PARSE = """
import sys, libcst
from pathlib import Path
for path in sorted(Path(sys.argv[1]).rglob("*.py")):
    libcst.parse_module(path.read_bytes())
"""
# Each in a process of its own, so that nothing is warm; the import of what loads is left out.
LOAD = """
import sys, time
from migrator.rules.table import load_rules
start = time.perf_counter()
load_rules()
print(time.perf_counter() - start)
"""
LOAD_REST = """
import sys, time
from migrator.rules.rest import load_rest
start = time.perf_counter()
load_rest()
print(time.perf_counter() - start)
"""
TOMLLIB = """
import sys, time, tomllib
from pathlib import Path
start = time.perf_counter()
for path in sorted(Path(sys.argv[1]).glob("*.toml")):
    tomllib.loads(path.read_text(encoding="utf-8"))
print(time.perf_counter() - start)
"""
MODULE = '''"""The part of the client for resource {number}."""

from .base import Resource, request


class Resource{number}(Resource):
    path = "/resource_{number}"

    def list(self, project_id):
        return self.get(f"/projects/{{project_id}}/rfis")

    def show(self, project_id, item_id):
        url = self.base + "/vapid/projects/" + str(project_id) + "/rfis/" + str(item_id)
        return self.session.get(url)
{methods}

def fetch_{number}(project_id):
    return request("GET", f"/vapid/projects/{{project_id}}/submittals")
'''
METHOD = """
    def step_{number}(self, values, limit=10):
        total = {{}}
        for key, value in values.items():
            if value is None or len(total) > limit:
                continue
            total[key] = [item.get("name", "").strip() for item in value]
            print("step", key, len(total[key]))
        return self.convert(total, size={number}, label="step {number}")
"""
BASE = """import requests

HOST = "https://api.procore.com"


def request(method, path):
    return requests.request(method, HOST + path)


class Resource:
    def __init__(self, base=HOST):
        self.base = base
        self.session = requests.Session()

    def get(self, path):
        return self.session.get(self.base + "/vapid" + path)

    def convert(self, total, size, label):
        return sorted(total)[:size], label
"""


def build_clean(folder: Path) -> int:
    """Copy the installed packages that do not mention the word; return how many files."""
    source = Path(sysconfig.get_path("purelib"))
    number = 0
    for path in source.rglob("*.py"):
        if b"vapid" not in path.read_bytes():
            target = folder / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            number += 1
    return number


def build_dense(folder: Path, modules: int) -> int:
    """Write a client in which every module calls the old API; return how many lines."""
    package = folder / "client"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "base.py").write_text(BASE)
    lines = BASE.count("\n")
    for number in range(modules):
        methods = "".join(METHOD.format(number=each) for each in range(20))
        text = MODULE.format(number=number, methods=methods)
        (package / f"resource_{number}.py").write_text(text)
        lines += text.count("\n")
    return lines


def find_modules() -> str:
    """Return where Python finds this tool, before what it was told."""
    return os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])


def time_all(commands: dict[str, tuple[list[str], Path]], runs: int) -> dict[str, float]:
    """Return the median wall-clock seconds of each command, all of them run in turn."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    environment = os.environ | {"PYTHONPATH": find_modules()}
    for _ in range(runs):
        for name, (command, folder) in commands.items():
            start = time.perf_counter()
            subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(each) for name, each in times.items()}


def time_loading(runs: int) -> dict[str, float]:
    """Return the median seconds of loading the table, and of parsing its files with tomllib."""
    codes = {
        "tomllib.loads of each file": TOMLLIB,
        "load_rules()": LOAD,
        "load_rest(), which does that, too": LOAD_REST,
    }
    times: dict[str, list[float]] = {name: [] for name in codes}
    for _ in range(runs):
        for name, code in codes.items():
            command = [sys.executable, "-c", code, str(ROOT / "rules")]
            result = subprocess.run(
                command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
            )
            times[name].append(float(result.stdout))
    return {name: statistics.median(each) for name, each in times.items()}


def peak_memory(command: list[str], folder: Path) -> float:
    """Return the most memory that a command had at once, in MiB."""
    environment = os.environ | {"PYTHONPATH": find_modules()}
    found = subprocess.run(
        [sys.executable, "-c", PEAK, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=True,
        text=True,
    )
    # Linux counts in KiB, macOS in bytes.
    return int(found.stdout) / (1024 if sys.platform != "darwin" else 1024 * 1024)


def print_table(title: str, medians: dict[str, float], against: str) -> None:
    print(f"\n{title}\n\n| command | median s | times {against} |\n| --- | ---: | ---: |")
    for name, seconds in medians.items():
        print(f"| {name} | {seconds:.3f} | {seconds / medians[against]:.2f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--modules", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clean, dense, small = folder / "clean", folder / "dense", folder / "small"
        files = build_clean(clean)
        lines = build_dense(dense, options.modules)
        build_dense(small, max(options.modules // 10, 1))
        click = [sys.executable, "-c", "import click"]
        commands = {"python -c 'import click'": (click, folder)}
        ten = [str(path) for path in sorted(clean.rglob("*.py"))[:10]]
        commands["check of 10 clean files"] = ([*TOOL, "check", *ten], clean)
        if shutil.which("rg"):
            commands["rg -l vapid"] = (["rg", "-l", "vapid", "."], clean)
        commands["scan of the clean tree"] = ([*TOOL, "scan", "."], clean)
        commands["scan --rest of the clean tree"] = ([*TOOL, "scan", "--rest", "."], clean)
        print(
            f"{platform.python_implementation()} {platform.python_version()}, "
            f"{os.cpu_count()} cores, median of {options.runs}"
        )
        print_table(
            f"Clean tree, {files} Python files",
            time_all(commands, options.runs),
            "python -c 'import click'",
        )
        parse = [sys.executable, "-c", PARSE]
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        subprocess.run([*TOOL, "scan", "."], cwd=dense, capture_output=True, check=True)
        commands = {
            "libcst.parse_module of each file": ([*parse, "."], dense),
            "scan": ([*TOOL, "scan", ".", "--format", "json", "--no-cache"], dense),
            "scan again": ([*TOOL, "scan", ".", "--format", "json"], dense),
            "scan --rest": ([*TOOL, "scan", "--rest", ".", "--format=json", "--no-cache"], dense),
            "rewrite (diff)": ([*TOOL, "rewrite", ".", "--no-cache"], dense),
        }
        print_table(
            f"Client of {options.modules} modules and {lines} lines, all affected",
            time_all(commands, max(options.runs // 2, 1)),
            "libcst.parse_module of each file",
        )
        print_table(
            "Loading the table of endpoints, as every run does that finds something",
            time_loading(options.runs),
            "tomllib.loads of each file",
        )
        scan = [*TOOL, "scan", ".", "--format", "json", "--no-cache"]
        commands = {
            f"scan of {max(options.modules // 10, 1)} modules": (scan, small),
            f"scan of {options.modules} modules": (scan, dense),
        }
        print_table(
            "How the time grows",
            time_all(commands, max(options.runs // 2, 1)),
            next(iter(commands)),
        )
        print(f"\nPeak memory of that scan: {peak_memory(scan, dense):.0f} MiB")


if __name__ == "__main__":
    main()
