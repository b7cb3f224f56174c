"""Which modules the namespace is handed on to by name: more than spell it, fewer than import.

A module of a large program imports many that have one call in them, for something else.
So names are followed first, statement by statement and without telling values apart: it
errs on the side of too many.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from migrator.program.scopes import ScopeKind
from migrator.program.units import ITSELF, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from migrator.program.module import Module
    from migrator.program.project import Project
    from migrator.program.scopes import Scope

_STAR = re.compile(rb"import\s*\(?\s*\*")
_SEARCHES = (b"getattr(", b"vars(", b"dir(", b"getmembers(")
"""Calls that take a name from a module without spelling it; and so does ``__dict__``."""
_FIRST = re.compile(rb"\s*(\w+)")
_WORD = re.compile(rb"[\w.]+\Z")
_FAR = 100
"""How many bytes before ``__dict__`` the name of a module begins at most."""

_LINE_END = re.compile(r"\r\n|\r|\n")

_OF_VALUES = frozenset({"value", "_value_", "name", "__members__"})
"""What the members of an enumeration have, whose own names are those of its class."""

Name = tuple[str, str]
"""The path of a module, and a name in it."""

Class = tuple[str, tuple[str, ...]]
"""The path of a module, and the names of a class in it and of those around."""


class Carriers:
    """The places of a program to which names hand the namespace on: units of its modules."""

    def __init__(self, units: Mapping[str, Sequence[Unit]], given: Iterable[Class] = ()) -> None:
        self.units = units
        reached = [unit for own in units.values() for unit in own]
        self.stores = sorted({name for unit in reached for name in unit.stores | unit.alters})
        """The attributes that are set, or changed in place, there."""
        self._lines = {path: sorted(unit.lines for unit in own) for path, own in units.items()}
        self._classes = {
            *((path, unit.owner) for path, own in units.items() for unit in own if unit.owner),
            *given,
        }

    @property
    def paths(self) -> list[str]:
        """Return the modules that have any such place."""
        return sorted(self._lines)

    def has_statement(self, module: Module, order: int) -> bool:
        """Tell whether a statement outside of functions, or of a function itself, is one."""
        lines = self._lines.get(module.path)
        if lines is None:
            return False
        line = module.line_of(order)
        if line is None:
            return True
        at = bisect_right(lines, line, key=lambda each: each[0]) - 1
        return at >= 0 and line <= lines[at][1]

    def has_scope(self, scope: Scope) -> bool:
        """Tell whether a scope is within a function that is one, or is a class with one in it."""
        outermost: Scope | None = None
        current: Scope | None = scope
        while current is not None:
            if current.kind is ScopeKind.FUNCTION:
                outermost = current
            current = current.parent
        if outermost is not None and outermost.point is not None:
            return self.has_statement(scope.module, outermost.point.order)
        if scope.kind is ScopeKind.CLASS and scope.module.starts is not None:
            return (scope.module.path, tuple(scope.qualified_name.split("."))) in self._classes
        return scope.module.path in self._lines


def find_carriers(
    project: Project,
    spelling: Mapping[str, Sequence[Callable[[bytes], object]]],
    whole: Iterable[str] = (),
) -> Carriers:
    """Return the units of modules that spell the namespace, and those that it is handed to.

    ``spelling`` are the paths of the modules to start from, each with what tells whether
    the lines of a unit in it can spell it. Of modules in ``whole``, all units are returned:
    they may take it from modules that nobody starts from.
    """
    closure = _Closure(project)
    for path, tests in spelling.items():
        closure.begin(path, tests)
    closure.run()
    units = {path: project.outline(path).units for path in whole}
    return Carriers(closure.reached | units, closure.given)


class _Closure:
    """The names found by now that may carry the namespace, and those to follow yet.

    A name is one of a module's own body. What a class has is told apart by the name of the
    member alone: where one carries the namespace, so may what other classes call the same,
    if they are of its kin.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.reached: dict[str, list[Unit]] = {}
        self._units: dict[str, list[Unit]] = {}
        self._imports: dict[str, dict[str, tuple[int, str, str | None]]] = {}
        self._binds: dict[str, set[str]] = {}
        self._dynamic: dict[str, bool] = {}
        self._names: set[Name] = set()
        self._pending: list[Name] = []
        self._done: set[Unit] = set()
        self._called: set[Name] = set()
        self._members: set[str] = {ITSELF}
        self._kin: dict[Class, list[Unit]] = {}
        """The units of classes that have to do with it, or that one of those inherits from."""
        self.given: set[Class] = set()
        """The classes of which an object may be given an attribute that carries it."""
        self._changed = False

    def begin(self, path: str, tests: Sequence[Callable[[bytes], object]]) -> None:
        """Start from the units of a module that spell it; from all where none seems to."""
        source = self.project.source(path)
        if source is None:
            return
        units = self._read(path)
        lines = _LINE_END.split(source.text)
        texts = [(unit, _text(lines, unit).encode("utf-8", "replace")) for unit in units]
        chosen = [unit for unit, text in texts if any(test(text) for test in tests)]
        self.reached.setdefault(path, [])
        for unit in chosen or units:
            self._reach(path, unit)

    def run(self) -> None:
        """Follow names until there is none left."""
        while self._pending or self._changed:
            while self._pending:
                self._follow(*self._pending.pop())
            self._changed = False
            for (path, _), units in list(self._kin.items()):
                for unit in units:
                    if unit not in self._done and self._takes_member(unit):
                        self._reach(path, unit)

    def _follow(self, path: str, name: str) -> None:
        """Reach what names a name of a module, there and in the modules that import it."""
        for unit in self._read(path):
            if name in unit.names:
                self._reach(path, unit)
            elif any(name == base for base, _ in unit.bases):
                self._join(path, unit)
        word = _Word(name)
        importers = self.project.importers(path)
        able = [each for each, taken in importers.items() if taken is None or name in taken]
        naming = [
            each for each in able if word.stands_in(self.project.data(each)) or self._looks_up(each)
        ]
        self.project.prepare(naming, outlines=True)
        for importer in naming:
            self._hand_on(importer, path, name)
        for importer in able:
            if importers[importer] is not None:
                continue
            beyond = self.project.importers(importer)
            naming = [each for each in beyond if word.stands_in(self.project.data(each))]
            if naming and (aliases := self._find_aliases(importer, path)):
                for each in naming:
                    self._hand_on_through(each, aliases, name)

    def _find_aliases(self, importer: str, path: str) -> set[str]:
        """Return what a module calls another that it imports as such, for others to take."""
        return {
            local
            for unit in self._read(importer)
            for local in unit.imports.keys() & unit.binds
            if (path, "") in self._origins(importer, unit, local, "")
        }

    def _hand_on_through(self, path: str, aliases: set[str], name: str) -> None:
        """Follow a name of a module that ``path`` takes from one that only imports it."""
        imports = self._imported(path)
        starred = any(unit.stars for unit in self._read(path))
        for unit in self._read(path):
            roots = {*imports, *unit.imports, *(aliases if starred else ())}
            if any(attribute == name and root in roots for root, attribute in unit.attributes):
                self._reach(path, unit)

    def _looks_up(self, path: str) -> bool:
        """Tell whether a file may take names from a module without spelling them."""
        found = self._dynamic.get(path)
        if found is None:
            data = self.project.data(path)
            searched = set(_list_searched(data))
            found = _STAR.search(data) is not None or not (
                searched.isdisjoint(self.project.imported_words(path) if searched else ())
            )
            self._dynamic[path] = found
        return found

    def _hand_on(self, importer: str, path: str, name: str) -> None:
        """Follow a name of a module that ``importer`` imports."""
        imports = self._imported(importer)
        for unit in self._read(importer):
            for local, (_, _, original) in unit.imports.items():
                if original == name and local in unit.binds:
                    self._take(importer)
                    self._add(importer, local)
            if _names(unit, name, imports) or self._searches(importer, unit, path):
                self._reach(importer, unit)
            elif any(attribute == name and base in imports for base, attribute in unit.bases):
                self._join(importer, unit)
            if unit.stars:
                self._take(importer)
                self._bound(importer).add(name)
                self._add(importer, name)

    def _searches(self, importer: str, unit: Unit, path: str) -> bool:
        """Tell whether a unit looks any name up in a module."""
        return any(
            (module, name) == (path, "")
            for local in unit.searched
            for module, name in self._origins(importer, unit, local, "")
        )

    def _take(self, path: str) -> None:
        self.reached.setdefault(path, [])

    def _reach(self, path: str, unit: Unit) -> None:
        """Note that a unit has to do with the namespace, and with it what it binds and changes."""
        if unit in self._done:
            return
        self._done.add(unit)
        self.reached.setdefault(path, []).append(unit)
        for name in unit.binds:
            self._add(path, name)
        self._change(path, unit)
        if unit.owner:
            self._reach_class(path, unit)
        if unit.stores:
            self._store(path, unit)
        for local, attribute in unit.calls:
            for origin, name in self._origins(path, unit, local, attribute):
                self._call(origin, name)

    # Classes

    def _reach_class(self, path: str, unit: Unit) -> None:
        """Note what a unit does to its class: all is reached where that is made of it."""
        known = len(self._members)
        self._members |= unit.members
        if not unit.is_function:
            self._members |= _OF_VALUES
        self._changed = self._changed or known != len(self._members)
        self._add(path, unit.owner[0])
        self._enter(path, unit.owner)
        if unit.is_header:
            for each in self._kin[path, unit.owner]:
                self._reach(path, each)

    def _join(self, path: str, header: Unit) -> None:
        """Note a class that inherits from one that has to do with the namespace."""
        self._take(path)
        self._enter(path, header.owner)
        self._add(path, header.owner[0])

    def _enter(self, path: str, owner: tuple[str, ...]) -> None:
        """Note a class, and those that it inherits from, as kin."""
        if (path, owner) in self._kin:
            return
        units = self._kin[path, owner] = [u for u in self._read(path) if u.owner == owner]
        self._changed = True
        for header in (unit for unit in units if unit.is_header):
            for base, attribute in header.bases:
                for origin, name in self._origins(path, header, base, attribute):
                    self._enter_named(origin, name)

    def _enter_named(self, path: str, name: str) -> set[Class]:
        """Note a class by its name, wherever it stands from which a module takes that."""
        found: set[Class] = set()
        seen: set[Name] = set()
        pending = [(path, name)]
        while pending:
            current = pending.pop()
            if current in seen:
                continue
            seen.add(current)
            path, name = current
            for unit in self._read(path):
                if unit.owner == (name,) and unit.is_header:
                    self._enter(path, unit.owner)
                    found.add((path, unit.owner))
                elif name in unit.binds and name in unit.imports:
                    pending.extend(self._origins(path, unit, name, None))
        return found

    def _store(self, path: str, unit: Unit) -> None:
        """Note the classes whose objects may be given an attribute: those of what is named."""
        self._members |= unit.stores
        self._changed = True
        named = {(path, *each.owner[:1]) for each in self._read(path) if each.is_header}
        named |= {each for name in unit.names for each in self._origins(path, unit, name, None)}
        made = [
            (each, call)
            for each in self._read(path)
            if not each.binds.isdisjoint(unit.changes)
            for call in each.calls
        ]
        named |= {origin for each, call in made for origin in self._origins(path, each, *call)}
        for origin, name in named:
            self.given |= self._enter_named(origin, name)

    def _takes_member(self, unit: Unit) -> bool:
        """Tell whether a unit of a class names what may carry the namespace there."""
        if not self._members.isdisjoint(unit.own):
            return True
        in_body = not unit.is_function and not unit.is_header
        return in_body and not self._members.isdisjoint(unit.names)

    # Calls and changes

    def _change(self, path: str, unit: Unit) -> None:
        for name in unit.changes:
            if name in self._imported(path) or name in unit.imports:
                for origin in self._origins(path, unit, name, None):
                    self._add(*origin)
            else:
                self._add(path, name)

    def _call(self, path: str, name: str) -> None:
        """Follow what a function of the project, or a class, may keep of its arguments."""
        pending = [(path, name)]
        while pending:
            current = pending.pop()
            if current in self._called:
                continue
            self._called.add(current)
            path, name = current
            for unit in self._read(path):
                if name not in unit.binds and name not in unit.owner[:1]:
                    continue
                if name in unit.imports and name in unit.binds:
                    pending.extend(self._origins(path, unit, name, None))
                else:
                    self._change(path, unit)
                    for called in unit.calls:
                        pending.extend(self._origins(path, unit, *called))

    def _origins(self, path: str, unit: Unit, local: str, attribute: str | None) -> Iterator[Name]:
        """Yield what a name, or an attribute of it, stands for in the project's modules."""
        imported = unit.imports.get(local) or self._imported(path).get(local)
        if imported is None:
            if attribute is None:
                yield path, local
            return
        level, dotted, original = imported
        if original is None:
            module = self.project.resolve(path, level, dotted)
            if module is not None and attribute is not None:
                yield module, attribute
            return
        module = self.project.resolve(path, level, dotted)
        if module is None:
            return
        inner = self.project.submodule(module, original)
        if inner is not None and attribute is not None:
            yield inner, attribute
        if not module.endswith("/"):
            yield module, original

    def _add(self, path: str, name: str) -> None:
        if (path, name) not in self._names and name in self._bound(path):
            self._names.add((path, name))
            self._pending.append((path, name))

    def _read(self, path: str) -> list[Unit]:
        found = self._units.get(path)
        if found is None:
            inside = path in self.project.paths
            found = self._units[path] = self.project.outline(path).units if inside else []
        return found

    def _bound(self, path: str) -> set[str]:
        """Return the names of a module's own body, and those that it takes with a star."""
        found = self._binds.get(path)
        if found is None:
            units = self._read(path)
            found = self._binds[path] = {name for unit in units for name in unit.binds}
        return found

    def _imported(self, path: str) -> dict[str, tuple[int, str, str | None]]:
        """Return the imports in a module's own body."""
        found = self._imports.get(path)
        if found is None:
            found = self._imports[path] = {}
            for unit in self._read(path):
                own = unit.imports.items()
                found.update((name, what) for name, what in own if name in unit.binds)
        return found


