"""Tells the Python of a code cell from what IPython takes for itself: magics, shell lines, help.

What is no Python is left out, or stands as ``pass`` or ``None`` in the program, so that the
rest parses. Where IPython would look at a running kernel, the usual names are assumed.
"""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from migrator.notebook.passage import Passage, join_passages, make_up

if TYPE_CHECKING:
    from collections.abc import Iterable

_PYTHON_CELLS = frozenset(
    {"capture", "debug", "ipytest", "memit", "notify", "prun", "pypy", "pypy3", "pyinstrument"}
    | {"px", "python", "python3", "snakeviz", "time", "timeit", "wandb"}
)
"""Cell magics whose body is Python, and of this notebook."""

_PYTHON_LINES = frozenset(
    {"debug", "lprun", "memit", "mprun", "prun", "px", "pyinstrument", "snakeviz", "time", "timeit"}
)
"""Line magics that run the statement behind them."""

_AUTOMATIC = frozenset(
    {"cat", "cd", "conda", "cp", "env", "ll", "ls", "mamba", "man", "mkdir", "mv", "pip", "rm"}
    | {"rmdir", "uv"}
)
"""Line magics that are usual without their sign, where they are all of a cell."""

_CELL_MAGIC = re.compile(r"%%(?P<name>!|[\w.-]+)[ \t]*(?P<rest>[^\r\n]*)(?:\r\n?|\n|$)")
_OTHER_LANGUAGE = re.compile(r"%(?:md\b|md-sandbox\b|(?:sql|scala|r|sh|fs)[ \t]*(?:\r\n?|\n|$))")
_BLANK_LINES = re.compile(r"(?:[ \t]*(?:\r\n?|\n))*")
_CLASSIC_PROMPT = re.compile(r"^(?:>>>|\.\.\.)(?: |$)", re.MULTILINE)
_PROMPT = re.compile(r"^(?:In \[\d+\]: |[ \t]*\.{3,}: ?)", re.MULTILINE)

_TOKEN = re.compile(
    r"(?P<newline>\r\n?|\n)|(?P<comment>\#[^\r\n]*)|(?P<open>[\[({])|(?P<close>[\])}])"
    r"|(?P<continued>\\(?:\r\n?|\n))"
    r'|"""(?:[^\\]|\\.)*?(?:"""|\Z)'
    r"|'''(?:[^\\]|\\.)*?(?:'''|\Z)"
    r'|"(?:[^"\\\r\n]|\\.)*"?'
    r"|'(?:[^'\\\r\n]|\\.)*'?"
    r"|[^\s\"'#\\()\[\]{}]+|\\",
    re.DOTALL,
)
_LINES = re.compile(r"(?:[^\r\n]*\\(?:\r\n?|\n))*[^\r\n]*")
"""A line with those that it is continued on by backslashes."""

_ESCAPED = re.compile(r"[ \t]*(?P<sign>[%!?,;/])")
_TARGET = r"\*?[A-Za-z_][\w.]*(?:\[[^\]\r\n=]*\])*"
_ASSIGNED = re.compile(
    rf"[ \t]*{_TARGET}(?:[ \t]*,[ \t]*{_TARGET})*[ \t]*(?::[^=\r\n]+)?=[ \t]*"
    r"(?P<sign>!|%(?=[A-Za-z_]))"
)
_LINE_MAGIC = re.compile(r"%(?P<name>\w+)[ \t]+(?P<rest>\S)")
_WORD = re.compile(r"(?<=[ \t])[^\s-]\S*")
_RUN = re.compile(
    r"%run[ \t]+(?:-i[ \t]+)?(?:\./)?(?P<path>[A-Za-z_]\w*(?:/[A-Za-z_]\w*)*)\.py[ \t]*"
)
_MOST_OPTIONS = 12
_MOST_MAGICS = 12


@dataclass(frozen=True, slots=True)
class Code:
    """What a code cell holds: what Python runs of it, and what other programs do."""

    program: Passage
    commands: tuple[Passage, ...] = ()


def read_code(cell: Passage) -> Code:
    """Tell the Python of a code cell from the rest, which need not all be right.

    Where it is not, the program does not parse.
    """
    if parses(cell.text):
        return Code(cell)
    if _is_automatic(cell.text):
        return Code(make_up("pass", cell.place(0)), (cell,))
    body = _undo_prompts(_undo_indent(cell))
    before: list[Passage] = []
    for _ in range(_MOST_MAGICS):
        match = _CELL_MAGIC.match(body.text, _skip_blank(body.text))
        if match is None:
            break
        if match["name"] not in _PYTHON_CELLS:
            return Code(join_passages(before), (body.cut(match.start()),))
        if match["name"] == "timeit" and parses(match["rest"]) and match["rest"].strip():
            # What stands on the line of this one is run before the body.
            before.append(_in_line(body.cut(match.start("rest"), match.end("rest"))))
        body = body.cut(match.end())
    if _OTHER_LANGUAGE.match(body.text):
        return Code(Passage(), (body,))
    code = _read_lines(body)
    return Code(join_passages([*before, code.program]), code.commands)


