"""Runs the analysis for a command: settings, progress, and errors that end the run."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from migrator.cli.caching import find_cache
from migrator.cli.exits import RefusedError
from migrator.cli.narrowing import WHOLE, Narrowing, prepare
from migrator.cli.output import forgiving
from migrator.cli.progress import watch_progress
from migrator.values import Fix, Scan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from migrator.config import Settings
    from migrator.values import Edit

_NONE: Mapping[str, bytes] = MappingProxyType({})

NO_COMPANY_ID = (
    "--fix company-header needs to know the company: say in pyproject.toml, under "
    "[tool.vapid-to-rest], what expression gives its id, such as "
    """company-id = 'os.environ["PROCORE_COMPANY_ID"]'"""
)
"""What is said where the header is asked for, and its value is not set."""


def analyse(
    paths: tuple[str, ...],
    *,
    today: date,
    output: Path | None = None,
    rest: bool = False,
    fixes: frozenset[Fix] = frozenset(),
    narrowing: Narrowing = WHOLE,
    instead: Mapping[str, bytes] = _NONE,
    elsewhere: bool = False,
) -> Scan:
    """Scan the paths under the settings of the project that they lie in.

    ``fixes`` are the kinds of edit to plan beside the namespace's, and ``narrowing`` says
    what of all findings is wanted. ``instead`` has contents to take in the place of files',
    by paths from the working folder. With ``elsewhere``, what is spelled in files beside the
    paths is found as well, where a call in the paths is sent through it.
    Raises ``RefusedError`` where the settings or the table are wrong, nothing could be
    analysed, or ``output`` would take the place of what is to be.
    """
    from migrator.config import load_settings  # noqa: PLC0415 - not for --help
    from migrator.errors import MigratorError  # noqa: PLC0415
    from migrator.pipeline import scan_paths  # noqa: PLC0415

    cwd = _find_cwd()
    try:
        folder = common_folder(paths, cwd)
        settings = load_settings(folder)
        narrow = prepare(narrowing, paths, folder, settings, fixes)
        if Fix.COMPANY_HEADER in fixes and settings.company_id is None:
            raise RefusedError(NO_COMPANY_ID)
        if settings.rules:
            check_rules(settings.rules)
        with watch_progress(sys.stderr) as on_progress:
            scan = partial(
                scan_paths,
                settings=settings,
                today=today,
                cwd=cwd,
                output=output,
                on_progress=on_progress,
                rest=rest,
                fixes=fixes,
                instead=instead,
                cache=find_cache(),
                parallel=True,
            )
            found = scan(paths)
            if elsewhere and found.endpoints:
                found = _look_elsewhere(found, paths, settings, cwd, scan)
        return narrow(found)
    except MigratorError as error:
        raise RefusedError(str(error)) from error


def _look_elsewhere(
    found: Scan,
    paths: tuple[str, ...],
    settings: Settings,
    cwd: Path,
    scan: Callable[[tuple[str, ...]], Scan],
) -> Scan:
    """Add what spells the calls of a scan in other files; only for them, those are searched."""
    from migrator.discover import find_projects, list_files  # noqa: PLC0415 - as above
    from migrator.elsewhere import add_elsewhere, find_lone_calls  # noqa: PLC0415

    projects = find_projects(paths, cwd)
    if projects.issubset(os.path.abspath(cwd / path) for path in paths):  # noqa: PTH100
        return found
    listing = list_files(paths, cwd=cwd, exclude=settings.exclude, exclude_from=settings.folder)
    lone = find_lone_calls(found, listing.targets)
    if not lone:
        return found
    return add_elsewhere(found, lone, scan((*paths, *sorted(projects))), listing)


def find_annotated(paths: tuple[str, ...], instead: Mapping[str, bytes]) -> tuple[Scan, list[Edit]]:
    """Plan the removal of the comments that this tool has put above calls.

    Raises ``RefusedError`` as above.
    """
    from migrator.config import load_settings  # noqa: PLC0415 - not for --help
    from migrator.errors import MigratorError  # noqa: PLC0415
    from migrator.pipeline import find_annotations  # noqa: PLC0415

    cwd = _find_cwd()
    try:
        settings = load_settings(common_folder(paths, cwd))
        return find_annotations(paths, settings, cwd=cwd, instead=instead)
    except MigratorError as error:
        raise RefusedError(str(error)) from error


def _find_cwd() -> Path:
    try:
        return Path.cwd()
    except OSError as error:
        raise RefusedError(f"the current folder cannot be found: {error.strerror}") from error


def check_rules(own: tuple[Path, ...]) -> None:
    """Read rows of the project's own even where no call needs them, so that faults are told.

    Raises ``MigratorError``.
    """
    from migrator.rules.table import load_rules  # noqa: PLC0415 - where there are such rows

    load_rules(own)


def tell_problems(scan: Scan) -> None:
    """Name on stderr each file that could not be read or parsed."""
    from migrator.render.check import render_check  # noqa: PLC0415 - not for --help

    with forgiving(sys.stderr):
        click.echo(render_check(replace(scan, findings=())), nl=False, err=True)


def common_folder(paths: tuple[str, ...], cwd: Path) -> Path:
    """Return the innermost folder that holds all paths, which need not exist.

    Falls back to ``cwd`` where there is none, as on two drives.
    """
    try:
        # Not resolved: a link belongs to the project that it stands in.
        absolute = [os.path.abspath(cwd / path) for path in paths]  # noqa: PTH100
        common = Path(os.path.commonpath(absolute))
    except ValueError:
        return cwd
    # Not Path's own, which raises where a name is too long.
    return common if os.path.isdir(common) else common.parent  # noqa: PTH112
