"""Times this tool against what else finds or changes code, in the same run and in turn.

Run as ``python tests/benchmarks/run.py``, on a machine that does nothing else. It builds its
inputs in a temporary folder, and prints tables of medians and ratios, with what is asked for.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from inputs import ENOUGH, build_clean, build_dense, build_realistic
from measure import Command, Taken, run, time_all
from peers import (
    CLICK,
    CODEMOD,
    RG,
    SEMGREP,
    START,
    TOOL,
    list_peers,
    list_starts,
    list_versions,
    prepare,
)

CHECK = "check"
SCAN = "scan"
AGAIN = "scan again"

Times = dict[str, Taken]


@dataclass(frozen=True, slots=True)
class Bar:
    """What is asked for, as the most that something may be; a least is below zero.

    ``measured`` is None where it was not. It is ``over`` that where a peer was stopped.
    """

    text: str
    most: float
    measured: float | None
    unit: str = ""
    over: bool = False


@dataclass(frozen=True, slots=True)
class Trees:
    """The inputs, and how they may be told from one another."""

    rules: Path
    clean: Path
    realistic: Path
    dense: Path
    files: int
    affected: int
    modules: int
    lines: int
    calls: int


def build(folder: Path, files: int, modules: int) -> Trees:
    """Write all inputs."""
    clean, realistic, dense = folder / "clean", folder / "realistic", folder / "dense"
    number = build_clean(clean, files)
    affected = build_realistic(clean, realistic)
    lines, calls = build_dense(dense, modules)
    return Trees(folder, clean, realistic, dense, number, affected, modules, lines, calls)


def time_check(trees: Trees, options: argparse.Namespace) -> tuple[str, Times, list[Bar]]:
    """Time a hook on a commit of ten clean files."""
    ten = [str(path) for path in sorted(trees.clean.rglob("*.py"))[:10]]
    commands = [
        *list_starts(trees.clean),
        Command(CHECK, [*TOOL, "check", *ten], trees.clean, proof="^$"),
        *list_peers(trees.clean, trees.rules, ten, affected=False),
    ]
    times = time_all(choose(commands, options), options.runs, options.slow_runs, options.limit)
    return (
        "Ten clean files, as a hook is given them",
        times,
        [Bar(f"check of ten clean files, times {CLICK}", 1.3, ratio(times, CHECK, CLICK))],
    )


def time_clean(trees: Trees, options: argparse.Namespace) -> tuple[str, Times, list[Bar]]:
    """Time a scan in which nothing is found."""
    scan = Command(SCAN, [*TOOL, "scan", "."], trees.clean, proof="Nothing to move")
    peers = list_peers(trees.clean, trees.rules, ["."], affected=False)
    commands = [*list_starts(trees.clean), scan, *peers]
    times = time_all(choose(commands, options), options.runs, options.slow_runs, options.limit)
    measured = None
    if RG in times:
        measured = max(times[SCAN].seconds - times[START].seconds, 0) / times[RG].seconds
    bars = [
        Bar(f"clean tree: scan less {START}, times {RG}", 3, measured),
        Bar("clean tree: memory", 150, times[SCAN].memory, " MiB"),
    ]
    return f"Clean tree: {trees.files:,} Python files", times, bars


def time_realistic(trees: Trees, options: argparse.Namespace) -> tuple[str, Times, list[Bar]]:
    """Time a scan of a tree of which few files are affected, and another one."""
    times = time_affected(trees.realistic, trees.rules, options)
    clean = Command(SCAN, [*TOOL, "scan", "."], trees.clean, proof="Nothing to move")
    per_file = time_all([clean], options.runs, 0, options.limit)[SCAN].seconds / trees.files
    again = times[AGAIN].seconds / trees.files / per_file
    bars = [
        compare("realistic tree", times, SEMGREP, 10),
        compare("realistic tree", times, CODEMOD, 20),
        Bar("realistic tree: second scan, times the clean tree's, per file", 1.5, again),
    ]
    return f"Realistic tree: the same, {trees.affected:,} files affected", times, bars


def time_dense(trees: Trees, options: argparse.Namespace) -> tuple[str, Times, list[Bar]]:
    """Time a scan of a client that calls the old API from all of its modules."""
    times = time_affected(trees.dense, trees.rules, options)
    bars = [
        compare("dense tree", times, SEMGREP, 1),
        compare("dense tree", times, CODEMOD, 5),
        Bar("dense tree: memory", 1024, times[SCAN].memory, " MiB"),
    ]
    size = f"{trees.modules:,} modules, {trees.lines:,} lines, {trees.calls:,} calls"
    return f"Dense tree: {size}", times, bars


def time_affected(tree: Path, rules: Path, options: argparse.Namespace) -> Times:
    """Time scans that find something, the first one and another."""
    proof = r'"code": "VAP001"'
    scan = [*TOOL, "scan", ".", "--format", "json"]
    kept = Command(AGAIN, scan, tree, proof=proof)
    run(kept, options.limit)  # so that there is something kept
    commands = [
        *list_starts(tree),
        Command(SCAN, [*scan, "--no-cache"], tree, proof=proof, slow=True),
        kept,
        *list_peers(tree, rules, ["."], affected=True),
    ]
    return time_all(choose(commands, options), options.runs, options.slow_runs, options.limit)


def choose(commands: Iterable[Command], options: argparse.Namespace) -> list[Command]:
    """Return the commands without those that are to be left out."""
    return [each for each in commands if each.name not in options.without]


def ratio(times: Times, name: str, other: str) -> float | None:
    """Return how many times as long something takes as another; None where one was not run."""
    if name not in times or other not in times:
        return None
    return times[name].seconds / times[other].seconds


def compare(tree: str, times: Times, peer: str, least: float) -> Bar:
    """Return how many times as long a peer is to take for a tree as a scan does."""
    over = peer in times and times[peer].stopped
    return Bar(f"{tree}: {peer} ÷ scan, at least", -least, ratio(times, peer, SCAN), over=over)


def print_times(title: str, times: Times) -> None:
    """Print what each command took, and in proportion to the start of a Python with click."""
    print(f"\n{title}\n\n| command | median s | times {CLICK} | MiB | runs |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, taken in times.items():
        against = taken.seconds / times[CLICK].seconds
        over = "over " if taken.stopped else ""
        print(
            f"| {name} | {over}{taken.seconds:.3f} | {over}{against:.2f} | {taken.memory:.0f} "
            f"| {taken.runs} |",
            flush=True,
        )


def print_bars(bars: Iterable[Bar]) -> None:
    """Print what is asked for, beside what was measured."""
    print("\n| asked for | bar | measured | met |\n| --- | ---: | ---: | --- |")
    for bar in bars:
        if bar.measured is None:
            print(f"| {bar.text} | {abs(bar.most):g}{bar.unit} | | not measured |")
            continue
        met = bar.measured <= bar.most if bar.most > 0 else bar.measured >= -bar.most
        shown = f"{bar.measured:.3g}" if bar.measured < 1_000 else f"{bar.measured:,.0f}"
        over = "over " if bar.over else ""
        answer = "yes" if met else "not known" if bar.over else "no"
        print(f"| {bar.text} | {abs(bar.most):g}{bar.unit} | {over}{shown}{bar.unit} | {answer} |")


SECTIONS: dict[str, Callable[[Trees, argparse.Namespace], tuple[str, Times, list[Bar]]]] = {
    "check": time_check,
    "clean": time_clean,
    "realistic": time_realistic,
    "dense": time_dense,
}


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="of what is quick  [5]")
    parser.add_argument("--slow-runs", type=int, help="of what may take minutes  [as --runs]")
    parser.add_argument("--limit", type=float, default=600, help="seconds of one run  [600]")
    parser.add_argument("--only", action="append", choices=SECTIONS, help="one section")
    parser.add_argument("--without", action="append", default=[], help="leave out one command")
    parser.add_argument("--files", type=int, default=1_000_000, help="at most, of the clean tree")
    parser.add_argument("--modules", type=int, default=300, help="of the dense tree  [300]")
    options = parser.parse_args()
    if options.slow_runs is None:
        options.slow_runs = options.runs
    return options


def main() -> None:
    options = read_options()
    with tempfile.TemporaryDirectory() as name:
        # In a process of its own: what is started by a large one counts as large.
        with ProcessPoolExecutor(1) as builder:
            trees = builder.submit(build, Path(name), options.files, options.modules).result()
        prepare(trees.rules)
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        print(
            f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} "
            f"on {platform.machine()}, {cores} cores; {', '.join(list_versions())}; "
            f"medians of {options.runs} runs, or {options.slow_runs} of what is slow"
        )
        if trees.files < ENOUGH:
            print(f"Only {trees.files:,} files: less than {ENOUGH:,} are no measure.")
        bars = []
        for section in options.only or SECTIONS:
            title, times, found = SECTIONS[section](trees, options)
            print_times(title, times)
            bars += found
        print_bars(bars)


if __name__ == "__main__":
    main()
