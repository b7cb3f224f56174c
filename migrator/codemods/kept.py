"""Encodes an edited text, and proves that all of the file is kept but what was planned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from migrator.source import decode_file, encode_source
from migrator.values import Changed, Failed, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from migrator.values import Edit, Outcome

_LINE_END = re.compile(r"\r\n?|\n")
_ENDS = ("\r", "\n")


def encode_kept(source: SourceFile, text: str, edits: Sequence[Edit]) -> Outcome:
    """Return the file with its new text, or why that would change more than the edits say.

    Byte order mark, encoding, the kinds of line end, the last line's, and every byte outside
    the edits' spans are what they were. ``edits`` are in order, and lead to ``text``.
    """
    try:
        after = encode_source(source, text)
        runs = [*_encode_runs(source, edits)]
    except UnicodeEncodeError as error:
        return Failed(source.path, f"cannot be written in its encoding: {error}")
    if b"".join(old for old, _ in runs) != source.data or b"".join(new for _, new in runs) != after:
        return Failed(source.path, "in its encoding, bytes beside the edits would change")
    again = decode_file(source.path, after)
    if not isinstance(again, SourceFile) or (again.text, again.encoding, again.bom) != (
        text,
        source.encoding,
        source.bom,
    ):
        return Failed(source.path, "it would be read in another encoding")
    if not _keeps_line_ends(source.text, text, edits):
        return Failed(source.path, "its line ends would change")
    return Changed(source, after, text)


def _encode_runs(source: SourceFile, edits: Sequence[Edit]) -> Iterator[tuple[bytes, bytes]]:
    """Yield the runs of a file in order, as they were and as they are to be."""
    yield source.bom, source.bom
    position = 0
    for edit in edits:
        kept = source.text[position : edit.span.start].encode(source.encoding)
        yield kept, kept
        yield edit.old.encode(source.encoding), edit.new.encode(source.encoding)
        position = edit.span.end
    rest = source.text[position:].encode(source.encoding)
    yield rest, rest


def _keeps_line_ends(before: str, after: str, edits: Sequence[Edit]) -> bool:
    if before and before.endswith(_ENDS) is not after.endswith(_ENDS):
        return False
    if not any(end in text for edit in edits for text in (edit.old, edit.new) for end in _ENDS):
        return True
    kinds = set(_LINE_END.findall(before))
    return not kinds or kinds.issuperset(_LINE_END.findall(after))
