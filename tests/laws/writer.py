"""Writes a program towards a goal: code that a given string is the value of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from hypothesis import strategies as st

HOST = "https://api.procore.com"
PATHS = ("/vapid/me", "/vapid/projects", "/vapid/companies", "/vapid/projects/17/bid_packages")
DECOY = "/vapid/commitments"
"""What stands where a program could send it and does not."""

Drawn = TypeVar("Drawn")


class Writer:
    """A program under construction.

    ``budget`` is how many more constructs it may have; each ``Construct`` emits the
    statements that it needs at the current place and returns an expression of the value.
    """

    def __init__(self, draw: st.DrawFn, constructs: Sequence[Construct], budget: int) -> None:
        self.draw = draw
        self.constructs = constructs
        self.budget = budget
        self.files: dict[str, list[str]] = {"main.py": []}
        self.path = "main.py"
        self.depth = 0
        self._count = 0

    def fresh(self, stem: str = "x") -> str:
        """Return a name that nothing has yet."""
        self._count += 1
        return f"{stem}{self._count}"

    def emit(self, *lines: str) -> None:
        """Add statements at the current place."""
        indent = "    " * self.depth
        self.files[self.path].extend(indent + line for line in lines)

    @contextmanager
    def indented(self, header: str) -> Iterator[None]:
        """Write what follows into the body of a compound statement."""
        self.emit(header)
        self.depth += 1
        yield
        self.depth -= 1

    @contextmanager
    def elsewhere(self, path: str) -> Iterator[None]:
        """Write what follows into another module."""
        saved = self.path, self.depth
        self.files.setdefault(path, [])
        self.path, self.depth = path, 0
        yield
        self.path, self.depth = saved

    def number(self, low: int, high: int) -> int:
        """Choose a number."""
        return self.draw(st.integers(low, high))

    def choose(self, options: Sequence[Drawn]) -> Drawn:
        """Choose one of several."""
        return self.draw(st.sampled_from(options))

    def one_of(self, *makers: Callable[[], str]) -> str:
        """Make one of several expressions."""
        return self.choose(makers)()

    def expression(self, value: str) -> str:
        """Return an expression of ``value``, made of as many constructs as the budget allows."""
        if self.budget <= 0:
            return literal(self, value)
        self.budget -= 1
        return self.choose(self.constructs)(self, value)

    def name(self, value: str) -> str:
        """Return a fresh name that holds ``value``."""
        found = self.expression(value)
        name = self.fresh()
        self.emit(f"{name} = {found}")
        return name

    def halves(self, value: str) -> tuple[str, str]:
        """Cut a string in two, mostly where people do."""
        slashes = [n for n, character in enumerate(value) if character == "/"]
        middle, word = len(value) // 2, value.find("vapid")
        if word < middle < word + len("vapid"):
            middle = word  # Only literals that stand in one file may spell it between them.
        at = self.choose([middle, *slashes, *(n + 1 for n in slashes), 0, len(value)])
        return value[:at], value[at:]

    def decoy(self, value: str) -> str:
        """Return a literal that would stand in place of ``value`` in another request."""
        head, mark, _ = value.partition("/vapid")
        return repr(head + DECOY if mark else f"not{value}")


Construct = Callable[[Writer, str], str]


def literal(w: Writer, value: str) -> str:
    """Spell a string in one of the ways in which Python can."""
    match w.number(0, 5):
        case 1:
            return f'r"{value}"'
        case 2:
            return f'"""{value}"""'
        case 3:
            left, right = w.halves(value)
            return f"({left!r} {right!r})"
        case 4:
            return "'" + value.replace("/", r"\x2f").replace("v", r"\u0076", 1) + "'"
        case 5:
            return f"b{value!r}.decode()"
        case _:
            return repr(value)
