"""The report in a real browser: it works, asks nothing of anyone, and anyone can use it."""

from __future__ import annotations

import importlib.resources
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from migrator.config import Settings
from migrator.pipeline import scan_paths
from migrator.render.html import render_html
from migrator.rewriting import migrate_files
from migrator.values import Earlier, Fix, Progress

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CLIENTS = Path(__file__).parent / "clients"
TODAY = date(2026, 11, 24)
MANUAL = """
import requests

BASE = "/vapid"
requests.get("https://api.procore.com" + BASE + "/me")
requests.post("https://push.example.com" + BASE)
requests.post("https://api.procore.com/vapid/webhooks/hooks", json={})
"""

if CHROMIUM is None and os.environ.get("VAPID_TO_REST_ALL_TESTS"):
    pytest.fail("chromium is not installed", pytrace=False)

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium to show the page"),
]


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("client")
    shutil.copytree(CLIENTS / "submittal_tracker", folder / "client")
    (folder / "client" / "push.py").write_text(MANUAL)
    scan = scan_paths([], Settings(), today=TODAY, cwd=folder / "client", rest=True)
    outcomes = migrate_files(scan, frozenset({Fix.NAMESPACE}))
    file = folder / "report.html"
    file.write_text(render_html(scan, outcomes, today=TODAY), "utf-8")
    return file


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any, page_file: Path) -> Iterator[Any]:
    """The page, held to say nothing on the console and to ask nothing of anyone."""
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    yield page
    assert said == []
    assert {url for url in asked if not url.startswith("data:")} == {page_file.as_uri()}
    context.close()


def column(page: Any, number: int) -> list[str]:
    cells = page.locator(f"#endpoint-table tbody tr:visible > :nth-child({number})")
    return [text.strip() for text in cells.all_inner_texts()]


def test_table_is_sorted_by_mouse_and_keyboard(page: Any) -> None:
    head = page.locator("#endpoint-table thead th").nth(1)
    button = head.get_by_role("button")

    button.click()
    assert head.get_attribute("aria-sort") == "ascending"
    paths = column(page, 2)
    assert paths == sorted(paths, key=str.lower)
    button.focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert column(page, 2) == paths[::-1]


def test_table_is_searched_and_filtered(page: Any) -> None:
    count = len(column(page, 1))

    page.get_by_role("searchbox").first.fill("post webhooks")
    assert column(page, 2) == ["/vapid/webhooks/hooks"]
    assert page.locator("#filter-count").inner_text() == f"1 of {count}"
    page.get_by_role("searchbox").first.fill("")
    page.locator("#status").select_option("direct")
    assert set(column(page, 4)) == {"direct"}
    page.locator("#status").select_option("")
    assert len(column(page, 1)) == count


def test_long_table_is_cut_until_all_is_asked_for(browser: Any, tmp_path: Path) -> None:
    calls = "".join(f"requests.get('https://api.procore.com/vapid/r{n}')\n" for n in range(450))
    (tmp_path / "a.py").write_text(f"import requests\n{calls}")
    file = tmp_path / "report.html"
    scan = scan_paths([], Settings(), today=TODAY, cwd=tmp_path)
    file.write_text(render_html(scan, (), today=TODAY), "utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())

    assert len(column(page, 1)) == 200
    page.locator("#filter").fill("r449")
    assert column(page, 2) == ["/vapid/r449"]
    page.locator("#filter").fill("")
    page.get_by_role("button", name="Show all 450").click()
    assert len(column(page, 1)) == 450
    assert not page.locator("#more").is_visible()
    page.close()


def test_files_are_searched(page: Any) -> None:
    page.locator("#files-filter").fill("push.py")

    assert page.locator("article.file:visible h3 code").all_inner_texts() == ["push.py"]


def test_diff_opens_and_shows_the_change(page: Any) -> None:
    diff = page.locator("article.file details.diff").first
    assert not diff.locator("pre").is_visible()

    diff.locator("summary").click()

    assert diff.locator("pre").is_visible()
    assert "rest/v1.0" in diff.locator(".added").first.inner_text()
    assert diff.locator("b.s").count() > 0, "strings have a colour"


def test_ticked_item_is_ticked_after_a_reload(page: Any) -> None:
    box = page.locator(".checklist input").first
    boxes = page.locator(".checklist input").count()

    box.check()
    assert page.locator("#ticked").inner_text() == f"1 of {boxes} done."
    page.reload()
    assert page.locator(".checklist input").first.is_checked()
    page.locator(".checklist input").first.uncheck()
    page.reload()
    assert not page.locator(".checklist input").first.is_checked()


def background(page: Any) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_colours_follow_the_system_or_the_choice(page: Any) -> None:
    page.emulate_media(color_scheme="dark")
    assert background(page) == "rgb(20, 23, 27)"
    page.locator("#theme").select_option("light")
    assert background(page) == "rgb(255, 255, 255)"
    page.reload()
    assert background(page) == "rgb(255, 255, 255)"
    page.emulate_media(color_scheme="light")
    page.locator("#theme").select_option("dark")
    assert background(page) == "rgb(20, 23, 27)"


def test_printed_page_has_the_content_and_no_controls(page: Any) -> None:
    page.emulate_media(media="print")

    assert not page.locator("#filter").is_visible()
    assert not page.locator("#theme").is_visible()
    assert page.locator("#endpoint-table").is_visible()


@pytest.mark.parametrize("width", [360, 1280, 1920])
def test_nothing_is_wider_than_the_screen(width: int, page: Any) -> None:
    page.set_viewport_size({"width": width, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(scheme: str, width: int, page: Any) -> None:
    axe = importlib.resources.files("axe_core_python") / "axe.min.js"
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    page.evaluate(axe.read_text("utf-8"))

    found = page.evaluate("axe.run().then((result) => result.violations)")

    assert [
        (each["id"], each["nodes"][0]["html"][:200], each["nodes"][0]["failureSummary"])
        for each in found
    ] == []


def test_progress_is_drawn(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(MANUAL)
    scan = scan_paths([], Settings(), today=TODAY, cwd=tmp_path)
    points = ((date(2026, 1, 1), 9), (date(2026, 6, 1), 5), (TODAY, len(scan.findings)))
    earlier = Earlier("first.json", date(2026, 1, 1), 9, 9, 6, 0, 3)
    file = tmp_path / "report.html"
    scan = replace(scan, progress=Progress((earlier,), points))
    file.write_text(render_html(scan, (), today=TODAY), "utf-8")
    page = browser.new_page()

    page.goto(file.as_uri())

    picture = page.get_by_role("img", name="9 on 2026-01-01, 5 on 2026-06-01")
    assert picture.is_visible()
    assert page.locator("#progress tbody tr").inner_text().split() == [
        "first.json", "2026-01-01", "6", "0", "3",
    ]  # fmt: skip
    page.close()
