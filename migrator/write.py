"""Writes a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
import time
from pathlib import Path

from migrator.drafts import AFTER, BEFORE, is_draft
from migrator.errors import MigratorError

if sys.platform != "win32":
    import fcntl

TYPE_CHECKING = False  # typing's own is slow to import
if TYPE_CHECKING:
    from collections.abc import Iterator

_STRAY_SECONDS = 3600
"""Where files cannot be locked, younger ones may belong to a run that is still at work."""

_NAME_LENGTH = 40
"""In characters: with what is put around it, no longer than any file system allows."""


class WriteError(MigratorError):
    """A file was not written, and is as it was; the message says why and what to do."""


def write_atomically(path: Path, before: bytes, after: bytes) -> None:
    """Replace the content of a file, if it is still ``before``, by ``after``.

    The new content goes to a file beside it, ``.NAME.vapid-to-rest-XXXXXXXX.tmp``, that
    takes its place only when it is safely on the disk; mode and, where allowed, owner are
    those of the old one. A link stays a link: what it leads to is written. What a killed
    run left in the folder is removed: nobody holds a lock on it.

    A file with several hard links is refused. To replace it would part it from its other
    names; to write into it would change those, too, which may stand in a backup or a
    package cache, and a run that is killed meanwhile would leave half a file.

    Raises WriteError; the file is then as it was, and nothing is left beside it.
    """
    try:
        target = Path(os.path.realpath(path, strict=True))
        status = _check(target, before)
        _remove_strays(target.parent)
        _replace(target, status, after)
    except FileNotFoundError as error:
        raise WriteError("it is no longer there") from error
    except OSError as error:
        raise WriteError(f"it cannot be written: {error.strerror}") from error


def _check(target: Path, before: bytes) -> os.stat_result:
    """Return the status of a file that may be replaced."""
    status = target.stat()
    if not stat.S_ISREG(status.st_mode):
        raise WriteError("it is not a regular file")
    if status.st_nlink > 1:
        raise WriteError(
            f"it has {status.st_nlink} hard links, and to write it would change or part them: "
            "put a copy in its place, and run again"
        )
    # The mode as well: to the superuser everything is writable, meant or not.
    if not status.st_mode & 0o222 or not _may(target, os.W_OK):
        raise WriteError("it is read-only: make it writable (chmod u+w), and run again")
    if not _may(target.parent, os.W_OK | os.X_OK):
        raise WriteError(
            "its folder is read-only, and a file is replaced there: "
            "make the folder writable (chmod u+w), and run again"
        )
    if target.read_bytes() != before:
        raise WriteError("it has changed since it was read: run again")
    return status


def _may(path: Path, how: int) -> bool:
    """Ask as the one who will write, where the system can tell that from who started it."""
    return os.access(path, how, effective_ids=os.access in os.supports_effective_ids)


def _replace(target: Path, status: os.stat_result, after: bytes) -> None:
    with _make_draft(target) as (descriptor, draft):
        with os.fdopen(descriptor, "wb") as file:
            file.write(after)
            file.flush()
            _copy_permissions(file.fileno(), draft, status)
            os.fsync(file.fileno())
        _check_unchanged(target, status)
        draft.replace(target)
    _sync_folder(target.parent)


@contextlib.contextmanager
def _make_draft(target: Path) -> Iterator[tuple[int, Path]]:
    """Open a new file beside a target, and hold a lock on it; remove it if something fails."""
    while True:
        descriptor, name = tempfile.mkstemp(
            AFTER, f".{target.name[:_NAME_LENGTH]}{BEFORE}", target.parent
        )
        draft, lock = Path(name), os.dup(descriptor)
        try:
            if not _claim(descriptor):
                # Another run saw it before it was locked, and has removed it.
                os.close(descriptor)
                continue
            if sys.platform == "win32":
                os.close(lock)  # an open file cannot be moved there
                lock = -1
            yield descriptor, draft
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        finally:
            if lock >= 0:
                os.close(lock)
        return


def _claim(descriptor: int) -> bool:
    """Lock a draft for as long as it is open; False where it has been taken for a stray."""
    if sys.platform != "win32":
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # The file system has no locks: its age must do.
            return True
    return os.fstat(descriptor).st_nlink > 0


def _check_unchanged(target: Path, status: os.stat_result) -> None:
    """Look again, without reading: the draft may have taken its time to get on the disk."""
    now = target.stat()
    if (now.st_ino, now.st_size, now.st_mtime_ns) != (
        status.st_ino,
        status.st_size,
        status.st_mtime_ns,
    ):
        raise WriteError("it has changed since it was read: run again")


def _copy_permissions(descriptor: int, draft: Path, status: os.stat_result) -> None:
    mode = stat.S_IMODE(status.st_mode)
    made = os.fstat(descriptor)
    if (made.st_uid, made.st_gid) != (status.st_uid, status.st_gid):
        try:
            os.fchown(descriptor, status.st_uid, status.st_gid)
        except OSError:
            # Whoever may run it as its owner may not run it as another.
            mode &= 0o777
    # After the owner: a change of that takes such bits away.
    draft.chmod(mode)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable where the system can; the content is there either way."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove_strays(folder: Path) -> None:
    with os.scandir(folder) as entries:
        strays = [Path(entry.path) for entry in entries if is_draft(entry.name)]
    for stray in strays:
        # Another run may remove it at the same time.
        with contextlib.suppress(OSError):
            status = stray.lstat()
            if stat.S_ISREG(status.st_mode):
                _remove_stray(stray, time.time() - status.st_mtime)


def _remove_stray(stray: Path, age: float) -> None:
    """Remove a draft that no run is at work on, to go by its lock, or else by its age."""
    if sys.platform == "win32":
        if age > _STRAY_SECONDS:
            stray.unlink()
        return
    descriptor = os.open(stray, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        abandoned = True
    except BlockingIOError:
        abandoned = False
    except OSError:
        abandoned = age > _STRAY_SECONDS
    try:
        # While the lock is held: its maker, if there is one, sees that it is gone.
        if abandoned:
            stray.unlink()
    finally:
        os.close(descriptor)
