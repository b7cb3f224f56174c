"""Knows the forms in which a secret is spelled, and tells one from what only looks like it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

Test = Callable[[str, re.Match[str]], bool]

# Blanks are counted: two runs of any length side by side would take a square of time.
BLANKS = r"[ \t]{0,9}"
# How a telling name ends; what stands before it, as in PROCORE_CLIENT_SECRET, is any.
NAME = r"""(?P<name>(?:(?:token|secret|passw(?:or)?d)(?:[_-]?(?:value|hash|key[_-]?base))?
|passphrase|pwd|(?<=_)pass|(?<=x-)auth
|(?:api|secret|access|private|encryption|signing|account|session|master|storage|shared|client|auth
|subscription|hmac|fernet)[_-]?key
|auth(?:orization)?[_-]?code|(?:j|php|\b)sess(?:ion)?[_-]?id|_session|connect\.sid
|cookie)(?:_?\d{1,2})?)(?![\w-])"""
QUERY_NAME = rf"(?:{NAME}|(?<![\w-])(?:(?:X-Amz-)?(?:Signature|Credential)|sig)(?![\w-]))"
# Names that tell of a secret where they are keys or arguments, and are words elsewhere.
_KEYED = r"(?<![\w-])(?P<name>pass|pw|jwt|bearer|credentials?)(?![\w-])"
_OPEN = r"""[rbfu]{0,2}(?P<quote>\\?(?:\"\"\"|'''|["'`]))"""
_QUOTED = rf"""{_OPEN}(?P<secret>(?:\\.|[^\\\n])*?)(?:(?P=quote)|$)"""
ASSIGN = rf"""\]?\\?["']?{BLANKS}\]?{BLANKS}
(?::{BLANKS}[\w.|\[\] ]{{0,40}}=|[=!|?]{{0,2}}=|:|=>){BLANKS}"""
_SCHEME = r"(?:(?:bearer|basic|token|digest)[ \t]+)"
_READER = r"(?:get|pop|getenv|setenv|setdefault|setitem|setattr|env|config|default)"

# A name of the environment that tells of a secret in its middle, and not of where one is kept.
_SETTING = r"""(?P<name>(?-i:(?:[A-Z0-9]+_){0,6}
(?:SECRETS?|TOKEN|PASSWORD|PASSWD|PASS|PWD|KEY|CREDENTIALS?|COOKIE)
(?!\w*_(?:URL|URI|PATH|FILE|DIR|NAME|ID|HOST|ENDPOINT|HEADER|TYPE|TTL|SIZE|LENGTH|EXPIRY|SCOPES?)\b)
(?:_[A-Z0-9]+){0,6}))(?![\w-])"""
EQUALS = "(?:=|%3D)"
# A value in a query goes on after a comma or a bracket, where a sentence has a blank.
_QUERY_VALUE = r"""(?P<secret>[^\s&"'`<>{}()\[\],;|\\]+
(?:[,;|(\[][\w%]|\{\w{0,40}\}?|[^\s&"'`<>{}()\[\],;|\\])*)"""
# The rest of a line up to its comment.
_LINE_VALUE = r"""(?P<secret>[^\s"'`](?:(?:(?![ \t]{1,9}\#)[^\r\n]){0,400}\S)?)
[ \t]*(?:[ \t]\#[^\n]*)?\r?$"""
_LINE_START = r"^(?P<lead>[ \t]*(?:(?:export|set|-)[ \t]+)?)"
_FLAG = r"(?:^|(?<=[\s\"']))"
"""What is in front of an option of a command, be it in a line or in a list of strings."""
_TO_VALUE = r"[\"']?[ \t=,]{1,9}[\"']?"

# A literal in a hole is a value after all, unless it is the key that is asked for.
HOLE = re.compile(
    r"\{(?:[^{}\"']|\[[\"'][^{}\"']*[\"']\])*\}|%\(\w+\)s|%[srd]|\$\{?\w+\}?|<[^<>]*>"
)
_STRING = re.compile(r"""\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`[^`]*`""")
# Lines of code are shorter; to look back further for each match would take a square of time.
_FAR = 2_000
_EXPRESSION = re.compile(
    r"""[A-Za-z_][\w.]*[(\[{]|[rbfuRBFU]{1,2}["'`]|[^\s"']*[+(,=]["']|[(\[{<>&*|$@]|!(?!vault|!str|!binary)
    |[\w.\[\]()"']+[ \t]*(?:[=|+*/%<>&?^-]=?|\b(?:or|and|if|is|in|not|for|else|as)\b)[ \t]
    |(?:not|await|yield|lambda|new|async|function|return|from|import)[ \t]""",
    re.VERBOSE,
)
_LITTLE_WORD = re.compile(
    r"\b(?:the|an?|of|to|for|in|is|are|be|or|and|if|used|your|this|from|with|on|by|it|that|must)\b",
    re.IGNORECASE,
)
_TELLING = re.compile("token|secret|passw|pwd|key|auth|settings|config|environ|self", re.IGNORECASE)
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


def _is_random_whole(text: str, match: re.Match[str]) -> bool:
    return _is_random(text, match) and _is_whole(text, match)


def _is_argument(text: str, match: re.Match[str]) -> bool:
    """Tell the value after an option in a list from another name of it in a call."""
    line_start = text.rfind("\n", max(0, match.start() - _FAR), match.start()) + 1
    is_item = text.rfind("[", line_start, match.start()) > text.rfind(
        "(", line_start, match.start()
    )
    return _is_value(text, match) and (is_item or _is_random(text, match))


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
    secret, sign = match["secret"], match["sign"]
    if not _is_value(text, match) or _is_expression(secret):
        return False
    # Nobody spells an assignment so: it is a line of settings.
    is_bare = sign == "=" and not match["lead"].startswith((" ", "\t"))
    if re.fullmatch(r"[A-Za-z_]+(\.[A-Za-z_]\w*)+", secret):
        return is_bare and match["name"].isupper() and not _TELLING.search(secret)
    if re.search(r"[ \t]", secret):
        return not _is_sentence(secret)
    if sign == "=" and match["name"].isupper():
        return not re.fullmatch(r"[A-Z_]+", secret) or not (
            "_" in secret or _TELLING.search(secret)
        )
    if sign.startswith(":"):
        is_type = secret.lower() in _TYPES or re.fullmatch(r"([A-Z][a-z]+)+", secret)
        return not is_type
    if is_bare or _has_section(text, match.start()):
        return looks_random(secret) or not secret.isidentifier()
    is_long = len(secret) >= 16 and re.search(r"\d", secret)
    return bool(is_long or re.search(r"[;!\#$~]", secret))


def _is_words(text: str, match: re.Match[str]) -> bool:
    """Tell a setting of several words, or with signs in it, from code and from a sentence."""
    secret = match["secret"]
    return (
        bool(re.search(r"[\s\"'#(){}\[\],]", secret))
        and not _is_expression(secret)
        and not _is_sentence(secret)
        and _is_setting(text, match)
    )


def _is_expression(text: str) -> bool:
    """Tell a call, an item, a type or another expression from a value without quotes."""
    return bool(_EXPRESSION.match(text)) or text[-1] in ",;:\\{(["


def _is_sentence(text: str) -> bool:
    return text.endswith(".") or bool(_LITTLE_WORD.search(text))


def _has_section(text: str, position: int) -> bool:
    """Tell whether a line like ``[section]`` stands not far above."""
    start = text.rfind("\n[", max(0, position - _FAR), position) + 1
    return bool(re.compile(r"\[[\w .:/\"-]{1,80}\][ \t]*\r?\n").match(text, start))


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
    return bool(re.search(r"[:=]\s*[A-Za-z]{0,2}[\"'][^\"']", match["secret"])) and _is_value(
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


URL = ("://", ":\\/\\/", '"//', "'//")
_QUOTED_URL = ("%2f%2f",)
_HOST_START = r"""(?:(?<=://)|(?<=:\\/\\/)|(?<=["']//))"""
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
_OPTIONS = (" -", "\t-", "\n-", '"-', "'-")
_SHELL = ("${",)
_ELEMENTS = ('key="', "key='", 'name="', "name='")
_TOKEN_AUTHS = ("rauth", "r_auth", "nauth", "n_auth", "yauth", "y_auth")
_HTTPIE = ("-a ", "--auth")
_JAR_FLAGS = ("b ", 'b"', "b'", "--cookie")
_KEYS = ("pass", "pw", "jwt", "bearer", "credential")
_SHORT_QUERIES = ("pass=", "pw=", "jwt=", "auth=", "key=", "bearer=", "credential")
_JWT = ("eyj",)
_PREFIXES = (
    *(
        "gh",
        "glpat",
        "glrt",
        "gldt",
        "glptt",
        "glcbt",
        "glft",
        "glsoat",
        "glagent",
        "gocspx",
        "whsec_",
        "xox",
        "xapp",
        "akia",
        "asia",
        "sk_",
        "rk_",
        "aiza",
        "npm_",
        "pypi-",
    ),
    *("sk-", "sg.", "ya29", "dckr_pat", "shp", "dop_v1", "hf_", "hooks.slack"),
)
PATTERNS: tuple[tuple[tuple[str, ...], str, Test], ...] = (
    # https://user:password@host and https://token@host
    (
        URL,
        (
            rf"{_HOST_START}[^\s/?\#'\"<>:@]{{0,200}}:(?!\d{{1,5}}[?\#])"
            rf"(?P<secret>[^\s/'\"]{{1,1000}})@"
        ),
        _is_value,
    ),
    (
        URL,
        rf"{_HOST_START}(?P<secret>[^\s/?\#'\"<>:@]{{1,1000}}):(?:x-oauth-basic)?@",
        _is_value,
    ),
    (URL, rf"{_HOST_START}(?P<secret>[\w-]{{20,1000}})@", _is_value),
    (URL, rf"{_HOST_START}(?P<secret>[\w.-]{{6,20}})@", _is_random_whole),
    (
        _QUOTED_URL,
        r"%2F%2F[^\s%&\"'<>]{0,200}%3A(?P<secret>(?:(?!%40|%2F)[^\s&\"'<>]){1,200})%40",
        _is_value,
    ),
    # A name and a quoted value: client_secret="…", "X-Api-Key": "…", password: str = "…"
    (NAMES, rf"{NAME}{ASSIGN}{_QUOTED}", _is_literal),
    (
        _KEYS,
        (
            rf"{_KEYED}\]?\\?[\"']?{BLANKS}\]?{BLANKS}[=:]{BLANKS}"
            rf"(?![\"'](?:include|omit|same-origin)[\"']){_QUOTED}"
        ),
        _is_literal,
    ),
    # A number under a key: "token": 123456
    (NAMES, rf"{NAME}[\"']:{BLANKS}(?P<secret>\d{{6,400}})(?![\w.])", _is_value),
    # The other way round: "…" == token
    (
        ("==", "!="),
        (
            rf"(?P<quote>[\"'])(?P<secret>[^\"'\n]{{1,200}})(?P=quote){BLANKS}[=!]={BLANKS}"
            rf"[\w.]{{0,40}}?{NAME}"
        ),
        _is_value,
    ),
    # The default of an option: add_argument("--token", default="…")
    (
        ("default",),
        (
            rf"[\"']--?[\w-]{{0,40}}?{NAME}[\"'],[^()]{{0,300}}?\bdefault{BLANKS}={BLANKS}"
            rf"{_QUOTED}"
        ),
        _is_value,
    ),
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
            rf"(?:auth[\"']?{BLANKS}[=:]{BLANKS}|(?:basic|digest)_?auth)[(\[]\s{{0,80}}"
            rf"(?:[^,()\s]|[ ]|\([^()\n]{{0,40}}\)){{1,80}},\s{{0,80}}{_QUOTED}"
        ),
        _is_value,
    ),
    (
        (".auth", "basic_auth"),
        rf"(?:\.auth{BLANKS}=|basic_auth){BLANKS}[\"'][^\"'\n]{{0,80}}[\"'],{BLANKS}{_QUOTED}",
        _is_value,
    ),
    # Both in one: basic_auth="user:…"; and a token: BearerAuth("…")
    (
        ("auth",),
        (
            rf"auth[\"']?{BLANKS}[=:]{BLANKS}[bru]{{0,2}}(?P<quote>[\"'])[^\s\"':/]{{1,80}}:"
            r"(?P<secret>[^\s\"']{1,200})(?P=quote)"
        ),
        _is_value,
    ),
    (
        _TOKEN_AUTHS,
        rf"(?:bearer|token|key)_?auth\w{{0,20}}\({BLANKS}(?:\w{{1,20}}=)?{_QUOTED}",
        _is_value,
    ),
    # ?access_token=… and access_token=… inside a string or a comment
    (
        QUERIES,
        (
            rf"{QUERY_NAME}(?P<sign>{EQUALS}|:{BLANKS}|[ ]is[ ])"
            rf"{_QUERY_VALUE}"
        ),
        _is_query_value,
    ),
    (
        QUERIES,
        (
            rf"[?&;\#/](?:[\w-]|\[|\]|%5[BD]){{0,40}}?{QUERY_NAME}(?:\]|%5D)?{EQUALS}"
            rf"{_QUERY_VALUE}"
        ),
        _is_value,
    ),
    (
        _SHORT_QUERIES,
        rf"[?&](?:pass|pw|jwt|auth|key|bearer|credentials?){EQUALS}{_QUERY_VALUE}",
        _is_value,
    ),
    (
        ("={", "%3d{"),
        (
            rf"{QUERY_NAME}{EQUALS}\{{{BLANKS}(?P<quote>[\"'])(?P<secret>[^\"'\\\n]{{1,200}})"
            rf"(?P=quote){BLANKS}\}}"
        ),
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
    # <add key="ClientSecret" value="…"/> and <entry key="password">…</entry>
    (
        _ELEMENTS,
        (
            rf"(?:key|name)=[\"'][\w:.-]{{0,40}}?{NAME}[\"'][^<>\n]{{0,200}}?\svalue="
            r"(?P<quote>[\"'])(?P<secret>[^\"'<>\n]+)(?P=quote)"
        ),
        _is_value,
    ),
    (
        _ELEMENTS,
        (
            rf"(?:key|name)=[\"'][\w:.-]{{0,40}}?{NAME}[\"'][^<>\n]{{0,200}}>"
            r"(?P<secret>[^<>\n]{1,400})</"
        ),
        _is_value,
    ),
    # ["--password", "…"] of a command in a list
    (
        _OPTIONS,
        rf"[\"']--?[\w-]{{0,40}}?{NAME}[\"'],{BLANKS}(?![\"']-){_QUOTED}",
        _is_argument,
    ),
    # ${TOKEN:-…} of a shell
    (
        _SHELL,
        rf"\$\{{\w{{0,40}}?{NAME}:?[-=][\"']?(?P<secret>[^{{}}\"'\n]{{1,400}})",
        _is_value,
    ),
    (
        _SHELL,
        (
            rf"{NAME}=[\"']?\$\{{\w{{1,80}}:?[-=][\"']?"
            r"(?P<secret>[^{}\"'\n]{1,400})"
        ),
        _is_value,
    ),
    (
        _SHELL,
        (
            r"\b(?:bearer|basic|token)[ \t]+\$\{\w{1,80}:?[-=][\"']?"
            r"(?P<secret>[^{}\"'\n]{1,400})"
        ),
        _is_value,
    ),
    # -d client_secret=… and -F token=…
    (
        _OPTIONS,
        (
            rf"{_FLAG}(?:-[a-z]{{0,5}}[df]|--(?:data|form)[\w-]{{0,12}})[\"']?[ \t=,]{{0,9}}"
            rf"[\"']?[\w.\[\]-]{{0,40}}?{QUERY_NAME}\]?={_QUERY_VALUE}"
        ),
        _is_value,
    ),
    # A name and a value as two items: of Postman, Compose files and Kubernetes
    (
        ("value",),
        (
            rf"(?:key|name)[\"']?:{BLANKS}[\"']?[\w-]{{0,40}}?{NAME}[\"']?,?{BLANKS}"
            rf"(?:\r?\n[ \t]*)?[\"']?value[\"']?:{BLANKS}[\"']?(?P<secret>[^\s\"',{{}}]+)"
        ),
        _is_value,
    ),
    (
        ("value",),
        (
            rf"[\"']?value[\"']?:{BLANKS}[\"']?(?P<secret>[^\s\"',{{}}]+)[\"']?,?{BLANKS}"
            rf"(?:\r?\n[ \t]*)?[\"']?(?:key|name)[\"']?:{BLANKS}[\"']?[\w-]{{0,40}}?{NAME}"
        ),
        _is_value,
    ),
    # ENV CLIENT_SECRET=… of a Dockerfile
    (
        _SETTINGS,
        rf"^(?:ENV|ARG|setx)[ \t]+{_SETTING}[ \t=]+[\"']?(?P<secret>[^\s\"'$]+)",
        _is_setting,
    ),
    # ?code=… of a redirect, and code="…"
    (
        _CODE,
        rf"[?&]code{EQUALS}{_QUERY_VALUE}",
        _is_value,
    ),
    (_CODE, rf"(?<![\w-])code{ASSIGN}{_QUOTED}", _is_code),
    # Cookie: …, cookies={…} and cookies.set("…", "…")
    (_COOKIE, r"\bcookie:[ \t]*(?P<secret>[\w.-]+=[^\"'\n]+)", _is_value),
    (
        _COOKIE,
        rf"cookies?{ASSIGN}(?:\{{|dict\()(?P<secret>[^{{}}()]{{1,2000}})",
        _is_jar,
    ),
    (_COOKIE, rf"cookies?\[[^\]\n]{{1,80}}\]{BLANKS}={BLANKS}{_QUOTED}", _is_value),
    (
        _JAR_FLAGS,
        rf"{_FLAG}(?:-[a-z]{{0,5}}b|--cookie){_TO_VALUE}[\w.-]{{1,80}}=(?P<secret>[^\s\"']+)",
        _is_value,
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
    (_SETTINGS, rf"{_LINE_START}{_SETTING}(?P<sign>=|:[ \t]){BLANKS}{_LINE_VALUE}", _is_words),
    (
        _SETTINGS,
        rf"(?<![\w.-]){_SETTING}=(?P<secret>[^\s\"'\#(){{}}\[\],;&|<>`]+)",
        _is_inline_setting,
    ),
    # CLIENT_SECRET=… as a line of its own
    (
        NAMES,
        (
            rf"{_LINE_START}[\w.-]{{0,60}}?{NAME}"
            rf"(?P<sign>{BLANKS}=|:[ \t]){BLANKS}{_LINE_VALUE}"
        ),
        _is_line_value,
    ),
    # token: and its value on the next line, of YAML
    (
        NAMES,
        (
            rf"^(?P<lead>[ \t]*)(?:-[ \t]+)?[\w.-]{{0,60}}?{NAME}:[ \t]*\r?\n(?P=lead)[ \t]+"
            r"(?P<secret>[^\s\"'\#(){}\[\],:-][^\s\"'\#(){}\[\],:]*)[ \t]*\r?$"
        ),
        _is_random,
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
        rf"authorization{ASSIGN}{_OPEN}{_SCHEME}?(?P<secret>(?:(?!(?P=quote))[^\n])*)",
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
    (
        ("basic",),
        (
            rf"authorization:{BLANKS}basic[ \t]+[^\s\"'<>]{{1,80}}[ \t]+"
            r"(?P<secret>[^\s\"'<>{},;\\]+)"
        ),
        _is_random_whole,
    ),
    (
        ("proxy-auth",),
        rf"proxy-authorization:{BLANKS}{_SCHEME}?(?P<secret>[^\s\"'<>{{}},;\\]+)",
        _is_value,
    ),
    (
        ("authorization:",),
        (
            r"authorization:(?:\\[ ])?(?:\w{1,10}\\[ ])?(?<=\\[ ])"
            r"(?P<secret>[^\s\"'<>{},;\\]+)"
        ),
        _is_value,
    ),
    # A scheme and its token wherever they stand
    (SCHEMES, r"[\"']bearer[ \t]+(?P<secret>[^\"'{}%$<>\s]+)", _is_value),
    (SCHEMES, r"\bbearer[ \t]+(?P<secret>[\w.~+/=-]{6,})", _is_random),
    (SCHEMES, r"\b(?:basic|token)[ \t]+(?P<secret>[\w+/-]{8,}={0,2})", _is_random),
    (
        _OPTIONS,
        (
            rf"{_FLAG}(?:-[a-z]{{0,5}}u[\"']?[ \t=,]{{0,9}}[\"']?|--(?:proxy-)?user{_TO_VALUE})"
            r"[^\s:'\"=/]{1,80}:[\"']?(?P<secret>[^\s'\"]+)"
        ),
        _is_value,
    ),
    # http POST … token=…, and a line of .netrc
    (
        ("http ", "https ", "xh "),
        (
            rf"\b(?:https?|xh)[ \t][^\n]{{0,200}}?[ \t][\w-]{{0,40}}?{NAME}(?:==?|:=)[\"']?"
            r"(?P<secret>[^\s\"']+)"
        ),
        _is_value,
    ),
    (
        ("login",),
        r"\blogin[ \t]+\S{1,80}[ \t]+password[ \t]+(?P<secret>\S+)",
        _is_random,
    ),
    (
        _HTTPIE,
        (
            r"\b(?:https?|xh)[ \t][^\n]{0,200}?[ \t]?(?:-a|--auth)[ \t=]+[\"']?"
            r"[^\s:'\"=/]{1,80}:(?P<secret>[^\s'\"]+)"
        ),
        _is_value,
    ),
    (
        ("bearer",),
        rf"--oauth2-bearer{_TO_VALUE}(?P<secret>[^\s\"'`$-][^\s\"'`]*)",
        _is_value,
    ),
    # Tokens that say themselves what they are
    (
        _JWT,
        r"(?<![\w-])(?P<secret>eyJ[\w-]{5,}(?:\.|%2E)[\w-]{5,}(?:(?:\.|%2E)[\w-]*)?)",
        _is_value,
    ),
    (
        _PREFIXES,
        (
            r"(?<![a-z0-9])(?P<secret>gh[pousr]_\w{20,}|github_pat_\w{20,}"
            r"|gl(?:pat|rt|dt|ptt|cbt|ft|soat|agent)-[\w-]{16,}|GOCSPX-[\w-]{16,}"
            r"|whsec_[\w+/]{16,}|xox[a-eprs]-[\w%-]{10,}|xapp-[\w-]{10,}|(?:AKIA|ASIA)[0-9A-Z]{16}"
            r"|[sr]k_(?:live|test)_\w{10,}|sk-[\w-]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|ya29\.[\w-]{20,}"
            r"|dckr_pat_[\w-]{20,}|shp(?:at|ca|pa|ss)_\w{20,}|dop_v1_\w{20,}|hf_\w{20,}"
            r"|AIza[\w-]{30,}|npm_\w{30,}|pypi-[\w-]{30,})"
        ),
        _is_value,
    ),
    (
        _PREFIXES,
        r"hooks\.slack\.com/(?:services|workflows|triggers)/(?P<secret>[\w/-]{10,})",
        _is_value,
    ),
)
