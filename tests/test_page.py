"""The report in a real browser: it works, asks nothing of anyone, and anyone can use it."""

from __future__ import annotations

import importlib.resources
import os
import shutil
from collections.abc import Callable, Iterator
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
requests.get("https://api.procore.com/vapid/change_order_change_reasons")
requests.post("https://api.procore.com/rest/v1.0/webhooks/hooks", json={})
# The old route was /vapid/me.
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


def is_kept(page: Any, what: Callable[[], bool]) -> bool:
    """Whether it holds after a reload: a busy browser stores what a page keeps some time later."""
    for _ in range(5):
        page.reload()
        if what():
            return True
        page.wait_for_timeout(1000)
    return False


def texts(locator: Any) -> list[str]:
    """Their texts, also of what the browser has not drawn yet: its `innerText` is empty."""
    return [" ".join(text.split()) for text in locator.all_text_contents()]


def column(page: Any, number: int) -> list[str]:
    cells = page.locator(f"#endpoint-table tbody tr:visible > :nth-child({number})")
    return [text.strip() for text in cells.all_inner_texts()]


def test_table_has_sunset_successor_and_hints_in_columns_of_their_own(page: Any) -> None:
    heads = page.locator("#endpoint-table thead th").all_inner_texts()
    page.locator("#filter").fill("post webhooks")
    hooks = page.locator("#endpoint-table tbody tr").locator("visible=true")
    cells = hooks.locator("td, th").all_inner_texts()

    assert heads == [
        "Method", "Vapid path", "Rest path", "Status", "Sunset", "Successor", "Parameter hints",
        "Calls",
    ]  # fmt: skip
    assert cells[4].replace("\n", " ") == "2026-09-16, 69 days ago"
    assert cells[5] == "POST /rest/v2.0/companies/{company_id}/webhooks/hooks (inferred)"
    assert "sunset" not in cells[2], "what a column says is not said again"
    page.locator("#filter").fill("reasons")
    details = page.locator("#endpoint-table details")
    details.locator("summary").click()
    assert details.locator("li").all_inner_texts() == [
        "query param required in REST v1.0 docs, absent from vapid docs: company_id"
    ]


def test_path_breaks_behind_a_slash_and_not_inside_a_word(page: Any) -> None:
    code = page.locator("#endpoint-table code", has_text="/rest/v1.0/companies/").first

    assert "/rest/v1.0/<wbr>companies/" in code.inner_html()
    assert code.inner_text() == code.text_content()


def test_summary_says_the_share_and_the_days(page: Any) -> None:
    assert page.locator(".message strong").inner_text().endswith(" %")
    days = page.locator(".days > div").all_inner_texts()
    assert len(days) == 2
    assert "2022-02-01 1,757 days ago" in days[0]
    assert "2026-09-16 69 days ago" in days[1]


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


def test_rows_without_a_sunset_stand_last_whichever_way(page: Any) -> None:
    button = page.locator("#endpoint-table thead th").nth(4).get_by_role("button")

    for _ in range(2):
        button.click()
        assert column(page, 5)[0].startswith("2026-09-16")
        assert column(page, 5)[-1] == ""


def test_table_is_searched_and_filtered(page: Any) -> None:
    count = len(column(page, 1))

    page.locator("#filter").fill("post webhooks")
    assert column(page, 2) == ["/vapid/webhooks/hooks"]
    assert page.locator("#filter-count").inner_text() == f"1 of {count}"
    assert page.get_by_role("status").first.inner_text() == f"1 of {count}"
    page.locator("#filter").fill("")
    page.locator("#endpoints-filter [name=status]").select_option("direct")
    assert set(column(page, 4)) == {"direct"}
    page.locator("#endpoints-filter [name=status]").select_option("")
    page.locator("#endpoints-filter [name=method]").select_option("PATCH")
    assert set(column(page, 1)) == {"PATCH"}
    page.locator("#endpoints-filter [name=method]").select_option("")
    assert len(column(page, 1)) == count


