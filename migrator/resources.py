"""Where the data folders are: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

from pathlib import Path


def data_folder(name: str) -> Path:
    """Return the folder ``rules`` or ``reports``, wherever this copy of the tool keeps it."""
    package = Path(__file__).parent
    installed = package / "data" / name
    return installed if installed.is_dir() else package.parent / name
