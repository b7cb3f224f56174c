"""Evaluates expressions to the values that they may have, and says what that rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import libcst as cst

from migrator.evaluate import attributes, builtin, calling
from migrator.evaluate.domain import (
    SIZE,
    UNKNOWN,
    Arguments,
    Choice,
    ClassValue,
    External,
    Frame,
    Function,
    Instance,
    Made,
    Map,
    Method,
    Needs,
    Origin,
    Partial,
    Seq,
    Str,
    Unknown,
    known_text,
    size_of,
    spells,
    union,
)
from migrator.evaluate.expressions import EXPRESSIONS
from migrator.evaluate.spelling import spell_fragment, spell_string
from migrator.prefilter import NAMESPACE
from migrator.program.scopes import Binding, ScopeKind
from migrator.sinks.libraries import CLIENT_PACKAGES, VERBS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from migrator.evaluate.domain import Value, Values
    from migrator.evaluate.spelling import Spelling
    from migrator.program.module import Module
    from migrator.program.project import Project
    from migrator.program.scopes import Attribute, Point, Scope
    from migrator.program.settings import SettingsFile

Found = TypeVar("Found")

Basis = Choice | Needs
"""What an evaluation rests on besides the code itself."""

CHOICES = 6
"""How many choices are made one by one; past it every combination counts as possible."""

STEP = 100
"""After how many expressions a chain is evaluated from its start."""

ALLOWANCE = 20_000
"""How many expressions one question may look at, if those before it looked at few."""

REFILL = 20
"""How many more the next may look at: what all of them look at on average."""

DEPTH = 1_500
"""How many expressions deep an evaluation goes before it says Unknown."""


Changes = Mapping[tuple[object, int], Sequence[tuple[int, int, str]]]
"""New characters for parts of what literals spell: by node and ``Spelling.shift``, in order."""

_DELICATE_METHODS = frozenset(
    {"split", "rsplit", "partition", "rpartition", "find", "index", "rfind", "rindex", "count"}
    | {"replace", "removeprefix", "removesuffix", "startswith", "endswith", "splitlines"}
    | {"upper", "title", "capitalize", "casefold", "swapcase", "translate", "zfill"}
    | {"ljust", "rjust", "center", "get", "pop", "setdefault"}
)
_DELICATE_FUNCTIONS = frozenset(
    {"builtins.len", "builtins.getattr", "builtins.hasattr", "builtins.setattr"}
    | {"os.path.basename", "os.path.dirname", "posixpath.basename", "posixpath.dirname"}
    | {"fnmatch.fnmatch", "fnmatch.fnmatchcase", "os.getenv", "os.environ.get"}
    | {"urllib.parse.urlsplit", "urllib.parse.urlparse", "urllib.parse.urljoin"}
    | {"requests.compat.urljoin", "requests.compat.urlparse", "six.moves.urllib.parse.urljoin"}
)
_PATTERNS = ("re.", "regex.")


class Evaluator:
    """Evaluates expressions of a project. Results are kept: one evaluator serves one run.

    ``changes`` are put into what literals spell, as if they had been made. ``delicate`` says
    that something depends on more than the place of the namespace in a URL: on its length,
    the number of segments, or a word; ``misses`` how many lookups by a known key at a node
    found nothing.
    """

    def __init__(self, project: Project, changes: Changes | None = None) -> None:
        self.project = project
        self.changes = changes or {}
        self.before: dict[tuple[Instance, str], Values] = {}
        """What an attribute held before the statement that is followed, which may read it."""
        self.delicate = False
        self.misses: dict[cst.CSTNode, dict[str, Str]] = {}
        self.root = Frame(None, None, None, None)
        self.instances: dict[Scope, list[Instance]] = {}
        self._frames: dict[object, Frame] = {}
        self._known: dict[tuple[cst.CSTNode, Frame], tuple[Values, frozenset[Basis]]] = {}
        self._origins: dict[cst.CSTNode, Origin] = {}
        self.running: set[tuple[object, Frame]] = set()
        self._basis: list[set[Basis]] = [set()]
        self._retries: dict[tuple[cst.CSTNode, Frame], int] = {}
        self._depth = 0
        self._allowance = ALLOWANCE
        self.built: dict[tuple[Binding, Frame], tuple[Values, frozenset[Basis]]] = {}
        self.prepared: set[tuple[Binding, Frame]] = set()
        self.settings: dict[tuple[SettingsFile, tuple[str, ...]], Value] = {}
        self.cuts = 0
        self.calls = 0
        self.bases: dict[Scope, list[Scope | External]] = {}
        self.own_classes: dict[Attribute, Scope | None] = {}

    def frame(
        self,
        scope: Scope | None,
        arguments: tuple[tuple[str, Values], ...] | None,
        receiver: Value | None,
        parent: Frame | None,
        choices: tuple[tuple[object, int], ...] = (),
    ) -> Frame:
        """Return the frame with this content: equal frames are one object."""
        key = (scope, arguments, receiver, parent, choices)
        found = self._frames.get(key)
        if found is None:
            found = self._frames[key] = Frame(scope, arguments, receiver, parent, choices)
        return found

    def open_frame(self, scope: Scope) -> Frame:
        """Return the frame of code in ``scope`` of which no caller is known."""
        function = scope.function
        if function is None:
            parent = scope.parent
            if scope.kind is not ScopeKind.MODULE and parent is not None:
                return self.open_frame(parent)
            return self.root
        around = self.open_frame(function.parent) if function.parent else self.root
        return self.frame(function, None, None, around)

    def choose(self, frame: Frame, choice: Choice, option: int) -> Frame:
        """Return the frame with one more choice made."""
        made = (*frame.choices, (choice.key, option))
        return self.frame(frame.scope, frame.arguments, frame.receiver, frame.parent, made)

    def evaluate_with_basis(
        self, node: cst.BaseExpression, point: Point, frame: Frame
    ) -> tuple[Values, frozenset[Basis]]:
        """Evaluate, and say which open parameters, receivers and choices were looked at."""
        return self.with_basis(lambda: self.evaluate(node, point, frame))

    def with_basis(self, compute: Callable[[], Found]) -> tuple[Found, frozenset[Basis]]:
        """Compute something, and say what its evaluations rested on."""
        self._basis.append(set())
        try:
            found = compute()
        finally:
            basis = _bounded(self._basis.pop())
        return found, frozenset(basis)

    def evaluate(self, node: cst.BaseExpression, point: Point, frame: Frame) -> Values:
        """Return the values that an expression may have at a point, in a frame."""
        key = (node, frame)
        known = self._known.get(key)
        if known is not None:
            self._basis[-1] |= known[1]
            return known[0]
        visit = EXPRESSIONS.get(type(node))
        if visit is None:
            return UNKNOWN
        if key in self.running or self._depth > DEPTH:
            self.cuts += 1
            return UNKNOWN
        if self._depth == 0:
            self._allowance = min(self._allowance + REFILL, ALLOWANCE)
        if self._allowance <= 0:
            return UNKNOWN
        self._allowance -= 1
        if self._depth % STEP == STEP - 1:
            self._evaluate_spine(node, point, frame)
        cuts = self.cuts
        self.running.add(key)
        self._basis.append(set())
        self._depth += 1
        values: Values = UNKNOWN
        try:
            values = _within_bounds(visit(self, node, point, frame))
        finally:
            self._depth -= 1
            self.running.discard(key)
            basis = _bounded(self._basis.pop())
            self._basis[-1] |= basis
        # What was cut short inside a cycle is right for the outermost evaluation only.
        if cuts == self.cuts or self._depth == 0 or self._is_retried(key):
            self._known[key] = (values, frozenset(basis))
        return values

    def _evaluate_spine(self, node: cst.BaseExpression, point: Point, frame: Frame) -> None:
        """Evaluate what a chain of attributes, calls and subscripts starts from, inmost first.

        Each link then finds the one before it known: generated chains have thousands.
        """
        spine: list[cst.BaseExpression] = []
        while True:
            match node:
                case cst.Attribute(value=inner) | cst.Subscript(value=inner) | cst.Call(func=inner):
                    spine.append(inner)
                    node = inner
                case _:
                    break
        for link in reversed(spine):
            self.evaluate(link, point, frame)

    def _is_retried(self, key: tuple[cst.CSTNode, Frame]) -> bool:
        """Tell whether a result was thrown away before: cycles must not cost for ever."""
        self._retries[key] = self._retries.get(key, 0) + 1
        return self._retries[key] > 2

    def forget(self) -> None:
        """Drop kept results, because more of the program's calls are known than before."""
        self._known.clear()
        self.built.clear()
        self.prepared.clear()
        self._retries.clear()

    def rests_on(self, basis: Basis) -> None:
        """Note that the evaluation under way looked at something that can vary."""
        self._basis[-1].add(basis)

    def origin(
        self, module: Module, node: cst.SimpleString | cst.FormattedStringText, *, raw: bool = False
    ) -> Origin:
        """Return a literal as the origin of its text: one object a literal.

        ``raw`` says whether a part of an f-string stands in a raw one.
        """
        origin = self._origins.get(node)
        if origin is None:
            if isinstance(node, cst.SimpleString):
                spelling = spell_string(node)
            else:
                spelling = spell_fragment(node, raw=raw)
            origin = self._origins[node] = Origin(module, node, self.changed(node, spelling))
        return origin

    def changed(self, node: object, spelling: Spelling) -> Spelling:
        """Return a spelling with the changes to it made; places in it mean nothing then."""
        value = spelling.value
        for start, end, new in reversed(self.changes.get((node, spelling.shift), ())):
            value = value[:start] + new + value[end:]
        return spelling if value == spelling.value else replace(spelling, value=value)

    def watch(self, *values: Value) -> None:
        """Note that something depends on how strings among the values are spelled."""
        self.delicate = self.delicate or any(spells(value, NAMESPACE) for value in values)

    def miss(self, node: cst.CSTNode, key: Value) -> None:
        """Note that a lookup by a known key found nothing."""
        text = known_text(key)
        if text is not None and isinstance(key, Str):
            self.misses.setdefault(node, {})[text] = key

    def spread(
        self, node: cst.BaseExpression, point: Point, frame: Frame, keys: Collection[object]
    ) -> list[tuple[Values, Frame]]:
        """Evaluate once for each way in which the choices at ``keys`` can be made.

        What else it rests on, what surrounds it rests on, too.
        """
        pending = [frame]
        results: list[tuple[Values, Frame]] = []
        while pending and len(results) + len(pending) < 400:
            current = pending.pop(0)
            values, basis = self.evaluate_with_basis(node, point, current)
            own = {each for each in basis if isinstance(each, Choice) and each.key in keys}
            self._basis[-1] |= basis - own
            choice = next_choice(frozenset(own), current)
            if choice is None:
                results.append((values, current))
            else:
                pending.extend(self.choose(current, choice, n) for n in choice.options)
        return results

    def arguments(
        self,
        node: cst.Call,
        point: Point,
        frame: Frame,
        wanted: Callable[[int | str], bool] | None = None,
    ) -> Arguments:
        """Evaluate what a call hands over; Unknown for what is not ``wanted``.

        ``wanted`` is asked for each position and keyword.
        """
        positional: list[Values] = []
        keywords: list[tuple[str, Values]] = []
        rest: Values | None = None
        others = False
        for argument in node.args:
            keyword = argument.keyword.value if argument.keyword is not None else None
            place = len(positional) if keyword is None else keyword
            if wanted is not None and argument.star == "" and not wanted(place):
                values = UNKNOWN
            else:
                values = self.evaluate(argument.value, point, frame)
            if argument.star == "*":
                inner = values[0] if len(values) == 1 else None
                if isinstance(inner, Seq) and inner.exact and rest is None:
                    positional.extend(inner.elements)
                else:
                    rest = UNKNOWN
            elif argument.star == "**":
                spread, is_all = _spread(values)
                keywords.extend(spread.items())
                others = others or not is_all
            elif keyword is not None:
                keywords.append((keyword, values))
            elif rest is None:
                positional.append(values)
        return Arguments(tuple(positional), tuple(keywords), rest, others)

    def apply(self, callee: Value, arguments: Arguments, point: Point, frame: Frame) -> Values:
        """Return what calling a value returns."""
        if not self.delicate and _is_delicate(callee):
            handed = [*arguments.positional, *(values for _, values in arguments.keywords)]
            self.watch(*(value for values in handed for value in values))
            if isinstance(callee, Method):
                self.watch(callee.receiver)
        match callee:
            case Function():
                return calling.returned(self, callee, arguments)
            case ClassValue(scope):
                return (calling.construct(self, scope, arguments),)
            case Partial(function, given):
                return self.apply(function, arguments.after(given), point, frame)
            case Instance():
                groups = attributes.attribute(self, callee, "__call__", point)
                called = [each for each in groups if isinstance(each, Function)]
                return union([self.apply(each, arguments, point, frame) for each in called])
            case _:
                return builtin.call(self, callee, arguments, point, frame)


