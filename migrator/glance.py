"""Tells of files that nothing is to be found in them, before much is imported.

A hook names the files that changed, and nearly always there is nothing of Procore's in them;
a pipeline scans a whole repository, and goes on to do so when all has moved. Where that is
not sure, or anything else may have to be said, the whole program runs.
"""

# Only what a Python that runs this has imported anyway, or what is quick to import.
# ruff: noqa: PTH100, PTH109, PTH116, PTH118, PTH120, PTH123

from __future__ import annotations

import os
import stat

from migrator.prefilter import may_send, mentions, mentions_in

TYPE_CHECKING = False  # typing's own is slow to import
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_LARGEST = 5_000_000
_TABLE = b"vapid-to-rest"
_ASKING = {"SOURCE_DATE_EPOCH", "FORCE_COLOR"}
"""Variables that have a say in what is printed, or can be wrong."""


def is_clean_check(arguments: Sequence[str]) -> bool:
    """Tell whether a program run with these arguments would end at once with nothing to say.

    That is ``check`` with the names of files, behind ``--`` or not, and no option, where no
    file spells anything of Procore's and the settings are sound.
    """
    command, *paths = arguments or ("",)
    are_names = paths[:1] == ["--"]
    paths = paths[are_names:]
    if command != "check" or not paths or "SOURCE_DATE_EPOCH" in os.environ:
        return False
    if not all(paths) or not (are_names or all(path[0] != "-" for path in paths)):
        return False
    folders = [os.path.dirname(os.path.abspath(path)) for path in paths]
    try:
        return all(map(_is_clean, paths)) and _are_settings_sound(
            os.path.commonpath(folders), paths
        )
    except (OSError, ValueError):
        return False


def scan_clean(arguments: Sequence[str]) -> str | None:
    """Return all that a program run with these arguments would print: that nothing is found.

    None where it may be anything else. That is ``scan`` with folders or none, and no option
    but ``--no-cache``, where no file spells anything of Procore's and there are no settings.
    Nobody may wait at a terminal: for colours, or for a bar that shows the progress.
    """
    command, *others = arguments or ("",)
    paths = [each for each in others if each != "--no-cache"]
    if command != "scan" or any(not path or path[0] == "-" for path in paths):
        return None
    if not _ASKING.isdisjoint(os.environ):
        return None
    try:
        if not all(stat.S_ISDIR(os.stat(path).st_mode) for path in paths):
            return None
        folders = [os.path.abspath(path) for path in paths or (".",)]
        if not _are_settings_sound(os.path.commonpath(folders)):
            return None
        return _list_clean(paths)
    except (OSError, ValueError):
        return None


def _list_clean(paths: Sequence[str]) -> str | None:
    """Return the line for these folders where there is nothing in them, and nothing wrong."""
    from migrator.discover import is_python, list_files  # noqa: PLC0415 - not for a check
    from migrator.errors import MigratorError  # noqa: PLC0415
    from migrator.render.nothing import NOTHING, say_where  # noqa: PLC0415
    from migrator.sift import has_any  # noqa: PLC0415

    try:
        listing = list_files(paths, cwd=os.getcwd())
    except MigratorError:
        return None
    if listing.problems or not listing.targets:
        return None
    files = [(path, may_send if is_python(path) else mentions) for path in listing.targets]
    if has_any(listing.folder, files):
        return None
    return f"{NOTHING}{say_where(len(listing.targets))}\n"


def _is_clean(path: str) -> bool:
    """Tell whether a regular file has none of the words that are looked for.

    Those of a Python file are asked for whatever its name is: that is the wider question.
    """
    if not stat.S_ISREG(os.stat(path).st_mode):
        return False
    with open(path, "rb", buffering=0) as file:
        data = file.read(_LARGEST)
    return len(data) < _LARGEST and not mentions_in(data, may_send)


def _are_settings_sound(folder: str, paths: Sequence[str] = ()) -> bool:
    """Tell whether the settings for a folder can be read, and name no rows to be checked.

    Without ``paths``, the files that are named, there may be no settings at all.
    """
    files = [_read(each) for each in _upward(folder)]
    if any(data is not None and _TABLE in data.replace(b"\0", b"") for data in files):
        return bool(paths) and _are_clean_under(folder, paths)
    nearest = next((data for data in files if data is not None), None)
    return nearest is None or _is_toml(nearest)


def _upward(folder: str) -> Iterator[str]:
    yield folder
    while (parent := os.path.dirname(folder)) != folder:
        yield parent
        folder = parent


def _read(folder: str) -> bytes | None:
    path = os.path.join(folder, "pyproject.toml")
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None
    except OSError:
        return None
    with open(path, "rb") as file:
        return file.read()


def _is_toml(data: bytes) -> bool:
    import tomllib  # noqa: PLC0415 - only where there is something to read

    try:
        tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return True


def _are_clean_under(folder: str, paths: Sequence[str]) -> bool:
    """Tell whether the settings of a folder are sound, and have nothing to say of these files."""
    from pathlib import Path  # noqa: PLC0415 - only where there are settings

    from migrator.config import load_settings  # noqa: PLC0415
    from migrator.errors import MigratorError  # noqa: PLC0415

    try:
        settings = load_settings(Path(folder))
        if settings.rules:
            return False
        return settings.baseline is None or _knows_none_of(settings.baseline, paths)
    except MigratorError:
        return False


def _knows_none_of(baseline: Path, paths: Sequence[str]) -> bool:
    """Tell whether a baseline has nothing in these files that would now be done.

    Raises BaselineError where it cannot be read.
    """
    from migrator.baseline import read_baseline  # noqa: PLC0415 - only where there is one

    start = os.path.dirname(os.path.abspath(baseline))
    known = {os.path.normpath(os.path.join(start, each.path)) for each in read_baseline(baseline)}
    return known.isdisjoint(map(os.path.abspath, paths))
