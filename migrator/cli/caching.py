"""Says whether what is found may be kept for the next run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])

_DENIED = f"{__name__}.denied"


def cache_option() -> Callable[[_Command], _Command]:
    """Return the option with which nothing is kept, or taken from what was."""
    return click.option(
        "--no-cache",
        is_flag=True,
        expose_value=False,
        callback=_deny,
        help="Analyse anew, and keep nothing for the next run",
    )


def find_cache() -> Path | None:
    """Return the folder to keep results in; None where that is denied, or there is none."""
    context = click.get_current_context(silent=True)
    if context is None or context.meta.get(_DENIED, True):
        return None
    from migrator.cache import find_folder  # noqa: PLC0415 - not for --help

    return find_folder()


def _deny(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    ctx.meta[_DENIED] = value
