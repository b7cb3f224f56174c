"""Finds the string literals that an expression in a piece of source text may come to.

For what a name that tells of a secret is given: ``os.environ.get("TOKEN") or "…"`` spells it in
the second literal. The text may be of any language, cut anywhere, and too broken to be parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FAR = 500
"""Characters that are read of an expression: a longer one is none of a secret."""

_DEEP = 5
"""Brackets that are followed into each other."""

_TOKEN = re.compile(
    r"""(?:[rbfuRBFU]{0,2}(?:(?P<long>'''|\"\"\")(?P<lines>(?:\\.|(?!(?P=long)).|\n)*)(?:(?P=long)|\Z)
        |(?P<quote>\\?["'`])(?P<body>(?:(?!(?P=quote))(?:\\.|[^\\\n]))*)(?:(?P=quote)|$)))
    |(?P<name>[A-Za-z_]\w*)|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<end>\r?\n)
    |(?P<blank>[ \t]+|\\\r?\n|\#[^\n]*)|(?P<sign>[=!<>]=|.)""",
    re.VERBOSE | re.MULTILINE,
)
_WORDS = frozenset({"or", "and", "not", "if", "else", "in", "is", "return", "lambda", "await"})
_COMPARES = frozenset({"==", "!=", "in"})
# Calls that hand on what they are given; what others are given is a name, a key or a question.
_HANDS_ON = re.compile(
    r"str|bytes|format|join|quote(?:_plus)?|b64(?:en|de)code|fromhex|\w*(?:Secret|Token|Password)\w*"
)
_READS = re.compile(r"get|getenv|pop|setdefault|env|config")
_PLACE = re.compile(r"[a-z][a-z+]*://|[/&?]")


@dataclass(slots=True)
class _Bracket:
    """An open bracket: what stands before it, and how many commas in it were passed."""

    sign: str
    owner: str
    commas: int = 0

    def hands_on(self, before: str) -> bool:
        """Tell whether the expression may come to what stands here, after ``before``."""
        if not self.owner:
            return True
        if self.sign != "(":
            return False
        is_default = before == "default=" or (self.commas and _READS.fullmatch(self.owner))
        return bool(is_default or _HANDS_ON.fullmatch(self.owner))


def find_literals(text: str, start: int, *, is_list: bool = False) -> Iterator[tuple[int, int]]:
    """Yield the insides of the literals that the expression at ``start`` may come to.

    It ends where its statement, argument or item ends; with ``is_list`` at no comma. Keys,
    names that are asked for, addresses and the arguments of most calls are left out.
    """
    brackets: list[_Bracket] = []
    before, after, is_cut = "", start, False
    for token in _TOKEN.finditer(text, start, start + _FAR):
        kind, word = str(token.lastgroup), token[0]
        if kind == "blank":
            continue
        if kind == "end":
            if before and not brackets:
                return
            is_cut = is_cut or not before
            continue
        if kind in {"lines", "body"}:
            # An apostrophe ends a word of a sentence.
            if before[-1:].isalnum() and after == token.start():
                return
            hands_on = all(each.hands_on(before) for each in brackets)
            if hands_on and before not in _COMPARES and not _is_key(text, token, brackets):
                yield token.span(kind)
            word = "'"
        elif is_cut and not before:
            return
        elif kind == "name" and word not in _WORDS and before not in _WORDS and _ends(before):
            # Two words side by side are a sentence, or the next statement.
            return
        elif kind == "open":
            if len(brackets) == _DEEP:
                return
            is_owned = _ends(before) and before not in _WORDS
            brackets.append(_Bracket(word, before if is_owned else ""))
        elif kind == "close":
            if not brackets:
                return
            brackets.pop()
        elif word in {",", ";", ":"}:
            if not brackets and not (is_list and word == ","):
                return
            if brackets:
                brackets[-1].commas += word == ","
        before = "default=" if (before, word) == ("default", "=") else word
        after = token.end()


def _ends(word: str) -> bool:
    """Tell whether a name, a literal or a bracket ends in this."""
    return word[-1:].isalnum() or word[-1:] in {"_", ")", "]", "'"}


def _is_key(text: str, token: re.Match[str], brackets: list[_Bracket]) -> bool:
    """Tell whether a literal is the key of an item, or an address."""
    is_key = (
        bool(brackets) and brackets[-1].sign == "{" and text[token.end() : token.end() + 1] == ":"
    )
    return is_key or bool(_PLACE.match(token[str(token.lastgroup)]))
