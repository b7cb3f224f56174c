"""Times the HTML report of 10,000 findings: written, opened, filtered.

Run as ``python tests/benchmarks/page.py``. Needs Playwright and Chromium.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from playwright.sync_api import sync_playwright

from migrator.config import Settings
from migrator.pipeline import scan_paths
from migrator.render.html import render_html
from migrator.rewriting import migrate_files
from migrator.values import Fix

FILES, CALLS = 100, 100
TODAY = date(2026, 11, 24)
TEXTS = ("r7_", "projects", "r99_99", "", "get r1", "")
TYPE = """([name, text]) => {
    const input = document.getElementById(name);
    input.value = text;
    const start = performance.now();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    document.body.offsetHeight;
    return performance.now() - start;
}"""


def build(folder: Path) -> None:
    """Write modules with as many calls, each of a path of its own."""
    for file in range(FILES):
        lines = [
            f'    requests.get("https://api.procore.com/vapid/projects/{{p}}/r{file}_{call}")\n'
            for call in range(CALLS)
        ]
        code = "import requests\n\n\ndef run(p):\n" + "".join(lines)
        (folder / f"module_{file}.py").write_text(code, "utf-8")


def main() -> None:
    """Print a table of medians."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        folder = Path(name)
        build(folder)
        scan = scan_paths([], Settings(), today=TODAY, cwd=folder)
        outcomes = migrate_files(scan, frozenset({Fix.NAMESPACE}))
        start = time.perf_counter()
        html = render_html(scan, outcomes, today=TODAY)
        written = time.perf_counter() - start
        file = folder / "report.html"
        file.write_text(html, "utf-8")
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        start = time.perf_counter()
        page.goto(file.as_uri(), wait_until="load")
        opened = time.perf_counter() - start
        filtered = {
            name: [page.evaluate(TYPE, [name, text]) for text in TEXTS]
            for name in ("filter", "files-search")
        }
        browser.close()
    print(f"findings            {len(scan.findings):>8,}")
    print(f"page, MB            {len(html) / 1e6:>8.1f}")
    print(f"written, s          {written:>8.2f}")
    print(f"opened, s           {opened:>8.2f}")
    for name, times in zip(("endpoints", "findings"), filtered.values(), strict=True):
        median, worst = statistics.median(times), max(times)
        print(f"{name} filtered, ms {median:>6.0f}  (worst {worst:.0f})")


if __name__ == "__main__":
    main()