def parses(text: str) -> bool:
    """Tell whether a text is Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _is_automatic(text: str) -> bool:
    words = text.split()
    return bool(words) and words[0] in _AUTOMATIC and "\n" not in text.strip()


def _skip_blank(text: str) -> int:
    match = _BLANK_LINES.match(text)
    return match.end() if match else 0


def _undo_indent(cell: Passage) -> Passage:
    """Take from each line the indentation of the first, as IPython does."""
    start = _skip_blank(cell.text)
    indent = re.match(r"[ \t]*", cell.text[start:])
    if indent is None or not indent[0]:
        return cell
    lines = re.compile(rf"^{indent[0]}", re.MULTILINE)
    return _leave_out(cell, (match.span() for match in lines.finditer(cell.text)))


def _undo_prompts(cell: Passage) -> Passage:
    """Take the prompts from what was copied out of a session."""
    for prompt, first in ((_CLASSIC_PROMPT, ">>>"), (_PROMPT, "In [")):
        if cell.text.startswith(first, _skip_blank(cell.text)):
            return _leave_out(cell, (match.span() for match in prompt.finditer(cell.text)))
    return cell


def _leave_out(cell: Passage, spans: Iterable[tuple[int, int]]) -> Passage:
    parts: list[Passage] = []
    position = 0
    for start, end in spans:
        parts.append(cell.cut(position, start))
        position = end
    return join_passages([*parts, cell.cut(position)])


# Lines


def _read_lines(cell: Passage) -> Code:
    """Replace the statements that are IPython's."""
    parts: list[Passage] = []
    commands: list[Passage] = []
    at = 0
    while at < len(cell.text):
        end = _find_end(_LINES, cell.text, at)
        escaped = _ESCAPED.match(cell.text, at, end) or _ASSIGNED.match(cell.text, at, end)
        if escaped is None:
            end, code_end = _find_statement(cell.text, at)
            is_help = cell.text.endswith("?", at, code_end)
            parts.append(_made_pass(cell, at, end) if is_help else cell.cut(at, end))
        else:
            replaced, ran = _replace(cell, at, end, escaped)
            parts.append(replaced)
            commands.extend(ran)
        at = end
        if escaped is not None and at < len(cell.text):
            width = 2 if cell.text.startswith("\r\n", at) else 1
            parts.append(cell.cut(at, at + width))
            at += width
    return Code(join_passages(parts), tuple(commands))


def _find_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _find_statement(text: str, start: int) -> tuple[int, int]:
    """Return where a statement ends, and where its code does: before a comment."""
    depth, code_end = 0, start
    for match in _TOKEN.finditer(text, start):
        match match.lastgroup:
            case "newline":
                if depth <= 0:
                    return match.end(), code_end
            case "comment" | "continued":
                pass
            case group:
                depth += {"open": 1, "close": -1}.get(group or "", 0)
                code_end = match.end()
    return len(text), code_end


def _replace(
    cell: Passage, start: int, end: int, escaped: re.Match[str]
) -> tuple[Passage, tuple[Passage, ...]]:
    """Return what stands in the program for a line of IPython's, and what it hands on."""
    sign = escaped.start("sign")
    command = cell.cut(sign, end)
    code = _find_code(command) if escaped["sign"] == "%" else None
    assigned = bool(cell.text[start:sign].strip())
    if code is not None:
        return join_passages([cell.cut(start, sign), command.cut(code)]), ()
    if assigned:
        return join_passages([cell.cut(start, sign), make_up("None", cell.place(sign))]), (command,)
    run = _RUN.fullmatch(command.text)
    if run is not None and sign == start:
        module = run["path"].replace("/", ".")
        return make_up(f"from {module} import *", cell.place(sign)), ()
    ran = () if escaped["sign"].startswith("?") else (command,)
    return _made_pass(cell, start, end), ran


def _find_code(command: Passage) -> int | None:
    """Return where the statement starts that a magic runs, None where it runs none."""
    match = _LINE_MAGIC.match(command.text)
    if match is None or match["name"] not in _PYTHON_LINES:
        return None
    words = _WORD.finditer(command.text, match.start("rest"))
    # Options come first, some with a value: what is behind them is the first that parses.
    most = _MOST_OPTIONS if match["rest"] == "-" else 1
    starts = (word.start() for word in islice(words, most))
    return next((start for start in starts if parses(command.text[start:])), None)


def _made_pass(cell: Passage, start: int, end: int) -> Passage:
    """Return a line in which nothing is done, with the indentation and the end of this one."""
    text = cell.text[start:end]
    indent = len(text) - len(text.lstrip(" \t"))
    body = text.rstrip("\r\n")
    return join_passages(
        [
            cell.cut(start, start + indent),
            make_up("pass", cell.place(start + indent)),
            cell.cut(start + len(body), end),
        ]
    )


def _in_line(code: Passage) -> Passage:
    return join_passages([code, make_up("\n", code.place(len(code.text)))])
