"""Where nodes stand: found statement by statement, and the same as in the whole tree."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import libcst as cst
import pytest

from migrator.program.bodies import Piece
from migrator.program.index import index_module
from migrator.program.module import Module
from migrator.program.places import ElsewhereError, find_by_statement, find_in_tree, find_places
from migrator.program.plain import plain_text
from migrator.program.syntax import parse_text
from migrator.program.units import read_outline
from migrator.source import decode_source
from migrator.values import SourceFile

ODD = '''#!/usr/bin/env python
"""Docstring with "quotes"."""
import a; b = f("x"); c = g(h("y"))
@route("/one")
@other.route("/two", name="ü")
async def view(x=f("default"), *, y: "T" = None):
    "doc"
    if f("1"): return f("2")
    elif g("ä", f("3")):
        pass
    elif h("4"):
        async with f("5") as q, g("6"):
            await f("7")
    else:
        for i in f("8"): g("9"); h("10")
        else:
            f("11")
    try:
        f("12")
    except g("13"):
        f("14")
    finally:
        f("15")

@decorator("in class")
class C(Base("b"), metaclass=f("m")):
\tattribute = f(
\t\t"16"
\t  "17"   # comment
\t)
\tdef method(self): return [f(x) for x in g("18") if x != "19"]

    # a comment that is less indented
\tdef other(self):

\t\treturn lambda v="20": f(v, "21") or (w := f("22")) and g(w, f"{w!r:>{f('23')}} and {x}")
match f("24"):
    case "25" if g("26"):
        f("27")
    case [C(x="28"), *_]:
        x = not f("29") \\
            or g("30")
while f("31"): \\
  g("32")
(((f)("33")))
x = ("é" "ß", f("34"))
del f("35").x; assert f("36"), g("37")
raise f("38") from g("39")
'''


def index(data: bytes, path: str = "odd.py") -> Module:
    source = decode_source(path, data)
    assert isinstance(source, SourceFile)
    text = plain_text(source.text)
    return index_module(source, Piece(parse_text(source.text), text), read_outline(text))


def orders(module: Module) -> dict[cst.CSTNode, int]:
    found: dict[cst.CSTNode, int] = {}
    found.update(module.literals.items())
    for scope in module.scopes:
        found.update((site.node, site.point.order) for site in scope.sites)
    found.update((each.node, each.point.order) for each in module.comparisons)
    return found


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(ODD.encode(), id="LF"),
        pytest.param(ODD.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(b"\xef\xbb\xbf" + ODD.encode(), id="BOM"),
        pytest.param(b"# coding: latin-1\nx = f('\xe9', '\xe9'), g('y')\n", id="latin-1"),
        pytest.param(b"x = f('1')\n\x0c\ny = f('2')\n", id="form feed"),
        pytest.param(b"x = f('1')\ry = f('2')\r", id="CR"),
        pytest.param(b"", id="empty"),
    ],
)
def test_places_of_odd_code_are_those_of_its_text(data: bytes) -> None:
    module = index(data)
    nodes = orders(module)
    text = plain_text(module.source.text)

    found = find_places(module, nodes)

    assert found == find_in_tree(module.tree, module.source.text, nodes)
    for node, (start, end) in found.items():
        if isinstance(node, cst.SimpleString):
            assert text[start:end] == node.value


def test_places_asked_for_one_by_one_are_the_same() -> None:
    module = index(ODD.encode())
    nodes = orders(module)
    expected = find_in_tree(module.tree, module.source.text, nodes)

    for node, order in nodes.items():
        assert find_places(module, {node: order}) == {node: expected[node]}


def test_code_that_python_itself_refuses_is_still_placed() -> None:
    module = index(rb"x = f('\N{no such character}', '1')")
    nodes = orders(module)

    with pytest.raises(ElsewhereError):
        find_by_statement(module, nodes)
    assert len(find_places(module, nodes)) == len(nodes) == 3


@pytest.mark.parametrize(
    "path",
    sorted(Path(sysconfig.get_path("stdlib")).glob("[a-d]*.py"))[::4],
    ids=lambda path: path.name,
)
def test_places_in_real_code_are_those_of_the_whole_tree(path: Path) -> None:
    module = index(path.read_bytes())
    nodes = orders(module)

    assert find_by_statement(module, nodes) == find_in_tree(module.tree, module.source.text, nodes)
