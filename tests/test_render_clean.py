"""What is shown of the analysed code drives no terminal and tells no secret."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.render.clean import clean, inert, is_hidden, mask_secrets, visible
from migrator.render.secret import find_secrets

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9"
KEY_LINE = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("plain text", "plain text", id="plain"),
        pytest.param("\tindented", "\tindented", id="tab"),
        pytest.param("\x1b[31mred", r"\x1b[31mred", id="escape-sequence"),
        pytest.param("\x9b31mred", r"\x9b31mred", id="one-character-escape-sequence"),
        pytest.param("a\x00\x07\x08b", r"a\x00\x07\x08b", id="control-characters"),
        pytest.param("a\r\nb", r"a\r\nb", id="line-end"),
        pytest.param("a\u2028b\u2029c", r"a\u2028b\u2029c", id="other-line-ends"),
        pytest.param("user\u202egnp.py", r"user\u202egnp.py", id="right-to-left-override"),
        pytest.param("\u2066a\u2069", r"\u2066a\u2069", id="isolates"),
        pytest.param("va\u200bpid\ufeff", r"va\u200bpid\ufeff", id="zero-width"),
        pytest.param("\U000e0061", r"\U000e0061", id="tag-character"),
        pytest.param("\u3164\u2800", r"\u3164\u2800", id="fillers"),
        pytest.param("caf\udce9.py", r"caf\udce9.py", id="undecodable-byte"),
        pytest.param("日本語 café 😀\u3000", "日本語 café 😀\u3000", id="other-scripts"),
    ],
)
def test_visible_spells_out_what_cannot_be_seen(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_visible_leaves_nothing_hidden(text: str) -> None:
    shown = visible(text)

    assert not any(is_hidden(char) for char in shown)
    assert not any(unicodedata.category(char) in {"Cf", "Cs", "Zl", "Zp"} for char in shown)
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        pytest.param('h = "Bearer abcdef"', 'h = "Bearer ***"', id="bearer-in-quotes"),
        pytest.param("# Bearer a1b2c3d4", "# Bearer ***", id="bearer-in-a-comment"),
        pytest.param(
            'curl -H "Authorization: Bearer a1b2" https://h/vapid/me',
            'curl -H "Authorization: Bearer ***" https://h/vapid/me',
            id="authorization-header-in-a-command",
        ),
        pytest.param(
            "Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic ***", id="authorization-line"
        ),
        pytest.param("# Authorization: abc", "# Authorization: ***", id="authorization-bare"),
        pytest.param(
            "{'Authorization': 'Token abc'}", "{'Authorization': 'Token ***'}", id="token-scheme"
        ),
        pytest.param(
            'headers["Authorization"] = "abc"', 'headers["Authorization"] = "***"', id="item"
        ),
        pytest.param('x = "Basic dXNlcjpwYXNz"', 'x = "Basic ***"', id="basic"),
        pytest.param(
            '"https://h/vapid/me?access_token=abc123&page=2"',
            '"https://h/vapid/me?access_token=***&page=2"',
            id="access-token-in-a-query",
        ),
        pytest.param(
            "# x access_token=abc", "# x access_token=***", id="access-token-in-a-comment"
        ),
        pytest.param(
            'data = "grant_type=password&client_id=123&client_secret=abc"',
            'data = "grant_type=password&client_id=123&client_secret=***"',
            id="form-body",
        ),
        pytest.param(
            'u = "https://joe:s3cret@api.procore.com/vapid/me"',
            'u = "https://joe:***@api.procore.com/vapid/me"',
            id="password-in-a-url",
        ),
        pytest.param(
            "https://0123456789abcdef0123@host/x", "https://***@host/x", id="token-in-a-url"
        ),
        pytest.param('client_secret="abc def", x=1', 'client_secret="***", x=1', id="argument"),
        pytest.param("client_secret = 'abc'  # x", "client_secret = '***'  # x", id="assignment"),
        pytest.param('password: str = "abc"', 'password: str = "***"', id="annotated"),
        pytest.param('{"password": "abc"}', '{"password": "***"}', id="dictionary"),
        pytest.param(r'"{\"api_key\": \"abc\"}"', r'"{\"api_key\": \"***\"}"', id="json-in-text"),
        pytest.param('clientSecret: "abc",', 'clientSecret: "***",', id="camel-case"),
        pytest.param('"X-Api-Key": b"abc",', '"X-Api-Key": b"***",', id="header-and-bytes"),
        pytest.param('-H "X-Api-Key: abc123"', '-H "X-Api-Key: ***"', id="header-in-text"),
        pytest.param('API_KEY = """abc"""', 'API_KEY = """***"""', id="triple-quotes"),
        pytest.param('password = "abc', 'password = "***', id="string-that-goes-on"),
        pytest.param(r'password = "a\"b" + x', 'password = "***" + x', id="escaped-quote"),
        pytest.param('os.getenv("DB_PASS", "abc")', 'os.getenv("DB_PASS", "***")', id="default"),
        pytest.param('auth=("joe", "abc"))', 'auth=("joe", "***"))', id="basic-authentication"),
        pytest.param('HTTPBasicAuth(user, "abc")', 'HTTPBasicAuth(user, "***")', id="auth-object"),
        pytest.param("curl -u joe:abc https://h", "curl -u joe:*** https://h", id="curl-user"),
        pytest.param("PROCORE_CLIENT_SECRET=abc", "PROCORE_CLIENT_SECRET=***", id="env-line"),
        pytest.param("export API_TOKEN=abc  # x", "export API_TOKEN=***  # x", id="exported"),
        pytest.param("  password: hunter2", "  password: ***", id="yaml-line"),
        pytest.param(
            "token = 0a1b2c3d4e5f6a7b8c9d", "token = ***", id="ini-line-with-a-long-value"
        ),
        pytest.param(f"x = '{JWT}'", "x = '***'", id="json-web-token"),
        pytest.param("ghp_" + "a1" * 18, "***", id="token-with-a-known-prefix"),
        pytest.param("s.get(url, Cookie='a=1; b=2')", "s.get(url, Cookie='***')", id="cookie"),
        pytest.param("'?X-Amz-Signature=ab12&x=1'", "'?X-Amz-Signature=***&x=1'", id="signature"),
        pytest.param(
            f"-----BEGIN PRIVATE KEY-----\n{KEY_LINE}\n-----END PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\n***\n-----END PRIVATE KEY-----",
            id="private-key",
        ),
        pytest.param(
            f"'-----BEGIN PRIVATE KEY-----'\n'{KEY_LINE}'",
            "'-----BEGIN PRIVATE KEY-----'\n'***'",
            id="private-key-without-an-end",
        ),
        pytest.param(
            '"https://h/callback?code=9f8e7d6c&state=x"',
            '"https://h/callback?code=***&state=x"',
            id="code-of-a-redirect",
        ),
        pytest.param(
            'f(code="9f8e7d6c5b4a", refresh_token="abc")',
            'f(code="***", refresh_token="***")',
            id="code-and-refresh-token-as-arguments",
        ),
        pytest.param(
            '"https://h/?access_token=" + "abc"',
            '"https://h/?access_token=" + "***"',
            id="token-that-is-added",
        ),
        pytest.param('[("client_secret", "s3cret")]', '[("client_secret", "***")]', id="pair"),
        pytest.param("Cookie: a=1; _session=dead", "Cookie: ***", id="cookie-header"),
        pytest.param('"Set-Cookie: _s=dead; Path=/"', '"Set-Cookie: ***"', id="set-cookie"),
        pytest.param('cookies={"_s": "dead", "b": x}', "cookies={***}", id="cookie-jar"),
        pytest.param(
            's.cookies.set("sid", "dead")', 's.cookies.set("sid", "***")', id="put-in-jar"
        ),
        pytest.param('session_id = "dead"', 'session_id = "***"', id="session"),
        pytest.param("PROD_TOKEN_2024=abc", "PROD_TOKEN_2024=***", id="env-name-in-its-middle"),
        pytest.param("SIGNING_KEY=0123456789ab", "SIGNING_KEY=***", id="env-key"),
        pytest.param("ASIAIOSFODNN7EXAMPLE", "***", id="cloud-key"),
        pytest.param(
            "https://hooks.slack.com/services/T00/B00/abcdef",
            "https://hooks.slack.com/services/***",
            id="chat-hook",
        ),
        pytest.param(
            r'"https:\/\/joe:abc@h\/vapid\/me"', r'"https:\/\/joe:***@h\/vapid\/me"', id="json-url"
        ),
        pytest.param('"//joe:abc@h/me"', '"//joe:***@h/me"', id="url-without-scheme"),
        pytest.param("https://joe:p#abc@h/", "https://joe:***@h/", id="number-sign-in-a-url"),
        pytest.param("https://joe:a<x>@h/", "https://joe:***@h/", id="brackets-in-a-url"),
        pytest.param("https://abc:x-oauth-basic@h/", "https://***:***@h/", id="token-as-user"),
        pytest.param("https://abc:@h/", "https://***:@h/", id="token-without-password"),
        pytest.param("https://hunter2@h/", "https://***@h/", id="short-token-in-a-url"),
        pytest.param('{"token": 3737373738}', '{"token": ***}', id="number"),
        pytest.param("CLIENT_SECRET=ABCDEF", "CLIENT_SECRET=***", id="capitals"),
        pytest.param("xx_ghp_" + "a1" * 18, "xx_***", id="token-after-a-name"),
        pytest.param("GOCSPX-" + "a1" * 14, "***", id="other-cloud-secret"),
        pytest.param("glrt-" + "a1" * 10, "***", id="token-of-a-runner"),
        pytest.param("whsec_" + "a1" * 16, "***", id="secret-of-a-hook"),
        pytest.param("xoxd-" + "a1" * 16, "***", id="chat-cookie"),
        pytest.param(
            "https://hooks.slack.com/triggers/T00/1/abcdef",
            "https://hooks.slack.com/triggers/***",
            id="chat-trigger",
        ),
        pytest.param(JWT.replace(".", "%2E"), "***", id="quoted-web-token"),
        pytest.param(
            'password="abc"; secret="def"', 'password="***"; secret="***"', id="two-on-a-line"
        ),
    ],
)
def test_secret_is_masked_and_the_rest_of_the_line_stays(line: str, masked: str) -> None:
    assert mask_secrets(line) == masked
    assert mask_secrets(masked) == masked


@pytest.mark.parametrize(
    "line",
    [
        'url = f"{BASE}/vapid/projects/{project_id}/rfis"',
        "password=getpass()",
        "    password=getpass.getpass('Password: '),",
        "client_secret=settings.CLIENT_SECRET,",
        "CLIENT_SECRET=settings.CLIENT_SECRET",
        "API_KEY=OTHER_KEY",
        "token = token",
        "token = get_token(client_id, client_secret)",
        "access_token = response['access_token']",
        "client_id = 123456",
        '"client_id": "0123456789abcdef"',
        'f"?access_token={token}"',
        '"?access_token=%s" % token',
        'f"Bearer {token}"',
        '"Bearer " + token',
        '{"Authorization": f"Bearer {token}"}',
        '{"Authorization": f"Token token={token}"}',
        'authorization: str = Header("x")',
        'f"https://{user}:{password}@host/"',
        "https://host:8080/a@b",
        "https://user@host/vapid/me",
        'password = ""',
        'password = "${PASSWORD}"',
        "password: str",
        "password: SecretStr",
        '("username", "password", "email")',
        '{"grant_type": "password", "client_id": 1}',
        '"grant_type=password"',
        "# the token: see the documentation",
        "# Basic authentication with a bearer token of the user",
        'x = "it\'s"; f(password=secret)',
        "-----BEGIN PUBLIC KEY-----\nabc",
        'token_url = "https://login.procore.com/oauth/token"',
        "tokens = ['a']",
        'raise Refused(code="VAP001")',
        'code = "COST-CODES"',
        'SORT_KEY = "name"',
        'CACHE_KEY = "/vapid/projects"',
        "TOKEN_URL=https://login.procore.com/oauth/token",
        "TOKEN_SIZE = 32",
        "DATABASE_PASSWORD_FILE=/run/secrets/x",
        'cookies={"a": token}',
        "session = requests.Session()",
        "password = get_password()",
        "password = settings.PASSWORD",
        "token: str",
        "token: str | None = None",
        "token: Callable[[str], str]",
        "token: Final = load()",
        """{"Authorization": f"Bearer {os.environ['PROCORE_TOKEN']}"}""",
        "# to login you need a password first",
        "# see http or https and token == None",
        "token = f'{x}'",
        "token = scheme+'{}'.format(x)",
        "token = a|b",
        "token = -1",
        "password = first or second",
        "password = password1",
        "token = await fetch()",
        "    token=token1",
        "token = prefix + suffix",
        "TOKEN = CHAR ^ CTL",
        "    token: The access token of the user.",
        "    token: what is sent with each request",
        "password:\n  type: string",
        "    token:\n        The token.",
        "secret: !Ref ClientSecret",
        "secret: !secret procore",
        "if token:\n    send()",
        "x[-num:end]",
        "docker run -u $UID:$GID x",
        "curl -A user-agent:x https://h",
        "git checkout -b topic origin/main",
        "date -d tomorrow",
        'p.add_argument("--token", "-t", help="the token")',
        'click.option("--password", "password")',
        'p.add_argument("--token", default=None)',
        'auth=("user", password)',
        'auth=(user, os.environ["PASSWORD"])',
        '{"credentials": "include"}',
        'if kind == "token":',
        'for token in ("if", "else"):',
        "cookies=dict(sid=sid)",
        "ssh://git@github.com/x",
        "https://host:80?x=a@b",
        "http://user@host",
        "// see: a@b",
        '"//static.host/x@2x.png"',
        '<input name="token" type="hidden">',
        '{"max_tokens": 1000000}',
        "pass # the token",
        "# 3 pass, 2 fail",
        "pyjwt = ^2.0",
        "sk-SK, task-based",
        "${TOKEN:?is missing}",
        "TOKEN=${TOKEN:-}",
        "[tool.x]\nkeys = 1",
        "?key={key}&auth={auth}",
        "/vapid/tokens/x",
        "risk-assessment-of-the-whole-project",
    ],
)
def test_what_is_not_secret_is_left_alone(line: str) -> None:
    assert mask_secrets(line) == line


EXPRESSIONS = [
    ('{"Authorization": "Bearer " + "@"}', "scheme-added"),
    ('{"Authorization": "Bearer " "@"}', "scheme-beside"),
    ('{"Authorization": "Bearer %s" % "@"}', "scheme-and-percent"),
    ('{"Authorization": "Bearer {}".format("@")}', "scheme-and-format"),
    ("""{"Authorization": f"Bearer {'@'}"}""", "literal-in-a-hole"),
    ('h["Authorization"] = (\n    "Bearer "\n    "@"\n)', "header-over-lines"),
    ('get(f"{U}?access_token=" "@")', "query-beside"),
    ('get("/me?access_token={}".format("@"))', "query-and-format"),
    ('get("/me?access_token=%s" % "@")', "query-and-percent"),
    ("GET /vapid/me;token=@", "parameter-of-a-path"),
    ('TOKEN = os.environ.get("PROCORE_TOKEN") or "@"', "default-by-or"),
    ('TOKEN = "" if DEBUG else "@"', "condition"),
    ('CLIENT_ID, CLIENT_SECRET = "id", "@"', "several-targets"),
    ('TOKENS = ["@"]', "list-of-many"),
    ('SECRETS = {"prod": "@"}', "items-of-many"),
    ('print(token := "@")', "walrus"),
    ('token = ("@")', "brackets"),
    ('token = str("@")', "call"),
    ('token = "abc" + "@"', "added"),
    ('client_secret: SecretStr = SecretStr("@")', "settings-class"),
    ('client_secret = Field(default="@")', "field"),
    ('token = """\n@\n"""', "lines-of-a-string"),
    ('login(client_secret=\n    "@")', "argument-on-the-next-line"),
    ('token = \\\n    "@"', "line-that-goes-on"),
    ('setattr(client, "client_secret", "@")', "attribute"),
    ("const token = `@`;", "template-of-another-language"),
    ("# the password is @", "sentence"),
    ("wget --password=@ https://h", "option"),
    ("wget --http-password @ https://h", "option-and-value"),
    ("<client_secret>@</client_secret>", "element"),
    ('{"key": "client_secret", "value": "@"}', "item-of-a-collection"),
    ("- name: CLIENT_SECRET\n  value: @", "item-of-a-manifest"),
    ("{url: https://h, client_secret: @}", "flow-of-yaml"),
    ("client_secret: |\n  @\nurl: x", "block-of-yaml"),
    ("ENV TOKEN @", "image"),
    ('creds = dict(password=\n    "@", url="https://h/vapid/me")', "keyword-and-its-value"),
    ('p.add_argument("--token",\n    default="@")', "option-of-a-program"),
    ('click.option("--password", "-p", help="x", default="@")', "option-of-a-command"),
    ("-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 1\n\n@\n-----END", "block-of-a-key"),
    ('auth=(\n  "bob",\n  "@",\n)', "pair-over-lines"),
    ('auth=["bob", "@"]', "pair-in-a-list"),
    ('{"auth": ("bob", "@")}', "pair-of-a-key"),
    ('s.auth = "bob", "@"', "pair-without-brackets"),
    ('HTTPBasicAuth(os.environ["USER"],\n    "@")', "object-over-lines"),
    ('make_headers(basic_auth="bob:@")', "both-in-one"),
    ('BearerAuth("@")', "object-of-a-token"),
    ('cookies={\n  "sid": "@",\n}', "jar-over-lines"),
    ('cookies=dict(sid="@")', "jar-of-arguments"),
    ('s.cookies["sid"] = "@"', "item-of-a-jar"),
    ('if "@" == token:', "compared"),
    ('if token in ("x", "@"):', "one-of-some"),
    ('{"pass": "@"}', "short-key"),
    ('{"jwt": "@"}', "kind-of-token"),
    ('{"credentials": "@"}', "credentials"),
    ('{"token_value": "@"}', "value-of-a-token"),
    ('{"secretKeyBase": "@"}', "base-of-a-key"),
    ('{"passwordHash": "@"}', "hash"),
    ('login(bearer="@")', "bearer-argument"),
    ("curl -d client_secret=@ https://h", "data-of-curl"),
    ("curl -F token=@ https://h", "form-of-curl"),
    ("curl -sG --data-urlencode access_token=@ https://h", "query-of-curl"),
    ("curl -ubob:@ https://h", "user-without-a-blank"),
    ("curl -su bob:@ https://h", "user-among-flags"),
    ("curl --proxy-user bob:@ https://h", "user-of-a-proxy"),
    ('curl --user bob:"@" https://h', "quoted-password"),
    ('curl -u "$USER:@" https://h', "variable-and-password"),
    ("curl -b session=@ https://h", "cookie-of-curl"),
    (r"curl -H Authorization:\ Bearer\ @ https://h", "escaped-blanks"),
    ('curl -H "Authorization: Bearer ${T:-@}" https://h', "default-of-a-variable"),
    ("TOKEN=${TOKEN:-@} curl https://h", "default-of-a-telling-variable"),
    ("http -a bob:@ https://h", "user-of-httpie"),
    ('run(["curl", "-u", "bob:@", URL])', "user-in-a-list"),
    ('run(["curl", "--password", "@", URL])', "option-in-a-list"),
    ('run(["curl", "--oauth2-bearer", "@", URL])', "token-in-a-list"),
    ('"https://h/?user[token]=@"', "token-of-a-user"),
    ('"https://h/?user%5Btoken%5D=@"', "token-of-a-quoted-user"),
    ('"https://h/?access_token=abc,@"', "after-a-comma"),
    ('"https://h/?access_token=abc(@"', "after-a-bracket"),
    ("f\"https://h/?access_token={'@'}\"", "literal-in-a-query"),
    ('"https://h/?pw=@"', "short-name-in-a-query"),
    ('"https://h/?a=1&jwt=@"', "kind-of-token-in-a-query"),
    ("GET /vapid/access_token=x/@", "in-a-path"),
    ("%3A%2F%2Fbob%3A@%40h", "quoted-url"),
    ("DB2_PASSWORD=correct horse @", "words"),
    ("DB_PASSWORD=p\x40ss#word!(@)", "signs"),
    ("[db]\npassword = @\n", "line-of-a-section"),
    ("clientSecret=@", "property"),
    ("spring.datasource.password=@", "property-with-dots"),
    ("secret = x horse @", "several-words"),
    ("api_token = a;@", "after-a-semicolon"),
    ("password: correct @", "words-of-yaml"),
    ("token: a'@", "quote-in-a-word"),
    ("secret: !vault @", "tag"),
    ("token:\n  @\nx: y", "next-line-of-yaml"),
    ("CLIENT_SECRET=abc.def.@", "dots"),
    ('<add key="ClientSecret" value="@"/>', "attributes"),
    ('<entry key="password">@</entry>', "element-with-a-key"),
    ('{"value": "@", "key": "token"}', "item-the-other-way-round"),
    ("Authorization: Basic bob @", "two-words-of-a-header"),
    ("Proxy-Authorization: @", "proxy"),
    ("X-Auth: @", "short-header"),
    ("http POST https://h token=@", "item-of-httpie"),
    ("curl -H Authorization:Bearer\\ @ https://h", "scheme-and-escaped-blank"),
    ('token ||= "@"', "assigned-if-there-is-none"),
    ('request.basic_auth "bob", "@"', "call-without-brackets"),
    ("machine h login bob password @", "login"),
    ("setx CLIENT_SECRET @", "command-that-sets"),
]


@pytest.mark.parametrize("form", [pytest.param(form, id=name) for form, name in EXPRESSIONS])
@pytest.mark.parametrize("secret", ["9f8e7d6c5b4a39aa", "correcthorsebatterystaple"])
def test_secret_in_an_expression_is_masked(form: str, secret: str) -> None:
    masked = mask_secrets(form.replace("@", secret))

    assert secret not in masked
    assert mask_secrets(masked) == masked
    assert masked.count("\n") == form.count("\n")


@pytest.mark.parametrize(
    "line",
    [
        'token = session.post("https://login.procore.com/oauth/token", data=form).json()["token"]',
        'token = post(f"{BASE}/vapid/oauth", {"grant_type": "x"})',
        'headers={"Authorization": token, "Accept": "application/json"}',
        'token = keyring.get_password("procore", "bot")',
        'token = os.environ["PROCORE_TOKEN"]',
        'token = os.getenv("PROCORE_TOKEN")',
        'get("/me?access_token=" + token, params={"page": "one"})',
        'get("/me?access_token=" + token + "&page=2")',
        "if token: print('no token')",
        "def f(token: str = None, name='x'): ...",
        "tokens = text.split('x1')",
        "# the tokens of 'both' kinds",
        'token = next(x for x in y if x["kind"] == "access1")',
        "# token: it's the caller's \"own\"",
        "requests.get(url, timeout=30)  # no token",
        "--token-file tokens.txt",
        "{url: https://h, token: x}",
    ],
)
def test_literal_that_is_no_value_of_a_secret_is_left_alone(line: str) -> None:
    assert mask_secrets(line) == line


@given(st.text(alphabet="ab1 \n\"'=:?&@/#{}\\.-_,()", max_size=60), st.sampled_from(["", "token="]))
def test_mask_keeps_every_line(text: str, lead: str) -> None:
    text = f"{lead}{text} password='x'"

    spans = find_secrets(text)

    assert mask_secrets(text).count("\n") == text.count("\n")
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@pytest.mark.sampled
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda n: "a" * 25_000 * n + " token", id="one-word"),
        pytest.param(lambda n: "token=a1 " * 2_500 * n, id="many-names"),
        pytest.param(lambda n: "eyJ" * 8_750 * n, id="almost-a-web-token"),
        pytest.param(lambda n: "://" * 8_750 * n + "x:@", id="almost-a-url"),
        pytest.param(lambda n: 'password = "' * 1_875 * n, id="many-quotes"),
        pytest.param(lambda n: "-----BEGIN PRIVATE KEY-----" * 625 * n, id="many-private-keys"),
        pytest.param(lambda n: "password" + " " * 25_000 * n + "x", id="many-spaces"),
        pytest.param(lambda n: "auth" * 6_250 * n, id="many-times-auth"),
        pytest.param(lambda n: '("token","a",' * 1_875 * n, id="almost-pairs"),
        pytest.param(lambda n: "cookie:a" * 3_125 * n, id="almost-cookies"),
        pytest.param(lambda n: "cookies={" * 2_500 * n, id="many-jars"),
        pytest.param(lambda n: 'code="' * 3_750 * n, id="many-codes"),
        pytest.param(lambda n: "A_" * 12_500 * n + "KEY=", id="one-long-setting"),
        pytest.param(lambda n: "KEY_TOKEN_ " * 2_500 * n, id="almost-settings"),
        pytest.param(lambda n: "TOKEN_URL_" * 2_500 * n + "=1", id="settings-that-say-where"),
        pytest.param(lambda n: "SECRET_A=1" * 2_500 * n, id="settings-side-by-side"),
        pytest.param(lambda n: "token=(" * 3_125 * n, id="many-brackets"),
        pytest.param(lambda n: "token=('" * 3_125 * n, id="many-brackets-and-quotes"),
        pytest.param(lambda n: "token=''+" * 3_125 * n, id="many-sums"),
        pytest.param(lambda n: "\ntoken=(''," * 1_250 * n, id="many-lists"),
        pytest.param(lambda n: "token: |\n " * 2_500 * n, id="many-blocks"),
        pytest.param(lambda n: "a,token,b" * 2_500 * n, id="many-targets"),
        pytest.param(lambda n: "--token " * 3_125 * n, id="many-options"),
        pytest.param(lambda n: "key:token,value:" * 1_875 * n, id="many-items"),
        pytest.param(lambda n: "<token>" * 3_750 * n, id="many-elements"),
        pytest.param(lambda n: "-u a" * 6_250 * n, id="many-users"),
        pytest.param(lambda n: ' -d token="' * 2_500 * n, id="many-forms"),
        pytest.param(lambda n: '"token","--' * 2_500 * n, id="many-arguments"),
        pytest.param(lambda n: '"--token",default' * 1_500 * n, id="almost-defaults"),
        pytest.param(lambda n: '"a" == ' * 3_500 * n + "token", id="many-comparisons"),
        pytest.param(lambda n: ' key="token" value' * 1_500 * n, id="many-attributes"),
        pytest.param(lambda n: "auth=(" * 4_000 * n, id="many-pairs"),
        pytest.param(lambda n: "auth=(a, " + " " * 25_000 * n, id="pair-and-blanks"),
        pytest.param(lambda n: "cookies=dict(" * 2_000 * n, id="many-jars-of-arguments"),
        pytest.param(lambda n: "http -a " * 3_125 * n, id="many-calls-of-httpie"),
        pytest.param(lambda n: "${token:-" * 3_000 * n, id="many-defaults-of-a-shell"),
        pytest.param(lambda n: "password=a " + "b " * 12_500 * n, id="many-words"),
        pytest.param(lambda n: "password=a" + " " * 25_000 * n + "x", id="words-far-apart"),
        pytest.param(lambda n: "password=a x\n" * 2_000 * n, id="many-lines"),
        pytest.param(lambda n: "%2F%2Fa%3A" * 2_500 * n, id="almost-quoted-urls"),
        pytest.param(lambda n: "?token=a," * 2_800 * n, id="many-queries"),
        pytest.param(lambda n: "token in (" * 2_500 * n, id="many-memberships"),
        pytest.param(lambda n: "token:\n " * 2_800 * n, id="many-next-lines"),
        pytest.param(lambda n: "http token " * 2_500 * n, id="many-items-of-httpie"),
        pytest.param(lambda n: "login a " * 3_000 * n, id="many-logins"),
    ],
)
def test_hostile_line_takes_no_square_of_time(make: Callable[[int], str]) -> None:
    def spent(size: int) -> float:
        started = time.process_time()
        find_secrets(make(size))
        return time.process_time() - started

    # Four times as much text would take sixteen times as long if it were a square.
    least = min(spent(1) for _ in range(2))
    assert spent(4) < 9 * least + 0.05


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        pytest.param("::error::x", r":\x3aerror::x", id="error"),
        pytest.param("::Set-Env name=A::b", r":\x3aSet-Env name=A::b", id="with-a-parameter"),
        pytest.param("a ##[add-path]b", r"a #\x23[add-path]b", id="old-form"),
        pytest.param("##vso[task.x]b", r"#\x23vso[task.x]b", id="other-runner"),
        pytest.param("##VSO[task.x]b", r"#\x23VSO[task.x]b", id="in-capitals"),
        pytest.param("##teamcity[x]", r"#\x23teamcity[x]", id="third-runner"),
        pytest.param(
            "::internal-set-repo-path a=b::c",
            r":\x3ainternal-set-repo-path a=b::c",
            id="internal",
        ),
        pytest.param("x[::2] + y[::step]", "x[::2] + y[::step]", id="slices"),
        pytest.param("std::error", "std::error", id="scope"),
        pytest.param("## Heading", "## Heading", id="heading"),
    ],
)
def test_command_of_a_ci_runner_is_broken_up(line: str, printed: str) -> None:
    assert inert(line) == printed
    assert inert(printed) == printed


def test_clean_masks_and_spells_out() -> None:
    assert clean("password='a\u200bb' \x1b[0m") == r"password='***' \x1b[0m"
