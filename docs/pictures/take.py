"""Takes pictures of the report of a sample client at three widths, light and dark.

Needs Playwright (an extra of the tests) and Chromium: ``python docs/pictures/take.py FOLDER``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

CLIENT = Path(__file__).parents[2] / "tests" / "clients" / "submittal_tracker"
WIDTHS = (360, 1280, 1920)
SCHEMES = ("light", "dark")


def take(folder: Path) -> None:
    """Write ``report-WIDTH-SCHEME.png`` into a folder."""
    with tempfile.TemporaryDirectory() as name:
        page_file = Path(name) / "report.html"
        client = shutil.copytree(CLIENT, Path(name) / "client")
        command = ["report", ".", "-o", str(page_file), "--as-of", "2026-11-24"]
        subprocess.run([sys.executable, "-m", "migrator", *command], cwd=client, check=True)
        with sync_playwright() as driver:
            browser = driver.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            for scheme in SCHEMES:
                for width in WIDTHS:
                    page = browser.new_page(viewport={"width": width, "height": 1000})
                    page.emulate_media(color_scheme=scheme)
                    page.goto(page_file.as_uri())
                    page.screenshot(path=folder / f"report-{width}-{scheme}.png")
                    page.close()
            browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]))
