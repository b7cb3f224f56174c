"""Turns what is known of each spelling of the namespace into endpoints, findings and edits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import libcst as cst

from migrator.evaluate.domain import Hole, Str, Text
from migrator.evidence import has_known_path, is_foreign_host, is_procore_host, template_of
from migrator.namespace import FIRST, REST, find_namespace
from migrator.prefilter import NAMESPACE
from migrator.rules.match import describe_endpoint, warn_of_targets
from migrator.sinks.read import Purpose
from migrator.values import Edit, Endpoint, Finding, Fix, Place, RestCall, Safety

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from migrator.evidence import Evidence
    from migrator.namespace import NamespacedUrl, Spelled
    from migrator.rules.table import RuleTable
    from migrator.spans import Placed, Spans
    from migrator.uses import Use

Called = TypeVar("Called", Endpoint, RestCall)

APART = frozenset({Purpose.APART, Purpose.PATTERN})
"""What looks for a string in another."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One spelling of the namespace, with everything that uses it."""

    spelled: tuple[Spelled, ...]
    uses: tuple[Use, ...]
    literal: NamespacedUrl | None
    """How the literal reads by itself, where it is a URL by itself."""

    @property
    def literal_node(self) -> object:
        """Return the literal that spells the segment, or its start."""
        return self.spelled[0].origin.node


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done with one occurrence, and why; None where nothing is.

    ``new`` takes the place of the namespace where it is edited.
    """

    code: str
    message: str
    safety: Safety
    new: str = REST


class Sent:
    """The endpoints that a program calls, and which occurrence spells each."""

    def __init__(self, uses: Iterable[Use], evidence: Evidence) -> None:
        self._places: dict[tuple[str | None, str], list[Use]] = {}
        self._by_spelling: dict[tuple[Spelled, ...], set[tuple[str | None, str]]] = {}
        for use in uses:
            if not use.sends or not evidence.is_procore(use) or _is_unknown(use.url):
                continue
            key = (use.method, _settled(use, evidence))
            self._places.setdefault(key, []).append(use)
            self._by_spelling.setdefault(use.url.spelled, set()).add(key)
        named = {path for method, path in self._places if method is not None}
        for key in [key for key in self._places if key[0] is None and key[1] in named]:
            self._merge(key)

    def _merge(self, key: tuple[str | None, str]) -> None:
        """Drop an entry without a method where the same path has one with a method."""
        del self._places[key]
        for keys in self._by_spelling.values():
            if key in keys:
                keys.discard(key)
                keys.update(other for other in self._places if other[1] == key[1])

    def endpoints(
        self, evidence: Evidence, spans: Mapping[Placed, Spans], today: date
    ) -> tuple[Endpoint, ...]:
        """Return the endpoints in order of path and method."""
        found: list[Endpoint] = []
        for (method, path), uses in sorted(
            self._places.items(), key=lambda item: (item[0][1], item[0][0] or "")
        ):
            places = sorted({place_of(use, spans) for use in uses})
            endpoint = describe_endpoint(evidence.table, method, path, tuple(places), today)
            found.append(with_query(endpoint, uses))
        return tuple(found)

    def names(self, spelled: tuple[Spelled, ...]) -> tuple[str, ...]:
        """Return the names of the endpoints that a spelling takes part in."""
        return tuple(f"{method} {path}" if method else path for method, path in self._keys(spelled))

    def warnings(
        self, spelled: tuple[Spelled, ...], table: RuleTable, today: date
    ) -> tuple[str, ...]:
        """Return what is wrong with where the endpoints of a spelling lead."""
        said = [
            warning
            for method, path in self._keys(spelled)
            for warning in warn_of_targets(table, method, path, today)
        ]
        return tuple(dict.fromkeys(said))

    def _keys(self, spelled: tuple[Spelled, ...]) -> list[tuple[str | None, str]]:
        keys = self._by_spelling.get(spelled, set())
        return sorted(keys, key=lambda key: (key[1], key[0] or ""))


def with_query(endpoint: Called, uses: Iterable[Use]) -> Called:
    """Note the query parameters that calls spell in the URL: they are no part of the path."""
    names = sorted({name for use in uses for name in use.url.query})
    if not names:
        return endpoint
    return replace(endpoint, notes=(*endpoint.notes, f"called with the query {', '.join(names)}"))


def _is_unknown(url: NamespacedUrl) -> bool:
    """Tell whether not even the resource that a URL names is known."""
    if url.attached or not url.path or url.path[0].open:
        return True
    # "/vapid/" + path, where a guard before it sees that the path does not have it yet, and
    # is no whole URL.
    return url.path[0].text in {NAMESPACE, "http:", "https:"}


def _settled(use: Use, evidence: Evidence) -> str:
    """Return the path template, values that came through a variable named after it."""
    segments = [segment.text for segment in use.url.path]
    for number, segment in enumerate(use.url.path):
        if segment.via is None or segment.text.startswith("{"):
            continue
        opened = [*segments]
        opened[number] = f"{{{segment.via}}}" if segment.via else "{}"
        literal, template = "/".join(["/vapid", *segments]), "/".join(["/vapid", *opened])
        if not evidence.table.spells_segment(literal, number + 1) and evidence.table.knows_path(
            template
        ):
            segments = opened
    return "/".join(["/vapid", *segments])


def reads_as_prose(spelled: Sequence[Spelled]) -> bool:
    """Tell a sentence, or a document, from a URL."""
    return any(character.isspace() for character in spelled[0].origin.spelling.value.strip())


def _is_in_full_url(spelled: Sequence[Spelled]) -> bool:
    """Tell a URL with its host among other words, as in a header with links."""
    before = spelled[0].origin.spelling.value[: spelled[0].start]
    return "://" in before[max(map(before.rfind, " \t\n")) + 1 :]


def place_of(use: Use, spans: Mapping[Placed, Spans]) -> Place:
    """Return where a person finds the call of a use."""
    start, _ = spans[use.module].of_node(use.node)
    line, column = spans[use.module].lines.place(start)
    return Place(use.module.path, line, column)


# Deciding


def decide(occurrence: Occurrence, evidence: Evidence) -> Decision | None:
    """Decide what happens to an occurrence. Every use of it must agree before it is edited."""
    uses = occurrence.uses
    ours = [use for use in uses if evidence.is_procore(use) and use.purpose not in APART]
    others = [use for use in uses if evidence.is_other(use)]
    literal = occurrence.literal
    page = any(evidence.may_be_page(url) for url in (literal, *(u.url for u in uses)) if url)
    by_host = not page and literal is not None and is_procore_host(literal.host, evidence.hosts)
    foreign = literal is not None and is_foreign_host(literal.host, evidence.hosts)
    by_path = literal is not None and not foreign and has_known_path(literal, evidence.table)
    if others and (ours or by_host):
        return Decision("VAP006", f"also used for {_describe(others[0])}", Safety.MANUAL)
    if others:
        return None
    unsent = literal is not None and not uses and evidence.may_be_served(literal)
    if unsent or any(evidence.may_ask_itself(use) for use in uses):
        return _decide_served(ours, evidence)
    if any(use.replaced for use in uses):
        message = "the code already puts the new namespace in its place"
        return Decision("VAP003", message, Safety.MANUAL) if evidence.procore else None
    if ours:
        return _decide_own(ours)
    is_prose = reads_as_prose(occurrence.spelled) and not _is_in_full_url(occurrence.spelled)
    if occurrence.spelled in evidence.procore and uses and not is_prose:
        return Decision("VAP003", "compared with a URL", Safety.SAFE)
    if by_host:
        return Decision("VAP002", "no call that sends it was found", Safety.SAFE)
    if page:
        message = "may be a page for people to read: no call that sends it was found"
        return Decision("VAP002", message, Safety.MANUAL)
    if any(use.purpose in APART for use in uses):
        decision = _decide_apart(occurrence, evidence, known=by_path)
        if decision is not None and is_prose:
            # "GET /vapid/me" may be a line of a log from before, or be made of a URL that moves.
            if any(spelled in evidence.procore for spelled in subjects_of(occurrence)):
                return Decision("VAP003", "looked for in a text with the URL", Safety.SAFE)
            if decision.safety is Safety.SAFE and any(map(_is_composed, occurrence.uses)):
                return Decision("VAP003", "looked for in a text that is made here", Safety.SAFE)
            return Decision("VAP003", "looked for in a longer text", Safety.MANUAL)
        return decision
    if by_path and any(use.purpose is Purpose.TEXT for use in uses):
        return None
    if by_path and evidence.procore:
        return Decision("VAP002", "no call that sends it was found", Safety.SAFE)
    is_bare = not uses and not foreign and _is_bare(occurrence)
    if is_bare and evidence.about_procore and not evidence.web_push:
        message = "spells the namespace, but what becomes of it cannot be followed"
        return Decision("VAP002", message, Safety.MANUAL)
    if by_path:
        message = "spells an endpoint of Procore's, but nothing shows that it is sent there"
        return Decision("VAP002", message, Safety.MANUAL)
    return None


def is_pattern(occurrence: Occurrence) -> bool:
    """Tell whether a literal is used as a regular expression and as nothing else."""
    return bool(occurrence.uses) and all(use.purpose is Purpose.PATTERN for use in occurrence.uses)


def subjects_of(occurrence: Occurrence) -> Iterator[tuple[Spelled, ...]]:
    """Yield what spells the namespace in the strings that a literal is looked for in."""
    for use in occurrence.uses:
        if isinstance(use.subject, Str):
            yield from (url.spelled for url in find_namespace(use.subject) if url.spelled)


def _is_composed(use: Use) -> bool:
    """Tell whether code looks into a text that it makes of words: ``f"{verb} {answer.url}"``."""
    pieces = use.subject.pieces if isinstance(use.subject, Str) else ()
    words = any(isinstance(piece, Text) and " " in piece.text for piece in pieces)
    return words and any(isinstance(piece, Hole) for piece in pieces)


def _decide_served(ours: Sequence[Use], evidence: Evidence) -> Decision | None:
    """Leave a route of the project's own to a person, and what may be a test of it."""
    served = "a call of a route that this project serves itself"
    if ours:
        return Decision("VAP006", f"also used for what may be {served}", Safety.MANUAL)
    if evidence.about_procore:
        return Decision("VAP002", f"may be {served}", Safety.MANUAL)
    return None


