"""Saves a document where ``-o`` says, or ends the run with the reason why not."""

from __future__ import annotations

from pathlib import Path

from migrator.cli.exits import RefusedError
from migrator.cli.output import save, say
from migrator.cli.printable import encode


def check_folder(path: Path) -> None:
    """Refuse, before the work and not after it, a file whose folder does not exist."""
    if not path.parent.is_dir():
        raise RefusedError(f"cannot write {path}: there is no folder {path.parent}")


def save_document(path: Path, text: str) -> None:
    """Write the file and say so on stderr."""
    try:
        save(path, encode(text))
    except OSError as error:
        raise RefusedError(f"cannot write {path}: {error.strerror}") from error
    say(f"Wrote {path}")
