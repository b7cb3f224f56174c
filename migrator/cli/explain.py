"""The command that says what a code means."""

from __future__ import annotations

import click

from migrator.cli.options import help_option
from migrator.cli.output import print_text, require_stdout


@click.command(short_help="Say what a code means, why it matters, and what to do")
@click.argument("code", required=False)
@help_option()
def explain(code: str | None) -> None:
    """Print the page of a code, such as VAP001; without one, list all codes.

    \b
    Example:
      vapid-to-rest explain VAP003
    """
    from migrator.codes import load_codes, render_page  # noqa: PLC0415 - not for --help

    require_stdout()
    codes = load_codes()
    if code is None:
        width = max(len(each.name) for each in codes.values())
        lines = [f"{each.code}  {each.name:<{width}}  {each.title}" for each in codes.values()]
        print_text("\n".join(lines))
        return
    known = codes.get(code.upper())
    if known is None:
        raise click.BadParameter(f"{code!r} is none of {', '.join(codes)}.", param_hint="CODE")
    print_text(render_page(known))
