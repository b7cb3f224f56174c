"""Texts that the parser must refuse, or survive."""

from __future__ import annotations

import pytest

from migrator.deep import run_deep
from migrator.errors import ParseError
from migrator.program.syntax import NESTING, parse_text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("print 'x'\n", 1, id="python 2"),
        pytest.param("x = 1\ny = (\n", 2, id="open bracket"),
        pytest.param("x = " + "(" * (NESTING + 1) + ")" * (NESTING + 1) + "\n", 1, id="nested"),
    ],
)
def test_text_that_cannot_be_parsed_is_refused(text: str, line: int) -> None:
    with pytest.raises(ParseError) as caught:
        run_deep(lambda: parse_text(text))

    assert caught.value.line >= line


def test_many_brackets_that_are_not_nested_are_parsed() -> None:
    text = "f(1)\n" * (NESTING + 1)

    assert parse_text(text).code == text


@pytest.mark.parametrize("text", ["x = 1\n\f\ny = 2\n", "x = 1\ry = 2\r"], ids=["form feed", "CR"])
def test_odd_white_space_is_parsed(text: str) -> None:
    assert len(parse_text(text).code) == len(text)
