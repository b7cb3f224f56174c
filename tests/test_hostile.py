"""What is analysed may be written by an enemy: in no format does it become more than text."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from jsonschema import Draft4Validator, Draft202012Validator  # type: ignore[import-untyped]
from markdown_it import MarkdownIt

from migrator.cli import program
from migrator.cli.formats import Format, render
from migrator.render.check import render_check
from migrator.render.clean import is_hidden, visible
from migrator.render.diff import render_color_diff
from migrator.render.html import render_html
from migrator.render.markdown import LIMIT, render_markdown
from migrator.resources import data_folder
from migrator.values import (
    Changed,
    Earlier,
    Edit,
    Endpoint,
    Failed,
    Finding,
    Fix,
    Outcome,
    Place,
    Problem,
    Progress,
    RestCall,
    RestStatus,
    Safety,
    Scan,
    SourceFile,
    Span,
    Status,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

TODAY = date(2026, 1, 31)
CALL = 'get("https://api.procore.com/vapid/me")'
SARIF = Draft4Validator(
    json.loads((Path(__file__).parent / "data/sarif/sarif-schema-2.1.0.json").read_text("utf-8"))
)
SCHEMA = Draft202012Validator(
    json.loads((data_folder("reports") / "scan.schema.json").read_text("utf-8"))
)

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "script-end": "</script><img src=x onerror=alert(1)>",
    "style-end": "</style><svg/onload=alert(1)>",
    "comment-end": "--><b>",
    "attribute-end": "\" onmouseover=\"alert(1)' x='",
    "entity": "&lt;b&gt;&#60;i&#62;&amp;",
    "cdata-end": "]]><failure/>",
    "cdata": "<![CDATA[<x>]]>",
    "doctype": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    "processing-instruction": "<?xml version='1.0'?><?php echo 1 ?>",
    "template-value": "{{ 7 * 7 }}{{ report }}",
    "template-block": "{% for x in y %}{# c #}{% endraw %}",
    "format-field": "{0.__class__} %s %(x)s $x ${x}",
    "command": "::error::owned",
    "command-with-values": "::set-output name=a::b",
    "command-on-a-line": "x\n::add-mask::b\n::stop-commands::t",
    "command-after-cr": "x\r::error::b",
    "command-escaped": "%0A::error::b",
    "old-command": "##[add-path]/tmp",
    "other-runner": "##vso[task.setvariable variable=a]b",
    "other-runner-in-capitals": "##VSO[task.setvariable variable=a]b",
    "third-runner": "##teamcity[setParameter name='a' value='b']",
    "internal-command": "\n::internal-set-repo-path repoFullName=a::b",
    "values-of-a-command": "a,line=1,title=b:c",
    "ansi-color": "\x1b[31mred\x1b[0m",
    "ansi-clear": "\x1b[2J\x1b[H",
    "ansi-one-character": "\x9b2J",
    "osc-8-link": "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "osc-title": "\x1b]0;owned\x07",
    "backspaces": "safe\x08\x08\x08\x08evil",
    "bidi-override": "user\u202egnp.py",
    "bidi-isolate": "\u2066a\u2069\u2067b\u2069",
    "zero-width": "va\u200bpid\u2060\ufeff",
    "tag-characters": "\U000e0001\U000e0061",
    "nul": "a\x00b",
    "control-characters": "".join(map(chr, range(32))),
    "not-xml": "\ufffe\uffff\x0b\x1f",
    "lone-surrogate": "caf\udce9 \ud800",
    "line-separators": "a\u2028b\u2029c\x85d",
    "newlines": "a\nb\r\nc\n\n# heading",
    "very-long": "x" * 12_000,
    "very-wide": "日" * 6_000,
    "one-combining-mark-after-another": "e" + "\u0301" * 500,
    "backticks": "`` ` ``` ```` ~~~",
    "fence-end": "```\n</details>\n# out",
    "pipes": "a | b || c \\| d",
    "table-row": "| x |\n| --- |\n| y |",
    "markdown-link": "[click](https://evil.example) [x]: https://evil.example",
    "markdown-image": "![x](https://evil.example/x.png)",
    "autolink": "<https://evil.example> https://evil.example www.evil.example a@evil.example",
    "mention": "@everyone @org/team #1 org/repo#2",
    "emphasis": "**a** _b_ ~~c~~ $x$ :tada:",
    "task-and-quote": "- [x] done\n> quote\n1. one",
    "html-in-markdown": "<details open><summary>x</summary><a href=javascript:alert(1)>y</a>",
    "json-end": '"}], "runs": [{"',
    "backslashes": "\\u001b\\x1b\\n\\",
    "path-climb": "../../etc/passwd",
    "scheme": "javascript:alert(1)",
    "percent": "%SRCROOT%%2e%2e%2f",
    "formula": '=HYPERLINK("https://evil.example")',
}

SECRETS = {
    "bearer": ('h = {"Authorization": "Bearer @"}', "9f8e7d6c5b4a"),
    "basic": ('h = {"Authorization": "Basic @"}', "dXNlcjpwYXNzd29yZA=="),
    "basic-pair": ('auth=("user", "@")', "hunter2hunter2"),
    "client-secret-argument": ('login(client_secret="@")', "9f8e7d6c5b4a"),
    "client-secret-dictionary": ('{"client_secret": "@"}', "9f8e7d6c5b4a"),
    "client-secret-assigned": ('CLIENT_SECRET = "@"', "9f8e7d6c5b4a"),
    "access-token-in-a-url": ('"https://h/x?access_token=@&b=1"', "9f8e7d6c5b4a"),
    "refresh-token-in-a-url": ('"https://h/x?a=1&refresh_token=@"', "9f8e7d6c5b4a"),
    "code-in-a-url": ('"https://h/callback?code=@"', "9f8e7d6c5b4a"),
    "code-argument": ('exchange(code="@")', "9f8e7d6c5b4a3928"),
    "password-in-a-url": ('"https://user:@@h/x"', "hunter2hunter2"),
    "web-token": ('x = "@"', "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"),
    "cloud-key": ('x = "@"', "AKIAIOSFODNN7EXAMPLE"),
    "cloud-secret": ('AWS_SECRET_ACCESS_KEY = "@"', "wJalrXUtnFEMIK7MDENGbPxRfiCY"),
    "hub-token": ('x = "@"', "ghp_" + "a1" * 18),
    "chat-token": ('x = "@"', "xoxb-123456789012-abcdefabcdef"),
    "chat-hook": ('x = "https://hooks.slack.com/services/@"', "T00000000/B00000000/abcdefabcdef"),
    "private-key": ('x = "-----BEGIN PRIVATE KEY-----@"', "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC"),
    "environment": ("PROD_TOKEN_2024=@", "9f8e7d6c5b4a"),
    "environment-key": ("SIGNING_KEY=@", "9f8e7d6c5b4a"),
    "cookie": ('"Cookie: a=1; _session=@"', "9f8e7d6c5b4a"),
    "cookie-jar": ('cookies={"_session": "@"}', "9f8e7d6c5b4a"),
}


def scan_of(hostile: str, *, path: str | None = None, line: str | None = None) -> Scan:
    """Return a scan with the text at every place that analysed code fills."""
    path = f"{hostile}.py" if path is None else path
    line = f'x = "{hostile}"; {CALL}' if line is None else line
    start = line.index("vapid/me") if "vapid/me" in line else 0
    found = Finding(
        path=path,
        line=1,
        column=start + 1,
        end_line=1,
        end_column=start + 6,
        code="VAP001",
        message=f"sent by {hostile}",
        safety=Safety.SAFE,
        source_line=line,
        fix=Fix.NAMESPACE,
        endpoints=(f"GET /vapid/{hostile}",),
        notes=(f"{hostile} → x", hostile),
        edits=(
            Edit(Span(path, start, start + 5), "vapid", "rest/v1.0", Fix.NAMESPACE, Safety.SAFE),
        ),
    )
    manual = replace(found, line=2, end_line=2, safety=Safety.MANUAL, fix=None, edits=())
    call = Place(path, 1, 1)
    return Scan(
        root=f"/{hostile}",
        files_seen=1,
        files_parsed=1,
        endpoints=(
            Endpoint(
                hostile[:30],
                f"/vapid/{hostile}",
                f"/rest/v1.0/{hostile}",
                Status.MOVED,
                None,
                (hostile,),
                (call,),
            ),
        ),
        findings=(found, manual, replace(manual, line=3, end_line=3, kind="prose", code="VAP100")),
        problems=(Problem(path, 1, "VAP900", hostile),),
        sources=(SourceFile(path, b"", f"{line}\n\n\n", "utf-8"),),
        rest=(RestCall("GET", f"/rest/{hostile}", RestStatus.SUNSET, None, (hostile,), (call,)),),
        suppressed=(replace(found, line=3, end_line=3, edits=()),),
        progress=Progress((Earlier(hostile, None, 1, 1, 1, 1, 0),), ((None, 1), (TODAY, 1))),
    )


def outcomes_of(scan: Scan) -> tuple[Outcome, ...]:
    before = scan.sources[0]
    text = before.text.replace("vapid/me", "rest/v1.0/me")
    changed = Changed(before, text.encode("utf-8", "surrogatepass"), text)
    return changed, Failed("other.py", scan.problems[0].message)


def render_all(scan: Scan) -> dict[str, str]:
    outcomes = outcomes_of(scan)
    shown = {
        form.value: render(scan, form, today=TODAY, color=False, width=100)
        for form in Format
        if form not in {Format.MARKDOWN, Format.HTML}
    }
    return shown | {
        "markdown": render_markdown(scan, outcomes, today=TODAY),
        "html": render_html(scan, outcomes, today=TODAY),
        "check": render_check(scan),
        "diff": re.sub(r"\x1b\[[\d;]*m", "", render_color_diff(outcomes).decode()),
    }


@cache
def render_hostile(name: str) -> dict[str, str]:
    return render_all(scan_of(HOSTILE[name] if name else "harmless"))


@pytest.mark.sampled
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_drives_neither_terminal_nor_runner(name: str) -> None:
    for form, text in render_hostile(name).items():
        assert not [char for char in text if char != "\n" and is_hidden(char)], form
        assert "##[" not in text, form
        assert not re.search(r"##(?:vso|teamcity)\[", text, re.IGNORECASE), form
        text.encode("utf-8")
        if form != "github":
            assert not [line for line in text.splitlines() if line.lstrip().startswith("::")], form


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_text_in_json(name: str) -> None:
    shown = render_hostile(name)
    document = json.loads(shown["json"])
    log = json.loads(shown["sarif"])

    SCHEMA.validate(document)
    SARIF.validate(log)
    assert document["findings"][0]["path"] == f"{HOSTILE[name]}.py"
    assert len(log["runs"]) == 1
    assert len(log["runs"][0]["results"]) == 5
    for result in log["runs"][0]["results"]:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:[\w./~-]|%[0-9A-F]{2})+", uri, re.ASCII)
        assert not re.search(r"\]\(", result["message"]["text"])
    issues = json.loads(shown["gitlab"])
    assert [issue["check_name"] for issue in issues] == ["VAP001", "VAP001", "VAP100", "VAP900"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_text_in_xml(name: str) -> None:
    tags = [element.tag for element in ET.fromstring(render_hostile(name)["junit"]).iter()]

    assert tags == [element.tag for element in ET.fromstring(render_hostile("")["junit"]).iter()]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_makes_no_command_of_its_own(name: str) -> None:
    lines = render_hostile(name)["github"].split("\n")
    command = re.compile(
        r"::(?:error|warning|notice) file=(?P<file>[^,:\n]+),line=\d+(?:,\w+=\d+)*"
        r",title=VAP\d{3} [\w-]+::(?P<text>[^\r\n]*)"
    )

    found = [command.fullmatch(line) for line in lines[:-1]]

    assert len(lines) == 5
    for match in found:
        assert match is not None
        name_of_file = match["file"]
        for escape, sign in (("%3A", ":"), ("%2C", ","), ("%25", "%")):
            name_of_file = name_of_file.replace(escape, sign)
        assert name_of_file.replace(r"#\x23", "##").replace(r":\x3a", "::") == visible(
            f"{HOSTILE[name]}.py"
        )


class Tags(HTMLParser):
    """Lists the tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_text_in_html(name: str) -> None:
    harmless = Counter(tag for tag, _ in Tags(render_hostile("")["html"]).found)

    found = Tags(render_hostile(name)["html"]).found

    # A diff has as many lines as the text; a long note opens; what a message quotes is code.
    more = Counter(span=20, b=99, details=2, summary=2, code=20)
    assert Counter(tag for tag, _ in found) - more - harmless == Counter()
    for tag, attributes in found:
        assert tag != "b" or set(attributes) == {"class"}
        for key, value in attributes.items():
            assert not key.startswith("on")
            assert not (
                key in {"href", "src"} and re.match(r"\s*(?:javascript|data:text|http)", str(value))
            )


