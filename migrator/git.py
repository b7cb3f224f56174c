"""Asks git about a repository without running what the repository would have run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from migrator.errors import MigratorError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from subprocess import CompletedProcess

_SECONDS = 60
# What a hook is told about the repository that runs it; ours may be another.
_LOCAL = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX"}
    | {"GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE"}
)
# The settings of a repository are data as well: whatever they say, no program is run
# (file monitor, hooks) and nothing is fetched (a partial clone).
_SAFE = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": ""}
_ENGLISH = {"LC_ALL": "C", "LANGUAGE": ""}
_CONFIG = (
    *("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.quotepath=off"),
)


class GitError(MigratorError):
    """Git cannot say what it is asked for; the message says why."""


def run_git(
    folder: str, *arguments: str, settings: Sequence[tuple[str, str]] = ()
) -> CompletedProcess[bytes]:
    """Run git in a folder, whatever its exit code, and return what it printed.

    ``settings`` take the place of the repository's. Raises GitError where there is no git,
    or it does not come to an end.
    """
    import shutil  # noqa: PLC0415 - only where there is a repository
    import subprocess  # noqa: PLC0415 - as above; no shell, and see _SAFE

    git = shutil.which("git")
    if git is None:
        raise GitError("git is not installed")
    kept = {name: value for name, value in os.environ.items() if not _is_dropped(name)}
    try:
        return subprocess.run(  # noqa: S603 - no shell; the folder is one of the user's
            [git, "-C", folder, *_CONFIG, *arguments],
            env=kept | _SAFE | _ENGLISH | _spell(settings),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise GitError(f"git cannot be run: {error}") from error


def _is_dropped(name: str) -> bool:
    """Tell a variable that changes what git looks at, or what it prints."""
    return name in _LOCAL or name.startswith("GIT_TRACE") or name == "GIT_DIFF_OPTS"


def unfilter(top: str) -> list[tuple[str, str]]:
    """Return settings that keep git from running the filters that a repository has set up.

    Raises GitError.
    """
    names = run_git(top, "config", "--name-only", "-z", "--get-regexp", r"^filter\.").stdout
    return [(name, "") for name in sorted(set(os.fsdecode(names).split("\0")[:-1]))]


def _spell(settings: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return settings as git reads them from its environment, behind those that are there.

    On the command line, a name with an equals sign would be cut off at it.
    """
    there = os.environ.get("GIT_CONFIG_COUNT", "")
    start = int(there) if there.isdecimal() else 0
    found = {"GIT_CONFIG_COUNT": str(start + len(settings))} if settings else {}
    for number, (name, value) in enumerate(settings, start):
        found |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
    return found
