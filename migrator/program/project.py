"""The files of a project as modules: loaded when first asked for, found by import path."""

from __future__ import annotations

import contextlib
import re
import sys
from itertools import islice, takewhile
from posixpath import basename, dirname, join, normpath
from typing import TYPE_CHECKING

from migrator.errors import ParseError
from migrator.program.bodies import Piece
from migrator.program.index import index_module
from migrator.program.plain import plain_text
from migrator.program.settings import SettingsFile, Variable, read_settings, variables_in
from migrator.program.sketch import sketch_text
from migrator.program.syntax import parse_text
from migrator.program.workers import Question
from migrator.values import Problem, SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from migrator.program.module import Module
    from migrator.program.scopes import Attribute
    from migrator.program.sketch import Sketch
    from migrator.program.units import Outline
    from migrator.program.workers import Workers

Taken = set[str] | None
"""The names that a file takes from a module; None for all of it, or for some that are not known."""

_FROM = re.compile(rb"[ \t]*from[ \t]+([.\w]+)[ \t]+")
_TAKEN = re.compile(rb"[ \t]*(\([^)]*\)|[^\n]*)")
_MODULES = re.compile(rb"[ \t]+([^\n]+)")
_NAME = re.compile(rb"\w+")


class Project:
    """The modules of a project, by path.

    ``read`` gives the source of a path, or the problem with it; ``settings`` are the paths
    of files that are read by name. Nothing is read before it is asked for; of a module, no
    body of a function, either, unless ``is_whole`` says that all of it is looked at.
    ``folder`` is the absolute path of where paths are relative to, for those that climb out of
    it. ``look`` gives the bytes of a path where that is quicker than to read it, and ``workers``
    read files ahead.
    """

    def __init__(
        self,
        paths: Iterable[str],
        read: Callable[[str], SourceFile | Problem],
        settings: Iterable[str] = (),
        *,
        look: Callable[[str], bytes | None] | None = None,
        is_whole: bool = False,
        workers: Workers | None = None,
        folder: str = "",
    ) -> None:
        self._look = look
        self._workers = workers
        self.is_whole = is_whole
        self.paths = frozenset(paths)
        self._settings_paths = tuple(settings)
        self._settings: tuple[SettingsFile, ...] | None = None
        self._variables: dict[str, list[tuple[SettingsFile, Variable]]] | None = None
        self.folders = frozenset(_folders(self.paths))
        self._above = _names_above(self.folders, folder)
        """The names of the folders around, from the top, that paths climb to by ``..``."""
        self.problems: dict[str, Problem] = {}
        self._read = read
        self._sources: dict[str, SourceFile | None] = {}
        self._data: dict[str, bytes] = {}
        self._modules: dict[str, Module | None] = {}
        self._sketches: dict[str, Sketch] = {}
        self._setting: dict[str, list[Module]] = {}
        self._altering: dict[str, list[Module]] = {}
        self._resolved: dict[tuple[str, int, str], str | None] = {}
        self._tops = (
            {basename(each) for each in self.folders}
            | {basename(each).partition(".")[0] for each in self.paths}
            | {*self._above}
        )
        """The first names of all that an absolute import can lead to."""
        self._importers: dict[str, dict[str, Taken]] | None = None
        self._roots: dict[str, tuple[list[str], list[str]]] = {}

    @property
    def modules(self) -> list[Module]:
        """Return the modules loaded so far, in the order in which they were."""
        return [module for module in self._modules.values() if module is not None]

    def source(self, path: str) -> SourceFile | None:
        """Return the decoded file; None, with a problem noted, where it cannot be read."""
        if path not in self._sources:
            found = self._read(path)
            if isinstance(found, Problem):
                self.problems[path] = found
                self._sources[path] = None
            else:
                self._sources[path] = found
        return self._sources[path]

    def data(self, path: str) -> bytes:
        """Return the bytes of a file, none where it cannot be read: most are never decoded."""
        found = self._data.get(path)
        if found is None:
            if self._look is not None and path not in self._sources:
                found = self._look(path)
            if found is None:
                source = self.source(path)
                found = b"" if source is None else source.data
            self._data[path] = found
        return found

    @property
    def settings(self) -> tuple[SettingsFile, ...]:
        """Return the settings files that can be read as what their names say."""
        if self._settings is None:
            sources = [self._read(path) for path in self._settings_paths]
            found = [read_settings(each) for each in sources if isinstance(each, SourceFile)]
            self._settings = tuple(each for each in found if each is not None)
        return self._settings

    def variables(self, name: str) -> Sequence[tuple[SettingsFile, Variable]]:
        """Return what settings files give a variable of the environment, in the files' order."""
        if self._variables is None:
            self._variables = {}
            for file in self.settings:
                for variable in variables_in(file):
                    self._variables.setdefault(variable.name, []).append((file, variable))
        return self._variables.get(name, ())

    def variable_names(self) -> Collection[str]:
        """Return the names of all variables that settings files give."""
        self.variables("")
        return (self._variables or {}).keys()

    def spelled(self, name: str) -> list[str]:
        """Return a variable's name in each case that settings files give it in."""
        return [each for each in self.variable_names() if each.lower() == name.lower()]

    def prepare(self, paths: Iterable[str], *, outlines: bool = False) -> None:
        """Have modules read ahead, if there are workers: all of them are asked for next.

        Of ``outlines`` alone, no module is parsed.
        """
        if self._workers is None:
            return
        texts: dict[str, str] = {}
        sketched: dict[str, str] = {}
        for path in paths:
            sketch = self._sketches.get(path)
            source = self.source(path) if path not in self._modules else None
            if source is not None and sketch is None:
                texts[path] = source.text
            elif source is not None and sketch is not None and not outlines:
                sketched[path] = source.text if self.is_whole else sketch.text
        tree = Question.TREE if self.is_whole else Question.REST
        asked = (Question.SKETCH,) if outlines else (Question.SKETCH, tree)
        self._workers.hand_over(texts, *asked)
        self._workers.hand_over(sketched, Question.TREE)

    def outline(self, path: str) -> Outline:
        """Return what Python's own parser tells of a file; nothing where it cannot be read."""
        return self._sketch(path).outline

    def _sketch(self, path: str) -> Sketch:
        found = self._sketches.get(path)
        if found is None and self._workers is not None:
            found = self._workers.take_sketch(path)
        if found is None:
            source = self.source(path)
            found = sketch_text("" if source is None else source.text)
        self._sketches[path] = found
        return found

    def module(self, path: str) -> Module | None:
        """Return the indexed module; None, with a problem noted, where it cannot be parsed."""
        if path not in self._modules:
            self._modules[path] = None
            source = self.source(path)
            if source is not None:
                try:
                    self._modules[path] = self._note(self._index(source))
                except ParseError as error:
                    message = f"cannot be parsed: {error.reason}"
                    self.problems[path] = Problem(path, error.line, "VAP900", message)
        return self._modules[path]

    def _note(self, module: Module) -> Module:
        """Note which attributes a module sets, or changes in place."""
        for name in {*module.attributes, *module.storing}:
            self._setting.setdefault(name, []).append(module)
        for name in {*module.mutations, *module.altering}:
            self._altering.setdefault(name, []).append(module)
        return module

    def set_attributes(self, name: str) -> Iterator[Attribute]:
        """Yield where an attribute of a name is set, in the modules loaded so far."""
        for module in list(self._setting.get(name, ())):
            yield from module.set_attributes(name)

    def altered_attributes(self, name: str) -> Iterator[Attribute]:
        """Yield where the list or dict in an attribute of a name is changed in place."""
        for module in list(self._altering.get(name, ())):
            yield from module.altered_attributes(name)

    def _index(self, source: SourceFile) -> Module:
        """Parse a file, without the bodies of functions that its sketch leaves out."""
        sketch = self._sketch(source.path)
        tree = None if self._workers is None else self._workers.take_tree(source.path)
        if sketch.left_out and not self.is_whole:
            with contextlib.suppress(ParseError):
                piece = Piece(tree or parse_text(sketch.text), sketch.text, sketch.shifts)
                module = index_module(source, piece, sketch.outline, sketch.left_out)
                if module.starts is not None:
                    return module
            tree = None
        piece = Piece(tree or parse_text(source.text), plain_text(source.text))
        return index_module(source, piece, sketch.outline)

    def resolve(self, importer: str, level: int, dotted: str) -> str | None:
        """Return the path of the file or folder that an import names, None if not ours.

        An absolute import is looked for beside the importer and then in each folder
        above it, and in ``src/`` of each: no matter where the program is started, one of
        them is on its path. Folders that are packages come last: they are not.
        """
        folder = dirname(importer)
        key = (folder, level, dotted)
        if key not in self._resolved:
            self._resolved[key] = self._resolve(folder, level, dotted)
        return self._resolved[key]

    def _resolve(self, folder: str, level: int, dotted: str) -> str | None:
        if level:
            around = list(islice(self._ascend(folder), level - 1, level))
            return self._locate(around[0], dotted) if around else None
        if dotted.partition(".")[0] not in self._tops:
            return None
        known = self._roots.get(folder)
        if known is None:
            roots = list(self._ascend(folder))
            plain = [root for root in roots if join(root, "__init__.py") not in self.paths]
            known = self._roots[folder] = roots, plain
        roots, plain = known
        for root in plain:
            found = self._locate(root, dotted) or self._locate(join(root, "src"), dotted)
            if found is not None:
                return found
        if dotted.partition(".")[0] in sys.stdlib_module_names:
            return None
        for root in roots:
            found = self._locate(root, dotted)
            if found is not None:
                return found
        return None

    def _locate(self, folder: str, dotted: str) -> str | None:
        path = join(folder, *dotted.split(".")) if dotted else folder
        path = self._shorten(normpath(path)) if path else ""
        for candidate in (join(path, "__init__.py"), f"{path}.py", f"{path}.pyi"):
            if candidate in self.paths:
                return candidate
        return f"{path}/" if dotted and path in self.folders else None

    def _ascend(self, folder: str) -> Iterator[str]:
        """Yield a folder and those around it: "" is where the analysis stands, ".." above."""
        while True:
            yield folder
            if folder and basename(folder) != "..":
                folder = dirname(folder)
            elif folder.count("..") < len(self._above):
                folder = join(folder, "..")
            else:
                return

    def _shorten(self, path: str) -> str:
        """Return a path that climbs no further than it must: as it is listed."""
        if not path.startswith(".."):
            return path
        parts = path.split("/")
        climbs = parts.count("..")
        inner = parts[climbs:]
        names = self._above[len(self._above) - climbs :] if climbs <= len(self._above) else ()
        pairs = zip(names, inner, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        return "/".join([".."] * (climbs - same) + inner[same:])

    def submodule(self, path: str, name: str) -> str | None:
        """Return the path of a module inside a package or folder."""
        if path.endswith("/"):
            return self._locate(path[:-1], name)
        if path.endswith("__init__.py"):
            return self._locate(dirname(path), name)
        return None

    def importers(self, path: str) -> Mapping[str, Taken]:
        """Return the files that import ``path``, by their import lines, without parsing.

        With each comes what it takes from there.
        """
        if self._importers is None:
            self._importers = {}
            for other in sorted(self.paths):
                for imported, taken in self._imported_by(other):
                    known = self._importers.setdefault(imported, {})
                    before = known.get(other, set())
                    known[other] = None if taken is None or before is None else before | taken
        return self._importers.get(path, {})

    def imported_words(self, path: str) -> set[bytes]:
        """Return the words behind ``import`` in a file: what it calls all that it imports."""
        return {
            word for _, taken in _find_imports(self.data(path)) for word in _NAME.findall(taken)
        }

    def _imported_by(self, path: str) -> Iterator[tuple[str, Taken]]:
        """Yield the modules that a file imports; of what it takes, submodules are some."""
        for level, dotted, words, is_whole in _read_imports(self.data(path)):
            module = self.resolve(path, level, dotted)
            if module is not None:
                yield module, None if is_whole else words
            for word in words:
                inner = self._inside(path, level, dotted, module, word)
                if inner is not None:
                    yield inner, None

    def _inside(
        self, path: str, level: int, dotted: str, module: str | None, word: str
    ) -> str | None:
        """Return the submodule that a name taken from a module is, if it is one."""
        if not dotted:
            return self.resolve(path, level, word)
        if module is None:
            return None
        found = self.submodule(module, word)
        # What has the folder's name elsewhere may be the package.
        is_folder = found is None and module.endswith("/")
        return self.resolve(path, level, f"{dotted}.{word}") if is_folder else found


def _folders(paths: Iterable[str]) -> Iterable[str]:
    seen: set[str] = set()
    for path in paths:
        folder = dirname(path)
        while folder and folder not in seen:
            seen.add(folder)
            folder = dirname(folder)
    return seen


def _names_above(folders: Iterable[str], folder: str) -> tuple[str, ...]:
    """Return the names of the folders around ``folder`` that any of ``folders`` climbs out of."""
    height = max((each.split("/").count("..") for each in folders), default=0)
    names = folder.strip("/").split("/")
    return tuple(names[-height:]) if height else ()


def _read_imports(data: bytes) -> Iterator[tuple[int, str, set[str], bool]]:
    """Yield the level and dotted name of each import, as far as a file's lines tell.

    With them come the names that it takes, and whether it may take others or all: a star, or
    what the lines do not tell for certain.
    """
    for source, taken in _find_imports(data):
        if source is None:
            for part in taken.split(b","):
                words = part.split()
                if words:
                    yield 0, words[0].decode("ascii", "replace"), set(), True
        else:
            dotted = source.lstrip(b".")
            names = {name.decode("ascii", "replace") for name in _NAME.findall(taken)}
            is_whole = any(each in taken for each in (b"*", b"\\", b"#"))
            yield len(source) - len(dotted), dotted.decode("ascii", "replace"), names, is_whole


def _find_imports(data: bytes) -> Iterator[tuple[bytes | None, bytes]]:
    """Yield what stands behind ``from`` and behind ``import``, for each line with an import."""
    end = 0
    # Looked for as a word: a pattern that begins with a line takes twice as long.
    while (at := data.find(b"import", end)) >= 0:
        end = at + len(b"import")
        before = data[data.rfind(b"\n", 0, at) + 1 : at]
        if not before.strip(b" \t"):
            if modules := _MODULES.match(data, end):
                yield None, modules[1]
        elif (source := _FROM.fullmatch(before)) and (taken := _TAKEN.match(data, end)):
            yield source[1], taken[1]