ALLOWED = re.compile(
    r"<br>|</?code>|<!-- -->|</details>|<details(?: open)?><summary>(?:<code>[^<>]*</code>)?"
    r"(?::? ?[\w, ]+)?</summary>"
)


def walk(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *(token.children or ()))]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_text_in_markdown(name: str) -> None:
    page = render_hostile(name)["markdown"]
    reader = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    tokens = reader.parse(page)
    kinds = {token.type for token in walk(tokens)}

    assert len(page) <= LIMIT
    assert kinds.isdisjoint({"link_open", "image", "em_open", "s_open", "hr", "blockquote_open"})
    in_code = False
    for token in walk(tokens):
        if token.type in {"html_inline", "html_block"}:
            in_code = token.content == "<code>"
            assert not ALLOWED.sub("", token.content).strip(), token.content
        if token.type == "text" and not in_code:
            assert not re.search(r"[@#]\w", token.content), token.content
        if token.type == "inline":
            text = re.sub(r"`[^`]*`|<code>.*?</code>", "", token.content)
            assert not re.search(r"(?<!\\)://|www\.", text), text
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    assert rows
    cells = Counter(token.type for token in tokens)
    harmless = Counter(token.type for token in reader.parse(render_hostile("")["markdown"]))
    # A long text may cost rows, but no text makes more of them.
    assert not {kind: n for kind, n in (cells - harmless).items() if kind != "fence"}


