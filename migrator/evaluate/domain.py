"""What an expression can evaluate to.

An expression has a tuple of values, one for each thing it may be; the empty tuple never
occurs: what is not known is ``Unknown``. Values may hold syntax nodes and stay inside the
analysis.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    from collections.abc import Iterable

    import libcst as cst

    from migrator.evaluate.spelling import Spelling
    from migrator.program.module import Module
    from migrator.program.scopes import Scope
    from migrator.program.settings import SettingsFile

LIMIT = 48
"""The most alternatives that are kept for one expression."""

LENGTH = 4_096
"""The most pieces of one string; what stands behind them is a hole."""

CHARACTERS = 1 << 20
"""The most characters of one string of many pieces."""

SIZE = 20_000
"""The most values that one is made of: what is larger is not followed."""

PIECES = 512
"""The most pieces that all of them have together, where there is more than one."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Origin:
    """The literal, or the settings file, that spells a text."""

    module: Module | SettingsFile
    node: cst.SimpleString | cst.FormattedStringText | SettingsFile
    spelling: Spelling


@dataclass(frozen=True, slots=True)
class Text:
    """Known characters: ``origin.spelling.value[offset:offset + len(text)]`` where spelled.

    ``via`` is the name of the variable through which they came into a longer string.
    """

    text: str
    origin: Origin | None = None
    offset: int = 0
    via: str | None = None

    def slice(self, start: int, end: int) -> Text:
        """Return the part between two places, still tied to what spells it."""
        return replace(self, text=self.text[start:end], offset=self.offset + start)


@dataclass(frozen=True, slots=True)
class Hole:
    """Characters that are not known. ``key`` is equal for holes filled by the same thing."""

    name: str | None = None
    key: object = None


Piece = Text | Hole


def _measure(value: object, content: object, size: int) -> None:
    """Note how large a value is, and its hash: nested ones are asked for it over and over."""
    object.__setattr__(value, "size", 1 + size)
    object.__setattr__(value, "_hash", hash(content))


def size_of(value: Value) -> int:
    """Return how many values and pieces a value is made of."""
    return getattr(value, "size", 1)


def _sizes(groups: Iterable[Values]) -> int:
    return sum(size_of(value) for values in groups for value in values)


@dataclass(frozen=True, slots=True)
class Str:
    """A string, as pieces in order."""

    pieces: tuple[Piece, ...]
    size: int = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _measure(self, self.pieces, len(self.pieces))

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True, slots=True)
class Const:
    """A number, a truth value or None, and the variable that holds it."""

    value: float | bool | None
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Anything at all. ``name`` is the variable that holds it."""

    name: str | None = None
    key: object = None


@dataclass(frozen=True, slots=True)
class Seq:
    """A list, tuple or set. ``exact`` is False where there may be other elements too."""

    elements: tuple[Values, ...]
    exact: bool = True
    size: int = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _measure(self, (self.elements, self.exact), _sizes(self.elements))

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True, slots=True)
class Map:
    """A dict: each key with its values, in order."""

    items: tuple[tuple[Value, Values], ...]
    exact: bool = True
    size: int = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _measure(self, (self.items, self.exact), _sizes(values for _, values in self.items))

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True, slots=True)
class ModuleValue:
    """A module or folder of the project, by path."""

    path: str


@dataclass(frozen=True, slots=True)
class ClassValue:
    """A class of the project."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance of a project's class.

    ``arguments`` are the values of the constructor's parameters; None where the call
    that made it is not known.
    """

    scope: Scope
    arguments: tuple[tuple[str, Values], ...] | None = None
    size: int = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _measure(
            self, (self.scope, self.arguments), _sizes(values for _, values in self.arguments or ())
        )

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True, slots=True)
class Super:
    """``super()`` inside a method of ``scope``."""

    scope: Scope
    receiver: Value


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the project, with the receiver it is bound to, if any."""

    scope: Scope
    receiver: Value | None
    closure: Frame
    size: int = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _measure(
            self,
            (self.scope, self.receiver, self.closure),
            1 if self.receiver is None else size_of(self.receiver),
        )

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True, slots=True)
class External:
    """Something of another library, by its dotted name: ``requests.get``."""

    dotted: str