def _decide_own(ours: Sequence[Use]) -> Decision:
    if ours and all(use.purpose is Purpose.DOUBLE for use in ours):
        return Decision("VAP004", "an answer that a test expects", Safety.SAFE)
    if ours and not any(use.sends for use in ours):
        return Decision("VAP002", f"handed to {ours[0].name}()", Safety.SAFE)
    unknown = [use for use in ours if use.sends and _is_unknown(use.url)]
    if unknown and len(unknown) == len(ours):
        return Decision("VAP001", "sent, with a path that is not known", Safety.SAFE)
    return Decision("VAP001", "", Safety.SAFE)


def _decide_apart(occurrence: Occurrence, evidence: Evidence, *, known: bool) -> Decision | None:
    """Code that takes URLs apart moves in step, where what it looks at is Procore's."""
    if known:
        return Decision("VAP003", "compared with a URL", Safety.SAFE)
    if not is_slashed(occurrence):
        return _decide_word(occurrence, evidence)
    if not evidence.procore:
        return _decide_left(occurrence, evidence)
    moving = any(spelled in evidence.procore for spelled in subjects_of(occurrence))
    if evidence.web_push and not moving:
        message = "looked for in a URL that may be one of Web Push, which is here too"
        return Decision("VAP003", message, Safety.MANUAL)
    return Decision("VAP003", "looked for in a URL", Safety.SAFE)