def _list_searched(data: bytes) -> Iterator[bytes]:
    """Yield the names that begin what a file looks names up in, by its text alone."""
    for call in _SEARCHES:
        at = data.find(call)
        while at >= 0:
            is_apart = not data[max(at - 1, 0) : at].isalpha()  # no mkdir
            if is_apart and (first := _FIRST.match(data, at + len(call))):
                yield first[1]
            at = data.find(call, at + len(call))
    for found in re.finditer(rb"\.__dict__", data):
        if word := _WORD.search(data, max(0, found.start() - _FAR), found.start()):
            yield word[0].partition(b".")[0]


class _Word:
    """A name to look for in bytes, where it is not a part of a longer one."""

    def __init__(self, name: str) -> None:
        self._plain = name.encode()
        self._apart = re.compile(rb"(?<!\w)" + re.escape(self._plain) + rb"(?!\w)")

    def stands_in(self, data: bytes) -> bool:
        # Most files do not have it at all, and the first search is ten times as quick.
        return self._plain in data and self._apart.search(data) is not None


def _names(unit: Unit, name: str, imports: Container[str]) -> bool:
    """Tell whether a unit may name what an imported module calls ``name``."""
    if unit.unclear:
        return name in unit.names
    if any(
        original == name and local not in unit.binds
        for local, (_, _, original) in unit.imports.items()
    ):
        return True
    return any(
        attribute == name and (root in imports or root in unit.imports)
        for root, attribute in unit.attributes
    )


def _text(lines: list[str], unit: Unit) -> str:
    first, last = unit.lines
    return "\n".join(lines[first - 1 : last])
