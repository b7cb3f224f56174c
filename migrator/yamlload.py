"""Builds plain values from YAML's events: iteratively, with bounds, and without its surprises.

PyYAML's own composers recurse: a text of nested brackets ends the process in one and costs
a merge of merges without end in the other. OpenAPI and settings want no more of YAML than
JSON has, so that is all there is here: no tags, no merge keys, and dates and numbers stay
texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml  # type: ignore[import-untyped]

YAMLError = yaml.YAMLError
_DEPTH = 200
_CONSTANTS: dict[str, bool | None] = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
    "null": None,
    "Null": None,
    "NULL": None,
    "~": None,
    "": None,
}
_NO_KEY = object()


class _Open:
    """A mapping or sequence whose end has not come; ``key`` waits for its value."""

    __slots__ = ("anchor", "key", "value")

    def __init__(self, value: dict[Any, Any] | list[Any], anchor: str | None) -> None:
        self.value = value
        self.anchor = anchor
        self.key: object = _NO_KEY


def _parse(text: str, loader: Any) -> Iterator[yaml.Event]:
    """Yield the events of a text, and say in the same words what is nested too deep.

    PyYAML 6.0.4 has a limit of its own, which it meets before an event comes of it.
    """
    try:
        yield from yaml.parse(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        if "nesting depth" not in str(error) or error.problem_mark is None:
            raise
        line = error.problem_mark.line + 1
        raise ValueError(f"line {line}: is nested too deep") from error


def load_yaml(text: str) -> object:
    """Return what one document holds. Raises ``yaml.YAMLError`` or ``ValueError``."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    stack: list[_Open] = [_Open([], None)]
    anchors: dict[str, object] = {}
    documents = 0
    for event in _parse(text, loader):
        match event:
            case yaml.DocumentStartEvent():
                documents += 1
                if documents > 1:
                    raise ValueError("there is more than one document")
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                if len(stack) > _DEPTH:
                    raise ValueError(f"line {event.start_mark.line + 1}: is nested too deep")
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                stack.append(_Open({} if is_mapping else [], event.anchor))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                done = stack.pop()
                # Not before its end: a value that contains itself is no JSON.
                _keep(anchors, done.anchor, done.value)
                _add(stack[-1], done.value, event)
            case yaml.ScalarEvent():
                plain = event.implicit[0] and not event.style
                scalar = _CONSTANTS.get(event.value, event.value) if plain else event.value
                _keep(anchors, event.anchor, scalar)
                _add(stack[-1], scalar, event)
            case yaml.AliasEvent():
                if event.anchor not in anchors:
                    raise ValueError(f"line {event.start_mark.line + 1}: unknown alias")
                _add(stack[-1], anchors[event.anchor], event)
            case _:
                pass
    return next(iter(stack[0].value), None)


def _keep(anchors: dict[str, object], anchor: str | None, value: object) -> None:
    if anchor is not None:
        anchors[anchor] = value


def _add(parent: _Open, value: object, event: Any) -> None:
    if isinstance(parent.value, list):
        parent.value.append(value)
    elif parent.key is _NO_KEY:
        if isinstance(value, (dict, list)):
            line = event.start_mark.line + 1
            raise ValueError(f"line {line}: a key is no text")  # noqa: TRY004 - as all of these
        parent.key = value
    else:
        parent.value[parent.key] = value
        parent.key = _NO_KEY
