"""Narrows a scan down to what is new: since a baseline, or since a branch was left."""

# Paths are strings that are not resolved, as in the listing of files.
# ruff: noqa: PTH100, PTH110, PTH118

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from migrator.cli.exits import RefusedError
from migrator.cli.output import save, say
from migrator.cli.printable import encode
from migrator.values import Fix, Scan

if TYPE_CHECKING:
    from migrator.baseline import Baseline, Entry
    from migrator.config import Settings

_Command = TypeVar("_Command", bound=Callable[..., Any])

_SHOWN = 3
"""How many entries of a baseline are named that match nothing any more."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What was asked for: ``baseline`` is None for that of the settings, if they have one."""

    baseline: Path | None = None
    write: bool = False
    since: str | None = None
    settings: bool = True
    """Whether the baseline of the settings counts."""


WHOLE = Narrowing(settings=False)
"""All findings are wanted."""


def narrowing_options(command: _Command) -> _Command:
    """Add the options ``baseline``, ``write_baseline`` and ``since``."""
    for add in (
        click.option(
            "--diff",
            "since",
            metavar="BASE",
            help="Only what the branch changed since it left this branch, tag or commit",
        ),
        click.option(
            "--write-baseline",
            is_flag=True,
            help="Take all that is found into the baseline, and drop what is done",
        ),
        click.option(
            "--baseline",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Only what this list of known findings does not have",
        ),
    ):
        command = add(command)
    return command


def prepare(
    narrowing: Narrowing,
    paths: Iterable[str],
    folder: Path,
    settings: Settings,
    fixes: frozenset[Fix],
) -> Callable[[Scan], Scan]:
    """Return what narrows a scan; all that can be wrong with it is said before the work.

    ``folder`` holds all ``paths``. Raises RefusedError and MigratorError.
    """
    chosen = settings.baseline if narrowing.settings else None
    file = narrowing.baseline or chosen
    if narrowing.write and narrowing.since is not None:
        raise RefusedError("--write-baseline is about all findings: leave out --diff")
    if narrowing.write and file is None:
        raise RefusedError(
            "--write-baseline needs to know the file: name it with --baseline FILE, or with "
            "baseline in pyproject.toml, under [tool.vapid-to-rest]"
        )
    steps: list[Callable[[Scan], Scan]] = []
    if file is not None:
        steps.append(_against(file, paths, fixes, write=narrowing.write))
    if narrowing.since is not None:
        from migrator.since import keep_changed, read_changes  # noqa: PLC0415 - on request only

        changes = read_changes(folder, narrowing.since)
        steps.append(lambda scan: keep_changed(scan, changes))

    def narrow(scan: Scan) -> Scan:
        for step in steps:
            scan = step(scan)
        return scan

    return narrow


def _against(
    file: Path, paths: Iterable[str], fixes: frozenset[Fix], *, write: bool
) -> Callable[[Scan], Scan]:
    """Return what leaves out the findings that a baseline has, or writes them into it."""
    from migrator.baseline import compare, read_baseline  # noqa: PLC0415 - on request only

    if write and not file.parent.is_dir():
        raise RefusedError(f"cannot write {file}: there is no folder {file.parent}")
    start = os.path.abspath(file.parent)
    old = {} if write and not os.path.exists(file) else read_baseline(file)
    given = [os.path.abspath(path) for path in paths]

    def is_judged(entry: Entry) -> bool:
        """Tell an entry that this run would find from what it does not look at."""
        from migrator.fixes.codes import kind_of_code  # noqa: PLC0415 - as above

        path = os.path.normpath(os.path.join(start, entry.path))
        inside = any(path == each or path.startswith(os.path.join(each, "")) for each in given)
        return inside and kind_of_code(entry.code) in {Fix.NAMESPACE, Fix.SUPPRESSIONS, *fixes}

    def narrow(scan: Scan) -> Scan:
        def rename(path: str) -> str:
            whole = os.path.abspath(os.path.join(scan.root, path))
            return os.path.relpath(whole, start).replace(os.sep, "/")

        found = compare(
            scan,
            old,
            rename=rename,
            is_gone=lambda path: not os.path.lexists(os.path.join(start, path)),
        )
        done = {entry: count for entry, count in found.done.items() if is_judged(entry)}
        if write:
            kept = {entry: count for entry, count in old.items() if not is_judged(entry)}
            _write(file, kept | found.now, len(found.new), len(done))
            return replace(scan, findings=())
        if done:
            say(_name_done(file, done))
        return replace(scan, findings=found.new)

    return narrow


def _write(file: Path, baseline: Baseline, new: int, done: int) -> None:
    from migrator.baseline import write_baseline  # noqa: PLC0415 - on request only
    from migrator.render.totals import say_count  # noqa: PLC0415 - not for --help

    try:
        save(file, encode(write_baseline(baseline)))
    except OSError as error:
        raise RefusedError(f"cannot write {file}: {error.strerror}") from error
    entries = "1 entry" if len(baseline) == 1 else f"{len(baseline):,} entries"
    say(f"Wrote {file}: {entries}, {say_count(new, 'finding')} new, {done:,} done")


def _name_done(file: Path, done: Baseline) -> str:
    """Say what a baseline has that is there no more, in one line."""
    names = [f"{entry.path} {entry.code} {entry.endpoint or entry.line}" for entry in sorted(done)]
    more = [f"and {len(names) - _SHOWN} more"] if len(names) > _SHOWN else []
    return (
        f"Done since {file} was written: {'; '.join([*names[:_SHOWN], *more])}. "
        "--write-baseline drops it"
    )
