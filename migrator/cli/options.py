"""The arguments and options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import click

from migrator.cli.output import print_text
from migrator.values import Fix

DEFAULT_FIXES = frozenset({Fix.NAMESPACE})
"""The documented route change: what is done, and what reports show, unless told otherwise."""

_APART = frozenset({Fix.PROSE, Fix.ANNOTATION})
"""The kinds that have options of their own."""

_Command = TypeVar("_Command", bound=Callable[..., Any])


def paths_argument(metavar: str) -> Callable[[_Command], _Command]:
    """Return the argument ``paths``: the folder one stands in where none is given."""
    return click.argument("paths", metavar=metavar, nargs=-1, type=str, callback=_choose_paths)


def fix_option(text: str, *, default: tuple[str, ...] = ()) -> Callable[[_Command], _Command]:
    """Return the option that fills ``fixes`` with kinds of edit."""
    return click.option(
        "--fix",
        "fixes",
        type=click.Choice([*(fix.value for fix in Fix if fix not in _APART), "all"]),
        multiple=True,
        default=default,
        show_default=bool(default),
        callback=_choose_fixes,
        help=f"{text}; may be given several times",
    )


def as_of_option() -> Callable[[_Command], _Command]:
    """Return the option that fills ``today``."""
    return click.option(
        "--as-of",
        "today",
        metavar="YYYY-MM-DD",
        callback=_choose_day,
        help="Take this day for today  [default: SOURCE_DATE_EPOCH, else the clock]",
    )


def help_option() -> Callable[[_Command], _Command]:
    """Return click's own option with a text that ends like all others, printed as all is."""
    return click.option(
        *("-h", "--help"),
        is_flag=True,
        is_eager=True,
        expose_value=False,
        help="Show this message and exit",
        callback=_show_help,
    )


def version_option(text: str) -> Callable[[_Command], _Command]:
    """Return the option that prints ``text`` in place of a run."""

    def show(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001
        if value and not ctx.resilient_parsing:
            print_text(text)
            ctx.exit()

    return click.option(
        "--version",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        help="Show the version and exit",
        callback=show,
    )


def _show_help(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    if value and not ctx.resilient_parsing:
        print_text(ctx.get_help())
        ctx.exit()


def _choose_fixes(
    _ctx: click.Context, _param: click.Parameter, names: tuple[str, ...]
) -> frozenset[Fix]:
    return frozenset(Fix) - _APART if "all" in names else frozenset(map(Fix, names))


def _choose_paths(
    _ctx: click.Context, _param: click.Parameter, paths: tuple[str, ...]
) -> tuple[str, ...]:
    if not all(paths):
        # An unset variable of a script: taken for a path it would mean this folder.
        raise click.BadParameter("a path is empty.")
    return tuple(dict.fromkeys(paths)) or (".",)


def _choose_day(_ctx: click.Context, _param: click.Parameter, text: str | None) -> date:
    if text is not None:
        return _parse_day(text)
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date()
        except (ValueError, OverflowError, OSError) as error:
            raise click.UsageError(
                f"SOURCE_DATE_EPOCH is not a number of seconds: {epoch!r}."
            ) from error
    return datetime.now().astimezone().date()


def _parse_day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not a day such as 2026-01-31.") from error
    if day.isoformat() != text:
        # Python reads week dates and dates without hyphens, too.
        raise click.BadParameter(f"{text!r} is not a day such as 2026-01-31.")
    return day
