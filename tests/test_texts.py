"""Files without a syntax tree: their kinds, what is doubted in them, and the proof of an edit."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.codemods.apply import migrate_source
from migrator.codemods.splice import splice
from migrator.config import Settings
from migrator.evaluate.marking import find_spelling, mark_words
from migrator.pipeline import scan_paths
from migrator.program.settings import find_parser
from migrator.render.align import align_lines
from migrator.rewriting import migrate_files
from migrator.rules.table import load_rules
from migrator.source import decode_text
from migrator.texts.doubt import FILE, ROUTE, find_doubt
from migrator.texts.duplicates import find_duplicates
from migrator.texts.kinds import TextKind, find_kind, has_routes
from migrator.texts.postman import find_arrays
from migrator.texts.prove import find_difference
from migrator.textscan import edit_text, find_mentions, spell_rest
from migrator.values import Changed, Edit, Failed, Fix, Safety, SourceFile, Span

TABLE = load_rules()
URL = "https://api.procore.com/vapid/me"


def source_of(path: str, text: str) -> SourceFile:
    source = decode_text(path, text.encode())
    assert isinstance(source, SourceFile)
    return source


def edits_of(path: str, text: str) -> list[Edit]:
    """Return an edit of every place that spells the word."""
    starts = [n for n in range(len(text)) if text.startswith("vapid", n)]
    return [edit_text(path, text, (n, n + len("vapid")), Fix.NAMESPACE) for n in starts]


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        (".env", "", TextKind.SETTINGS),
        ("prod.env.local", "", TextKind.SETTINGS),
        ("a/Config.YAML", "", TextKind.SETTINGS),
        ("Dockerfile.dev", "", TextKind.SETTINGS),
        ("Makefile", "", TextKind.SETTINGS),
        ("bin/run", "#!/usr/bin/env bash\n", TextKind.SETTINGS),
        ("bin/run", "#!/bin/sh -e\n", TextKind.SETTINGS),
        ("bin/run", "#!/usr/bin/env ruby\n", TextKind.CODE),
        ("bin/run", "#!/usr/bin/env fishing\n", TextKind.CODE),
        ("bin/run", "plain", TextKind.CODE),
        ("run.v2", "#!/bin/sh\n", TextKind.CODE),
        ("Makefile.py.erb", "", TextKind.CODE),
        ("a.cs", "", TextKind.CODE),
        ("a.ipynb", "", TextKind.CODE),
        ("a.jsx", "", TextKind.CODE),
        ("rows.csv", "", TextKind.CODE),
        ("README", "", TextKind.PROSE),
        ("docs/index.HTML", "", TextKind.PROSE),
        ("requirements.txt", "", TextKind.PROSE),
    ],
)
def test_kind_follows_from_name_and_first_line(path: str, text: str, kind: TextKind) -> None:
    assert find_kind(source_of(path, text)) is kind


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("deploy/nginx/site.conf", "", True),
        ("Caddyfile", "", True),
        ("vercel.json", "", True),
        ("web.yaml", "a: 1\n  kind: Ingress\n", True),
        ("web.yaml", "mankind: Ingress\n", False),
        ("settings.yaml", "kind: Deployment\n", False),
    ],
)
def test_files_that_tell_a_server_what_to_answer_are_known(
    path: str, text: str, expected: bool
) -> None:
    assert has_routes(source_of(path, text)) is expected


PATH = "vapid/projects/7/rfis"


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (f"https://api.procore.com/x/{PATH}", None),
        (f"//api.procore.com/{PATH}", None),
        (f"url=api.procore.com:443/{PATH}", None),
        (f"/{PATH}", None),
        (f'"{PATH}"', None),
        (f"path: {PATH}", None),
        (f"PATH={PATH}", None),
        (f"$BASE/{PATH}", None),
        (f"${{BASE}}{PATH}", None),
        (f"{{{{ base }}}}{PATH}", None),
        (f"%BASE%/{PATH}", None),
        (f"a,/{PATH}", None),
        (rf"\/{PATH}", None),
        (f"- {PATH}", FILE),
        (PATH, FILE),
        (f"../{PATH}", FILE),
        (f"$ROOT/fixtures/{PATH}", FILE),
        (f'"tests/{PATH}"', FILE),
        (f":8080/{PATH}", FILE),
        (f"localhost:8080/{PATH}", "seems to be of localhost"),
        (f"Push.Example.org/{PATH}", "seems to be of push.example.org"),
        (f"git@github.com:acme/{PATH}", "seems to be of github.com"),
    ],
)
def test_path_alone_is_doubted_by_what_stands_before_it(text: str, doubt: str | None) -> None:
    (mention,) = find_mentions(text, TABLE, ())

    assert find_doubt(text, mention, ()) == doubt


def test_path_alone_may_be_a_route_where_a_server_is_told_of() -> None:
    (mention,) = find_mentions(f"location /{PATH} {{", TABLE, ())

    assert find_doubt(f"location /{PATH} {{", mention, (), routes=True) == ROUTE


@pytest.mark.parametrize(
    "text",
    [
        "https://push.example.org/vapid/projects/7/rfis",
        "https://push.example.org/?next=/vapid/projects/7/rfis",
        "/vapid/public-key",
        "novapid/projects/7/rfis",
        "vapid-projects/7/rfis",
        "%2Fvapid/projects/7/rfis",
        "https://" + "a" * 3000 + "/vapid/projects/7/rfis",
    ],
)
def test_what_is_not_procores_is_no_mention(text: str) -> None:
    assert list(find_mentions(text, TABLE, ())) == []


def test_last_of_two_urls_in_one_word_counts() -> None:
    text = "https://a.example.org/?to=https://api.procore.com/vapid/x"

    assert [mention.by_host for mention in find_mentions(text, TABLE, ())] == [True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/vapid/me", "rest/v1.0"),
        ("vapid", "rest/v1.0"),
        (r"\/vapid\/me", r"rest\/v1.0"),
        (r"com\/vapid", r"rest\/v1.0"),
        (r"com\\\/vapid", r"rest\\\/v1.0"),
        (r"\/vapid/me", "rest/v1.0"),
    ],
)
def test_slash_is_spelled_as_the_ones_beside_it(text: str, expected: str) -> None:
    start = text.index("vapid")

    assert spell_rest(text, start, start + len("vapid")) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"path": ["vapid", "me"]}', [(("/vapid/me",), 'rest", "v1.0')]),
        ('{"path":["vapid","me"]}', [(("/vapid/me",), 'rest","v1.0')]),
        ('{"path": ["vapid"]}', [(("/vapid",), 'rest", "v1.0')]),
        ('{"path": ["api",\n "vapid"]}', [(("/api/vapid",), 'rest",\n "v1.0')]),
        ('{"path": ["vapid", 1, "me"]}', [(("/vapid/me",), 'rest", "v1.0')]),
        (
            '{"raw": "x\\/y", "host": ["a", "b"], "path": ["vapid"]}',
            [(("https://a.b/vapid", "x/y"), 'rest", "v1.0')],
        ),
        ('{"path": ["vapid", "\\q"], "raw": 1}', [(("/vapid/\\q",), 'rest", "v1.0')]),
        ('{"path": ["rest", "v1.0"], "x": "vapid"}', []),
        ('{"path": [["vapid"]]}', []),
        ('{"query": ["vapid"], "path": "x"}', []),
        ('["path", ["vapid"]]', []),
        ('{"path": ["vapid", "me"]', []),
        (']}"path"["vapid"]', []),
    ],
)
def test_path_arrays_are_read_with_their_neighbours(
    text: str, found: list[tuple[tuple[str, ...], str]]
) -> None:
    arrays = list(find_arrays(text))

    assert [(each.urls, each.rest) for each in arrays] == found
    assert all(text[slice(*each.place)] == "vapid" for each in arrays)
    assert all(text[each.start] + text[each.stop - 1] == "{}" for each in arrays)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.json", f'{{"a": "{URL}", "n": [1.50, 1e999, NaN], "a": "vapid"}}'),
        ("a.json", '{"a": "https:\\/\\/api.procore.com\\/vapid\\/me"}'),
        ("a.yaml", f"a: &a\n  - {URL}\nb: [*a, *a]\nc: >-\n  x\n  {URL}\n"),
        ("a.toml", f"a = '{URL}'\nn = nan\nd = 2026-01-02\n"),
        ("a.ini", f"[s]\na = {URL}\nb\n"),
        (".env", f"A={URL}\n"),
        ("a.sh", f"curl {URL}\n"),
        ("a.json", f"{{ {URL}"),
    ],
)
def test_text_that_loads_to_the_same_but_for_the_route_is_proved(path: str, text: str) -> None:
    outcome = migrate_source(source_of(path, text), edits_of(path, text))

    assert isinstance(outcome, Changed)
    assert outcome.text.replace("rest\\/v1.0", "vapid").replace("rest/v1.0", "vapid") == text


@pytest.mark.parametrize(
    ("path", "before", "after", "reason"),
    [
        ("a.yaml", "a: vapid\n", "a: rest: v1.0\n", "it could not be loaded any more"),
        ("a.json", '{"a": "vapid"}', '{"a": "rest/v1.0", "b": 1}', "it would load to other data"),
        ("a.json", '{"a": 1.0}', '{"a": 1.00}', "it would load to other data"),
        ("a.json", '["vapid"]', '{"vapid": 1}', "it would load to other data"),
        ("a.toml", "a = 1", "a = 2", "it would load to other data"),
        ("a.ini", "[a]\nb = vapid", "[a]\nc = vapid", "it would load to other data"),
        (".env", "A=vapid", "A=other", "it would load to other data"),
    ],
)
def test_text_that_loads_to_something_else_is_refused(
    path: str, before: str, after: str, reason: str
) -> None:
    edit = Edit(Span(path, 0, 5), "vapid", "rest/v1.0", Fix.NAMESPACE, Safety.SAFE)

    assert find_difference(path, before, after, [edit]) == reason


def test_file_whose_proof_fails_is_left_alone() -> None:
    source = source_of("a.yaml", "vapid: 1\n")
    edit = Edit(Span("a.yaml", 0, 5), "vapid", "a: b", Fix.NAMESPACE, Safety.SAFE)

    outcome = migrate_source(source, [edit])

    assert outcome == Failed("a.yaml", "it could not be loaded any more")


@pytest.mark.parametrize(
    ("path", "text", "keys", "value"),
    [
        (".env", "A=/vapid\nB=/vapid\n", ("B",), "/vapid"),
        ("a.json", '["/vapid", "/vapid"]', ("1",), "/vapid"),
        ("a.yaml", "# b: /vapid\na: {b: /vapid}\n", ("a", "b"), "/vapid"),
        ("a.yaml", "environment:\n- A=/vapid\n- B=/vapid\n", ("environment", "B"), "/vapid"),
        ("a.yaml", "vapid: vapid\n", ("vapid",), "vapid"),
        ("a.yaml", "a: |\n  /vapid\n  /vapid\n", ("a",), "/vapid\n/vapid\n"),
        ("a.ini", "[S]\nKey = /vapid\n", ("S", "Key"), "/vapid"),
        ("a.json", '{"a": "x\\/vapid"}', ("a",), "x/vapid"),
    ],
)
def test_word_of_a_setting_is_found_where_it_is_spelled(
    path: str, text: str, keys: tuple[str, ...], value: str
) -> None:
    parse = find_parser(path)
    assert parse is not None
    spelling = find_spelling(mark_words(text, parse), keys, value)

    assert spelling is not None
    places = [n for n in range(len(value)) if value.startswith("vapid", n)]
    starts = [spelling.source(n, n + len("vapid"))[0] for n in places]
    # All of the word's places but those of keys, comments and the values before this one.
    assert starts == [n for n in range(len(text)) if text.startswith("vapid", n)][-len(starts) :]


@pytest.mark.parametrize(
    ("text", "keys", "value"),
    [
        ('{"a": "\\u0076apid"}', ("a",), "vapid"),
        ('{"a": "vapid"}', ("b",), "vapid"),
        ('{"a": "vapid"}', (), "vapid"),
        ('{"a": "vapid", "b": "\ue001"}', ("a",), "vapid"),
    ],
    ids=["escaped", "other-key", "no-key", "marks-in-the-text"],
)
def test_word_without_a_place_of_its_own_has_none(
    text: str, keys: tuple[str, ...], value: str
) -> None:
    assert find_spelling(mark_words(text, json.loads), keys, value) is None


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.json", '["/vapid/me", "/rest/v1.0/me"]', [2 + 1]),
        ("a.json", '["/vapid/me", "/rest/v1.0/users"]', []),
        ("a.json", '{"a": "/vapid/me", "b": "/rest/v1.0/me"}', []),
        (".env", "A=/rest/v1.0,/vapid\n", [14]),
        ("a.yaml", "- - x\n  - /vapid\n- /rest/v1.0\n", []),
        ("a.yaml", "a: [/rest/v1.0, /vapid\n", []),
        ("a.json", '["' + "x" * 20_000 + ' /rest/v1.0 /vapid"]', []),
        ("a.sh", "a /rest/v1.0 /vapid", []),
        ("a.json", '{"0": {"1": "/vapid /rest/v1.0"}, "a": {"0": "/vapid"}}', [14]),
    ],
)
def test_duplicates_are_those_of_one_list(path: str, text: str, expected: list[int]) -> None:
    assert sorted(find_duplicates(source_of(path, text))) == expected


LINES = st.lists(st.sampled_from("abc"), max_size=30)


@given(LINES, LINES)
def test_aligned_lines_lead_from_one_text_to_the_other(before: list[str], after: list[str]) -> None:
    built: list[str] = []
    old = new = 0
    for tag, low, high, new_low, new_high in align_lines(before, after):
        assert (low, new_low) == (old, new)
        assert (tag == "equal") == (before[low:high] == after[new_low:new_high])
        built += after[new_low:new_high]
        old, new = high, new_high

    assert (built, old, new) == (after, len(before), len(after))


def test_added_lines_are_followed_over_a_long_text() -> None:
    before = [str(number) for number in range(20_000)]
    after = [each for line in before for each in ([line, "x"] if line[-1] == "7" else [line])]

    tags = [tag for tag, *_ in align_lines(before, after)]

    assert set(tags) == {"equal", "insert"}


@pytest.mark.once
def test_minified_file_of_megabytes_is_rewritten_in_seconds(tmp_path: Path) -> None:
    urls = [f"https://api.procore.com/vapid/projects/{number}/rfis" for number in range(100_000)]
    (tmp_path / "fixture.json").write_text(json.dumps(urls, separators=(",", ":")))
    start = time.monotonic()

    found = scan_paths(["."], Settings(), today=date(2026, 11, 23), cwd=tmp_path)
    (outcome,) = migrate_files(found, frozenset({Fix.NAMESPACE}))

    assert isinstance(outcome, Changed)
    assert json.loads(outcome.after) == [url.replace("vapid", "rest/v1.0") for url in urls]
    assert time.monotonic() - start < 60


@pytest.mark.parametrize(
    "text",
    [
        '{"path":["vapid"],"x":' * 50_000,
        "http://a/" * 100_000 + "vapid/projects/1/rfis",
        '"' * 300_000 + "/vapid/projects/1/rfis",
        "\\" * 300_000 + "/vapid\\" * 1000,
        "[" * 200_000 + '"/vapid/projects/1/rfis"',
    ],
    ids=["nested", "schemes", "quotes", "backslashes", "brackets"],
)
def test_text_that_would_keep_a_careless_search_busy_ends(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(text)
    start = time.monotonic()

    found = scan_paths(["."], Settings(), today=date(2026, 11, 23), cwd=tmp_path)
    outcomes = migrate_files(found, frozenset({Fix.NAMESPACE}))

    assert all(isinstance(outcome, Changed) for outcome in outcomes)
    assert time.monotonic() - start < 60


def test_edits_stand_where_the_plan_expects_them() -> None:
    text = f"a: {URL}\nb: {URL}\n"

    assert splice(text, edits_of("a.yaml", text)) == text.replace("vapid", "rest/v1.0")
