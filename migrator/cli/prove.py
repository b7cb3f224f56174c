"""The command that runs a program before and after the rewrite, and compares what it sends."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrator.cli.analysis import analyse
from migrator.cli.caching import cache_option
from migrator.cli.documents import check_folder, save_document
from migrator.cli.exits import Exit, RefusedError
from migrator.cli.extras import require_extra
from migrator.cli.options import DEFAULT_FIXES, as_of_option, fix_option, help_option
from migrator.cli.output import print_text, require_stdout, say
from migrator.cli.progress import watch_progress
from migrator.values import Failed, Fix

if TYPE_CHECKING:
    from migrator.prove.running import Plan, Proof


@click.command(
    short_help="Run a command before and after the rewrite, and compare its requests",
    context_settings={"allow_interspersed_args": False},
)
@click.argument("command", metavar="-- COMMAND...", nargs=-1, required=True, type=str)
@fix_option(
    "Rewrite with this kind of change", default=tuple(sorted(fix.value for fix in DEFAULT_FIXES))
)
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Copy this folder  [default: the git repository of this folder, else this folder]",
)
@click.option(
    "--base-url",
    metavar="URL",
    help="Send what goes to Procore to this address; plain http on the loopback only  "
    "[default: a stand-in on this machine]",
)
@click.option(
    "--company-id",
    metavar="ID",
    help="Send this in the Procore-Company-Id header of requests to /vapid, which have none",
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
    "--timeout",
    type=click.FloatRange(1),
    metavar="SECONDS",
    help="End a run after so many seconds",
)
@click.option("--keep", is_flag=True, help="Keep the two copies, and say where they are")
@cache_option()
@as_of_option()
@help_option()
@click.pass_context
def prove(
    ctx: click.Context,
    command: tuple[str, ...],
    *,
    fixes: frozenset[Fix],
    project: Path | None,
    base_url: str | None,
    company_id: str | None,
    form: str | None,
    output: Path | None,
    timeout: float | None,
    keep: bool,
    today: date,
) -> None:
    """Run a command on the code before and after the rewrite, and compare what it sends.

    The command, such as a test suite, runs twice, each time in a copy of the project: one as it
    is, one rewritten. What requests, httpx, aiohttp, urllib, urllib3, httplib2 and http.client
    are told to send is compared, in order and within each test of pytest: it must be the same
    but for the route. Requests to Procore's hosts go to a stand-in; nothing reaches Procore. It
    needs the extra "serve": pip install 'vapid-to-rest[serve]'.

    The exit code is 1 if a request differs, is still sent to /vapid, or was not found by the
    scan, or if the command fails.

    \b
    Examples:
      vapid-to-rest prove -- pytest -q
      vapid-to-rest prove --fix all -- python sync.py --once
    """
    output = None if output == Path("-") else output
    if output is None:
        require_stdout()
    else:
        check_folder(output)
    require_extra("prove", "starlette", "uvicorn")
    from migrator.config import load_settings  # noqa: PLC0415 - not for --help
    from migrator.errors import MigratorError  # noqa: PLC0415
    from migrator.prove.running import Plan, find_project  # noqa: PLC0415
    from migrator.verify.address import read_address  # noqa: PLC0415

    try:
        folder = Path(os.path.realpath(Path.cwd()))
        top = Path(os.path.realpath(project)) if project else find_project(folder)
        if not folder.is_relative_to(top):
            raise click.UsageError("--project is no folder that this one is in.")
        settings = load_settings(folder)
        plan = Plan(
            command,
            top,
            folder,
            fixes,
            today,
            own=settings.rules,
            address=None if base_url is None else read_address(base_url),
            company=company_id,
            hosts=settings.hosts,
            seconds=timeout,
            keep=make_folder() if keep else None,
        )
        proof = run(plan)
    except MigratorError as error:
        raise RefusedError(str(error)) from error
    is_json = form == "json" or (form is None and output and output.suffix.lower() == ".json")
    document = show(proof, plan, is_json=bool(is_json))
    if output is None:
        print_text(document)
    else:
        save_document(output, document)
    if plan.keep is not None:
        say(f"The copies are in {plan.keep}")
    ctx.exit(Exit.DONE if proof.is_given else Exit.LEFT)


def make_folder() -> Path:
    """Return a new folder for copies that are to stay."""
    return Path(os.path.realpath(tempfile.mkdtemp(prefix="vapid-to-rest-")))


def run(plan: Plan) -> Proof:
    """Plan the rewrite of the working folder, and run the command with and without it."""
    from migrator.prove import running  # noqa: PLC0415 - not for --help
    from migrator.rewriting import migrate_files  # noqa: PLC0415

    found = analyse((".",), today=plan.today, fixes=plan.fixes)
    outcomes = migrate_files(found, plan.fixes)
    for outcome in outcomes:
        if isinstance(outcome, Failed):
            say(f"{outcome.path}: not changed: {outcome.reason}")
    with watch_progress(sys.stderr) as on_progress:
        proof = running.prove(plan, found, outcomes, on_progress)
    refuse_nothing(proof)
    return proof


def refuse_nothing(proof: Proof) -> None:
    """Refuse to call alike what was not seen: no request, or none to ``/vapid``."""
    seen = len(proof.before.record.sent) + len(proof.after.record.sent)
    if not seen and not proof.before.record.unseen:
        raise RefusedError(
            "no request was seen in either run, so nothing is proved: the command must call the "
            f"API from Python, under the variables that it is started with{hint(proof)}"
        )
    found = proof.comparison
    if proof.is_given and not found.moved:
        raise RefusedError(
            f"none of the {seen} requests went to /vapid, so nothing is proved: choose a command "
            f"that runs what was rewritten{hint(proof)}"
        )


def hint(proof: Proof) -> str:
    """Return how a command ended that has failed, and the last that it printed, to say why."""
    from migrator.render.clean import clean  # noqa: PLC0415 - where something went wrong

    if proof.before.code == 0:
        return ""
    lines = (line.strip() for line in reversed(proof.before.output.split("\n")))
    return f"; it ended with {proof.before.code}: {clean(next(filter(None, lines), ''))}"


def show(proof: Proof, plan: Plan, *, is_json: bool) -> str:
    """Return the document."""
    from migrator.prove.showing import (  # noqa: PLC0415 - not for --help
        render_proof_json,
        render_proof_text,
    )

    if not is_json:
        return render_proof_text(proof)
    return render_proof_json(proof, command=plan.command, fixes=plan.fixes, today=plan.today)
