"""Functions, classes and modules around code that is itself made of constructs."""

from __future__ import annotations

from laws.writer import Construct, Writer


def in_function(w: Writer, value: str) -> str:
    name = w.fresh("f")
    with w.indented(f"def {name}():"):
        w.emit(f"return {w.expression(value)}")
    return f"{name}()"


def in_method(w: Writer, value: str) -> str:
    name = w.fresh("C")
    with w.indented(f"class {name}:"), w.indented("def get(self, tail=''):"):
        w.emit(f"return {w.expression(value)} + tail")
    return f"{name}().get()"


def set_globally(w: Writer, value: str) -> str:
    if w.depth:
        return w.expression(value)
    name, function = w.fresh("g"), w.fresh("f")
    w.emit(f"{name} = ''")
    with w.indented(f"def {function}():"):
        w.emit(f"global {name}")
        w.emit(f"{name} = {w.expression(value)}")
    w.emit(f"{function}()")
    return name


def with_part_from_outside(w: Writer, value: str) -> str:
    left, right = w.halves(value)
    outside, name = w.name(left), w.fresh("f")
    with w.indented(f"def {name}(tail):"):
        inner = w.name(left)
        w.emit(f"return {inner} + tail if {inner} == {outside} else {inner} + tail")
    return f"{name}({w.expression(right)})"


def in_package(w: Writer, value: str) -> str:
    """Hand a value on through a package's __init__."""
    folder, inner = w.fresh("pkg"), w.fresh("part")
    with w.elsewhere(f"{folder}/{inner}.py"):
        name = w.name(value)
    with w.elsewhere(f"{folder}/__init__.py"):
        statement = w.choose(
            [
                f"from .{inner} import {name}",
                f"from . import {inner}; {name} = {inner}.{name}",
                f"from {folder}.{inner} import {name}",
                f"from .{inner} import *",
            ]
        )
        w.emit(*statement.split("; "))
    way, found = w.choose(
        [
            (f"from {folder} import {name}", name),
            (f"import {folder}", f"{folder}.{name}"),
            (f"from {folder}.{inner} import {name}", name),
            (f"import {folder}.{inner}", f"{folder}.{inner}.{name}"),
            (f"from {folder} import {inner}", f"{inner}.{name}"),
        ]
    )
    w.emit(way)
    return found


def in_nested_package(w: Writer, value: str) -> str:
    folder = w.fresh("pkg")
    left, right = w.halves(value)
    with w.elsewhere(f"{folder}/base.py"):
        one = w.name(left)
    with w.elsewhere(f"{folder}/sub/deep.py"):
        w.emit(f"from ..base import {one}")
        name = w.fresh()
        w.emit(f"{name} = {one} + {w.expression(right)}")
    for path in (f"{folder}/__init__.py", f"{folder}/sub/__init__.py"):
        with w.elsewhere(path):
            w.emit("")
    w.emit(f"from {folder}.sub import deep as {folder}deep")
    return f"{folder}deep.{name}"


def in_module(w: Writer, value: str) -> str:
    module, alias = w.fresh("mod"), w.fresh("q")
    with w.elsewhere(f"{module}.py"):
        name = w.name(value)
    statement, found = w.choose(
        [
            (f"from {module} import {name}", name),
            (f"from {module} import {name} as {alias}", alias),
            (f"import {module}", f"{module}.{name}"),
            (f"import {module} as {alias}", f"{alias}.{name}"),
            (f"{name} = {w.decoy(value)}; from {module} import {name}", name),
        ]
    )
    w.emit(*statement.split("; "))
    return found


def starred(w: Writer, value: str) -> str:
    """Bring a name in by a star, with or without ``__all__``."""
    if w.depth:
        return in_module(w, value)
    module = w.fresh("mod")
    with w.elsewhere(f"{module}.py"):
        name = w.name(value)
        if w.choose([False, True]):
            w.emit(f"__all__ = ['{name}']")
    w.emit(f"from {module} import *")
    return name


def hidden_from_the_star(w: Writer, value: str) -> str:
    """Bind a name that a star import brings in before, or does not bring in after."""
    if w.depth:
        return in_module(w, value)
    module, name = w.fresh("mod"), w.fresh()
    hidden = w.choose([False, True])
    with w.elsewhere(f"{module}.py"):
        w.emit(f"{name} = {w.decoy(value)}", *["__all__ = []"] * hidden)
    found = w.expression(value)
    lines = [f"from {module} import *", f"{name} = {found}"]
    w.emit(*(reversed(lines) if hidden else lines))
    return name


def circular(w: Writer, value: str) -> str:
    one, other, name = w.fresh("mod"), w.fresh("mod"), w.fresh()
    left, right = w.halves(value)
    with w.elsewhere(f"{one}.py"):
        w.emit(f"base = {w.expression(left)}", f"import {other}")
    with w.elsewhere(f"{other}.py"):
        w.emit(f"import {one}", f"{name} = {one}.base + {w.expression(right)}")
    w.emit(f"import {one}, {other}")
    return f"{other}.{name}"


def function_of_module(w: Writer, value: str) -> str:
    module, name = w.fresh("mod"), w.fresh("f")
    left, right = w.halves(value)
    with w.elsewhere(f"{module}.py"):
        base = w.name(left)
        w.emit(f"def {name}(tail):", f"    return {base} + tail")
    w.emit(f"from {module} import {name}")
    return f"{name}({w.expression(right)})"


def imported_in_function(w: Writer, value: str) -> str:
    module, function = w.fresh("mod"), w.fresh("f")
    with w.elsewhere(f"{module}.py"):
        name = w.name(value)
    w.emit(f"def {function}():", f"    from {module} import {name}", f"    return {name}")
    return f"{function}()"


SCOPES: tuple[Construct, ...] = (
    in_function,
    in_method,
    set_globally,
    with_part_from_outside,
    in_module,
    in_package,
    in_nested_package,
    starred,
    hidden_from_the_star,
    circular,
    function_of_module,
    imported_in_function,
)


def starred_over_own(w: Writer, value: str) -> str:
    """Bring in by a star what the module has bound itself."""
    if w.depth:
        return in_module(w, value)
    module, name = w.fresh("mod"), w.fresh()
    w.emit(f"{name} = {w.decoy(value)}")
    with w.elsewhere(f"{module}.py"):
        w.emit(f"{name} = {w.expression(value)}")
    w.emit(f"from {module} import *")
    return name


def set_from_outside(w: Writer, value: str) -> str:
    module = w.fresh("mod")
    with w.elsewhere(f"{module}.py"):
        w.emit(f"base = {w.decoy(value)}")
    w.emit(f"import {module}", f"{module}.base = {w.expression(value)}")
    return f"{module}.base"


UNFOLLOWED_SCOPES: tuple[Construct, ...] = (starred_over_own, set_from_outside)
