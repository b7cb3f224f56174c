"""Which variables of the environment give the fields of pydantic's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate import attributes, classes, settings
from migrator.evaluate.domain import ClassValue, External, Instance, Made, Map, known_text, union

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migrator.evaluate.domain import Value, Values
    from migrator.evaluate.evaluator import Evaluator

_ALIASES = ("validation_alias", "alias", "env")
_CHOICES = "pydantic.AliasChoices"


def given_field(ev: Evaluator, value: Instance, name: str) -> Values | None:
    """Return what the environment gives a field of pydantic's settings, in any case."""
    if not _are_settings(ev, value):
        return None
    names = [*_aliases(ev, value, name)] or [f"{_option(ev, value, 'env_prefix')}{name}"]
    groups = [found for each in names if (found := settings.variable_in_any_case(ev, each))]
    return union(groups) if groups else None


def fill_nested(ev: Evaluator, value: Instance, name: str, held: Values) -> Values:
    """Return what a field of settings holds, with what the environment gives its own fields.

    That is done by names with a delimiter in them: ``API__ROOT`` gives ``api.root``.
    """
    if not any(isinstance(each, Instance) for each in held) or not _are_settings(ev, value):
        return held
    delimiter = _option(ev, value, "env_nested_delimiter")
    if not delimiter:
        return held
    start = f"{_option(ev, value, 'env_prefix')}{name}{delimiter}".lower()
    return tuple(_filled(ev, each, start) if isinstance(each, Instance) else each for each in held)


def _filled(ev: Evaluator, value: Instance, start: str) -> Instance:
    """Return an instance with more given to it; what it had stays possible."""
    arguments = dict(value.arguments or ())
    for key in settings.variables_from(ev, start):
        found = settings.variable_in_any_case(ev, f"{start}{key}")
        at = value.scope.point
        if found is None or at is None:
            continue
        arguments[key] = union([found, attributes.instance_attribute(ev, value, key, at)])
    return Instance(value.scope, tuple(arguments.items()))


def _are_settings(ev: Evaluator, value: Instance) -> bool:
    return any(
        isinstance(each, External) and each.dotted.endswith(".BaseSettings")
        for each in classes.lineage(ev, value.scope)
    )


def _option(ev: Evaluator, value: Instance, name: str) -> str:
    """Return what the settings' class says of how its variables are called."""
    for option in _options(ev, value, name):
        text = known_text(option)
        if text is not None:
            return text
    return ""


def _options(ev: Evaluator, value: Instance, name: str) -> Iterator[Value]:
    for scope in classes.lineage(ev, value.scope):
        if isinstance(scope, External) or scope.point is None:
            continue
        if "model_config" in scope.bindings:
            for config in attributes.attribute(ev, ClassValue(scope), "model_config", scope.point):
                match config:
                    case Made(_, arguments):
                        yield from arguments.keyword(name) or ()
                    case Map(items):
                        yield from (
                            each
                            for key, values in items
                            if known_text(key) == name
                            for each in values
                        )
        if "Config" in scope.bindings:
            for inner in attributes.attribute(ev, ClassValue(scope), "Config", scope.point):
                if isinstance(inner, ClassValue) and name in inner.scope.bindings:
                    yield from attributes.attribute(ev, inner, name, scope.point)


def _aliases(ev: Evaluator, value: Instance, name: str) -> Iterator[str]:
    """Yield the names of variables that a field is declared with."""
    for scope in classes.lineage(ev, value.scope):
        for binding in () if isinstance(scope, External) else scope.bindings.get(name, ()):
            if not isinstance(binding.value, cst.Call):
                continue
            frame = ev.open_frame(binding.point.scope)
            for argument in binding.value.args:
                if argument.keyword is not None and argument.keyword.value in _ALIASES:
                    for given in ev.evaluate(argument.value, binding.point, frame):
                        yield from _spelled(given)


def _spelled(value: Value) -> Iterator[str]:
    if isinstance(value, Made) and value.dotted == _CHOICES:
        for each in (each for values in value.arguments.positional for each in values):
            yield from _spelled(each)
    elif text := known_text(value):
        yield text
