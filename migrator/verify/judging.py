"""Says what an answer means for a client of the endpoint."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.rules.rows import Rule
from migrator.values import Verdict
from migrator.verify.asking import Reply, Silence
from migrator.verify.bodies import NOTHING, read_body

Judgement = tuple[Verdict, str]

_MISSING_HEADER = b"missing procore-company-id header"
_FIXED: dict[int, Judgement] = {
    401: (Verdict.UNAUTHORISED, "the token is not accepted"),
    403: (Verdict.FORBIDDEN, "it exists, and the token may not read it"),
    404: (Verdict.NOT_FOUND, "not found; or an id in the path is not there"),
    405: (Verdict.NOT_FOUND, "the path takes no GET"),
    410: (Verdict.GONE, "out of service"),
}


def judge(found: Reply | Silence, rules: Sequence[Rule]) -> Judgement:
    """Return the verdict on an answer, and a few words; ``rules`` are the endpoint's rows."""
    if isinstance(found, Silence):
        return Verdict.UNREACHABLE, found.reason
    status = found.status
    if 400 <= status < 500 and _MISSING_HEADER in (found.body or b"").lower():
        return Verdict.HEADER_MISSING, "Procore-Company-Id is missing: give --company-id"
    if status in _FIXED:
        return _FIXED[status]
    if 200 <= status < 300:
        return _judge_body(found, rules)
    if status in {400, 422}:
        hints = [hint for rule in rules for hint in rule.hints]
        wanted = f" ({'; '.join(hints)})" if hints else ""
        return Verdict.OTHER_SHAPE, f"it asks for other parameters{wanted}"
    if status == 429:
        asked = f"; it asks to wait {found.wait:.0f} s" if found.wait else ""
        return Verdict.RATE_LIMITED, f"too many requests{asked}"
    if status >= 500:
        return Verdict.UNREACHABLE, "an error of the server, each time"
    if found.elsewhere is not None:
        where = f"redirects to {found.elsewhere}, which is not given the token"
        return Verdict.NOT_VERIFIED, where
    return Verdict.NOT_VERIFIED, "an answer that says nothing of the endpoint"


def _judge_body(found: Reply, rules: Sequence[Rule]) -> Judgement:
    """Compare what came with what the name of the endpoint's row says: a list, or one."""
    kinds = {rule.id.rpartition(".")[2] for rule in rules}
    body = read_body(found.body)
    if kinds == {"list"} and not isinstance(body, list) and found.body is not None:
        return Verdict.OTHER_SHAPE, f"{_name(body)}, where the vapid reference has a list"
    if kinds == {"show"} and isinstance(body, list):
        return Verdict.OTHER_SHAPE, "a list, where the vapid reference has an object"
    return Verdict.ANSWERS, ""


def _name(body: object) -> str:
    if body is NOTHING:
        return "no JSON"
    return "an object" if isinstance(body, dict) else "a single value"
