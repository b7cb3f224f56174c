"""Copies, rewrites, runs twice and compares."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from migrator.git import GitError, run_git
from migrator.prove.comparing import Comparison, compare
from migrator.prove.copies import Contents, copy_project, list_contents
from migrator.prove.errors import ProveError
from migrator.prove.processes import PROCORE, Ran, Setting, run_command
from migrator.prove.recorded import Sent
from migrator.prove.relay import run_relay
from migrator.prove.routes import Ground
from migrator.rules.table import load_rules
from migrator.values import Changed

if TYPE_CHECKING:
    from migrator.values import Fix, Outcome, Scan
    from migrator.verify.address import Address

OnStage = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be run, and where.

    ``top`` is the project, ``folder`` the part of it that the command runs in and that was
    rewritten; both as they really are. ``address`` is an API to send requests to, None for the
    stand-in; ``hosts`` are called there as well as Procore's. ``own`` are files of rules,
    ``seconds`` what a run may take at most, and ``keep`` a folder for copies that are to stay.
    """

    command: tuple[str, ...]
    top: Path
    folder: Path
    fixes: frozenset[Fix]
    today: date
    own: tuple[Path, ...] = ()
    address: Address | None = None
    company: str | None = None
    hosts: tuple[str, ...] = ()
    seconds: float | None = None
    keep: Path | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """The two runs, and what a comparison of their requests gives."""

    before: Ran
    after: Ran
    comparison: Comparison

    @property
    def is_given(self) -> bool:
        """Tell whether the code sends the same requests but for the route, and ends well.

        A command that fails before the rewrite cannot tell by failing that something is broken.
        """
        runs = (self.before.record, self.after.record)
        is_whole = not any(run.unseen or run.strays or run.broken for run in runs)
        return is_whole and self.before.code == self.after.code == 0 and self.comparison.is_proved


def find_project(folder: Path) -> Path:
    """Return the working tree that a folder lies in; the folder itself where there is none."""
    try:
        found = run_git(str(folder), "rev-parse", "--show-toplevel")
    except GitError:
        return folder
    top = os.fsdecode(found.stdout).rstrip("\n")
    return Path(os.path.realpath(top)) if found.returncode == 0 and top else folder


def prove(
    plan: Plan, scan: Scan, outcomes: Sequence[Outcome], on_stage: OnStage | None = None
) -> Proof:
    """Run the command on the code before and after the change, and compare its requests.

    Nothing is written outside a temporary folder, unless the command does. Raises ProveError.
    """
    tell = on_stage or (lambda *_: None)
    with _open_scratch(plan) as scratch:
        tell("copying", 0, 3)
        contents = _copy(plan, scratch)
        _change(plan, scratch / "after" / plan.top.name, outcomes)
        tell("running the code before the rewrite", 1, 3)
        before = _run(plan, contents, scratch / "before", vapid=True)
        tell("running the code after it", 2, 3)
        after = _run(plan, contents, scratch / "after", vapid=False)
    ground = Ground(load_rules(plan.own), plan.fixes, (*PROCORE, *plan.hosts))
    sent = before.record.sent, after.record.sent
    return Proof(before, after, compare(*sent, ground, scan.endpoints))


@contextmanager
def _open_scratch(plan: Plan) -> Iterator[Path]:
    """Give a folder for the copies: the one to keep, or one that is gone afterwards."""
    if plan.keep is not None:
        yield plan.keep
        return
    # What a command leaves without leave to write is no reason to fail.
    with tempfile.TemporaryDirectory(prefix="vapid-to-rest-", ignore_cleanup_errors=True) as folder:
        yield Path(os.path.realpath(folder))


def _copy(plan: Plan, scratch: Path) -> Contents:
    try:
        contents = list_contents(plan.top)
        for name in ("before", "after"):
            copy_project(plan.top, contents, scratch / name / plan.top.name)
    except OSError as error:
        raise ProveError(f"{plan.top} cannot be copied: {error}") from error
    return contents


def _change(plan: Plan, copy: Path, outcomes: Sequence[Outcome]) -> None:
    """Write the changed files of a copy, and nothing that only a link of it leads to."""
    for outcome in outcomes:
        if not isinstance(outcome, Changed):
            continue
        path = outcome.before.path
        inside = os.path.relpath(os.path.join(plan.folder, path), plan.top)  # noqa: PTH118
        target = Path(os.path.realpath(copy / inside))
        if not target.is_relative_to(copy):
            raise ProveError(f"{path} is outside of the project: name it with --project")
        if target.read_bytes() != outcome.before.data:
            raise ProveError(f"{path} was changed meanwhile: run again")
        target.chmod(target.stat().st_mode | 0o200)
        target.write_bytes(outcome.after)


def _run(plan: Plan, contents: Contents, scratch: Path, *, vapid: bool) -> Ran:
    """Run the command in one of the copies."""
    folder = os.path.relpath(plan.folder, plan.top)
    with run_relay(plan.own, plan.today, plan.address, plan.company, vapid=vapid) as relay:
        setting = Setting(
            plan.top, scratch / plan.top.name, contents.linked, folder, relay, plan.hosts
        )
        ran = run_command(plan.command, setting, plan.seconds)
    sent = tuple(_place(each, plan) for each in ran.record.sent)
    return replace(ran, record=replace(ran.record, sent=sent))


def _place(sent: Sent, plan: Plan) -> Sent:
    """Return a request with its place as the scan names it: from where the user stands."""
    if sent.path is None:
        return sent
    path = os.path.relpath(os.path.join(plan.top, sent.path), plan.folder)  # noqa: PTH118
    return replace(sent, path=path.replace(os.sep, "/"))