def test_browser_that_comes_back_shows_what_it_brings_back(page: Any) -> None:
    page.locator("#endpoints-filter [name=method]").select_option("PATCH")
    page.goto("about:blank")

    page.go_back()

    # A browser may bring back nothing: then all is shown. Either way not later than this.
    page.wait_for_function(
        """() => {
          const rows = [...document.querySelectorAll("#endpoint-table tbody tr")];
          const method = document.querySelector("#endpoints-filter [name=method]").value;
          return new Set(rows.map((row) => row.cells[0].textContent)).size > 1 === !method;
        }""",
        timeout=5000,
    )


def test_slash_goes_to_the_search_of_the_part_that_is_shown(page: Any) -> None:
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "filter"
    page.keyboard.type("get/")
    assert page.locator("#filter").input_value() == "get/"
    page.locator("#filter").blur()
    page.locator("#files").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('files').scrollIntoView()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "files-search"


def test_long_table_is_cut_until_all_is_asked_for_or_printed(browser: Any, tmp_path: Path) -> None:
    calls = "".join(f"requests.get('https://api.procore.com/vapid/r{n}')\n" for n in range(250))
    (tmp_path / "a.py").write_text(f"import requests\n{calls}")
    file = tmp_path / "report.html"
    scan = scan_paths([], Settings(), today=TODAY, cwd=tmp_path)
    file.write_text(render_html(scan, (), today=TODAY), "utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())

    assert len(column(page, 1)) == 100
    page.emulate_media(media="print")
    page.locator("#endpoint-table tbody tr").nth(249).wait_for()
    page.emulate_media(media="screen")
    page.locator("#endpoint-table tbody tr").nth(100).wait_for(state="detached")
    page.locator("#filter").fill("r249")
    assert column(page, 2) == ["/vapid/r249"]
    page.locator("#filter").fill("")
    page.get_by_role("button", name="Show all 250").click()
    assert len(column(page, 1)) == 250
    assert not page.locator("#more").is_visible()
    page.close()


def test_files_are_searched_and_filtered_by_safety_and_code(page: Any) -> None:
    files = page.locator("article.file:visible h3 code")
    total = page.locator(".finding").count()

    page.locator("#files-search").fill("push.py")
    assert texts(files) == ["push.py"]
    page.locator("#files-search").fill("")
    page.locator("#files-filter [name=safety]").select_option("manual")
    shown = page.locator(".finding:visible")
    assert {each.split()[2] for each in texts(shown)} == {"manual"}
    assert page.locator("#files-filter output").inner_text() == f"{shown.count()} of {total}"
    page.locator("#files-filter [name=code]").select_option("VAP006")
    assert texts(files) == ["push.py"]
    assert page.locator(".finding:visible").count() == 1


def test_link_shows_a_finding_that_a_filter_hides(page: Any) -> None:
    page.locator("#files-search").fill("nothing of this name")
    assert page.locator(".finding:visible").count() == 0

    page.locator(".checklist a").first.click()

    page.locator(".finding:target").wait_for()
    assert "VAP006" in page.locator(".finding:target").text_content()
    assert page.locator("#files-search").input_value() == ""


def open_diff(page: Any) -> Any:
    diff = page.locator("article.file details.diff").first
    diff.locator("summary").click()
    # A browser tells the page of it a moment later, and the page gives each line its number.
    diff.locator("[data-at]").first.wait_for(state="attached")
    return diff


def test_diff_opens_and_shows_the_change(page: Any) -> None:
    assert not page.locator("details.diff pre").first.is_visible()

    diff = open_diff(page)

    assert diff.locator("pre").is_visible()
    assert not diff.locator(".split").is_visible()
    assert "rest/v1.0" in diff.locator(".added").first.text_content()
    assert diff.locator("b.s").count() > 0, "strings have a colour"
    assert diff.locator(".added .m").first.text_content() == "rest/v1.0"
    assert diff.locator(".removed .m").first.text_content() == "vapid"


def test_side_by_side_is_kept_and_has_numbers_on_both_sides(page: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    diff = open_diff(page)
    page.locator("[name=diffs]").first.focus()
    page.keyboard.press("ArrowRight")
    diff.locator(".split").wait_for()
    assert not diff.locator("pre").is_visible()
    assert is_kept(page, page.get_by_role("radio", name="side by side").is_checked)

    diff = open_diff(page)

    split = diff.locator(".split")
    assert split.is_visible()
    row = split.locator("tr:has(.added)").first
    old, before, new, after = row.locator("td").all_text_contents()
    assert old == new
    assert "vapid" in before
    assert after == before.replace("vapid", "rest/v1.0")
    lines = diff.locator("pre .removed").all_text_contents()
    assert f"-{before.rstrip()}\n" in lines
    page.set_viewport_size({"width": 360, "height": 800})
    assert not split.is_visible()
    assert diff.locator("pre").is_visible()
    page.emulate_media(media="print")
    assert diff.locator("pre").is_visible()


def test_line_numbers_are_those_of_the_files(page: Any, page_file: Path) -> None:
    path = page.locator("article.file:has(details.diff) h3 code").first.text_content()
    source = (page_file.parent / "client" / str(path)).read_text().splitlines()

    diff = open_diff(page)

    gone = diff.locator("pre .removed[data-at]").first
    number = int(str(gone.get_attribute("data-at")))
    assert gone.text_content() == f"-{source[number - 1]}\n"


def test_all_diffs_open_at_once(page: Any) -> None:
    page.get_by_role("button", name="Open all diffs").click()

    assert page.locator("details.diff:not([open])").count() == 0
    page.get_by_role("button", name="Close all diffs").click()
    assert page.locator("details.diff[open]").count() == 0


def test_page_without_script_shows_unified_diffs_and_all_rows(
    browser: Any, page_file: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(page_file.as_uri())

    page.locator("details.diff summary").first.click()

    assert page.locator("details.diff pre").first.is_visible()
    assert "rest/v1.0" in page.locator("details.diff .added").first.text_content()
    assert not page.locator("#endpoints-filter").is_visible()
    assert not page.locator("#diffs-box").is_visible()
    context.close()


def test_ticked_item_is_ticked_after_a_reload(page: Any) -> None:
    box = page.locator(".checklist input").first
    boxes = page.locator(".checklist input").count()

    box.focus()
    page.keyboard.press("Space")
    assert page.locator("#ticked").inner_text() == f"1 of {boxes} done."
    assert is_kept(page, page.locator(".checklist input").first.is_checked)
    page.locator("#manual-filter [name=state]").select_option("done")
    assert page.locator(".checklist li:visible").count() == 1
    page.locator(".checklist input").first.uncheck()
    assert is_kept(page, lambda: not page.locator(".checklist input").first.is_checked())


def background(page: Any) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_colours_follow_the_system_or_the_choice(page: Any) -> None:
    page.emulate_media(color_scheme="dark")
    assert background(page) == "rgb(20, 24, 29)"
    page.locator("#theme").select_option("light")
    assert background(page) == "rgb(255, 255, 255)"
    assert is_kept(page, lambda: background(page) == "rgb(255, 255, 255)")
    page.emulate_media(color_scheme="light")
    page.locator("#theme").select_option("dark")
    assert background(page) == "rgb(20, 24, 29)"


def test_printed_page_has_the_content_and_no_controls(page: Any) -> None:
    page.emulate_media(media="print")

    for control in ("#filter", "#theme", "#files-search", "#open-diffs", "nav"):
        assert not page.locator(control).is_visible()
    assert page.locator("#endpoint-table").is_visible()
    assert page.locator("#endpoint-table details li").first.is_visible()
    assert page.pdf()[:5] == b"%PDF-"


def test_every_control_is_reached_by_the_keyboard(page: Any) -> None:
    reached = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.name"))

    assert {"theme", "filter", "status", "method", "manual-search", "files-search"} <= reached
    assert {"diffs", "open-diffs"} <= reached


@pytest.mark.parametrize("width", [360, 1280, 1920])
def test_nothing_is_wider_than_the_screen(width: int, page: Any) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(scheme: str, width: int, page: Any) -> None:
    axe = importlib.resources.files("axe_core_python") / "axe.min.js"
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.get_by_role("radio", name="side by side").check()
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    page.locator(".split").first.wait_for(state="attached")
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
    assert picture.locator("circle").count() == 3
    assert "2026-01-01" in str(picture.text_content())
    assert page.locator("#progress tbody tr").inner_text().split() == [
        "first.json", "2026-01-01", "6", "0", "3",
    ]  # fmt: skip
    page.close()