def _decide_word(occurrence: Occurrence, evidence: Evidence) -> Decision | None:
    """Leave a word to a person that is compared with what may be a segment of a URL."""
    is_word = occurrence.spelled[0].origin.spelling.value == NAMESPACE
    if not is_word or not evidence.procore or evidence.web_push:
        return None
    if all(
        isinstance(use.subject, Str) or not isinstance(use.node, cst.Comparison)
        for use in occurrence.uses
    ):
        return None
    message = f"where it is compared with a segment of a URL, that will be `{FIRST}`"
    return Decision("VAP003", message, Safety.MANUAL)


def _decide_left(occurrence: Occurrence, evidence: Evidence) -> Decision | None:
    """Decide on code that takes URLs apart where no URL under the namespace is left.

    Once the calls have moved, it looks for what never comes again.
    """
    text = occurrence.spelled[0].origin.module.source.text.lower()
    is_ours = "procore.com" in text if evidence.web_push else evidence.about_procore
    message = "looked for in a URL, and nothing else here spells it"
    return Decision("VAP003", message, Safety.MANUAL) if is_ours else None


def _is_bare(occurrence: Occurrence) -> bool:
    """Tell a literal that ends in the namespace, so that something else says what it is for."""
    value = occurrence.spelled[0].origin.spelling.value.strip("/")
    return len(occurrence.spelled) == 1 and (value == NAMESPACE or value.endswith(f"/{NAMESPACE}"))


