"""Finds what looks like a secret in a piece of source text, so that it can be masked.

A mask that is missing leaks a password, one too many hides a word: where the text does not
say, a quoted value under a telling name counts as a secret, and code (a name, a call, a
placeholder) does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_Test = Callable[[str, re.Match[str]], bool]

# Blanks are counted: two runs of any length side by side would take a square of time.
_B = r"[ \t]{0,9}"
# How a telling name ends; what stands before it, as in PROCORE_CLIENT_SECRET, is any.
_NAME = r"""(?P<name>(?:token|secret|passw(?:or)?d|passphrase|pwd|(?<=_)pass
|(?:api|secret|access|private|encryption)[_-]?key|cookie)(?:_?\d{1,2})?)(?![\w-])"""
_QUERY_NAME = rf"(?:{_NAME}|(?<![\w-])(?:(?:X-Amz-)?(?:Signature|Credential)|sig)(?![\w-]))"
_OPEN = r"""[A-Za-z]{0,2}(?P<quote>\\?(?:\"\"\"|'''|["']))"""
_QUOTED = rf"""{_OPEN}(?P<secret>(?:\\.|[^\\\n])*?)(?:(?P=quote)|$)"""
_ASSIGN = rf"""\\?["']?{_B}\]?{_B}(?::{_B}[\w.|\[\] ]{{1,40}}=|[=!]?=|:|=>){_B}"""
_SCHEME = r"(?:(?:bearer|basic|token|digest)[ \t]+)"
_READER = r"(?:get|pop|getenv|setenv|setdefault|setitem|setattr|env|config|default)"

_HOLE = re.compile(r"\{[^{}]*\}|%\(\w+\)s|%[srd]|\$\{?\w+\}?|<[^<>]*>")
_STRING = re.compile(r"""\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'""")
# Lines of code are shorter; to look back further for each match would take a square of time.
_FAR = 2_000
_TYPES = frozenset({"str", "bytes", "int", "bool", "object", "true", "false", "null", "none"})


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
    for words, pattern, is_secret in _PATTERNS:
        # Most lines have none of the words, and to see that costs next to nothing.
        if not any(word in lower for word in words):
            continue
        for match in pattern.finditer(text):
            if match["secret"] and is_secret(text, match):
                yield match.span("secret")
    for key in _PRIVATE_KEY.finditer(text):
        for line in re.finditer(r"[^\s\"'+]+", key["body"]):
            yield key.start("body") + line.start(), key.start("body") + line.end()


def _is_value(_text: str, match: re.Match[str]) -> bool:
    """Tell a value from what only stands for one: ``{token}``, ``%s``, ``${TOKEN}``, dots."""
    return any(char.isalnum() for char in _HOLE.sub("", match["secret"]))


def _is_whole(_text: str, match: re.Match[str]) -> bool:
    return not _HOLE.search(match["secret"]) and any(map(str.isalnum, match["secret"]))


def _is_random(_text: str, match: re.Match[str]) -> bool:
    """Tell ``dXNlcjpwYXNz`` from a word of a sentence."""
    secret = match["secret"]
    return bool(re.search(r"\d|[a-z][A-Z]|=", secret)) or len(secret) >= 20


def _is_quoted_value(text: str, match: re.Match[str]) -> bool:
    """Tell a value that is spelled inside a string or a comment from an argument."""
    return _is_value(text, match) and _stands_in_text(text, match.start("secret"))


def _is_query_value(text: str, match: re.Match[str]) -> bool:
    # After a colon it may be a sentence about the token.
    return _is_quoted_value(text, match) and (match["sign"] == "=" or _is_random(text, match))


def _is_line_value(text: str, match: re.Match[str]) -> bool:
    """Tell a line of a ``.env``, INI or YAML file from an assignment or annotation in Python."""
    secret = match["secret"]
    if not _is_value(text, match) or re.fullmatch(r"[A-Za-z_]+(\.[A-Za-z_]\w*)+", secret):
        return False
    if match["sign"] == "=" and match["name"].isupper():
        return not re.fullmatch(r"[A-Z_]+", secret)
    if match["sign"].startswith(":"):
        is_type = secret.lower() in _TYPES or re.fullmatch(r"([A-Z][a-z]+)+", secret)
        return not is_type
    return len(secret) >= 16 and bool(re.search(r"\d", secret))


def _stands_in_text(text: str, position: int) -> bool:
    line_start = text.rfind("\n", 0, position) + 1
    if position - line_start > _FAR:
        return True
    return bool(re.search(r"[\"'#]", _STRING.sub("", text[line_start:position])))


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE | re.VERBOSE)


_URL = ("://",)
_NAMES = ("token", "secret", "passw", "passphrase", "pwd", "_pass", "key", "cookie")
_QUERIES = (*_NAMES, "signature", "credential", "sig")
_AUTH = ("auth",)
_SCHEMES = ("bearer", "basic", "token")
_USER = ("-u", "--user")
_JWT = ("eyj",)
_PREFIXES = ("gh", "glpat", "xox", "akia", "sk_", "aiza", "npm_", "pypi-")
_PATTERNS: tuple[tuple[tuple[str, ...], re.Pattern[str], _Test], ...] = (
    # https://user:password@host and https://token@host
    (
        _URL,
        _compile(r"(?<=://)[^\s/?\#'\"<>:@]{0,200}:(?P<secret>[^\s/?\#'\"<>]{1,200})@"),
        _is_value,
    ),
    (_URL, _compile(r"(?<=://)(?P<secret>[\w-]{20,200})@"), _is_value),
    # A name and a quoted value: client_secret="…", "X-Api-Key": "…", password: str = "…"
    (_NAMES, _compile(rf"{_NAME}{_ASSIGN}{_QUOTED}"), _is_value),
    # A name read with a default: os.environ.get("CLIENT_SECRET", "…")
    (
        _NAMES,
        _compile(rf"{_READER}\({_B}[\"'][\w-]{{0,40}}?{_NAME}[\"']{_B},{_B}(?:default=)?{_QUOTED}"),
        _is_value,
    ),
    # A user and a password: auth=("user", "…") and HTTPBasicAuth("user", "…")
    (
        _AUTH,
        _compile(
            rf"(?:auth{_B}={_B}|(?:basic|digest)_?auth)"
            rf"\({_B}[^,()\n]{{1,80}},{_B}{_QUOTED}"
        ),
        _is_value,
    ),
    # ?access_token=… and access_token=… inside a string or a comment
    (
        _QUERIES,
        _compile(rf"{_QUERY_NAME}(?P<sign>=|:{_B})(?P<secret>[^\s&\"'`<>{{}}()\[\],;|\\]+)"),
        _is_query_value,
    ),
    (
        _QUERIES,
        _compile(rf"[?&][\w-]{{0,40}}?{_QUERY_NAME}=(?P<secret>[^\s&\"'`<>{{}}()\[\],;|\\]+)"),
        _is_value,
    ),
    # CLIENT_SECRET=… as a line of its own
    (
        _NAMES,
        _compile(
            rf"^[ \t]*(?:export[ \t]+|-[ \t]+)?[\w-]{{0,40}}?{_NAME}(?P<sign>{_B}=|:[ \t]){_B}"
            r"(?P<secret>[^\s\"'\#(){}\[\],]+)[ \t]*(?:\#.*)?\r?$"
        ),
        _is_line_value,
    ),
    # "Authorization": "…" and Authorization: … in a string
    (_AUTH, _compile(rf"authorization{_ASSIGN}{_OPEN}{_SCHEME}?(?P<secret>[^\"'\n]*)"), _is_whole),
    (_AUTH, _compile(rf"authorization:{_B}{_SCHEME}(?P<secret>[^\s\"'<>{{}},;\\]+)"), _is_value),
    (
        _AUTH,
        _compile(rf"authorization:{_B}(?!{_SCHEME})(?P<secret>[^\s\"'<>{{}},;\\]+)"),
        _is_quoted_value,
    ),
    # A scheme and its token wherever they stand
    (_SCHEMES, _compile(r"[\"']bearer[ \t]+(?P<secret>[^\"'{}%$<>\s]+)"), _is_value),
    (_SCHEMES, _compile(r"\bbearer[ \t]+(?P<secret>[\w.~+/=-]{6,})"), _is_random),
    (_SCHEMES, _compile(r"\b(?:basic|token)[ \t]+(?P<secret>[\w+/-]{8,}={0,2})"), _is_random),
    (
        _USER,
        _compile(r"(?:\s-u|--user)[ \t=]+[\"']?[^\s:'\"]{1,80}:(?P<secret>[^\s'\"]+)"),
        _is_value,
    ),
    # Tokens that say themselves what they are
    (_JWT, _compile(r"(?<![\w-])(?P<secret>eyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?)"), _is_value),
    (
        _PREFIXES,
        _compile(
            r"(?<![\w-])(?P<secret>gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}"
            r"|xox[abeprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|sk_(?:live|test)_\w{10,}"
            r"|AIza[\w-]{30,}|npm_\w{30,}|pypi-[\w-]{30,})"
        ),
        _is_value,
    ),
)
_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----(?P<body>.*?)(?:-----END|\Z)", re.DOTALL
)
