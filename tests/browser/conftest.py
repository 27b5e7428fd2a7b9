"""The built site in a real browser: Chromium as it is installed, and no host but this machine's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from kept import PATIENCE, Kept, watched
from playwright.sync_api import expect
from serving import served
from small import built

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parent.parent.parent
#: The first of these that is there. The shell is the same engine without a window around each page that nobody sees: it
#: opens a page in a new context in a third of the processor's time.
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
expect.set_options(timeout=PATIENCE)


@dataclass
class Keeping:
    """The page that is kept, when there is one."""

    kept: Kept | None = None


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the built site: the one that SURVEY_SITE names, or a new build with its search index."""
    if os.environ.get("SURVEY_SITE"):
        return Path(os.environ["SURVEY_SITE"]).resolve()
    folder = tmp_path_factory.mktemp("site")
    output, doctrees = folder / "html", folder / "doctrees"
    build = ["-m", "sphinx", "-b", "html", "-q", "-j", "auto", "-d", str(doctrees), str(ROOT / "docs"), str(output)]
    for arguments in (build, ["-m", "pagefind", "--site", str(output), "--quiet"]):
        subprocess.run([sys.executable, *arguments], check=True, cwd=ROOT)
    return output


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Return the address of the site, served compressed."""
    with served(site) as at:
        yield at


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small survey's pages."""
    return built(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def small(small_site: Path) -> Iterator[str]:
    """Return the address of the small survey."""
    with served(small_site) as at:
        yield at


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the system's Chromium."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def keeping() -> Keeping:
    """Return what keeps a page from test to test."""
    return Keeping()


@pytest.fixture
def context(
    request: pytest.FixtureRequest, browser: Browser, browser_context_args: dict[str, Any], keeping: Keeping
) -> Iterator[BrowserContext]:
    """Return the context that tests share; one of its own to a test that asks for it, and where runs are recorded."""
    options = (request.config.getoption(f"--{name}") for name in ("tracing", "video", "screenshot"))
    if request.node.get_closest_marker("browser_context_args") or set(options) != {"off"}:
        yield request.getfixturevalue("new_context")()
        return
    keeping.kept = keeping.kept or Kept(browser.new_context(**browser_context_args))
    yield keeping.kept.context
    called = getattr(request.node, "rep_call", None)  # pytest-playwright's, which is not there where a fixture failed
    if called and called.passed:
        keeping.kept.clear()
    else:  # nobody knows what the page is like
        keeping.kept.context.close()
        keeping.kept = None


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Return a page that is empty, as far as a site can tell."""
    return context.pages[0] if context.pages else context.new_page()


@pytest.fixture
def faults(context: BrowserContext, keeping: Keeping) -> list[str]:
    """Return the faults of the test's pages: a test that provokes some takes them out."""
    kept = keeping.kept
    return kept.faults if kept and kept.context is context else watched(context)


@pytest.fixture(autouse=True)
def no_faults(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test whose pages have faults."""
    found = request.getfixturevalue("faults") if "context" in request.fixturenames else []
    yield
    assert found == []
