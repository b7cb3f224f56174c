r"""Renders changes as unified diffs: one to apply, one to look at.

The two differ on purpose. ``render_diff`` is a patch: bytes that ``git apply`` and a pipe
must get exactly, so nothing in it is masked or spelled out; but its context stops before lines
with a secret, and ``count_exposed`` tells what could not be kept out. ``list_hunks`` and
``render_color_diff`` are for eyes (a terminal, a report): secrets are masked and hidden
characters spelled out, and such a diff need not apply.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from migrator.render.align import align_lines
from migrator.render.clean import inert, mask_secrets, visible
from migrator.render.context import Opcode, keep_secrets_out
from migrator.render.excerpt import shorten
from migrator.values import Changed, Outcome

_CONTEXT = 3
_NO_NEWLINE = "\\ No newline at end of file"
_LONG = 1_000
_LONGEST = 100_000
"""Characters of a line that are searched for secrets before a patch shows it."""
_LARGE = 5_000
"""Lines of a file whose alignment need not be the least."""
_LONGEST_KEY = 200
"""In lines."""

_ESCAPES = {0x07: "a", 0x08: "b", 0x09: "t", 0x0A: "n", 0x0B: "v", 0x0C: "f", 0x0D: "r"}
_ESCAPES |= {0x22: '"', 0x5C: "\\"}


class Kind(StrEnum):
    """What a line of a diff says."""

    HUNK = "hunk"
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    NOTE = "note"
    """The remark that there is no newline at the end of the file."""


SIGNS = {Kind.HUNK: "", Kind.SAME: " ", Kind.REMOVED: "-", Kind.ADDED: "+", Kind.NOTE: ""}

_COLORS = {Kind.HUNK: "36", Kind.SAME: "", Kind.REMOVED: "31", Kind.ADDED: "32", Kind.NOTE: "2"}


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a diff without its sign; numbers where the line stands in that version."""

    kind: Kind
    text: str
    old: int | None = None
    new: int | None = None


def render_diff(outcomes: Iterable[Outcome]) -> bytes:
    r"""Return one patch of all changed files that ``git apply`` and ``patch -p1`` accept.

    It is bytes because each file keeps its own encoding and line ends in it: write it as
    bytes. Lines end at ``\n`` alone, as git sees them.
    """
    return b"".join(_patch(outcome) for outcome in outcomes if isinstance(outcome, Changed))


def count_exposed(outcomes: Iterable[Outcome]) -> int:
    """Return how many lines of the patch have a secret in them."""
    return sum(_count_exposed(each) for each in outcomes if isinstance(each, Changed))


def _count_exposed(changed: Changed) -> int:
    before, after = _split_bytes(changed)
    lines = list(_diff(before, after, shy=True))
    old = _find_secret(before, [line.old for line in lines if line.old is not None])
    new = _find_secret(after, [line.new for line in lines if line.new is not None])
    return sum(line.old in old or (line.old is None and line.new in new) for line in lines)


def render_color_diff(outcomes: Iterable[Outcome]) -> bytes:
    """Return the same changes as UTF-8 for a person at a terminal that knows colours."""
    lines: list[str] = []
    for outcome in outcomes:
        if isinstance(outcome, Changed):
            path = inert(visible(outcome.before.path))
            lines += (_paint(f"{side}/{path}", "1") for side in ("--- a", "+++ b"))
            lines += (
                _paint(inert(f"{SIGNS[line.kind]}{line.text}"), _COLORS[line.kind])
                for line in list_hunks(outcome)
            )
    return "".join(f"{line}\n" for line in lines).encode()


def list_hunks(changed: Changed) -> tuple[DiffLine, ...]:
    r"""Return the lines of a file's diff, harmless to print, for eyes and not to apply.

    The carriage return of a ``\r\n`` does not show; a very long line is cut.
    """
    before, after = _split(changed.before.text), _split(changed.text)
    lines = list(_diff(before, after))
    old = _mask(before, [line.old for line in lines if line.old is not None])
    new = _mask(after, [line.new for line in lines if line.new is not None])
    return tuple(
        replace(line, text=shorten(visible(_text(line, old, new).removesuffix("\r")), _LONG))
        for line in lines
    )


def _text(line: DiffLine, old: Mapping[int, str], new: Mapping[int, str]) -> str:
    if line.old is not None:
        return old[line.old]
    return line.text if line.new is None else new[line.new]


def _mask(lines: list[str], numbers: list[int], width: int = 2 * _LONG) -> dict[int, str]:
    """Return the lines of some numbers without secrets, each as far as it is shown.

    To look at the whole of a notebook with its images would take longer than all else.
    """
    found: dict[int, str] = {}
    for number in numbers:
        if number in found:
            continue
        # What is shown may be in the middle of a key.
        low, high = max(0, number - _LONGEST_KEY), number + _LONGEST_KEY
        text = "\n".join(line.removesuffix("\n")[:width] for line in lines[low:high])
        for shown, line in enumerate(mask_secrets(text).split("\n"), start=low + 1):
            found.setdefault(shown, line)
    return found


