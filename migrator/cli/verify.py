"""The command that asks a live API whether the endpoints answer where they went."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from migrator.cli.analysis import analyse
from migrator.cli.caching import cache_option
from migrator.cli.documents import check_folder, save_document
from migrator.cli.exits import Exit, RefusedError
from migrator.cli.options import as_of_option, help_option, paths_argument
from migrator.cli.output import print_text, require_stdout, say
from migrator.cli.progress import watch_progress
from migrator.cli.report import read_scan, refuse_inputs

if TYPE_CHECKING:
    from migrator.values import Endpoint
    from migrator.verify.running import Plan, Verification

_PARAM = re.compile(r"(?P<name>[^=\s]+)=(?P<value>[^\s/?#]+)")
_INTERRUPTED = 130
_SECRET = 8


@click.command(short_help="Ask a live API whether the endpoints answer where they went")
@paths_argument("[PATHS]...")
@click.option(
    "--from",
    "source",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Read no code: ask for the endpoints of this scan, which scan --format json wrote",
)
@click.option(
    "--base-url",
    default="https://sandbox.procore.com",
    show_default=True,
    metavar="URL",
    help="Ask the API at this address; plain http on the loopback only",
)
@click.option("--company-id", metavar="ID", help="Send this in the Procore-Company-Id header")
@click.option(
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="Use this value for a placeholder, such as project_id=7; may be given several times",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    help="Choose the form of the output  [default: by the suffix of -o, else text]",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to this file, not to stdout (-)",
)
@click.option(
    "--concurrency",
    type=click.IntRange(1, 32),
    default=4,
    show_default=True,
    help="Ask for so many endpoints at a time",
)
@click.option(
    "--retries",
    type=click.IntRange(0, 20),
    default=8,
    show_default=True,
    help="Ask so many times more after 429, an error of the server or a dropped connection",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 600),
    default=30.0,
    show_default=True,
    help="Wait so many seconds for an answer",
)
@cache_option()
@as_of_option()
@help_option()
@click.pass_context
def verify(
    ctx: click.Context,
    paths: tuple[str, ...],
    *,
    source: Path | None,
    base_url: str,
    company_id: str | None,
    params: tuple[str, ...],
    form: str | None,
    output: Path | None,
    concurrency: int,
    retries: int,
    timeout: float,
    today: date,
) -> None:
    """Ask a live API whether the Rest equivalents of the vapid endpoints answer.

    Only GET requests are sent, whatever the endpoint; the others are listed as not verified.
    The token comes from PROCORE_ACCESS_TOKEN, or is issued for PROCORE_CLIENT_ID and
    PROCORE_CLIENT_SECRET by the login host of the address. It goes nowhere else, and stands in
    no output. Ids are those of --param, else of the first item of each list, of which one page
    is read. The exit code is 1 if an endpoint does not answer.

    \b
    Examples:
      vapid-to-rest verify src --company-id 1001
      vapid-to-rest verify --from scan.json --base-url http://127.0.0.1:8200 -o verify.json
    """
    output = None if output == Path("-") else output
    if output is None:
        require_stdout()
    else:
        check_folder(output)
        refuse_inputs(output, (source,))
    given = dict(map(_read_param, params))
    if company_id is not None and not re.fullmatch(r"[0-9]{1,19}", company_id):
        raise click.UsageError("--company-id is not a number.")
    from migrator.errors import MigratorError  # noqa: PLC0415 - not for --help
    from migrator.rules.rest import load_rest  # noqa: PLC0415
    from migrator.verify.address import read_address  # noqa: PLC0415
    from migrator.verify.asking import Manner  # noqa: PLC0415
    from migrator.verify.running import Plan  # noqa: PLC0415
    from migrator.verify.tokens import find_token  # noqa: PLC0415

    try:
        address = read_address(base_url)
        endpoints = find_endpoints(ctx, paths, source, today, output)
        manner = Manner(concurrency, retries, timeout)
        plan = Plan(address, endpoints, load_rest(), company_id, given, manner)
        token = find_token(address, os.environ, timeout)
        found = run(plan, token)
    except MigratorError as error:
        raise RefusedError(str(error)) from error
    is_json = form == "json" or (form is None and output and output.suffix.lower() == ".json")
    document = show(found, plan, today, is_json=bool(is_json))
    # Whatever a server puts into its ids: what it was sent, it does not get into a file.
    document = hide(document, token)
    if output is None:
        print_text(document)
    else:
        save_document(output, document)
    for line in found.advice:
        say(hide(line, token))
    ctx.exit(choose_exit(found))


def find_endpoints(
    ctx: click.Context,
    paths: tuple[str, ...],
    source: Path | None,
    today: date,
    output: Path | None,
) -> Sequence[Endpoint]:
    """Return the endpoints of a saved scan, or of the code."""
    if source is None:
        return analyse(paths, today=today, output=output).endpoints
    if ctx.get_parameter_source("paths") is ParameterSource.COMMANDLINE:
        raise click.UsageError("--from reads a saved scan: leave out PATHS.")
    return read_scan(source)[0].endpoints


def run(plan: Plan, token: str) -> Verification:
    """Ask, and show how far it has come."""
    from migrator.verify.running import verify_endpoints  # noqa: PLC0415 - not for --help

    with watch_progress(sys.stderr) as on_progress:
        return verify_endpoints(plan, token, on_progress)


def show(found: Verification, plan: Plan, today: date, *, is_json: bool) -> str:
    """Return the document."""
    from migrator.verify.showing import (  # noqa: PLC0415 - not for --help
        render_verified_json,
        render_verified_text,
    )

    if not is_json:
        return render_verified_text(found.rows)
    return render_verified_json(
        found.rows,
        today=today,
        base_url=plan.address.url,
        company=plan.company,
        whole=not found.is_interrupted,
    )


def hide(text: str, token: str) -> str:
    """Return the text without the token; one of a few letters is no secret, but in every word."""
    return text if len(token) < _SECRET else text.replace(token, "***")


def choose_exit(found: Verification) -> int:
    """Return the exit code: 1 if an endpoint does not answer."""
    from migrator.verify.showing import FAILING  # noqa: PLC0415 - not for --help

    if found.is_interrupted:
        say("Interrupted: what was learnt until then is kept")
        return _INTERRUPTED
    return Exit.LEFT if any(row.verdict in FAILING for row in found.rows) else Exit.DONE


def _read_param(text: str) -> tuple[str, str]:
    match = _PARAM.fullmatch(text)
    if match is None:
        raise click.UsageError(f"--param is {text!r}, and not such as project_id=7.")
    return match["name"], match["value"]
