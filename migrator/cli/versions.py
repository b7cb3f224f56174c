"""Warns where version control could not bring back what is about to be changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from migrator.cli.output import say
from migrator.errors import MigratorError
from migrator.git import run_git, unfilter
from migrator.render.clean import visible
from migrator.render.totals import say_count

if TYPE_CHECKING:
    from collections.abc import Collection

_SHOWN = 3


def warn_of_versions(root: str, paths: Collection[str]) -> None:
    """Say which of the files have changes of their own, or that there is no repository.

    ``paths`` are relative to ``root``. The change is made all the same.
    """
    try:
        changed = _find_changed(root)
    except MigratorError:
        changed = None
    if changed is None:
        say("warning: not under version control: what is changed cannot be taken back by git")
        return
    dirty = sorted(changed.intersection(paths))
    if dirty:
        names = ", ".join(visible(path) for path in dirty[:_SHOWN])
        more = f" and {len(dirty) - _SHOWN} more" if len(dirty) > _SHOWN else ""
        say(
            f"warning: {say_count(len(dirty), 'file')} had changes that are not committed: "
            f"{names}{more} (--allow-dirty says that this is meant)"
        )


def _find_changed(root: str) -> set[str] | None:
    """Return the files below ``root`` that differ from the last commit, or are in none.

    None where there is no repository. Raises GitError.
    """
    prefix = run_git(root, "rev-parse", "--show-prefix")
    if prefix.returncode:
        return None
    status = run_git(
        root,
        *("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all"),
        *("--ignore-submodules=all", "--ignored=traditional", "--", "."),
        settings=unfilter(root),
    )
    start = os.fsdecode(prefix.stdout).removesuffix("\n")
    names = os.fsdecode(status.stdout).split("\0")
    return {Path(name[3:]).as_posix().removeprefix(start) for name in names if name}