@dataclass(frozen=True, slots=True)
class Made:
    """What a call of an external thing returned: ``requests.Session()``."""

    dotted: str
    arguments: Arguments
    via: str | None = field(default=None, compare=False)
    size: int = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _measure(self, (self.dotted, self.arguments), self.arguments.size)

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True, slots=True)
class Method:
    """An attribute of a value that is not the project's own: a string's ``format``."""

    receiver: Value
    name: str
    via: str | None = field(default=None, compare=False)
    size: int = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _measure(self, (self.receiver, self.name), size_of(self.receiver))

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True, slots=True)
class Partial:
    """A callable with some arguments already given."""

    function: Value
    arguments: Arguments
    size: int = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _measure(
            self, (self.function, self.arguments), size_of(self.function) + self.arguments.size
        )

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True, slots=True)
class Arguments:
    """The values that a call hands over.

    ``rest`` is the values of the elements of a ``*`` argument of unknown length, and
    ``others`` whether a ``**`` argument may hold more than ``keywords`` says.
    """

    positional: tuple[Values, ...] = ()
    keywords: tuple[tuple[str, Values], ...] = ()
    rest: Values | None = None
    others: bool = False
    size: int = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _measure(
            self,
            (self.positional, self.keywords, self.rest, self.others),
            _sizes((*self.positional, *(values for _, values in self.keywords))),
        )

    def __hash__(self) -> int:
        return self._hash

    def keyword(self, name: str) -> Values | None:
        """Return the values of a keyword argument."""
        return next((values for key, values in self.keywords if key == name), None)

    def at(self, position: int, *names: str) -> Values | None:
        """Return the values of an argument given by keyword or by position."""
        for name in names:
            values = self.keyword(name)
            if values is not None:
                return values
        if 0 <= position < len(self.positional):
            return self.positional[position]
        return self.rest

    def after(self, given: Arguments) -> Arguments:
        """Return these arguments behind those that a partial call was given."""
        keywords = dict(given.keywords) | dict(self.keywords)
        return Arguments(
            given.positional + self.positional,
            tuple(keywords.items()),
            self.rest or given.rest,
            self.others or given.others,
        )


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Frame:
    """One way in which a function runs. The evaluator makes equal frames the same object.

    ``arguments`` is None in an open frame, where a parameter can be anything; ``choices``
    fixes which element of a loop, or which arm of an if, is looked at.
    """

    scope: Scope | None
    arguments: tuple[tuple[str, Values], ...] | None
    receiver: Value | None
    parent: Frame | None
    choices: tuple[tuple[object, int], ...] = ()

    def argument(self, name: str) -> Values | None:
        """Return the values of a parameter; None where the frame does not say."""
        if self.arguments is None:
            return None
        return next((values for key, values in self.arguments if key == name), None)


NO_ARGUMENTS = Arguments()

Value = Union[  # noqa: UP007 - the members refer to one another
    Str, Const, Unknown, Seq, Map, ModuleValue, ClassValue, Instance, Super, Function,
    External, Made, Method, Partial,
]  # fmt: skip
Values = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A point where one of several ways is taken: every use must look at the same one."""

    key: object
    options: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """An evaluation looked at a parameter of an open frame; None is the receiver."""

    scope: Scope
    name: str | None


UNKNOWN: Values = (Unknown(),)


def union(groups: list[Values]) -> Values:
    """Return the alternatives of all groups, each once; Unknown past the limits."""
    if len(groups) == 1:
        return groups[0]
    merged = dict.fromkeys(value for group in groups for value in group)
    if len(merged) <= 1:
        return tuple(merged) or UNKNOWN
    kept: list[Value] = []
    room = PIECES
    for value in merged:
        room -= len(value.pieces) if isinstance(value, Str) else 1
        if len(kept) == LIMIT - 1 or (room < 0 and kept):
            return (*kept, Unknown())
        kept.append(value)
    return tuple(kept)


def plain(text: str, via: str | None = None) -> Str:
    """Return a string that no literal spells."""
    return Str((Text(text, via=via),) if text else ())


def drawn_from(value: Value) -> tuple[Str, ...]:
    """Return the strings that a regular expression drew a value from, none for other values.

    The pattern is the first of them.
    """
    if not isinstance(value, Made) or not value.dotted.startswith(("re.", "regex.")):
        return ()
    given = (*value.arguments.positional, *(values for _, values in value.arguments.keywords))
    return tuple(each for values in given for each in values if isinstance(each, Str))


def whole_number(value: Value) -> int | None:
    """Return a known integer, None for anything else."""
    number = value.value if isinstance(value, Const) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def spells(value: Value, word: str) -> bool:
    """Tell whether a word is in the known characters of a string."""
    return isinstance(value, Str) and any(
        isinstance(piece, Text) and word in piece.text for piece in value.pieces
    )


def known_text(value: Value) -> str | None:
    """Return the text of a string without holes, None for anything else."""
    if isinstance(value, Str) and all(isinstance(piece, Text) for piece in value.pieces):
        return "".join(piece.text for piece in value.pieces if isinstance(piece, Text))
    return None
