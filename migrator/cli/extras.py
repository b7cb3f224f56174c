"""Says what to install where an optional extra is not."""

from __future__ import annotations

import importlib.util

from migrator.cli.exits import RefusedError


def require_extra(command: str, *modules: str, extra: str = "serve") -> None:
    """Raise RefusedError, with what to install, where a module of an extra is missing."""
    for name in modules:
        if importlib.util.find_spec(name) is None:
            raise RefusedError(f"{command} needs {name}: pip install 'vapid-to-rest[{extra}]'")
