"""The command line: reads options, calls the pipeline, prints, and sets the exit code.

Importing this package, ``--help`` and ``--version`` cost click and nothing else; what
a command needs is imported when it runs.
"""

from __future__ import annotations

import importlib
import sys
from typing import cast

import click

from migrator import __version__
from migrator.cli.check import check
from migrator.cli.exits import Exit
from migrator.cli.explain import explain
from migrator.cli.options import help_option, version_option
from migrator.cli.output import forgiving
from migrator.cli.printable import printable
from migrator.cli.prove import prove
from migrator.cli.report import report
from migrator.cli.rewrite import rewrite
from migrator.cli.scan import scan
from migrator.cli.serve import serve
from migrator.cli.verify import verify

PROGRAM_NAME = "vapid-to-rest"


class Program(click.Group):
    """Lists its commands in the order of a migration."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names as they were added, not by alphabet."""
        return list(self.commands)


class DeferredGroup(click.Group):
    """A group that is imported when one of its commands is asked for, not to be listed."""

    def __init__(self, name: str, *, source: str, short_help: str) -> None:
        super().__init__(name, help=f"{short_help}.", short_help=short_help)
        self._source = source

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the imported group's commands."""
        return self._load().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the imported group's command of that name."""
        return self._load().get_command(ctx, cmd_name)

    def _load(self) -> click.Group:
        return cast("click.Group", getattr(importlib.import_module(self._source), str(self.name)))


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 something is left to change, 2 wrong use or nothing to analyse.",
)
@version_option(f"{PROGRAM_NAME} {__version__}")
@help_option()
def program() -> None:
    """Move Python code off Procore's sunset /vapid API onto /rest/v1.0.

    \b
    Start in the project that calls the API:
      vapid-to-rest scan
      vapid-to-rest rewrite
      vapid-to-rest rewrite --write
    """


program.add_command(scan)
program.add_command(rewrite)
program.add_command(report)
program.add_command(check)
program.add_command(prove)
program.add_command(verify)
program.add_command(serve)
program.add_command(explain)
program.add_command(
    help_option()(
        DeferredGroup(
            "rules",
            source="migrator.cli.rules",
            short_help="Browse, check and refresh the table of endpoints",
        )
    )
)


def main() -> int:
    """Run the program on the arguments of this process, and return the exit code."""
    try:
        # Not standalone: click would answer Ctrl-C, and fail where stderr is full.
        return int(program.main(prog_name=PROGRAM_NAME, standalone_mode=False) or Exit.DONE)
    except click.ClickException as error:
        # Of click's own, it may quote what was given, such as a path, as it is.
        vars(error)["message"] = printable(error.message or "")
        if sys.stderr is not None:  # click would show it on stdout
            with forgiving(sys.stderr):
                error.show()
        return error.exit_code