def _patch(changed: Changed) -> bytes:
    path = changed.before.path
    # A name with a space would end there: git marks the end of such a name with a tab.
    tail = b"\t" if " " in path else b""
    old, new = _quote("a/", path), _quote("b/", path)
    head = b"diff --git %b %b\n--- %b%b\n+++ %b%b\n" % (old, new, old, tail, new, tail)
    lines = _diff(*_split_bytes(changed), shy=True)
    body = "".join(f"{SIGNS[line.kind]}{line.text}\n" for line in lines)
    return head + body.encode("latin-1") if body else b""


def _split_bytes(changed: Changed) -> tuple[list[str], list[str]]:
    """Return the lines of both versions, as bytes.

    Latin-1 maps every byte to one character and back: the lines are bytes all the way.
    """
    before, after = (data.decode("latin-1") for data in (changed.before.data, changed.after))
    return _split(before), _split(after)


def _find_secret(lines: list[str], numbers: list[int]) -> set[int]:
    """Return which of some lines have a secret in them; numbers start at 1."""
    masked = _mask(lines, numbers, _LONGEST)
    return {
        number
        for number in numbers
        if masked[number] != lines[number - 1].removesuffix("\n")[:_LONGEST]
    }


def _split(text: str) -> list[str]:
    r"""Split at ``\n`` alone: a form feed or a lone carriage return stays inside its line."""
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop().removesuffix("\n")
    return [*lines, last] if last else lines


def _diff(before: list[str], after: list[str], *, shy: bool = False) -> Iterator[DiffLine]:
    """Yield the lines of a diff; a shy one leaves out context with a secret in it."""
    groups = _list_groups(before, after)
    for group in _keep_secrets_out(groups, before) if shy else groups:
        first, last = group[0], group[-1]
        ranges = _say_range(first[1], last[2]), _say_range(first[3], last[4])
        yield DiffLine(Kind.HUNK, f"@@ -{ranges[0]} +{ranges[1]} @@")
        for tag, low, high, new_low, new_high in group:
            if tag == "equal":
                for number in range(low, high):
                    new = new_low + number - low
                    yield from _emit(Kind.SAME, before[number], number + 1, new + 1)
                continue
            for number in range(low, high):
                yield from _emit(Kind.REMOVED, before[number], number + 1, None)
            for number in range(new_low, new_high):
                yield from _emit(Kind.ADDED, after[number], None, number + 1)


def _keep_secrets_out(groups: Iterable[list[Opcode]], before: list[str]) -> Iterator[list[Opcode]]:
    for group in groups:
        shown = [
            number + 1
            for tag, low, high, *_ in group
            if tag == "equal"
            for number in range(low, high)
        ]
        yield from keep_secrets_out(group, _find_secret(before, shown))


def _list_groups(before: list[str], after: list[str]) -> Iterator[list[Opcode]]:
    """Yield what difflib says of each stretch in which the lines differ.

    Most edits leave the lines where they are, and that is seen in no time.
    """
    for low, high, new_high in _find_stretches(before, after):
        old, new = before[low:high], after[low:new_high]
        is_large = max(len(old), len(new)) > _LARGE
        matcher = _Aligned(old, new) if is_large else difflib.SequenceMatcher(None, old, new)
        for group in matcher.get_grouped_opcodes(_CONTEXT):
            yield [
                (tag, i + low, j + low, new_i + low, new_j + low)
                for tag, i, j, new_i, new_j in group
            ]


def _find_stretches(before: list[str], after: list[str]) -> list[tuple[int, int, int]]:
    """Return where lines differ, with their context: a start, and an end in each version."""
    if len(before) != len(after):
        return [(0, len(before), len(after))]
    found: list[tuple[int, int, int]] = []
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        if old == new:
            continue
        low, high = max(0, number - _CONTEXT), min(number + 1 + _CONTEXT, len(before))
        if found and low <= found[-1][1]:
            low = found.pop()[0]
        found.append((low, high, high))
    return found


def _emit(kind: Kind, line: str, old: int | None, new: int | None) -> Iterator[DiffLine]:
    yield DiffLine(kind, line.removesuffix("\n"), old, new)
    if not line.endswith("\n"):
        yield DiffLine(Kind.NOTE, _NO_NEWLINE)


class _Aligned(difflib.SequenceMatcher[str]):
    """Groups the changes of large files, which difflib itself takes minutes to find."""

    def __init__(self, before: list[str], after: list[str]) -> None:
        super().__init__(None, before, after)
        self._lines = before, after

    def get_opcodes(self) -> Any:
        """Return the changes in the form of difflib."""
        return align_lines(*self._lines)


def _say_range(low: int, high: int) -> str:
    """Return the range of a hunk as git counts it: an empty one starts at the line before."""
    length = high - low
    start = low + 1 if length else low
    return f"{start}" if length == 1 else f"{start},{length}"


def _quote(prefix: str, path: str) -> bytes:
    """Return the path as git spells it: in quotes with octal escapes where it must."""
    try:
        name = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        name = path.encode("utf-8", "surrogatepass")
    quoted = "".join(_quote_byte(byte) for byte in name)
    if quoted.encode("ascii") == name:
        return prefix.encode() + name
    return f'"{prefix}{quoted}"'.encode("ascii")


def _quote_byte(byte: int) -> str:
    if byte in _ESCAPES:
        return f"\\{_ESCAPES[byte]}"
    return chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}"


def _paint(text: str, color: str) -> str:
    return f"\x1b[{color}m{text}\x1b[0m" if color else text
