"""The report as HTML and Markdown: complete, self-contained, and harmless whatever is analysed."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from markdown_it import MarkdownIt

from migrator.render import view
from migrator.render.charts import Estimate
from migrator.render.check import render_check
from migrator.render.clean import is_hidden
from migrator.render.diff import render_color_diff
from migrator.render.html import render_html
from migrator.render.jsonout import render_json
from migrator.render.markdown import (
    escape_code,
    escape_signs,
    escape_text,
    fence,
    render_markdown,
)
from migrator.render.text import render_text
from migrator.values import (
    Changed,
    Endpoint,
    Failed,
    Finding,
    Fix,
    Outcome,
    Place,
    Problem,
    Safety,
    Scan,
    SourceFile,
    Status,
)

TODAY = date(2026, 1, 31)
LINE = 'get("https://api.procore.com/vapid/me")'
SAFE = Finding(
    path="sync.py",
    line=2,
    column=31,
    end_line=2,
    end_column=36,
    code="VAP001",
    message="spells the namespace",
    safety=Safety.SAFE,
    source_line=LINE,
    fix=Fix.NAMESPACE,
    endpoints=("GET /vapid/me",),
)
MANUAL = replace(SAFE, line=5, code="VAP003", message="also a file name", safety=Safety.MANUAL)
PROSE = replace(MANUAL, line=7, code="VAP010", kind="prose", source_line="# see /vapid/me")
ME = Endpoint(
    "GET",
    "/vapid/me",
    "/rest/v1.0/me",
    Status.DIRECT,
    "me.show",
    ("needs a header",),
    tuple(Place("sync.py", line, 1) for line in range(2, 9)),
)
HOOKS = Endpoint(None, "/vapid/webhooks", "/rest/v1.0/webhooks/hooks", Status.MOVED, None, (), ())
PROBLEM = Problem("old.py", 0, "VAP900", "cannot be parsed")
ESTIMATE: Any = Estimate("an hour", "a rule")
VOID = {"meta", "link", "input", "br", "col", "rect"}


def changed(path: str = "sync.py", extra: str = "") -> Changed:
    before = f"{extra}\n{LINE}\n"
    after = before.replace("/vapid", "/rest/v1.0")
    data = before.encode("utf-8", "surrogatepass")
    source = SourceFile(path, data, before, "utf-8")
    return Changed(source, after.encode("utf-8", "surrogatepass"), after)


def scan_of(*findings: Finding, **parts: Any) -> Scan:
    empty: dict[str, Any] = {"root": ".", "endpoints": (), "problems": ()}
    return Scan(files_seen=7, files_parsed=3, findings=findings, **(empty | parts))


FULL = scan_of(SAFE, MANUAL, PROSE, endpoints=(ME, HOOKS), problems=(PROBLEM,))
OUTCOMES: tuple[Outcome, ...] = (changed(), Failed("app.py", "it does not round-trip"))


class Page(HTMLParser):
    """Reads a page and refuses one whose tags do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        assert len(attrs) == len(dict(attrs))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1] not in {"style", "script"}:
            self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_html_shows_everything_that_was_found() -> None:
    text = Page(render_html(FULL, OUTCOMES, today=TODAY)).text

    for part in (
        "2026-01-31", "1,460 days ago", "1 safe", "0 unsafe", "2 manual", "1 of them in comments",
        "/vapid/me", "/rest/v1.0/me", "needs a header", "unknown", "7 calls", "sync.py:8",
        "also a file name", "Also mentioned in prose (1)", "# see /vapid/me", "old.py:1", "VAP900",
        "cannot be parsed", "Left as it is: it does not round-trip", "@@ -1,2 +1,2 @@",
        '-get("https://api.procore.com/vapid/me")', '+get("https://api.procore.com/rest/v1.0/me")',
    ):  # fmt: skip
        assert part in text


