"""Finds what looks like a secret in a piece of source text, so that it can be masked.

A mask that is missing leaks a password, one too many hides a word: where the text does not
say, a quoted value under a telling name counts as a secret, and code (a name, a call, a
placeholder) does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.render.given import find_literals
from migrator.render.telling import (
    ASSIGN,
    AUTH,
    BLANKS,
    EQUALS,
    HOLE,
    NAME,
    NAMES,
    PATTERNS,
    QUERIES,
    QUERY_NAME,
    SCHEMES,
    URL,
    Test,
    compile_form,
    looks_random,
    stands_in_text,
)

# After these an expression tells the secret, maybe over several lines.
_HELD = r"(?:\{[^{}\n]{0,80}\}|%s)?[\"'`]"
_BY_WORDS: dict[tuple[str, ...], list[tuple[str, Test]]] = {}
for _words, _pattern, _test in PATTERNS:
    _BY_WORDS.setdefault(_words, []).append((_pattern, _test))

_OPENERS: tuple[tuple[tuple[str, ...], str], ...] = (
    (NAMES, rf"{NAME}{ASSIGN}"),
    (
        NAMES,
        (
            rf"^[ \t]*(?P<list>(?:\w{{1,80}},{BLANKS}){{0,9}}\w{{0,80}}?{NAME}"
            rf"(?:,{BLANKS}\w{{1,80}}){{0,9}}){BLANKS}="
        ),
    ),
    (NAMES, rf"(?P<several>(?:token|secret|password|key)s){ASSIGN}"),
    # token in ("…", "…"), as a program asks that knows the secret, or takes a text apart.
    ((" in ", " in("), rf"(?P<several>{NAME})[ ](?:not[ ])?in(?=[ ]?[(\[{{])"),
    (AUTH, rf"authorization{ASSIGN}"),
    (QUERIES, rf"{QUERY_NAME}{EQUALS}{_HELD}(?={BLANKS}[+%.\"'`\\\n])"),
    (SCHEMES, rf"[\"'`](?:bearer|basic)[ \t]+{_HELD}(?={BLANKS}[+%.\"'`\\\n])"),
)
_WORDS = {"private key", "@", *(word for words in _BY_WORDS if words != URL for word in words)}
_WORDS.update(word for words, _ in _OPENERS for word in words)
_ANY_WORD = tuple(sorted(_WORDS))
"""One of the words without which there is nothing to look for: what a URL has before its host
ends with an @."""
_SCHEME_ALONE = re.compile(r"^(?:bearer|basic|token|digest)(?:[ \t]+|$)", re.IGNORECASE)
_BLOCK = (
    rf"^(?P<in>[ \t]*)(?:-[ \t]+)?[\"']?[\w-]{{0,40}}?{NAME}[\"']?:[ \t]*"
    r"(?:![\w!]{1,20}[ \t]+)?[|>][+-]?\r?\n"
    r"(?P<body>(?:(?P=in)[ \t]+[^\n]*\n?)+)"
)
_BLOCK_SIGN = re.compile(r"[|>][+-]?\r?\n")
"""Without it there is no such block, and to see that takes a fraction of the search."""
_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----(?P<body>.*?)(?:-----END|\Z)", re.DOTALL
)


def find_secrets(text: str) -> list[tuple[int, int]]:
    """Return the spans that are secret: in order, apart from each other, each within a line."""
    spans = sorted(_find_spans(text))
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _find_spans(text: str) -> Iterator[tuple[int, int]]:
    lower = text.lower()
    if not _has_any(lower, _ANY_WORD):
        return
    for words, patterns in _BY_WORDS.items():
        # Most lines have none of the words, and to see that costs next to nothing.
        if not _has_any(lower, words) or (words == URL and "@" not in lower):
            continue
        for pattern, is_secret in patterns:
            for match in compile_form(pattern).finditer(text):
                if match["secret"] and is_secret(text, match):
                    yield from _split(text, *match.span("secret"))
    for words, pattern in _OPENERS:
        if _has_any(lower, words):
            for match in compile_form(pattern).finditer(text):
                # What stands inside a string is not code, and the next quote ends the string.
                if not stands_in_text(text, match.end()):
                    yield from _find_given(text, match)
    if "private key" in lower:
        yield from _find_lines(_PRIVATE_KEY, text)
    if _BLOCK_SIGN.search(text):
        yield from _find_lines(compile_form(_BLOCK), text)


def _find_lines(block: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield the words of what stands in a block of lines."""
    for match in block.finditer(text):
        for line in re.finditer(r"[^\s\"'+]+", match["body"]):
            yield match.start("body") + line.start(), match.start("body") + line.end()


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span of each line of a span, without its indentation."""
    if text.find("\n", start, end) < 0:
        yield start, end
        return
    for line in re.finditer(r"\S[^\r\n]*", text[start:end]):
        yield start + line.start(), start + line.end()


def _has_any(text: str, words: tuple[str, ...]) -> bool:
    # Not any(): a generator takes longer than the search, and a page has 100,000 texts.
    for word in words:  # noqa: SIM110
        if word in text:
            return True
    return False


def _find_given(text: str, opener: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield what a name that tells of a secret is given, line by line and without its scheme."""
    is_list = "," in opener.groupdict().get("list", "")
    for start, end in find_literals(text, opener.end(), is_list=is_list):
        for line in re.finditer(r"\S[^\n]*", text[start:end]):
            value = _SCHEME_ALONE.sub("", line[0].rstrip())
            rest = HOLE.sub("", value)
            is_plain = rest == value and "several" not in opener.groupdict()
            if any(map(str.isalnum, rest)) and (is_plain or looks_random(rest.rstrip("="))):
                last = start + line.start() + len(line[0].rstrip())
                yield last - len(value), last
