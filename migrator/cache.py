"""Keeps what an analysis found for the next run over the same bytes.

An entry is called by a digest of all that the analysis can depend on, so that it is never
wrong, only unused. It is read by an unpickler that knows the values of this tool and no more.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import sys
import tempfile
from dataclasses import is_dataclass
from enum import Enum
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Any

from migrator import __version__
from migrator.errors import MigratorError
from migrator.resources import data_folder
from migrator.sift import DIGEST_SIZE, sift

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from migrator.discover import Listing

_SUFFIX = ".scan"
_DRAFT = ".scan.tmp"
_MOST_ENTRIES = 200
_MOST_BYTES = 200_000_000
_LARGEST_ENTRY = 50_000_000
_DIGITS = 20
"""Bytes of the digest that an entry begins with."""
_DATES = {("datetime", "date"), ("pathlib", "PurePosixPath")}
_DAMAGE = (
    *(OSError, EOFError, ValueError, TypeError, AttributeError, ImportError, LookupError),
    *(pickle.PickleError, MemoryError, RecursionError, ArithmeticError),
)


class _ForeignError(MigratorError, pickle.UnpicklingError):
    """An entry names what is no value of this tool."""


def find_folder() -> Path | None:
    """Return the folder for entries in the user's cache; None where there is no home."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = _in_home("Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or _in_home(".cache")
    if not base or not Path(base).is_absolute():
        return None
    return Path(base) / "vapid-to-rest"


def _in_home(name: str) -> str | None:
    """Return a path in the user's home; None where there is none, or it is the root."""
    # Not Path's own, which raises where nobody has the number that a container runs under.
    home = os.path.expanduser("~")  # noqa: PTH111
    return None if home in {"", "~", "/"} else f"{home}/{name}"


def list_counting(listing: Listing) -> set[str]:
    """Return the files whose contents the analysis of a listing can depend on."""
    return {*listing.targets, *listing.context, *listing.settings}


def digest_run(
    listing: Listing,
    rules: Iterable[Path],
    options: Iterable[object],
    known: Mapping[str, bytes] | None = None,
) -> str | None:
    """Return the name of what is found in a listing: of the bytes of all files that count.

    ``rules`` are files with rows of the project's own. ``options`` are what else counts;
    they are taken by how they are printed. ``known`` are digests of files that have just
    been read. None where a file cannot be read: then there is nothing to rely on.
    """
    hasher = hashlib.blake2b(digest_size=DIGEST_SIZE)
    head = (__version__, sys.version_info[:2], sorted(listing.ignored), sorted(listing.linked))
    parts = (head, listing.folder, listing.root, *options, *_stamps())
    hasher.update(repr(parts).encode("utf-8", "surrogatepass"))
    paths = sorted(list_counting(listing))
    try:
        for file in rules:
            hasher.update(file.read_bytes())
        if known is None:
            known = _digest_all(listing, paths)
        for path in paths:
            content = known.get(path) or _digest_one(listing, path)
            hasher.update(path.encode("utf-8", "surrogatepass") + b"\0" + content)
    except OSError:
        return None
    hasher.update("\0".join(listing.targets).encode("utf-8", "surrogatepass"))
    return hasher.hexdigest()


def _stamps() -> Iterator[tuple[str, int, int]]:
    """Yield what tells one state of this tool from another, though the version is the same."""
    for folder in (Path(__file__).parent, data_folder("rules")):
        for parent, folders, names in os.walk(folder):
            folders[:] = sorted(each for each in folders if each != "__pycache__")
            for name in sorted(names):
                if name.endswith((".py", ".toml")):
                    status = os.stat(os.path.join(parent, name))  # noqa: PTH116, PTH118 - as below
                    yield name, status.st_size, status.st_mtime_ns


def digest_bytes(data: bytes | memoryview) -> bytes:
    """Return what stands for the bytes of a file."""
    return hashlib.blake2b(data, digest_size=DIGEST_SIZE).digest()


def _digest_all(listing: Listing, paths: Iterable[str]) -> dict[str, bytes]:
    """Return digests of the files that are plainly read."""
    files = [(path, None) for path in paths if path not in listing.instead]
    found = sift(listing.folder, files, digest=digest_bytes)
    return {path: digest for (path, _), (_, digest) in zip(files, found, strict=True) if digest}


def _digest_one(listing: Listing, path: str) -> bytes:
    data = listing.instead.get(path)
    if data is not None:
        return digest_bytes(data)
    with open(os.path.join(listing.folder, path), "rb") as file:  # noqa: PTH118, PTH123 - many files
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=DIGEST_SIZE)).digest()


def load_entry(folder: Path, name: str) -> Any:
    """Return what was stored under a name; None where there is nothing, or it is damaged."""
    file = folder / f"{name}{_SUFFIX}"
    try:
        data = _read_entry(file)
        digest, content = data[:_DIGITS], data[_DIGITS:]
        if hashlib.blake2b(content, digest_size=_DIGITS).digest() != digest:
            return None
        found = _Reader(io.BytesIO(content)).load()
        os.utime(file)
    except _DAMAGE:
        return None
    return found


def _read_entry(file: Path) -> bytes:
    """Return the bytes of a regular file; of a pipe or a device none. Raises OSError."""
    # Without waiting for a writer, should a named pipe stand there.
    descriptor = os.open(
        file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    with os.fdopen(descriptor, "rb") as stream:
        is_regular = S_ISREG(os.fstat(descriptor).st_mode)
        return stream.read(_DIGITS + _LARGEST_ENTRY) if is_regular else b""


def store_entry(folder: Path, name: str, value: object) -> None:
    """Store a value under a name, whole or not at all, and drop the oldest beyond the bound.

    Nothing is said where that cannot be done: the next run is slower, and no worse.
    """
    with contextlib.suppress(*_DAMAGE):
        content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
        if len(content) > _LARGEST_ENTRY:
            return
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=folder, suffix=_DRAFT)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(hashlib.blake2b(content, digest_size=_DIGITS).digest() + content)
            Path(draft).replace(folder / f"{name}{_SUFFIX}")
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
        _drop_oldest(each for each in folder.iterdir() if _is_own(each.name))


def _is_own(name: str) -> bool:
    """Tell an entry, or the draft of one, from a file that somebody else has put there."""
    return name.endswith((_SUFFIX, _DRAFT))


def _drop_oldest(files: Iterable[Path]) -> None:
    """Keep the youngest entries, as many and as large as the bounds allow."""
    kept = []
    for file in files:
        # Another run may drop it at the same time.
        with contextlib.suppress(OSError):
            status = file.stat()
            kept.append((status.st_mtime, status.st_size, file))
    total = 0
    for number, (_, size, file) in enumerate(sorted(kept, reverse=True)):
        total += size
        if number >= _MOST_ENTRIES or total > _MOST_BYTES:
            with contextlib.suppress(OSError):
                file.unlink()


class _Reader(pickle.Unpickler):
    """Reads the values of this tool: whoever can write into the cache can run nothing."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a dataclass or an enumeration of this tool, or a date."""
        if (module, name) in _DATES:
            return super().find_class(module, name)
        if module.startswith("migrator.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
                return found
        raise _ForeignError(f"{module}.{name} is no value of this tool")
