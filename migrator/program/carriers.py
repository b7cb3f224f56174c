"""Which modules the namespace is handed on to by name: more than spell it, fewer than import.

A module of a large program imports many that have one call in them, for something else.
So names are followed first, statement by statement and without telling values apart: it
errs on the side of too many.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from migrator.program.units import Unit, read_units

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from migrator.program.project import Project

_BY_TEXT = (b"*", b"getattr", b"vars(", b"dir(", b"getmembers", b"__dict__")
"""Ways to take a name from a module without spelling it."""

_LINE_END = re.compile(r"\r\n|\r|\n")

Name = tuple[str, str]
"""The path of a module, and a name in it."""


def find_carriers(
    project: Project, spelling: Mapping[str, Sequence[Callable[[bytes], object]]]
) -> list[str]:
    """Return the paths of modules to which others hand on what they spell.

    ``spelling`` are the paths of the modules to start from, each with what tells whether
    the lines of a statement in it can spell it.
    """
    closure = _Closure(project)
    for path, tests in spelling.items():
        closure.begin(path, tests)
    closure.run()
    return sorted(closure.reached.difference(spelling))


class _Closure:
    """The names found by now that may carry the namespace, and those to follow yet."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.reached: set[str] = set()
        self._units: dict[str, list[Unit]] = {}
        self._imports: dict[str, dict[str, tuple[int, str, str | None]]] = {}
        self._binds: dict[str, set[str]] = {}
        self._names: set[Name] = set()
        self._pending: list[Name] = []
        self._done: set[Unit] = set()
        self._called: set[Name] = set()

    def begin(self, path: str, tests: Sequence[Callable[[bytes], object]]) -> None:
        """Start from the units of a module that spell it; from all where none seems to."""
        source = self.project.source(path)
        if source is None:
            return
        units = self._read(path)
        lines = _LINE_END.split(source.text)
        texts = [(unit, _text(lines, unit).encode("utf-8", "replace")) for unit in units]
        chosen = [unit for unit, text in texts if any(test(text) for test in tests)]
        for unit in chosen or units:
            self._reach(path, unit)

    def run(self) -> None:
        """Follow names until there is none left."""
        while self._pending:
            path, name = self._pending.pop()
            for unit in self._read(path):
                if name in unit.names:
                    self._reach(path, unit)
            word = name.encode()
            for importer in self.project.importers(path):
                source = self.project.source(importer)
                if source is not None and any(each in source.data for each in (word, *_BY_TEXT)):
                    self._hand_on(importer, path, name)

    def _hand_on(self, importer: str, path: str, name: str) -> None:
        """Follow a name of a module that ``importer`` imports."""
        imports = self._imported(importer)
        for unit in self._read(importer):
            for local, (_, _, original) in unit.imports.items():
                if original == name and local in unit.binds:
                    self.reached.add(importer)
                    self._add(importer, local)
            if _names(unit, name, imports) or self._searches(importer, unit, path):
                self._reach(importer, unit)
            if unit.stars:
                self.reached.add(importer)
                self._bound(importer).add(name)
                self._add(importer, name)

    def _searches(self, importer: str, unit: Unit, path: str) -> bool:
        """Tell whether a unit looks any name up in a module."""
        return any(
            module == path
            for local in unit.searched
            for module, _ in self._origins(importer, unit, local, "")
        )

    def _reach(self, path: str, unit: Unit) -> None:
        """Note that a unit has to do with the namespace, and with it what it binds and changes."""
        if unit in self._done:
            return
        self._done.add(unit)
        self.reached.add(path)
        for name in unit.binds:
            self._add(path, name)
        self._change(path, unit)
        for local, attribute in unit.calls:
            for origin, name in self._origins(path, unit, local, attribute):
                self._call(origin, name)

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
                if name not in unit.binds:
                    continue
                if name in unit.imports:
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
            source = self.project.source(path) if path in self.project.paths else None
            found = self._units[path] = [] if source is None else read_units(source.text)
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
