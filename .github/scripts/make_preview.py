"""Draw docs/_static/preview.png, which others show with a link to the site, from preview.svg beside it.

It takes what the browser's tests take (`requirements/dev.txt`), and CHROMIUM if the browser's program has another name:
`python .github/scripts/make_preview.py`.
"""

from __future__ import annotations

import base64
import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/_static"
FONTS = ROOT / "docs/_ext/survey/pages/type/fonts"
SIZE = {"width": 1200, "height": 630}
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def page() -> str:
    """Return the drawing as a page of its own, with the site's fonts in it."""
    faces = "".join(
        f'@font-face{{font-family:"{name}";font-weight:400 700;src:url(data:font/woff2;base64,{_encoded(file)})}}'
        for name, file in (("Survey Serif", "serif"), ("Survey Sans", "sans"))
    )
    return f"<style>body{{margin:0}}{faces}</style>{(FOLDER / 'preview.svg').read_text('utf-8')}"


def _encoded(name: str) -> str:
    return base64.b64encode((FONTS / f"{name}.woff2").read_bytes()).decode()


def main() -> None:
    """Write the picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page(viewport=SIZE)
        opened.set_content(page())
        opened.evaluate("document.fonts.ready")
        opened.screenshot(path=FOLDER / "preview.png")
        browser.close()


if __name__ == "__main__":
    main()
