"""What is said of each code: complete, the same everywhere, and true of the code."""

from __future__ import annotations

import re
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from migrator.cli import program
from migrator.codes import (
    Explanation,
    Level,
    address_of,
    find_help,
    level_of,
    load_codes,
    render_page,
    render_plain,
    say_where,
)

ROOT = Path(__file__).parent.parent
CODES = list(load_codes())
PUBLIC = {"procore.github.io", "docs.python.org"}


def test_every_code_of_the_source_is_explained() -> None:
    spelled = {
        code
        for path in (ROOT / "migrator").rglob("*.py")
        for code in re.findall(r'"(VAP\d{3})"', path.read_text("utf-8"))
    }

    assert spelled
    assert spelled <= set(CODES)


def test_every_code_of_the_readme_leads_to_its_page() -> None:
    rows = re.findall(
        r"^\| \[(VAP\d{3})\]\((\S+)\) \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE
    )

    assert len(rows) >= 16
    assert all(
        (ROOT / path).name == f"{code}.md" and (ROOT / path).is_file() for code, path in rows
    )


def test_codes_are_in_order_and_have_names_of_their_own() -> None:
    assert sorted(CODES) == CODES
    assert len({each.name for each in load_codes().values()}) == len(CODES)


@pytest.mark.parametrize("code", CODES)
def test_page_is_what_the_source_says(code: str) -> None:
    page = (ROOT / f"docs/codes/{code}.md").read_text("utf-8")

    assert page == render_page(load_codes()[code])


def test_there_is_no_page_of_anything_else() -> None:
    assert {path.stem for path in (ROOT / "docs/codes").iterdir()} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_page_has_every_part(code: str) -> None:
    known = load_codes()[code]
    tokens = MarkdownIt().parse(render_page(known))
    headings = [
        after.content for before, after in pairwise(tokens) if before.type == "heading_open"
    ]

    assert headings == [
        f"{code}: {known.name}", "What it does", "Why is this bad?", "Example", "Fix safety",
        "References",
    ]  # fmt: skip
    assert all(getattr(known, field.name) for field in fields(Explanation))
    assert known.example != known.instead
    assert not known.title.endswith(".")
    assert all(text.endswith(".") for text in (known.what, known.why, known.safety))
    assert "`" not in render_plain(known)


def test_address_of_a_page_comes_from_the_one_constant() -> None:
    assert address_of("VAP001", "https://h.example/r/") == "https://h.example/r/VAP001.md"
    assert address_of("VAP001", "") is None


@pytest.mark.parametrize("code", CODES)
def test_code_leads_to_a_public_page(code: str) -> None:
    known = load_codes()[code]

    assert find_help(known).startswith("https://")
    assert all(f"]({each.address})" in render_page(known) for each in known.references)
    assert all(urlsplit(each.address).hostname in PUBLIC for each in known.references)


def test_without_an_address_the_command_is_named() -> None:
    where = say_where("VAP001")

    assert where.startswith("See ")
    assert "VAP001" in where


def test_level_of_an_unknown_code_is_a_warning() -> None:
    assert level_of("VAP999") is Level.WARNING
    assert level_of("VAP100") is Level.NOTE


@pytest.mark.parametrize("code", ["VAP003", "vap003"])
def test_explain_prints_the_page(code: str) -> None:
    result = CliRunner().invoke(program, ["explain", code])

    assert result.exit_code == 0
    assert result.stdout == render_page(load_codes()["VAP003"])


def test_explain_lists_all_codes() -> None:
    result = CliRunner().invoke(program, ["explain"])

    assert [line.split()[0] for line in result.stdout.splitlines()] == CODES


def test_explain_of_an_unknown_code_exits_2() -> None:
    result = CliRunner().invoke(program, ["explain", "VAP9"])

    assert result.exit_code == 2
    assert "'VAP9' is none of VAP001" in result.stderr