def _spread(values: Values) -> tuple[dict[str, Values], bool]:
    """Return what ``**`` hands over of any of several dicts, and whether that is all of each."""
    found: dict[str, list[Values]] = {}
    for value in values:
        for key, held in value.items if isinstance(value, Map) else ():
            text = known_text(key)
            if text is not None:
                found.setdefault(text, []).append(held)
    is_all = all(isinstance(value, Map) and value.exact for value in values) and all(
        len(groups) == len(values) for groups in found.values()
    )
    return {name: union(groups) for name, groups in found.items()}, is_all


def _is_delicate(callee: Value) -> bool:
    """Tell a call whose result does not simply have the new text where the old one was."""
    match callee:
        case Method(Made(dotted), name) if dotted.partition(".")[0] in CLIENT_PACKAGES:
            # Its verbs have names in common with the methods of dicts.
            return name in _DELICATE_METHODS - VERBS
        case Method(Made(dotted)) if dotted.startswith(_PATTERNS):
            return True
        case Method(_, name):
            return name in _DELICATE_METHODS
        case External(dotted):
            return dotted in _DELICATE_FUNCTIONS or dotted.startswith(_PATTERNS)
        case _:
            return False


def _within_bounds(values: Values) -> Values:
    """Return values, those that are too large to be handed around as unknown ones."""
    if all(size_of(value) <= SIZE for value in values):
        return values
    return tuple(value if size_of(value) <= SIZE else Unknown() for value in values)


def next_choice(basis: frozenset[Basis], frame: Frame) -> Choice | None:
    """Return the smallest choice that a frame has not made, None where there are too many."""
    made = {key for key, _ in frame.choices}
    choices = [each for each in basis if isinstance(each, Choice) and each.key not in made]
    if len(made) + len(choices) > CHOICES:
        return None
    return min(choices, key=lambda each: len(each.options), default=None)


def _bounded(basis: set[Basis]) -> set[Basis]:
    """Return a basis without the choices that are too many to be made one by one anyway."""
    if len(basis) <= 4 * CHOICES:
        return basis
    choices = [each for each in basis if isinstance(each, Choice)]
    return basis.difference(choices[2 * CHOICES :])
