"""Renders a proof, as text for a person and as JSON for programs.

``prove.schema.json`` among the report templates describes the JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from migrator import __version__
from migrator.render.clean import clean, inert, mask_secrets
from migrator.render.dump import dump_json
from migrator.render.totals import say_count

if TYPE_CHECKING:
    from migrator.prove.comparing import Difference
    from migrator.prove.processes import Ran
    from migrator.prove.recorded import Sent
    from migrator.prove.running import Proof
    from migrator.values import Endpoint, Fix

SCHEMA = 1

_TAIL = 20
"""Lines of what a command printed that are shown where it ended otherwise than before."""


def render_proof_text(proof: Proof) -> str:
    """Return what is not as it should be, and how much is."""
    found = proof.comparison
    blocks = [
        _say_block("Different requests:", map(_say_difference, found.differences)),
        _say_block("Still sent to /vapid after the rewrite:", map(_say_sent, found.left)),
        _say_block("Sent to /vapid, and not found by the scan:", map(_say_sent, found.missed)),
        _say_block("Endpoints that no request was for:", map(_say_endpoint, found.unseen)),
        *_say_gaps(proof),
        _say_end(proof),
    ]
    totals = "".join(f"{line}\n" for line in _say_totals(proof))
    return inert("\n".join([*filter(None, blocks), totals]))


def _say_block(title: str, rows: Iterable[str]) -> str:
    # Requests that are sent in a loop are one row.
    counts: dict[str, int] = {}
    for row in rows:
        counts[row] = counts.get(row, 0) + 1
    if not counts:
        return ""
    shown = (f"{row}  ({number} times)" if number > 1 else row for row, number in counts.items())
    return "".join(f"{line}\n" for line in (title, *shown))


def _say_difference(each: Difference) -> str:
    lines = []
    sent = each.before or each.after
    if sent is not None and sent.test:
        lines.append(f"  in {clean(sent.test)}")
    lines += [
        f"    {name}  {_say_call(one)}"
        for name, one in (("before", each.before), ("after ", each.after))
        if one is not None
    ]
    lines += [f"            {clean(reason)}" for reason in each.reasons]
    return "\n".join(lines)


def _say_call(sent: Sent) -> str:
    where = "" if sent.path is None else f"  {clean(sent.path)}:{sent.line}"
    return f"{clean(sent.method)} {clean(sent.url)}{where}"


def _say_sent(sent: Sent) -> str:
    return f"  {_say_call(sent)}"


def _say_endpoint(endpoint: Endpoint) -> str:
    return f"  {clean(endpoint.name)}"


def _say_gaps(proof: Proof) -> Iterator[str]:
    """Yield why the runs do not show all that was sent."""
    runs = (proof.before.record, proof.after.record)
    unseen = dict.fromkeys(host for run in runs for host in run.unseen)
    strays = dict.fromkeys(path for run in runs for path in run.strays)
    broken = dict.fromkeys(name for run in runs for name in run.broken)
    yield _say_block(
        "Called by something whose requests are not seen here, and kept from it:",
        (f"  {clean(host)}" for host in unseen),
    )
    yield _say_block(
        "Run from the project itself, and not from its copy, so that it was not rewritten:",
        (f"  {clean(path)}" for path in strays),
    )
    yield _say_block("Not to be observed:", (f"  {clean(name)}" for name in broken))


def _say_end(proof: Proof) -> str:
    """Return the end of what the command printed, where it went wrong."""
    failed = next((run for run in (proof.before, proof.after) if run.code), None)
    if failed is None:
        return ""
    lines = failed.output.splitlines()[-_TAIL:]
    return _say_block("What the command printed last:", [f"  {clean(line)}" for line in lines])


def _say_totals(proof: Proof) -> Iterator[str]:
    found = proof.comparison
    yield f"before: {_say_run(proof.before)}"
    yield f"after:  {_say_run(proof.after)}"
    if proof.is_given:
        yield (
            f"The same but for the route: {say_count(found.same, 'request')}, "
            f"{found.moved} of them to /vapid before"
        )
        return
    counts = (
        (len(found.differences), "different"),
        (len(found.left), "still to /vapid"),
        (len(found.missed), "not found by the scan"),
    )
    told = [f"{number} {words}" for number, words in counts if number]
    if proof.before.code != 0:
        told.append("the command fails before the rewrite")
    elif proof.after.code != 0:
        told.append("the command fails after the rewrite")
    yield f"Not proved: {', '.join(told or ['not all is seen'])}; {found.same} the same"


def _say_run(run: Ran) -> str:
    return f"exit code {run.code}, {say_count(len(run.record.sent), 'request')}"


def render_proof_json(
    proof: Proof, *, command: Sequence[str], fixes: Iterable[Fix], today: date
) -> str:
    """Return schema 1."""
    found = proof.comparison
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "version": __version__,
        "date": today.isoformat(),
        "command": [mask_secrets(part) for part in command],
        "fixes": sorted(fix.value for fix in fixes),
        "proved": proof.is_given,
        "summary": {
            "same": found.same,
            "to_vapid_before": found.moved,
            "different": len(found.differences),
            "left": len(found.left),
            "missed": len(found.missed),
        },
        "runs": {"before": _list_run(proof.before), "after": _list_run(proof.after)},
        "differences": [
            {
                "before": each.before and _list_sent(each.before),
                "after": each.after and _list_sent(each.after),
                "reasons": [mask_secrets(reason) for reason in each.reasons],
            }
            for each in found.differences
        ],
        "left": [_list_sent(sent) for sent in found.left],
        "missed": [_list_sent(sent) for sent in found.missed],
        "not_requested": [
            {"method": each.method, "vapid": mask_secrets(each.vapid)} for each in found.unseen
        ],
    }
    return dump_json(document)


def _list_run(run: Ran) -> dict[str, Any]:
    return {
        "exit": run.code,
        "requests": len(run.record.sent),
        "kept_from": list(run.record.unseen),
        "not_from_copy": [mask_secrets(path) for path in run.record.strays],
        "not_observed": [mask_secrets(name) for name in run.record.broken],
    }


def _list_sent(sent: Sent) -> dict[str, Any]:
    return {
        "client": sent.client,
        "method": mask_secrets(sent.method),
        "url": mask_secrets(sent.url),
        "path": sent.path,
        "line": sent.line,
        "test": mask_secrets(sent.test) or None,
    }