@pytest.mark.parametrize("kind", SECRETS)
def test_secret_reaches_no_format(kind: str) -> None:
    form, secret = SECRETS[kind]
    text = form.replace("@", secret, 1)
    scan = replace(scan_of(text, path="sync.py", line=text), root=".")
    long = replace(scan_of(text, path="sync.py", line=f"{text}; {CALL}"), root=".")

    # A line of its own is what tells a setting.
    for each in (scan,) if kind.startswith("environment") else (scan, long):
        for name, shown in render_all(each).items():
            assert secret not in shown, name
            if name in {"text", "json", "check", "junit", "html"}:
                assert "***" in shown, name


def test_secret_in_what_is_edited_is_masked_in_the_diff() -> None:
    line = f'get("https://api.procore.com/vapid/me?access_token=9f8e7d6c"); {CALL}'
    scan = scan_of("harmless", line=line)

    shown = render_all(scan)

    for name in ("markdown", "html", "diff"):
        assert "9f8e7d6c" not in shown[name]
        assert "***" in shown[name]


NAMES = [
    "a<script>.py", "b`|[x](y).py", "c\nd.py", "e\x1b[31m.py", "f\u202eg.py", "h,i:j%.py",
    "caf\udce9.py", "::error::k.py", "##[l].py", "m{{ 7 }}.py",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of clients with hostile names and lines."""
    folder = tmp_path_factory.mktemp("hostile")
    for number, name in enumerate(NAMES):
        line = list(HOSTILE.values())[number].encode("unicode_escape").decode()
        (folder / name).write_text(
            f'import requests\nrequests.get("https://api.procore.com/vapid/me")  # {line} @you\n'
        )
    return folder


@pytest.mark.parametrize("form", list(Format))
def test_hostile_files_are_shown_in_each_format(form: Format, folder: Path) -> None:
    first, second = (
        CliRunner().invoke(
            program,
            ["scan", str(folder), "--format", form.value],
            env={"SOURCE_DATE_EPOCH": "1800000000"},
        )
        for _ in range(2)
    )

    assert first.exit_code == 0
    assert first.stdout_bytes == second.stdout_bytes
    text = first.stdout_bytes.decode("utf-8")
    assert not [char for char in text if char != "\n" and is_hidden(char)]
    match form:
        case Format.JSON | Format.SARIF | Format.GITLAB:
            assert parse(form, text) == len(NAMES)
            assert ('"date": "2027-01-15"' in text) is (form is Format.JSON)
        case Format.JUNIT:
            assert 'timestamp="2027-01-15T00:00:00"' in text
            assert len(list(ET.fromstring(text).iter("failure"))) == len(NAMES)
        case Format.GITHUB:
            assert len(text.splitlines()) == len(NAMES)
        case Format.MARKDOWN:
            assert "Made on 2027-01-15 by" in text
            assert len(re.findall("<summary><code>", text)) == len(NAMES)
        case Format.HTML:
            assert "2027-01-15" in text
            assert "<script>.py" not in text
        case Format.TEXT:
            assert text.count("^^^^^") == len(NAMES)


def parse(form: Format, text: str) -> int:
    """Return how many findings a document has."""
    document: Any = json.loads(text)
    if form is Format.JSON:
        SCHEMA.validate(document)
        return len(document["findings"])
    if form is Format.SARIF:
        SARIF.validate(document)
        return len(document["runs"][0]["results"])
    return len(document)
