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
|(?:api|secret|access|private|encryption|signing|account|session|master|storage|shared|client|auth
|subscription|hmac|fernet)[_-]?key
|auth(?:orization)?[_-]?code|(?:j|php|\b)sess(?:ion)?[_-]?id|_session|connect\.sid
|cookie)(?:_?\d{1,2})?)(?![\w-])"""
_QUERY_NAME = rf"(?:{_NAME}|(?<![\w-])(?:(?:X-Amz-)?(?:Signature|Credential)|sig)(?![\w-]))"
_OPEN = r"""[A-Za-z]{0,2}(?P<quote>\\?(?:\"\"\"|'''|["']))"""
_QUOTED = rf"""{_OPEN}(?P<secret>(?:\\.|[^\\\n])*?)(?:(?P=quote)|$)"""
_ASSIGN = rf"""\\?["']?{_B}\]?{_B}(?::{_B}[\w.|\[\] ]{{1,40}}=|[=!]?=|:|=>){_B}"""
_SCHEME = r"(?:(?:bearer|basic|token|digest)[ \t]+)"
_READER = r"(?:get|pop|getenv|setenv|setdefault|setitem|setattr|env|config|default)"

# A name of the environment that tells of a secret in its middle, and not of where one is kept.
_SETTING = r"""(?P<name>(?-i:(?:[A-Z0-9]+_){0,6}
(?:SECRETS?|TOKEN|PASSWORD|PASSWD|PASS|PWD|KEY|CREDENTIALS?|COOKIE)
(?!\w*_(?:URL|URI|PATH|FILE|DIR|NAME|ID|HOST|ENDPOINT|HEADER|TYPE|TTL|SIZE|LENGTH|EXPIRY|SCOPES?)\b)
(?:_[A-Z0-9]+){0,6}))(?![\w-])"""
_EQUALS = "(?:=|%3D)"

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
    for words, patterns in _BY_WORDS.items():
        # Most lines have none of the words, and to see that costs next to nothing.
        if not _has_any(lower, words):
            continue
        for pattern, is_secret in patterns:
            for match in pattern.finditer(text):
                if match["secret"] and is_secret(text, match):
                    yield match.span("secret")
    for key in _PRIVATE_KEY.finditer(text):
        for line in re.finditer(r"[^\s\"'+]+", key["body"]):
            yield key.start("body") + line.start(), key.start("body") + line.end()


def _has_any(text: str, words: tuple[str, ...]) -> bool:
    # Not any(): a generator takes longer than the search, and a page has 100,000 texts.
    for word in words:  # noqa: SIM110
        if word in text:
            return True
    return False


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
    return _is_quoted_value(text, match) and (match["sign"][0] in "=%" or _is_random(text, match))


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


def _is_code(_text: str, match: re.Match[str]) -> bool:
    """Tell the code of an OAuth redirect from that of an error or a country."""
    secret = match["secret"]
    return len(secret) >= 10 and bool(re.search(r"\d", secret)) and _is_whole(_text, match)


def _is_setting(text: str, match: re.Match[str]) -> bool:
    """Tell the value of a setting whose name says ``KEY`` from a path, a number or a word."""
    secret = match["secret"]
    if not _is_value(text, match) or re.match(r"/|https?:|\d{1,6}$", secret):
        return False
    if re.search("KEY|COOKIE", match["name"]):
        return len(secret) >= 12 and bool(re.search(r"\d", secret))
    return not re.fullmatch(r"[A-Z_]+|[A-Za-z_]+(\.[A-Za-z_]\w*)+", secret)


def _is_inline_setting(text: str, match: re.Match[str]) -> bool:
    """Tell a value among other words from an argument of a call."""
    return bool(re.search(r"\d", match["secret"])) and _is_setting(text, match)


def _is_jar(text: str, match: re.Match[str]) -> bool:
    """Tell cookies that are spelled from those that only have names here."""
    return bool(re.search(r":\s*[A-Za-z]{0,2}[\"'][^\"']", match["secret"])) and _is_value(
        text, match
    )


def _stands_in_text(text: str, position: int) -> bool:
    line_start = text.rfind("\n", 0, position) + 1
    if position - line_start > _FAR:
        return True
    return bool(re.search(r"[\"'#]", _STRING.sub("", text[line_start:position])))


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE | re.VERBOSE)


_URL = ("://",)
_NAMES = (
    *("token", "secret", "passw", "passphrase", "pwd", "_pass", "key", "cookie"),
    *("auth", "sess", ".sid"),
)
_QUERIES = (*_NAMES, "signature", "credential", "sig", "sess", "code", ".sid")
_SETTINGS = ("secret", "token", "pass", "pwd", "key", "credential", "cookie")
_CODE = ("code",)
_COOKIE = ("cookie",)
_AUTH = ("auth",)
_SCHEMES = ("bearer", "basic", "token")
_USER = ("-u", "--user")
_JWT = ("eyj",)
_PREFIXES = (
    *("gh", "glpat", "xox", "xapp", "akia", "asia", "sk_", "rk_", "aiza", "npm_", "pypi-"),
    *("sk-", "sg.", "ya29", "dckr_pat", "shp", "dop_v1", "hf_", "hooks.slack"),
)
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
        _compile(
            rf"{_QUERY_NAME}(?P<sign>{_EQUALS}|:{_B})(?P<secret>[^\s&\"'`<>{{}}()\[\],;|\\]+)"
        ),
        _is_query_value,
    ),
    (
        _QUERIES,
        _compile(
            rf"[?&][\w-]{{0,40}}?{_QUERY_NAME}{_EQUALS}(?P<secret>[^\s&\"'`<>{{}}()\[\],;|\\]+)"
        ),
        _is_value,
    ),
    # The same where the value is a string of its own, and added
    (
        _QUERIES,
        _compile(rf"{_QUERY_NAME}{_EQUALS}[\"']{_B}\+{_B}{_QUOTED}"),
        _is_value,
    ),
    # A pair: ("client_secret", "…") and ("Authorization", "…")
    (
        _NAMES,
        _compile(
            rf"[(\[]{_B}[\"'][\w-]{{0,40}}?(?:{_NAME}|authorization)[\"']{_B},{_B}"
            rf"{_OPEN}(?P<secret>[^\"'\\\n]{{1,400}})(?P=quote){_B}[)\]]"
        ),
        _is_random,
    ),
    # ?code=… of a redirect, and code="…"
    (
        _CODE,
        _compile(rf"[?&]code{_EQUALS}(?P<secret>[^\s&\"'`<>{{}}()\[\],;|\\]+)"),
        _is_value,
    ),
    (_CODE, _compile(rf"(?<![\w-])code{_ASSIGN}{_QUOTED}"), _is_code),
    # Cookie: …, cookies={…} and cookies.set("…", "…")
    (_COOKIE, _compile(r"\bcookie:[ \t]*(?P<secret>[\w.-]+=[^\"'\n]+)"), _is_value),
    (
        _COOKIE,
        _compile(rf"cookies?{_ASSIGN}\{{(?P<secret>[^{{}}\n]{{1,2000}})"),
        _is_jar,
    ),
    (
        _COOKIE,
        _compile(rf"cookies?(?:\.set)?\({_B}[\"'][^\"'\n]{{1,80}}[\"']{_B},{_B}{_QUOTED}"),
        _is_value,
    ),
    # PROD_TOKEN_2024=… and SIGNING_KEY: … as a line of its own
    (
        _SETTINGS,
        _compile(
            rf"^[ \t]*(?:export[ \t]+|-[ \t]+)?{_SETTING}(?:{_B}=|:[ \t]){_B}"
            r"(?P<quote>[\"']?)(?P<secret>[^\s\"'\#(){}\[\],]+)(?P=quote)[ \t]*(?:\#.*)?\r?$"
        ),
        _is_setting,
    ),
    (
        _SETTINGS,
        _compile(rf"(?<![\w.-]){_SETTING}=(?P<secret>[^\s\"'\#(){{}}\[\],;&|<>`]+)"),
        _is_inline_setting,
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
            r"|xox[abeprs]-[\w-]{10,}|xapp-[\w-]{10,}|(?:AKIA|ASIA)[0-9A-Z]{16}"
            r"|[sr]k_(?:live|test)_\w{10,}|sk-[\w-]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|ya29\.[\w-]{20,}"
            r"|dckr_pat_[\w-]{20,}|shp(?:at|ca|pa|ss)_\w{20,}|dop_v1_\w{20,}|hf_\w{20,}"
            r"|AIza[\w-]{30,}|npm_\w{30,}|pypi-[\w-]{30,})"
        ),
        _is_value,
    ),
    (
        _PREFIXES,
        _compile(r"hooks\.slack\.com/(?:services|workflows)/(?P<secret>[\w/-]{10,})"),
        _is_value,
    ),
)
_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----(?P<body>.*?)(?:-----END|\Z)", re.DOTALL
)
_BY_WORDS: dict[tuple[str, ...], list[tuple[re.Pattern[str], _Test]]] = {}
for _words, _pattern, _test in _PATTERNS:
    _BY_WORDS.setdefault(_words, []).append((_pattern, _test))
