"""Knows the forms in which a secret is spelled, and tells one from what only looks like it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

Test = Callable[[str, re.Match[str]], bool]

# Blanks are counted: two runs of any length side by side would take a square of time.
BLANKS = r"[ \t]{0,9}"
# How a telling name ends; what stands before it, as in PROCORE_CLIENT_SECRET, is any.
NAME = r"""(?P<name>(?:token|secret|passw(?:or)?d|passphrase|pwd|(?<=_)pass
|(?:api|secret|access|private|encryption|signing|account|session|master|storage|shared|client|auth
|subscription|hmac|fernet)[_-]?key
|auth(?:orization)?[_-]?code|(?:j|php|\b)sess(?:ion)?[_-]?id|_session|connect\.sid
|cookie)(?:_?\d{1,2})?)(?![\w-])"""
QUERY_NAME = rf"(?:{NAME}|(?<![\w-])(?:(?:X-Amz-)?(?:Signature|Credential)|sig)(?![\w-]))"
_OPEN = r"""[rbfu]{0,2}(?P<quote>\\?(?:\"\"\"|'''|["'`]))"""
_QUOTED = rf"""{_OPEN}(?P<secret>(?:\\.|[^\\\n])*?)(?:(?P=quote)|$)"""
ASSIGN = rf"""\\?["']?{BLANKS}\]?{BLANKS}(?::{BLANKS}[\w.|\[\] ]{{0,40}}=|[=!]?=|:|=>){BLANKS}"""
_SCHEME = r"(?:(?:bearer|basic|token|digest)[ \t]+)"
_READER = r"(?:get|pop|getenv|setenv|setdefault|setitem|setattr|env|config|default)"

# A name of the environment that tells of a secret in its middle, and not of where one is kept.
_SETTING = r"""(?P<name>(?-i:(?:[A-Z0-9]+_){0,6}
(?:SECRETS?|TOKEN|PASSWORD|PASSWD|PASS|PWD|KEY|CREDENTIALS?|COOKIE)
(?!\w*_(?:URL|URI|PATH|FILE|DIR|NAME|ID|HOST|ENDPOINT|HEADER|TYPE|TTL|SIZE|LENGTH|EXPIRY|SCOPES?)\b)
(?:_[A-Z0-9]+){0,6}))(?![\w-])"""
EQUALS = "(?:=|%3D)"

# A literal in a hole is a value after all, unless it is the key that is asked for.
HOLE = re.compile(
    r"\{(?:[^{}\"']|\[[\"'][^{}\"']*[\"']\])*\}|%\(\w+\)s|%[srd]|\$\{?\w+\}?|<[^<>]*>"
)
_STRING = re.compile(r"""\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`[^`]*`""")
# Lines of code are shorter; to look back further for each match would take a square of time.
_FAR = 2_000
_TYPES = frozenset({"str", "bytes", "int", "bool", "object", "true", "false", "null", "none"})


def _is_value(_text: str, match: re.Match[str]) -> bool:
    """Tell a value from what only stands for one: ``{token}``, ``%s``, ``${TOKEN}``, dots."""
    return any(char.isalnum() for char in HOLE.sub("", match["secret"]))


def _is_whole(_text: str, match: re.Match[str]) -> bool:
    return not HOLE.search(match["secret"]) and any(map(str.isalnum, match["secret"]))


def _is_random(_text: str, match: re.Match[str]) -> bool:
    """Tell ``dXNlcjpwYXNz`` from a word of a sentence."""
    return looks_random(match["secret"])


def looks_random(text: str) -> bool:
    """Tell whether a text is no word of a sentence."""
    return bool(re.search(r"\d|[a-z][A-Z]|=", text)) or len(text) >= 20


def _is_literal(text: str, match: re.Match[str]) -> bool:
    """Tell a literal from what stands between two: ``"?token=" + token + "&page=2"``."""
    is_between = re.match(r"[ \t]*[+%]", match["secret"])
    return _is_value(text, match) and not (
        is_between and not stands_in_text(text, match.start("secret"))
    )


def _is_quoted_value(text: str, match: re.Match[str]) -> bool:
    """Tell a value that is spelled inside a string or a comment from an argument."""
    return _is_value(text, match) and stands_in_text(text, match.start("secret"))


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


def stands_in_text(text: str, position: int) -> bool:
    """Tell whether a position is inside a string or a comment, as far as its line says."""
    line_start = text.rfind("\n", 0, position) + 1
    if position - line_start > _FAR:
        return True
    return bool(re.search(r"[\"'`#]", _STRING.sub("", text[line_start:position])))


@cache
def compile_form(pattern: str) -> re.Pattern[str]:
    """Return a pattern that takes letters of both cases, looks at lines, and has blanks in it.

    Compiled when it is first asked for: most runs have few of the words that lead to one.
    """
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE | re.VERBOSE)


_URL = ("://",)
NAMES = (
    *("token", "secret", "passw", "passphrase", "pwd", "_pass", "key", "cookie"),
    *("auth", "sess", ".sid"),
)
QUERIES = (*NAMES, "signature", "credential", "sig", "sess", "code", ".sid")
_SETTINGS = ("secret", "token", "pass", "pwd", "key", "credential", "cookie")
_CODE = ("code",)
_COOKIE = ("cookie",)
AUTH = ("auth",)
SCHEMES = ("bearer", "basic", "token")
_USER = ("-u", "--user")
_JWT = ("eyj",)
_PREFIXES = (
    *("gh", "glpat", "xox", "xapp", "akia", "asia", "sk_", "rk_", "aiza", "npm_", "pypi-"),
    *("sk-", "sg.", "ya29", "dckr_pat", "shp", "dop_v1", "hf_", "hooks.slack"),
)
PATTERNS: tuple[tuple[tuple[str, ...], str, Test], ...] = (
    # https://user:password@host and https://token@host
    (
        _URL,
        r"(?<=://)[^\s/?\#'\"<>:@]{0,200}:(?P<secret>[^\s/?\#'\"<>]{1,200})@",
        _is_value,
    ),
    (_URL, r"(?<=://)(?P<secret>[\w-]{20,200})@", _is_value),
    # A name and a quoted value: client_secret="…", "X-Api-Key": "…", password: str = "…"
    (NAMES, rf"{NAME}{ASSIGN}{_QUOTED}", _is_literal),
    # A name read with a default: os.environ.get("CLIENT_SECRET", "…")
    (
        NAMES,
        (
            rf"(?:{_READER}\(|setattr\({BLANKS}[\w.]{{1,40}},){BLANKS}[\"'][\w-]{{0,40}}?{NAME}[\"']"
            rf"{BLANKS},{BLANKS}(?:default=)?{_QUOTED}"
        ),
        _is_value,
    ),
    # A user and a password: auth=("user", "…") and HTTPBasicAuth("user", "…")
    (
        AUTH,
        (
            rf"(?:auth{BLANKS}={BLANKS}|(?:basic|digest)_?auth)"
            rf"\({BLANKS}[^,()\n]{{1,80}},{BLANKS}{_QUOTED}"
        ),
        _is_value,
    ),
    # ?access_token=… and access_token=… inside a string or a comment
    (
        QUERIES,
        (
            rf"{QUERY_NAME}(?P<sign>{EQUALS}|:{BLANKS}|[ ]is[ ])"
            rf"(?P<secret>[^\s&\"'`<>{{}}()\[\],;|\\]+)"
        ),
        _is_query_value,
    ),
    (
        QUERIES,
        (rf"[?&;\#][\w-]{{0,40}}?{QUERY_NAME}{EQUALS}(?P<secret>[^\s&\"'`<>{{}}()\[\],;|\\]+)"),
        _is_value,
    ),
    # A pair: ("client_secret", "…") and ("Authorization", "…")
    (
        NAMES,
        (
            rf"[(\[]{BLANKS}[\"'][\w-]{{0,40}}?(?:{NAME}|authorization)[\"']{BLANKS},{BLANKS}"
            rf"{_OPEN}(?P<secret>[^\"'\\\n]{{1,400}})(?P=quote){BLANKS}[)\]]"
        ),
        _is_random,
    ),
    # --password=… of a command, and <password>…</password>
    (
        NAMES,
        rf"--[\w-]{{0,40}}?{NAME}(?:=|[ \t]+)[\"']?(?P<secret>[^\s\"'`$-][^\s\"'`]*)",
        _is_value,
    ),
    (NAMES, rf"<[\w:.-]{{0,40}}?{NAME}>(?P<secret>[^<>\n]+)</", _is_value),
    # A name and a value as two items: of Postman, Compose files and Kubernetes
    (
        NAMES,
        (
            rf"(?:key|name)[\"']?:{BLANKS}[\"']?[\w-]{{0,40}}?{NAME}[\"']?,?{BLANKS}"
            rf"(?:\r?\n[ \t]*)?[\"']?value[\"']?:{BLANKS}[\"']?(?P<secret>[^\s\"',{{}}]+)"
        ),
        _is_value,
    ),
    # ENV CLIENT_SECRET=… of a Dockerfile
    (
        _SETTINGS,
        rf"^(?:ENV|ARG)[ \t]+{_SETTING}[ \t=]+[\"']?(?P<secret>[^\s\"'$]+)",
        _is_setting,
    ),
    # ?code=… of a redirect, and code="…"
    (
        _CODE,
        rf"[?&]code{EQUALS}(?P<secret>[^\s&\"'`<>{{}}()\[\],;|\\]+)",
        _is_value,
    ),
    (_CODE, rf"(?<![\w-])code{ASSIGN}{_QUOTED}", _is_code),
    # Cookie: …, cookies={…} and cookies.set("…", "…")
    (_COOKIE, r"\bcookie:[ \t]*(?P<secret>[\w.-]+=[^\"'\n]+)", _is_value),
    (
        _COOKIE,
        rf"cookies?{ASSIGN}\{{(?P<secret>[^{{}}\n]{{1,2000}})",
        _is_jar,
    ),
    (
        _COOKIE,
        (rf"cookies?(?:\.set)?\({BLANKS}[\"'][^\"'\n]{{1,80}}[\"']{BLANKS},{BLANKS}{_QUOTED}"),
        _is_value,
    ),
    # PROD_TOKEN_2024=… and SIGNING_KEY: … as a line of its own
    (
        _SETTINGS,
        (
            rf"^[ \t]*(?:export[ \t]+|-[ \t]+)?{_SETTING}(?:{BLANKS}=|:[ \t]){BLANKS}"
            r"(?P<quote>[\"']?)(?P<secret>[^\s\"'\#(){}\[\],]+)(?P=quote)[ \t]*(?:\#.*)?\r?$"
        ),
        _is_setting,
    ),
    (
        _SETTINGS,
        rf"(?<![\w.-]){_SETTING}=(?P<secret>[^\s\"'\#(){{}}\[\],;&|<>`]+)",
        _is_inline_setting,
    ),
    # CLIENT_SECRET=… as a line of its own
    (
        NAMES,
        (
            rf"^[ \t]*(?:export[ \t]+|-[ \t]+)?[\w-]{{0,40}}?{NAME}"
            rf"(?P<sign>{BLANKS}=|:[ \t]){BLANKS}"
            r"(?P<secret>[^\s\"'\#(){}\[\],]+)[ \t]*(?:\#.*)?\r?$"
        ),
        _is_line_value,
    ),
    # {url: …, client_secret: …} of YAML
    (
        NAMES,
        (rf"[{{,][ \t]*[\w-]{{0,40}}?{NAME}:[ \t]+(?P<secret>[^\s\"'`,{{}}()\[\]]+)[ \t]*[,}}]"),
        _is_random,
    ),
    # "Authorization": "…" and Authorization: … in a string
    (
        AUTH,
        rf"authorization{ASSIGN}{_OPEN}{_SCHEME}?(?P<secret>[^\"'\n]*)",
        _is_whole,
    ),
    (
        AUTH,
        rf"authorization:{BLANKS}{_SCHEME}(?P<secret>[^\s\"'<>{{}},;\\]+)",
        _is_value,
    ),
    (
        AUTH,
        rf"authorization:{BLANKS}(?!{_SCHEME})(?P<secret>[^\s\"'<>{{}},;\\]+)",
        _is_quoted_value,
    ),
    # A scheme and its token wherever they stand
    (SCHEMES, r"[\"']bearer[ \t]+(?P<secret>[^\"'{}%$<>\s]+)", _is_value),
    (SCHEMES, r"\bbearer[ \t]+(?P<secret>[\w.~+/=-]{6,})", _is_random),
    (SCHEMES, r"\b(?:basic|token)[ \t]+(?P<secret>[\w+/-]{8,}={0,2})", _is_random),
    (
        _USER,
        r"(?:\s-u|--user)[ \t=]+[\"']?[^\s:'\"]{1,80}:(?P<secret>[^\s'\"]+)",
        _is_value,
    ),
    # Tokens that say themselves what they are
    (_JWT, r"(?<![\w-])(?P<secret>eyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?)", _is_value),
    (
        _PREFIXES,
        (
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
        r"hooks\.slack\.com/(?:services|workflows)/(?P<secret>[\w/-]{10,})",
        _is_value,
    ),
)
