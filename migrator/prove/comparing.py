"""Holds the requests of a run after the rewrite against those of the run before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from migrator.prove.recorded import COMPANY
from migrator.prove.routes import Ground, Target, expect_targets, is_vapid, lead_text, normalise
from migrator.values import Endpoint, Fix

if TYPE_CHECKING:
    from migrator.prove.recorded import Sent

# What a library says of itself and of a connection, or what is another one each time.
_VOLATILE = frozenset(
    {"host", "connection", "content-length", "transfer-encoding", "date", "cookie"}
    | {"traceparent", "tracestate", "x-request-id", "x-amzn-trace-id", "idempotency-key"}
)
_BOUNDARY = re.compile(r";\s*boundary=.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Difference:
    """A request that is not the same in both runs, or is in one of them only; and in what."""

    before: Sent | None
    after: Sent | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of the requests.

    ``same`` counts those that are the same but for the route, ``moved`` those of them that
    went to ``/vapid`` before. ``left`` are those that still go there, and ``missed`` those
    of the run before that lead to no endpoint of the scan. ``unseen`` are the endpoints of the
    scan that no request was for: of them, nothing is shown.
    """

    same: int
    moved: int
    differences: tuple[Difference, ...]
    left: tuple[Sent, ...]
    missed: tuple[Sent, ...]
    unseen: tuple[Endpoint, ...]

    @property
    def is_proved(self) -> bool:
        """Tell whether all that was sent is the same but for the route, and known."""
        return not (self.differences or self.left or self.missed)


def compare(
    before: Sequence[Sent], after: Sequence[Sent], ground: Ground, endpoints: Sequence[Endpoint]
) -> Comparison:
    """Compare the requests of two runs, in order; within each test, where there are tests.

    Tests may run in another order, or in parallel, without their requests being others.
    """
    same = moved = 0
    differences: list[Difference] = []
    for test in dict.fromkeys(sent.test for sent in (*before, *after)):
        old = [sent for sent in before if sent.test == test]
        new = [sent for sent in after if sent.test == test]
        for one, other in _align(old, new, ground):
            reasons = tuple(_tell(one, other, ground))
            if reasons:
                differences.append(Difference(one, other, reasons))
            elif one is not None:
                same += 1
                moved += is_vapid(ground, one.method, one.url)
    vapid = [sent for sent in before if is_vapid(ground, sent.method, sent.url)]
    return Comparison(
        same,
        moved,
        tuple(differences),
        tuple(sent for sent in after if is_vapid(ground, sent.method, sent.url)),
        tuple(sent for sent in vapid if not any(_is_of(sent, each) for each in endpoints)),
        tuple(each for each in endpoints if not any(_is_of(sent, each) for sent in vapid)),
    )


def _align(
    before: Sequence[Sent], after: Sequence[Sent], ground: Ground
) -> Iterator[tuple[Sent | None, Sent | None]]:
    """Pair the requests of two runs, so that one more or less does not part all that follow.

    What is only sent in another order is paired as well: threads and tasks have none.
    """
    new = [normalise(sent.method, sent.url) for sent in after]
    old = [_choose(sent, new, ground) for sent in before]
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    apart = [block for block in blocks if block[0] != "equal"]
    waiting: dict[Target, list[int]] = {}
    for _, _, _, c, d in apart:
        for number in range(c, d):
            waiting.setdefault(new[number], []).append(number)
    elsewhere = {
        number: waiting[old[number]].pop(0)
        for _, a, b, _, _ in apart
        for number in range(a, b)
        if waiting.get(old[number])
    }
    taken = set(elsewhere.values())
    for tag, a, b, c, d in blocks:
        if tag == "equal":
            yield from zip(before[a:b], after[c:d], strict=True)
            continue
        yield from ((before[n], after[elsewhere[n]]) for n in range(a, b) if n in elsewhere)
        yield from zip_longest(
            (before[number] for number in range(a, b) if number not in elsewhere),
            (after[number] for number in range(c, d) if number not in taken),
        )


def _choose(sent: Sent, found: Sequence[Target], ground: Ground) -> Target:
    """Return the target that a request is to have: of those that it may have, one that is there."""
    allowed = [*expect_targets(ground, sent.method, sent.url)]
    own = normalise(sent.method, sent.url)
    return next((each for each in [*allowed, own] if each in found), allowed[0])


def _tell(before: Sent | None, after: Sent | None, ground: Ground) -> Iterator[str]:
    """Yield what differs, in words."""
    if after is None:
        yield "it is no longer sent"
        return
    if before is None:
        yield "it was not sent before"
        return
    target = normalise(after.method, after.url)
    allowed = [*expect_targets(ground, before.method, before.url)]
    # What is still on its way to /vapid is told as left, and once.
    if target not in allowed and target != normalise(before.method, before.url):
        yield from _tell_target(allowed[0], target)
    yield from _tell_headers(before, after, ground)
    if None not in {before.body, after.body} and _settle(before.body) != _settle(after.body):
        yield "the body is another one"


def _tell_target(expected: Target, found: Target) -> Iterator[str]:
    if expected.method != found.method:
        yield f"the method is {found.method}, and not {expected.method}"
    old, new = urlsplit(expected.url), urlsplit(found.url)
    if (old.scheme, old.netloc) != (new.scheme, new.netloc):
        yield f"it goes to {new.scheme}://{new.netloc}, and not to {old.scheme}://{old.netloc}"
    if old.path != new.path:
        yield f"the path is {new.path}, and not {old.path}"
    if old.query != new.query:
        yield "the query is another one"


def _tell_headers(before: Sent, after: Sent, ground: Ground) -> Iterator[str]:
    old, new = _settle_headers(before), _settle_headers(after)
    added = {COMPANY} if Fix.COMPANY_HEADER in ground.fixes else set()
    if missing := sorted(old.keys() - new.keys()):
        yield f"it no longer has {', '.join(missing)}"
    if more := sorted(new.keys() - old.keys() - added):
        yield f"it also has {', '.join(more)}"
    for name in sorted(old.keys() & new.keys()):
        if old[name] != new[name]:
            yield f"{name} is another one"


def _settle_headers(sent: Sent) -> dict[str, tuple[str, ...]]:
    """Return what is compared of headers."""
    kept: dict[str, tuple[str, ...]] = {}
    for name, value in sent.headers:
        if name in _VOLATILE:
            continue
        kept[name] = (*kept.get(name, ()), _BOUNDARY.sub("", value))
    return kept


def _settle(body: bytes | None) -> str:
    return lead_text((body or b"").decode("latin-1"))


def _is_of(sent: Sent, endpoint: Endpoint) -> bool:
    """Tell whether a request is for an endpoint: by its path, or by the line that sent it."""
    if any(sent.path == place.path and sent.line == place.line for place in endpoint.calls):
        return True
    if endpoint.method not in {None, sent.method}:
        return False
    path = urlsplit(sent.url).path.rstrip("/")
    pattern = re.sub(r"\\\{[^{}]*\\\}", "[^/]+", re.escape(endpoint.vapid.rstrip("/")))
    # A proxy may have a path of its own before it.
    return re.search(f"{pattern}$", path) is not None
