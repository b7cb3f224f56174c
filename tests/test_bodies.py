"""Bodies of functions that are left out of a tree until something asks for what is in them."""

from __future__ import annotations

import sysconfig
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from migrator.program.module import Module
from migrator.program.places import find_in_tree, find_places
from migrator.program.plain import plain_text
from migrator.program.project import Project
from migrator.source import decode_source
from migrator.values import SourceFile

if TYPE_CHECKING:
    import libcst as cst

    from migrator.program.scopes import Scope

CLIENT = '''"""A client."""
import requests


@decorated("one")
class Client:
    base = "https://api.procore.com"

    def __init__(self, session, *, pages=[]):
        # Kept for later.
        self.session = session
        self.pages = pages

    def add(self, page):
        if (n := len(self.pages)) > 3:
            return n
        self.pages.append(page)
        return [each for each in self.pages if each != "x"]

    async def wait(self):
        async for each in self.pages:
            await each.wait("ü")

    def short(self): return self.session


def fill():
    global DONE
    DONE = "yes"


def remember(item):
    KNOWN.append(item)
    return item


def local():
    known = []
    known.append("é")
    return known


def made():
    class Inner:
        base = "x"
    return Inner


DONE, KNOWN = "no", []
'''


def load(data: bytes, *, is_whole: bool = False) -> Module:
    source = decode_source("client.py", data)
    assert isinstance(source, SourceFile)
    module = Project({"client.py"}, lambda _path: source, is_whole=is_whole).module("client.py")
    assert module is not None
    return module


def left_out(module: Module) -> list[str]:
    return [scope.qualified_name for scope in module.left_out if scope.later is not None]


def read_all(module: Module) -> None:
    for scope in list(module.left_out):
        assert scope.sites is not None


def describe(module: Module) -> list[object]:
    """Return what an index says, without its nodes."""
    code = module.tree.code_for_node

    def show(scope: Scope) -> object:
        names = {
            name: [(each.kind, each.path, each.value and code(each.value)) for each in bindings]
            for name, bindings in scope.bindings.items()
        }
        calls = [code(site.node) for site in scope.sites]
        results = [code(node) for node, _ in scope.results]
        return scope.qualified_name, scope.kind, names, sorted(scope.shared), calls, results

    return sorted(map(show, module.scopes), key=repr)


def orders(module: Module) -> dict[cst.CSTNode, int]:
    found: dict[cst.CSTNode, int] = dict(module.literals.items())
    found.update((site.node, site.point.order) for site in module.sites())
    return found


def test_bodies_that_say_nothing_to_other_code_are_left_out() -> None:
    assert left_out(load(CLIENT.encode())) == [
        "Client.__init__",
        "Client.add",
        "Client.wait",
        "local",
    ]


@pytest.mark.parametrize("name", ["fill", "remember", "made", "Client.short"])
def test_body_that_says_something_to_other_code_is_read_at_once(name: str) -> None:
    assert name not in left_out(load(CLIENT.encode()))


@pytest.mark.parametrize(
    "word", ['"https://api.procore.com/vapid/me"', '"va" "pid/me"', '"/rest/v1.0"', '"oauth/token"']
)
def test_body_that_may_spell_a_route_is_read_at_once(word: str) -> None:
    text = f"def url():\n    route = {word}\n    return route\n"

    assert left_out(load(text.encode())) == []


def test_body_is_read_when_something_in_it_is_asked_for() -> None:
    module = load(CLIENT.encode())
    add = next(scope for scope in module.scopes if scope.qualified_name == "Client.add")

    assert list(add.bindings) == ["self", "page", "n"]
    assert left_out(module) == ["Client.__init__", "Client.wait", "local"]


def test_body_is_read_when_an_attribute_that_it_sets_is_asked_for() -> None:
    module = load(CLIENT.encode())

    assert [each.binding.point.scope.name for each in module.set_attributes("session")] == [
        "__init__"
    ]
    assert "Client.__init__" not in left_out(module)


def test_body_is_read_when_an_attribute_that_it_changes_in_place_is_asked_for() -> None:
    module = load(CLIENT.encode())

    assert [each.binding.point.scope.name for each in module.altered_attributes("pages")] == ["add"]
    assert left_out(module) == ["Client.__init__", "Client.wait", "local"]


def test_body_is_read_when_a_method_that_it_calls_is_asked_for() -> None:
    module = load(CLIENT.encode())

    assert len(module.calls_of("wait")) == 1
    assert "Client.wait" not in left_out(module)


def test_index_is_the_same_once_all_has_been_read() -> None:
    module = load(CLIENT.encode())
    read_all(module)

    assert describe(module) == describe(load(CLIENT.encode(), is_whole=True))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_places_are_those_in_the_whole_text(end: str) -> None:
    text = CLIENT.replace("\n", end)
    module = load(text.encode())
    read_all(module)
    nodes = orders(module)
    found = find_places(module, nodes)

    assert len(found) == len(nodes) == 15
    for node, (start, stop) in found.items():
        assert text[start:stop] == module.tree.code_for_node(node)


def test_places_are_found_by_printing_where_the_parsers_disagree() -> None:
    module = load(CLIENT.encode())
    read_all(module)
    nodes = orders(module)
    expected = find_places(module, nodes)
    module.starts = None

    assert find_places(module, nodes) == expected


@pytest.mark.parametrize("text", [f'{CLIENT}X = "\f"\n', f'{CLIENT}X = """\r"""\n'])
def test_text_that_the_parsers_read_as_other_lines_is_read_whole(text: str) -> None:
    assert left_out(load(text.encode())) == []


def test_text_that_python_itself_cannot_read_is_read_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_text: str) -> None:
        raise SyntaxError

    monkeypatch.setattr("migrator.program.units.ast.parse", refuse)

    assert left_out(load(CLIENT.encode())) == []


@pytest.mark.sampled
@pytest.mark.parametrize(
    "path", sorted(Path(sysconfig.get_path("stdlib")).glob("[d-g]*.py"))[:12], ids=lambda p: p.name
)
def test_real_code_read_later_is_what_it_would_have_been(path: Path) -> None:
    data = path.read_bytes()
    module = load(data)
    read_all(module)
    whole = load(data, is_whole=True)

    assert describe(module) == describe(whole)
    expected = find_in_tree(whole.tree, plain_text(whole.source.text), orders(whole))
    assert sorted(find_places(module, orders(module)).values()) == sorted(expected.values())


def test_source_is_not_changed_by_what_is_left_out() -> None:
    module = load(CLIENT.encode())

    assert module.source == replace(module.source, text=CLIENT)
