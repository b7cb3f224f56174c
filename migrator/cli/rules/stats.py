"""The command that counts the rows of the table."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import click

from migrator.cli.options import as_of_option, help_option
from migrator.cli.output import print_text
from migrator.cli.rules.forms import Form
from migrator.cli.rules.opening import open_rest
from migrator.render.clean import inert, visible
from migrator.render.dump import dump_json
from migrator.rules.lifecycle import Lifecycle
from migrator.rules.rest import RestTable
from migrator.rules.standing import status_of
from migrator.rules.stats import STATUSES, Count, Stats, count_rules
from migrator.values import RestStatus, Status

_STATUS_MEANS = {
    Status.DIRECT: "v1.0 has the same path and method",
    Status.UNVERIFIED: "v1.0 has the same path, the method is not confirmed",
    Status.MOVED: "Rest has it under another path or method",
    Status.NEWER_ONLY: "Rest has it in a version after v1.0 only",
    Status.MISSING: "nothing like it was found",
}
_LIFECYCLE_MEANS = {
    Lifecycle.PAST: "the v1.0 operation is out of service itself",
    Lifecycle.AHEAD: "its sunset is announced",
    Lifecycle.DEPRECATED: "it is deprecated, without a day",
    Lifecycle.CURRENT: "nothing is known of an end",
    Lifecycle.NONE: "v1.0 has nothing of the same path and method",
}
_ENDING = (Lifecycle.PAST, Lifecycle.AHEAD, Lifecycle.DEPRECATED)


@click.command("stats", short_help="Count the rows by status, lifecycle and area")
@click.option(
    "--format",
    "form",
    type=click.Choice([Form.TEXT.value, Form.JSON.value]),
    default=Form.TEXT.value,
    show_default=True,
    help="Choose the form of the output",
)
@as_of_option()
@help_option()
def show_stats(form: str, today: date) -> None:
    """Count the rows of the table: by status, by how the target stands, and by area.

    Below them stand the Rest operations that it knows, by version; unknown are those of which
    only the path is.

    \b
    Example:
      vapid-to-rest rules stats --as-of 2027-01-01
    """
    table = open_rest()
    stats = count_rules(table.rules.rules, today)
    rest = _count_rest(table, today)
    if form == Form.JSON:
        print_text(dump_json(_to_document(stats, today) | {"rest": rest}))
    else:
        lines = [*_to_lines(stats, today), *_to_rest_lines(rest)]
        print_text("".join(f"{line}\n" for line in lines))


def _count_rest(table: RestTable, today: date) -> dict[str, dict[str, int]]:
    """Return how many operations of each version there are, of each status."""
    counts = Counter((each.version, status_of(each, today)) for each in table.operations)
    versions = sorted({version for version, _ in counts})
    return {
        version: {status.value: counts[version, status] for status in RestStatus}
        for version in versions
    }


def _to_rest_lines(rest: dict[str, dict[str, int]]) -> list[str]:
    heads = "".join(f"  {status.value.upper()}" for status in RestStatus)
    lines = ["", f"{'REST':6}{'OPERATIONS':>10}{heads}"]
    for version, counts in rest.items():
        cells = "".join(f"{number:{len(status) + 2}}" for status, number in counts.items())
        lines.append(f"{version:6}{sum(counts.values()):10}{cells}")
    return lines


def _to_document(stats: Stats, today: date) -> dict[str, Any]:
    return {
        "as-of": today.isoformat(),
        **_to_numbers(stats.total),
        "areas": {area: _to_numbers(count) for area, count in stats.areas.items()},
    }


def _to_numbers(count: Count) -> dict[str, Any]:
    return {
        "rows": count.rows,
        "by-status": {status.value: number for status, number in count.by_status.items()},
        "by-lifecycle": {each.value: number for each, number in count.by_lifecycle.items()},
    }


def _to_lines(stats: Stats, today: date) -> list[str]:
    total = stats.total
    lines = [f"{total.rows} rows in {len(stats.areas)} areas, as of {today}", ""]
    lines.append(f"{'STATUS':13}{'ROWS':>5}")
    lines += [
        f"{status:13}{number:5}  {_STATUS_MEANS[status]}"
        for status, number in total.by_status.items()
    ]
    lines += ["", f"{'TARGET':13}{'ROWS':>5}"]
    lines += [
        f"{each:13}{number:5}  {_LIFECYCLE_MEANS[each]}"
        for each, number in total.by_lifecycle.items()
    ]
    # A file of the project's own says what its area is called.
    areas = {inert(visible(area)): count for area, count in stats.areas.items()}
    width = max(len("AREA"), *map(len, areas))
    heads = "".join(f"  {status.upper()}" for status in STATUSES)
    lines += ["", f"{'AREA':{width}}{'ROWS':>5}{heads}  ENDING"]
    for area, count in areas.items():
        cells = [f"{count.by_status[status]:{len(status) + 2}}" for status in STATUSES]
        ending = sum(count.by_lifecycle[each] for each in _ENDING)
        lines.append(f"{area:{width}}{count.rows:5}{''.join(cells)}{ending:8}")
    return lines