def test_html_asks_nothing_of_anyone() -> None:
    page = Page(render_html(FULL, OUTCOMES, today=TODAY))
    attributes = [item for _, found in page.tags for item in found.items()]
    addresses = {value for name, value in attributes if name in {"href", "src", "action"}}

    assert all(value == "data:," or str(value).startswith("#") for value in addresses)
    assert not any(name.startswith("on") or name == "style" for name, _ in attributes)
    assert len(page.named("script")) == 1


def test_html_policy_lets_its_own_style_and_script_run_and_nothing_else() -> None:
    html = render_html(FULL, OUTCOMES, today=TODAY)
    policy = next(str(meta["content"]) for meta in Page(html).named("meta") if "http-equiv" in meta)

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        found = re.search(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert found is not None
        digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_html_is_sound_for_a_screen_reader() -> None:
    page = Page(render_html(FULL, OUTCOMES, today=TODAY))
    ids = Counter(str(found["id"]) for _, found in page.tags if "id" in found)
    links = [str(found["href"]) for found in page.named("a")]
    labels = [str(found["aria-labelledby"]) for _, found in page.tags if "aria-labelledby" in found]

    assert set(ids.values()) == {1}
    assert {link.removeprefix("#") for link in links} | set(labels) <= set(ids)
    assert len(page.named("main")) == len(page.named("h1")) == 1
    assert links[0] == "#main"
    assert all("scope" in found for found in page.named("th"))
    assert page.named("html")[0]["lang"] == "en"


def test_html_links_each_manual_item_to_its_finding() -> None:
    html = render_html(FULL, OUTCOMES, today=TODAY)
    target = re.search(r'<ol class="checklist">\s*<li>.*?<a href="#(finding-\d+)"', html)

    assert target is not None
    assert re.search(rf'id="{target[1]}">\s*<p><span class="place">5:31<', html)


def test_html_of_an_empty_scan_says_so() -> None:
    page = Page(render_html(scan_of(), (), today=TODAY))

    assert "No place to change was found." in page.text
    assert page.named("table") == []


def test_markdown_shows_everything_that_was_found() -> None:
    text = render_markdown(FULL, OUTCOMES, today=TODAY)

    for part in (
        "**3 findings in 1 file: 1 safe, 2 manual · 7 calls of 2 endpoints · 1 problem**",
        "Made on 2026-01-31", "1,460 days ago",
        "| GET | `/vapid/me` | `/rest/v1.0/me`<br>needs a header | direct | `sync.py:2`, ",
        "`sync.py:6` and 2 more |",
        "| ? | `/vapid/webhooks` | `/rest/v1.0/webhooks/hooks` | moved |",
        "- [ ] `sync.py:5` VAP003: also a file name",
        "- `old.py:1` VAP900: cannot be parsed",
        "Left as it is: it does not round-trip",
        "- Also mentioned in prose: line 7",
        "```diff\n@@ -1,2 +1,2 @@\n",
    ):  # fmt: skip
        assert part in text


def test_markdown_says_how_much_work_is_left() -> None:
    text = render_markdown(FULL, (), today=TODAY)

    assert "About 101 minutes of work is left: a minute to look at each safe change, " in text
    assert "Estimate" not in text


def test_template_shows_no_words_of_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "estimate", lambda *_: replace(ESTIMATE, about=ESTIMATE))

    for render in (render_html, render_markdown):
        with pytest.raises(TypeError, match="a template shows a Estimate"):
            render(FULL, (), today=TODAY)


@pytest.mark.parametrize(
    ("message", "markdown", "html"),
    [
        ("`vapid` goes: see `a|b`", "`vapid` goes: see <code>a&#124;b</code>", None),
        ("one ` alone", "one \\` alone", "one ` alone"),
        ("so: `<b>`", "so: <code>&#60;b&#62;</code>", "so: <code>&lt;b&gt;</code>"),
        ("`a` `b`", "`a` `b`", "<code>a</code> <code>b</code>"),
    ],
)
def test_what_a_message_quotes_is_code(message: str, markdown: str, html: str | None) -> None:
    scan = scan_of(replace(MANUAL, message=message))

    assert f"VAP003: {markdown}\n" in render_markdown(scan, (), today=TODAY)
    wanted = html or "<code>vapid</code> goes: see <code>a|b</code>"
    assert f"<span>{wanted}</span>" in render_html(scan, (), today=TODAY)