def is_slashed(occurrence: Occurrence) -> bool:
    """Tell a part of a path from a mere word."""
    first, last = occurrence.spelled[0], occurrence.spelled[-1]
    before = first.origin.spelling.value[: first.start]
    behind = last.origin.spelling.value[last.end :]
    return before.endswith(("/", "\\/")) or behind.startswith(("/", "\\/"))


def _describe(use: Use) -> str:
    match use.purpose:
        case Purpose.ROUTE:
            return "a route of a server"
        case Purpose.FILE:
            return "the name of a file"
        case Purpose.KEY:
            return "a key of a store"
        case Purpose.DATA:
            return "what is sent beside a URL"
        case _ if use.url.host is not None:
            return f"requests to {use.url.host}"
        case _:
            return f"{template_of(use.url)}, which is not Procore's"


# Writing down


def describe_occurrence(
    occurrence: Occurrence,
    decision: Decision,
    spans: Mapping[Placed, Spans],
    endpoints: tuple[str, ...],
) -> Finding:
    """Return the finding of an occurrence, with the edits that resolve it.

    Where the segment is spelled in several literals, the first is what is shown.
    """
    module = occurrence.spelled[0].origin.module
    lines = spans[module].lines
    first = spans[module].of_part(occurrence.spelled[0])
    line, column = lines.place(first.start)
    end_line, end_column = lines.place(first.end)
    safe = decision.safety is Safety.SAFE
    return Finding(
        path=first.path,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        code=decision.code,
        message=_message(decision, endpoints),
        safety=decision.safety,
        source_line=lines.text(line),
        above=lines.above(line),
        fix=Fix.NAMESPACE if safe else None,
        endpoints=endpoints,
        edits=tuple(_edits(occurrence, decision.new, spans)) if safe else (),
    )


def _message(decision: Decision, endpoints: tuple[str, ...]) -> str:
    change = f"`{NAMESPACE}` becomes `{decision.new}`" if decision.safety is Safety.SAFE else ""
    if decision.code == "VAP001" and endpoints:
        more = f" and {len(endpoints) - 1} more" if len(endpoints) > 1 else ""
        return f"{change}: sent by {endpoints[0]}{more}"
    return ": ".join(part for part in (change, decision.message) if part)


def _edits(occurrence: Occurrence, rest: str, spans: Mapping[Placed, Spans]) -> Iterator[Edit]:
    pattern = is_pattern(occurrence)
    for number, part in enumerate(occurrence.spelled):
        module = part.origin.module
        span = spans[module].of_part(part)
        text = module.source.text
        new = rest if number == 0 else ""
        if pattern:
            new = new.replace(".", r"\." if part.origin.spelling.raw else r"\\.")
        yield Edit(span, text[span.start : span.end], new, Fix.NAMESPACE, Safety.SAFE)
