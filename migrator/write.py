"""Writes a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from typing import TYPE_CHECKING

from migrator.errors import MigratorError

if TYPE_CHECKING:
    from pathlib import Path

_MARK = ".vapid-to-rest-"
_SUFFIX = ".tmp"
_STALE = 3600
"""Seconds after which a temporary file can no longer belong to a run under way."""


class WriteError(MigratorError):
    """A file could not be written; it is as it was."""


def write_atomically(path: Path, before: bytes, after: bytes) -> None:
    """Replace the content of a file, which must still be ``before``.

    A reader, or a kill at any moment, meets the old file or the new one. The mode and,
    where allowed, the owner stay; a symbolic link stays one and its target is written.
    Raises WriteError, with the file as it was. A file with several hard links is refused:
    replacing it would part it from them, and writing it in place could leave it half.
    """
    target = path.resolve()
    try:
        if target.read_bytes() != before:
            raise WriteError(f"{path}: has changed since it was read; run again")
        status = target.stat()
        if status.st_nlink > 1:
            raise WriteError(
                f"{path}: has {status.st_nlink} hard links, which replacing it would part; "
                "apply the diff with `patch` or break the links first"
            )
        if not os.access(target, os.W_OK):
            raise WriteError(f"{path}: is read-only; make it writable and run again")
        _sweep(target.parent)
        _replace(target, after, status)
    except OSError as error:
        raise WriteError(f"{path}: cannot be written: {error.strerror or error}") from error


def _replace(target: Path, data: bytes, status: os.stat_result) -> None:
    descriptor, name = tempfile.mkstemp(
        prefix=f".{target.name}{_MARK}"[:200], suffix=_SUFFIX, dir=target.parent
    )
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, name)
        with contextlib.suppress(OSError, AttributeError):
            os.chown(name, status.st_uid, status.st_gid)
        os.replace(name, target)  # noqa: PTH105 - as the name is a string
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)  # noqa: PTH108 - as the name is a string
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename last; where folders cannot be opened the system sees to it itself."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sweep(folder: Path) -> None:
    """Remove what killed runs left in a folder."""
    for path in folder.glob(f".*{_MARK}*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE:
                path.unlink()
