"""The command that stands in for Procore's API on this machine."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from migrator.cli.documents import check_folder
from migrator.cli.exits import RefusedError
from migrator.cli.extras import require_extra
from migrator.cli.options import as_of_option, help_option
from migrator.cli.output import print_text, require_stdout, say

_FORCED = re.compile(
    r"(?P<call>(?:GET|POST|PUT|PATCH|DELETE) /rest/\S+)=(?P<what>[2-5]\d\d|drop|wrapped)"
)


@click.command(short_help="Stand in for Procore's API, as it is after the sunset")
@click.option("--host", default="127.0.0.1", show_default=True, help="Listen on this address")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8200,
    show_default=True,
    help="Listen on this port; 0 for any that is free",
)
@click.option("--allow-remote", is_flag=True, help="Listen on an address beyond the loopback, too")
@click.option(
    "--company-id",
    "companies",
    multiple=True,
    metavar="ID",
    help="Take this company alone; may be given several times  [default: any]",
)
@click.option("--issued-only", is_flag=True, help="Take only tokens that /oauth/token has issued")
@click.option(
    "--answer",
    "forced",
    multiple=True,
    metavar="CALL=WHAT",
    help="Answer a call of the table with a status, drop it, or wrap its body in an object; "
    "may be given several times",
)
@click.option(
    "--chaos",
    metavar="WHAT",
    help="Let some requests go wrong: default, or shares and seconds such as "
    "429=0.1,500=0.1,drop=0.05,latency=0.2,retry-after=1,seed=7",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Record the requests in this file, at its end, not on stdout (-)",
)
@as_of_option()
@help_option()
def serve(
    host: str,
    port: int,
    companies: tuple[str, ...],
    forced: tuple[str, ...],
    chaos: str | None,
    output: Path | None,
    today: date,
    *,
    allow_remote: bool,
    issued_only: bool,
) -> None:
    """Stand in for Procore's API on this machine, as it is after the sunset of /vapid.

    Every request is recorded as a line of JSON, without its secrets. Ctrl-C ends it. It needs
    the extra "serve": pip install 'vapid-to-rest[serve]'.

    What is known of Procore: the paths, methods and sunsets, which are those of the table; that
    a Rest call must carry Procore-Company-Id, but for GET /rest/v1.0/me and GET
    /rest/v1.0/companies, and not for those with client credentials; the message where it is
    missing; that lists come in pages with a Link header.

    What is invented: every row, id and count; that any id exists; which calls answer with a list
    where the table does not say; the status 400 of the missing header and 403 of a company that
    is not known; 404 for /vapid, 410 past the sunset, 405, and the texts of errors; the numbers
    in the rate-limit headers, which hold nobody back; that any token is good.

    \b
    Examples:
      vapid-to-rest serve --output requests.jsonl
      vapid-to-rest serve --chaos 429=0.2,drop=0.05,seed=7
      vapid-to-rest serve --answer 'GET /rest/v1.0/projects/{id}=403'
    """
    from migrator.errors import MigratorError  # noqa: PLC0415 - not for --help
    from migrator.rules.rest import load_rest  # noqa: PLC0415
    from migrator.standin.answers import Stage  # noqa: PLC0415
    from migrator.standin.chaos import CALM, read_chaos  # noqa: PLC0415
    from migrator.verify.address import is_loopback  # noqa: PLC0415

    if not allow_remote and not is_loopback(host):
        raise click.UsageError(f"{host} is not on the loopback: --allow-remote would allow it.")
    output = None if output == Path("-") else output
    if output is None:
        require_stdout()
    else:
        check_folder(output)
    try:
        fate = CALM if chaos is None else read_chaos(chaos)
        stage = Stage(
            load_rest(),
            today,
            companies=companies,
            forced=dict(map(_read_forced, forced)),
            issued=set() if issued_only else None,
        )
    except MigratorError as error:
        raise RefusedError(str(error)) from error
    require_extra("serve", "starlette", "uvicorn")
    from migrator.standin.running import build_server, open_socket  # noqa: PLC0415 - an extra

    try:
        listening = open_socket(host, port)
    except OSError as error:
        raise RefusedError(f"cannot listen on {host}:{port}: {error.strerror}") from error
    with listening:
        server = build_server(stage, fate, _open_record(output))
        name = f"[{host}]" if ":" in host else host
        say(f"Listening on http://{name}:{listening.getsockname()[1]}; Ctrl-C ends it")
        server.run(sockets=[listening])


def _read_forced(text: str) -> tuple[str, str]:
    match = _FORCED.fullmatch(text)
    if match is None:
        raise click.UsageError(
            f"--answer is {text!r}, and not such as 'GET /rest/v1.0/me=403', =drop or =wrapped."
        )
    return match["call"], match["what"]


def _open_record(output: Path | None) -> Callable[[str], None]:
    """Return what takes a line: written at once, so that a tool that follows the file sees it."""
    if output is None:
        return print_text
    try:
        stream = output.open("a", encoding="utf-8", buffering=1)
    except OSError as error:
        raise RefusedError(f"cannot write {output}: {error.strerror}") from error

    def record(line: str) -> None:
        stream.write(line)

    return record
