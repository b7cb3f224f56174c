"""Decides, by trying them, which edits would change more than the route.

Where something else comes of a program with its edits made, because it counts segments,
cuts by a length, looks a word up or compares it, a literal beside it may have to change in
step. Where that does not set it right, the edits that have a part in it are not made.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrator.evaluate.domain import Str
from migrator.namespace import FIRST, REST, find_namespace, moved_text
from migrator.prefilter import NAMESPACE
from migrator.rehearsal.members import find_merged
from migrator.rehearsal.observing import observe, shown, speller_of, spellers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    import libcst as cst

    from migrator.evaluate.callgraph import CallGraph
    from migrator.evaluate.domain import Value
    from migrator.evaluate.evaluator import Changes, Evaluator
    from migrator.namespace import Spelled
    from migrator.rehearsal.observing import Seen, Speller

    Differences = dict[cst.CSTNode, Collection[Speller]]

Spelling = tuple["Spelled", ...]

_TRIES = 16
"""How often a program is followed anew, at most."""

_PLACES = 20_000
"""How many places of code are looked at for all of these tries together."""


_GLUED = re.compile(rf"[a-z0-9](?:{NAMESPACE}|{REST})(?:/|$)|/(?:{NAMESPACE}|{REST})[a-z0-9]")
"""The namespace without the slash that belongs there: ``https://host.comvapid/me``."""

_DOUBLED = re.compile(rf"(?:^|/)(?:{NAMESPACE}|{REST})/+(?:(?:{NAMESPACE}|{REST})(?=/|$)|https?:/)")
"""The namespace twice, or another URL behind it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What trying the edits has shown.

    ``in_step`` are the literals that must change with them, each with what becomes of the
    namespace; ``broken`` the edits that must not be made, with the node of the code that
    would do something else.
    """

    in_step: Mapping[Spelling, str]
    broken: Mapping[Spelling, cst.CSTNode]


def rehearse(
    before: CallGraph,
    trace: Callable[[Changes], CallGraph],
    edits: Iterable[Spelling],
    candidates: Sequence[Spelling],
) -> Verdict:
    """Try edits on the program whose calls are ``before``.

    ``trace`` follows the program anew with changes put into its literals; ``candidates``
    are spellings of the namespace that may be changed in step with the edits.
    """
    made = dict.fromkeys(edits, REST)
    in_step: dict[Spelling, str] = {}
    broken: dict[Spelling, cst.CSTNode] = {}
    seen = observe(before)
    tries = min(_TRIES, max(2, _PLACES // (len(seen) + 1)))

    def try_out(spellings: Mapping[Spelling, str]) -> Differences:
        changed = trace(changes_of(spellings))
        differences = _compare(seen, observe(changed), spellings)
        differences |= _compare_misses(before.evaluator, changed.evaluator)
        return differences | find_merged(before.evaluator, changed.evaluator, frozenset(spellings))

    differences = try_out(made)
    steps = [(each, new) for each in candidates for new in _words_for(each)]
    for candidate, new in steps[: tries // 2]:
        if not differences:
            break
        if candidate in in_step:
            continue
        tries -= 1
        left = try_out(made | in_step | {candidate: new})
        if left.keys() < differences.keys():
            in_step[candidate] = new
            differences = left
    while differences and made:
        blamed = _blame(differences, [*made, *in_step])
        for spelling, node in blamed.items():
            in_step.pop(spelling, None)
            if spelling in made:
                del made[spelling]
                broken[spelling] = node
        # What is left untried was not blamed for anything.
        tries -= 1
        differences = try_out(made | in_step) if made and tries > 0 else {}
    return Verdict(in_step if made else {}, broken)


def _words_for(spelling: Spelling) -> tuple[str, ...]:
    """Return what may take the place of the namespace, if that moves in step with a URL.

    A word by itself may be compared with the segments of a path, of which there are two now.
    """
    is_word = len(spelling) == 1 and spelling[0].origin.spelling.value == NAMESPACE
    return (REST, FIRST) if is_word else (REST,)


def changes_of(spellings: Mapping[Spelling, str]) -> Changes:
    """Return what changes in the values of literals where these spellings are replaced."""
    changes: defaultdict[Speller, set[tuple[int, int, str]]] = defaultdict(set)
    for spelling, new in spellings.items():
        for number, part in enumerate(spelling):
            change = (part.start, part.end, "" if number else new)
            changes[speller_of(part.origin)].add(change)
    return {where: sorted(parts) for where, parts in changes.items()}


def _compare(
    before: Mapping[cst.CSTNode, Seen],
    after: Mapping[cst.CSTNode, Seen],
    edits: Mapping[Spelling, str],
) -> Differences:
    """Return the nodes where something else happens, each with the literals that take part."""
    differences: Differences = {}
    for node, one in before.items():
        other = after.get(node)
        if other is None:
            differences[node] = one.spellers
            continue
        sent = any(isinstance(value, Str) and [*find_namespace(value)] for value in one.values)
        expected = {
            _expected(value, edits): value
            for value in one.values
            if not _is_guarded(value, beside=sent)
        }
        got = {shown(value): value for value in other.values if not _is_guarded(value, beside=sent)}
        wrong = [
            *(value for text, value in expected.items() if text not in got),
            *(value for text, value in got.items() if text not in expected),
        ]
        if wrong:
            spellers = dict.fromkeys(each for value in wrong for each in spellers_of(value))
            differences[node] = spellers or {**one.spellers, **other.spellers}
        elif _differ(one.outcomes, other.outcomes):
            differences[node] = {**one.spellers, **other.spellers}
    return differences


def _is_guarded(value: Value, *, beside: bool) -> bool:
    """Tell a URL that the code sees to it is never sent.

    It has the namespace twice, or another URL behind that; or beside one that is right it lacks
    a slash that the code adds where there is none.
    """
    if not isinstance(value, Str):
        return False
    text = shown(value)
    return _DOUBLED.search(text) is not None or (
        beside and "/" in text and _GLUED.search(text) is not None
    )


def _expected(value: Value, edits: Mapping[Spelling, str]) -> str:
    """Return what a value must be afterwards: a URL moves, anything else stays as it is."""
    if isinstance(value, Str):
        new = next((edits[u.spelled] for u in find_namespace(value) if u.spelled in edits), None)
        if new is not None:
            return "\0".join([moved_text(value, new), *shown(value).split("\0")[1:]])
    return shown(value)


def _differ(before: Sequence[object], after: Sequence[object]) -> bool:
    if len(before) == len(after):
        return any(
            one is not None and one != other for one, other in zip(before, after, strict=True)
        )
    return not {*before} - {None} <= {*after}


def _compare_misses(before: Evaluator, after: Evaluator) -> Differences:
    """Return the nodes where more lookups than before find nothing."""
    return {
        node: [speller for key in keys.values() for speller in spellers_of(key)]
        for node, keys in after.misses.items()
        if len(keys) > len(before.misses.get(node, ()))
    }


def _blame(differences: Differences, spellings: Sequence[Spelling]) -> dict[Spelling, cst.CSTNode]:
    """Return the spellings that have a part in what differs; all of them where none is known."""
    blamed: dict[Spelling, cst.CSTNode] = {}
    for node, spellers in differences.items():
        involved = {*spellers}
        for spelling in spellings:
            if any(speller_of(part.origin) in involved for part in spelling):
                blamed.setdefault(spelling, node)
    return blamed or dict.fromkeys(spellings, next(iter(differences)))
