"""Says in plain words why a file cannot be parsed, and what to do about it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migrator.values import Problem

UNPARSED = "VAP900"

_OLD = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"(?:^|[:;])\s*print\b\s*(?:>>|[^\s(=.,:;\[\])])", "a print statement"),
        (r"(?:^|[:;])\s*exec\s+[^\s(=.,]", "an exec statement"),
        (r"^\s*except\b.+,\s*\w+\s*:", "except X, e"),
        (r"(?:^|[:;])\s*raise\s+[\w.]+\s*,", "raise X, message"),
        (r"`[^`]+`", "backticks"),
        (r"<>", "the operator <>"),
        (r"\b(?:0[0-7]+|\d+)[lL]\b|\b0[0-7]+\b", "an old number"),
        (r"\bur['\"]", "a ur string"),
        (r"^\s*def\s+\w+\s*\(.*\(", "a tuple as a parameter"),
    )
)
_CONFLICT = re.compile(r"<{7} |={7}$|>{7} ")
_TOKENS = re.compile(r"expected (?:one of |[A-Z]+$)")


def explain_problem(problem: Problem, text: str) -> Problem:
    """Return the problem in words that fit on a line; ``text`` is the file that it is in.

    The parser's own reason may list every token that could have stood there instead.
    """
    prefix, _, reason = problem.message.partition(": ")
    if problem.code != UNPARSED or prefix != "cannot be parsed":
        return problem
    return replace(problem, message=f"{prefix}: {_explain(reason, text, problem.line)}")


def _explain(reason: str, text: str, number: int) -> str:
    lines = re.split(r"\r\n?|\n", text)
    line = lines[number - 1] if number <= len(lines) else ""
    if _CONFLICT.match(line):
        return "a merge conflict is left in it: resolve it"
    for pattern, name in _OLD:
        if pattern.search(line):
            return f"looks like Python 2 ({name}): convert it to Python 3, or change it by hand"
    if not _TOKENS.match(reason):
        return f"{reason}: correct it"
    if not "".join(lines[number - 1 :]).strip():
        return "it ends too early: correct it"
    if reason == "expected INDENT":
        return "an indented block is missing here: correct it"
    return "what stands here is not Python 3: correct it"