def test_markdown_of_an_empty_scan_has_no_empty_parts() -> None:
    text = render_markdown(scan_of(root="/srv/app"), (), today=TODAY)

    assert "**0 findings in 0 files" in text
    assert "in `/srv/app`" in text
    assert "## " not in text


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2022, 2, 1), "today"),
        (date(2022, 2, 2), "1 day ago"),
        (date(2022, 1, 30), "in 2 days"),
    ],
    ids=str,
)
def test_report_says_how_far_the_sunset_is(today: date, words: str) -> None:
    assert f"began on 2022-02-01, {words}." in render_markdown(FULL, (), today=today)


@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_same_input_gives_the_same_bytes(render: Any) -> None:
    assert render(FULL, OUTCOMES, today=TODAY) == render(FULL, OUTCOMES, today=TODAY)
    assert "{{" not in render(FULL, OUTCOMES, today=TODAY)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("/vapid/{id}/_x_", "`/vapid/{id}/_x_`", id="plain"),
        pytest.param("a|b", "<code>a&#124;b</code>", id="cell-end"),
        pytest.param("a`b", "<code>a&#96;b</code>", id="backtick"),
        pytest.param("<b>", "<code>&#60;b&#62;</code>", id="tag"),
        pytest.param("a\nb|", "<code>a b&#124;</code>", id="line-end"),
        pytest.param("", "<code></code>", id="empty"),
    ],
)
def test_inline_code_cannot_be_left(text: str, code: str) -> None:
    assert escape_code(text) == code


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        pytest.param("a (short) my-id: x.", "a (short) my-id: x.", id="plain"),
        pytest.param("*a* _b_ ~c~ `d`", r"\*a\* \_b\_ \~c\~ \`d\`", id="emphasis"),
        pytest.param("[a](b) ![c](d)", r"\[a\](b) !\[c\](d)", id="links"),
        pytest.param("<b>&amp;", r"\<b\>\&amp;", id="html"),
        pytest.param("a|b\nc", r"a\|b c", id="table"),
        pytest.param("http://x", r"http\://x", id="bare-address"),
        pytest.param("@name #1", r"\@<!-- -->name \#<!-- -->1", id="mention-and-reference"),
        pytest.param("GH-12 gh-x", "GH-<!-- -->12 gh-x", id="issue"),
        pytest.param(
            "a94a8fe5ccb19ba6 defaced 123456",
            "a94a8f<!-- -->e5ccb1<!-- -->9ba6 defaced 123456",
            id="commit",
        ),
    ],
)  # fmt: skip
def test_text_of_a_sentence_has_no_syntax(text: str, escaped: str) -> None:
    assert escape_text(text) == escaped


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("src/my_module-2.py", "src/my_module-2.py"),
        ("![i](http:evil.example/x.png).py", None),
        ("www.evil.example.py", None),
        ("a/__init__.py", None),
        ("a<b>.py", None),
        ("https://evil.example/x.py", None),
        ("a@evil.example", None),
    ],
)
def test_name_in_a_summary_is_text_where_html_is_off(name: str, shown: str | None) -> None:
    page = render_markdown(scan_of(replace(SAFE, path=name)), (), today=TODAY)

    line = next(line for line in page.splitlines() if "<summary><code>" in line)
    shown = shown or escape_signs(name)
    assert line == f"<details><summary><code>{shown}</code>: 1 safe</summary>"
    html = MarkdownIt("gfm-like", {"html": False, "linkify": False}).renderInline(line)
    assert not re.search("<(?:img|a|strong|em)", html)
    assert unescape(unescape(re.sub("</?code>", "", unescape(html)))).count(name) == 1


def test_fence_is_longer_than_any_in_the_block() -> None:
    assert fence(["a", "````"], "diff") == "`````diff\na\n````\n`````"


