"""Runs a command in a copy of the project, with its requests observed and led to a server."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from migrator.prove.errors import ProveError
from migrator.prove.recorded import COMPARED, Record, read_record

INSIDE = Path(__file__).parent / "inside"
PROCORE = ("procore.com", "procoregov.com")
"""The domains whose hosts are never called."""

_SETTINGS = "VAPID_TO_REST_PROVE"
_PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a command runs: paths are absolute and real.

    ``original`` is the project that ``copy`` is of, ``linked`` the folders that they share, and
    ``folder`` where in it the command runs. ``hosts`` are called at ``relay`` in the place
    of Procore's, beside them.
    """

    original: Path
    copy: Path
    linked: tuple[str, ...]
    folder: str
    relay: tuple[str, int]
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended: its exit code, what it printed, and what was seen of its requests."""

    code: int
    output: str
    record: Record


def run_command(command: Sequence[str], setting: Setting, seconds: float | None) -> Ran:
    """Run a command to its end, and what it has started with it.

    Raises ProveError where it cannot be started, or takes longer than it may.
    """
    scratch = setting.copy.parent
    record = scratch / "record.jsonl"
    record.touch(mode=0o600)
    log = scratch / "output.txt"
    settings = scratch / "settings.json"
    settings.write_text(json.dumps(_describe(setting, record)), "utf-8")
    with log.open("wb") as stream:
        try:
            process = subprocess.Popen(  # noqa: S603 - the user's own command; no shell
                [_lead(part, setting) for part in command],
                cwd=setting.copy / setting.folder,
                env=_prepare(os.environ, settings),
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            raise ProveError(f"cannot run {command[0]}: {error.strerror}") from error
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise ProveError(
                f"the command was still running after {seconds:g} seconds: --timeout allows more"
            ) from error
        finally:
            _end(process)
    seen = read_record(record)
    # It has URLs and bodies as they were sent, which are not to stay in a copy that is kept.
    record.unlink()
    return Ran(code, log.read_text("utf-8", "replace"), seen)


def _describe(setting: Setting, record: Path) -> dict[str, object]:
    return {
        "original": str(setting.original),
        "copy": str(setting.copy),
        "linked": list(setting.linked),
        "relay": list(setting.relay),
        "hosts": [*PROCORE, *setting.hosts],
        "compared": sorted(COMPARED),
        "record": str(record),
    }


def _lead(part: str, setting: Setting) -> str:
    """Return a part of the command with a path into the original led into the copy."""
    top = f"{setting.original}{os.sep}"
    relative = part.removeprefix(top)
    is_shared = any(f"{relative}{os.sep}".startswith(f"{each}{os.sep}") for each in setting.linked)
    return part if relative == part or is_shared else str(setting.copy / relative)


def _prepare(given: Mapping[str, str], settings: Path) -> dict[str, str]:
    """Return the variables that a command runs under."""
    env = dict(given)
    paths = [str(INSIDE), *filter(None, [env.get("PYTHONPATH")])]
    env["PYTHONPATH"] = os.pathsep.join(paths)
    env[_SETTINGS] = str(settings)
    # As alike as two runs can be; and nothing that is shared is brought up to date.
    env.setdefault("PYTHONHASHSEED", "0")
    env.setdefault("UV_NO_SYNC", "1")
    for name in ("NO_PROXY", "no_proxy"):
        env[name] = ",".join([*filter(None, [env.get(name)]), *PROCORE, "127.0.0.1"])
    return env


def _end(process: subprocess.Popen[bytes]) -> None:
    """End what is left of a command, and all that it has started."""
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
