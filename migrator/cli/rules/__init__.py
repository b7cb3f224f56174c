"""The commands that browse, check and refresh the table of endpoints."""

from __future__ import annotations

import click

from migrator.cli.options import help_option
from migrator.cli.rules.lint import lint_rules
from migrator.cli.rules.listing import list_rules
from migrator.cli.rules.show import show_rules
from migrator.cli.rules.stats import show_stats
from migrator.cli.rules.update import update_table


@click.group()
@help_option()
def rules() -> None:
    """Browse, check and refresh the table of endpoints."""


rules.add_command(list_rules)
rules.add_command(show_rules)
rules.add_command(show_stats)
rules.add_command(lint_rules)
rules.add_command(update_table)