HOSTILE = [
    pytest.param("<script>alert(1)</script>", id="script"),
    pytest.param("</script><script>alert(1)", id="end-of-script"),
    pytest.param("</style><img src=x onerror=alert(1)>", id="end-of-style"),
    pytest.param('"><svg onload=alert(1)>', id="end-of-attribute"),
    pytest.param("'><a href='javascript:alert(1)'>x</a>", id="single-quote"),
    pytest.param("<!-- x", id="comment"),
    pytest.param("]]>&lt;b&gt;", id="character-references"),
    pytest.param("{{ 7 * 7 }}{% raw %}", id="template"),
    pytest.param("</code></pre></details><h1>x</h1>", id="closing-tags"),
    pytest.param("`<img src=x>`", id="backticks"),
    pytest.param("```\n<img src=x>\n```", id="fence"),
    pytest.param("a | b | c\n| --- |", id="table-cells"),
    pytest.param("\\| x \\`<i>", id="backslashes"),
    pytest.param("[x](javascript:alert(1))", id="link"),
    pytest.param("![x](https://evil.example/x.png)", id="image"),
    pytest.param("<https://evil.example>", id="autolink"),
    pytest.param("[x]: https://evil.example", id="link-definition"),
    pytest.param("@everyone #1", id="mention"),
    pytest.param("# x\n\n## y", id="headings"),
    pytest.param("</summary></details>", id="end-of-details"),
    pytest.param("::error::x", id="command"),
    pytest.param("\n::stop-commands::x", id="command-in-a-line-of-its-own"),
    pytest.param("##[add-path]/x", id="old-command"),
    pytest.param("##vso[task.setvariable]x", id="command-of-another-runner"),
    pytest.param("\x1b[2J\x1b]0;x\x07", id="escape-sequences"),
    pytest.param("\x9b2J", id="one-character-escape-sequence"),
    pytest.param("\u202e\u2066x\u2069", id="bidirectional-controls"),
    pytest.param("a\rb\x00c\x08", id="control-characters"),
    pytest.param("\ud800\udcff", id="lone-surrogates"),
    pytest.param("\u200b\ufeff\u2028\U000e0041", id="invisible"),
    pytest.param("[bold]x[/bold] :smile:", id="terminal-markup"),
    pytest.param("日本語" * 3_000, id="very-long-and-wide"),
    pytest.param("x" * 30_000, id="very-long"),
    pytest.param("-----\n+++ b/x\n@@ -1 +1 @@", id="diff"),
]  # fmt: skip

TOLD = "hunter2abc"
SECRETS = [
    f"Authorization: Bearer {TOLD}",
    f"?access_token={TOLD}&x=1",
    f"?refresh_token={TOLD}",
    f'client_secret = "{TOLD}"',
    f"https://joe:{TOLD}@host/",
    f'"password": "{TOLD}"',
    f'api_key="{TOLD}"',
    f'headers["X-Api-Key"] = "{TOLD}"',
    f"'Cookie': 'session={TOLD}'",
    f'auth=("joe", "{TOLD}")',
    f'os.getenv("CLIENT_SECRET", "{TOLD}")',
    f"eyJ{TOLD}.eyJ{TOLD}.{TOLD}",
    f"glpat-{TOLD}{TOLD}",
    f"CLIENT_SECRET={TOLD}",
]


