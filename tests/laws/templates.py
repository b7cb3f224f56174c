"""Reads the constructs that are plain text: programs with a gap where a string is made.

A template is statements and, behind ``=>``, the expression that comes of them; a blank
line ends it. VALUE stands for an expression of the wanted string, ONE and TWO for its
halves, DECOY for another URL, SECOND for one more that is sent; the other words in
capitals are names that each use of the template has to itself.
"""

from __future__ import annotations

import re
from pathlib import Path

from laws.writer import HOST, PATHS, Construct, Writer

FOLDER = Path(__file__).parent / "templates"
_WORD = re.compile(r"\b(?:VALUE|ONE|TWO|DECOY|SECOND|CLASS|BASE|OBJ|FUNC|NAME|OTHER)\b")


def read_templates(name: str) -> tuple[str, ...]:
    """Return the templates of one file."""
    return tuple((FOLDER / name).read_text("utf-8").strip().split("\n\n"))


def _fillings(w: Writer, template: str, value: str) -> dict[str, str]:
    """Return what each word of a template stands for; what it needs is emitted."""
    words = sorted(set(_WORD.findall(template)))
    left, right = w.halves(value) if "ONE" in words else ("", value)
    found: dict[str, str] = {}
    for word in words:
        match word:
            case "VALUE" | "TWO":
                found[word] = w.expression(right)
            case "ONE":
                found[word] = w.expression(left)
            case "SECOND":
                found[word] = w.expression(HOST + w.choose(PATHS))
            case "DECOY":
                found[word] = w.decoy(value)
            case _:
                found[word] = w.fresh(word[:1].lower())
    return found


def fill(w: Writer, template: str, value: str) -> str:
    """Emit the statements of a template, and return its expression."""
    found = _fillings(w, template, value)
    text = _WORD.sub(lambda match: found[match[0]], template)
    statements, _, expression = text.rpartition("=> ")
    w.emit(*statements.splitlines())
    if not statements:
        return f"({expression})"
    name = w.fresh()
    w.emit(f"{name} = {expression}")
    return name


def _construct(template: str) -> Construct:
    return lambda w, value: fill(w, template, value)


def read_constructs(name: str) -> tuple[Construct, ...]:
    """Return a construct for each template of one file."""
    return tuple(_construct(template) for template in read_templates(name))


def send(w: Writer, template: str, url: str) -> None:
    """Emit a template that sends requests."""
    found = _fillings(w, template, url)
    w.emit(*_WORD.sub(lambda match: found[match[0]], template).splitlines())
