"""How it is said that a file cannot be parsed."""

from __future__ import annotations

import pytest

from migrator.errors import ParseError
from migrator.explain import explain_problem
from migrator.program.syntax import parse_text
from migrator.values import Problem

OLD = "looks like Python 2 ({}): convert it to Python 3, or change it by hand"


def explain(text: str) -> Problem:
    with pytest.raises(ParseError) as caught:
        parse_text(text)
    message = f"cannot be parsed: {caught.value.reason}"
    return explain_problem(Problem("a.py", caught.value.line, "VAP900", message), text)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('print "x"\n', 1, OLD.format("a print statement")),
        ('x = 1\r\nif x: print "a" % x, y\r\n', 2, OLD.format("a print statement")),
        ("print >>f, x if 1 else `x`\n", 1, OLD.format("a print statement")),
        ("x = 1\nexec 'y' in z\n", 2, OLD.format("an exec statement")),
        ("try:\n  pass\nexcept A, e: print e\n", 3, OLD.format("a print statement")),
        ("try:\n  pass\nexcept (A, B), e: x <> y\n", 3, OLD.format("except X, e")),
        ("raise A, 'b'\n", 1, OLD.format("raise X, message")),
        ("x = `y`\n", 1, OLD.format("backticks")),
        ("if a <> b: pass\n", 1, OLD.format("the operator <>")),
        ("x = 0777\n", 1, OLD.format("an old number")),
        ("x = 10L\n", 1, OLD.format("an old number")),
        ("x = ur'a'\n", 1, OLD.format("a ur string")),
        ("def f(a, (b, c)): pass\n", 1, OLD.format("a tuple as a parameter")),
        ("<<<<<<< HEAD\nx = 1\n", 1, "a merge conflict is left in it: resolve it"),
        ("x = (\n", 2, "it ends too early: correct it"),
        ("a = 1 +\n\n", 3, "it ends too early: correct it"),
        ("if x:\npass\n", 2, "an indented block is missing here: correct it"),
        ("f(a=1, 2)\n", 1, "what stands here is not Python 3: correct it"),
        ("{{ x }}\nclass {{ a }}: pass\n", 2, "what stands here is not Python 3: correct it"),
        ("x = 'abc\n", 1, "unterminated string literal: correct it"),
        ("x = $y\n", 1, "'$' is not a valid character in this position: correct it"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_reason_is_short_and_says_what_to_do(text: str, line: int, reason: str) -> None:
    problem = explain(text)

    assert problem == Problem("a.py", line, "VAP900", f"cannot be parsed: {reason}")


@pytest.mark.parametrize(
    "problem",
    [
        Problem("a.py", 1, "VAP900", "cannot be edited: expected one of a, b"),
        Problem("a.py", 1, "VAP901", "cannot be parsed: expected one of a, b"),
    ],
    ids=["not-edited", "not-decoded"],
)
def test_other_problem_stays_as_it_is(problem: Problem) -> None:
    assert explain_problem(problem, "print 'x'\n") is problem