def render_all(hostile: str) -> dict[str, str]:
    """Return every format of a scan in which all that can be hostile is."""
    line = f"{hostile} /vapid/me {hostile}"
    column = len(hostile) + 3
    found = replace(
        SAFE,
        path=f"{hostile}.py",
        column=column,
        end_column=column + 5,
        source_line=line,
        message=f"spells {hostile}",
        endpoints=(f"GET /vapid/{hostile}",),
    )
    endpoint = replace(
        ME,
        method=hostile[:40],
        vapid=f"/vapid/{hostile}",
        rest=f"/rest/v1.0/{hostile}",
        notes=(hostile,),
        calls=(Place(f"{hostile}.py", 1, 1),),
    )
    manual = replace(found, safety=Safety.MANUAL, line=3)
    scan = scan_of(
        found,
        manual,
        replace(manual, kind="prose", line=4),
        root=f"/{hostile}",
        endpoints=(endpoint,),
        problems=(Problem(f"{hostile}.py", 1, "VAP900", hostile),),
    )
    outcomes = (changed(f"{hostile}.py", hostile), Failed(f"z{hostile}.py", hostile))
    return {
        "text": render_text(scan, color=False, width=100),
        "color": re.sub(r"\x1b\[[\d;]*m", "", render_text(scan, color=True, width=100)),
        "check": render_check(scan),
        "json": render_json(scan, today=TODAY),
        "html": render_html(scan, outcomes, today=TODAY),
        "markdown": render_markdown(scan, outcomes, today=TODAY),
        "diff": re.sub(r"\x1b\[[\d;]*m", "", render_color_diff(outcomes).decode()),
    }


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_drives_neither_terminal_nor_runner(hostile: str) -> None:
    for text in render_all(hostile).values():
        assert not any(is_hidden(char) for char in text if char != "\n")
        assert not any(line.lstrip().startswith("::") for line in text.splitlines())
        assert "##[" not in text
        assert "##vso[" not in text
        text.encode("utf-8")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_text_in_html(hostile: str) -> None:
    harmless = Counter(tag for tag, _ in Page(render_all("harmless")["html"]).tags)

    page = Page(render_all(hostile)["html"])

    # A diff has as many lines as the text, and as many colours.
    assert (
        Counter(tag for tag, _ in page.tags)
        - Counter(span=9, b=99, details=2, summary=2, code=20)
        - harmless
        == Counter()
    )
    assert all(set(found) == {"class"} for found in page.named("b"))
    assert all(
        not name.startswith("on") and not str(value).startswith("javascript:")
        for _, found in page.tags
        for name, value in found.items()
    )


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_text_in_markdown(hostile: str) -> None:
    reader = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    harmless = Counter(tag for tag, _ in read_tags(reader, render_all("harmless")["markdown"]))

    found = read_tags(reader, render_all(hostile)["markdown"])

    tags = Counter(tag for tag, _ in found)
    assert tags - Counter(code=99) - harmless == Counter()
    assert harmless - tags - Counter(code=99) == Counter()
    assert all(set(attributes) <= {"class", "style", "open"} for _, attributes in found)


def read_tags(reader: MarkdownIt, text: str) -> list[tuple[str, dict[str, str | None]]]:
    return Page(reader.render(text)).tags


@pytest.mark.parametrize("secret", SECRETS)
def test_secret_is_in_no_format(secret: str) -> None:
    line = f"{secret} # /vapid/me"
    column = line.index("vapid") + 1
    found = replace(
        SAFE, column=column, end_column=column + 5, source_line=line, message=f"in # {line}"
    )
    scan = scan_of(
        found,
        replace(found, kind="prose", safety=Safety.MANUAL),
        problems=(replace(PROBLEM, message=f"in # {line}"),),
        endpoints=(ME,),
    )
    outcomes = (changed(extra=secret), Failed("b.py", f"in # {line}"))

    for text in (
        render_text(scan, color=True, width=100),
        render_check(scan),
        render_json(scan, today=TODAY),
        render_html(scan, outcomes, today=TODAY),
        render_markdown(scan, outcomes, today=TODAY),
        render_color_diff(outcomes).decode(),
    ):
        assert TOLD not in text
        assert "***" in text or r"\*\*\*" in text


def test_masked_json_keeps_endpoints_and_findings_in_step() -> None:
    path = f"/vapid/me/access_token={TOLD}"
    scan = scan_of(replace(SAFE, endpoints=(f"GET {path}",)), endpoints=(replace(ME, vapid=path),))

    document = json.loads(render_json(scan, today=TODAY))

    endpoint = document["endpoints"][0]
    assert document["findings"][0]["endpoints"] == [f"{endpoint['method']} {endpoint['vapid']}"]
