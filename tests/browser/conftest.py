"""The built site in a real browser: Chromium as it is installed, and no host but this machine's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from serving import served
from small import built

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext

ROOT = Path(__file__).parent.parent.parent
#: The first of these that is there. The shell is the same engine without a window around each page that nobody sees: it
#: opens a page in a new context in a third of the processor's time.
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
PATIENCE = 20_000  #: Milliseconds, of all that waits: the machine may do more than this.
expect.set_options(timeout=PATIENCE)


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


def watched(context: BrowserContext) -> list[str]:
    """Return the faults of a context's pages, as they come.

    A fault is an error or a warning that a page prints, an error that ends a script, what the content security policy
    refuses, and a question to another host.
    """
    context.set_default_timeout(PATIENCE)
    faults: list[str] = []
    context.add_init_script(
        "addEventListener('securitypolicyviolation', (refused) =>"
        " console.error(`refused by ${refused.effectiveDirective}: ${refused.blockedURI} ${refused.sample}`))"
    )
    context.on("console", lambda said: faults.append(said.text) if said.type in {"error", "warning"} else None)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("request", lambda request: faults.append(f"asks {request.url}") if _is_far(request.url) else None)
    return faults


@pytest.fixture
def faults(context: BrowserContext) -> list[str]:
    """Return the faults of the test's pages: a test that provokes some takes them out."""
    return watched(context)


@pytest.fixture(autouse=True)
def no_faults(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test whose pages have faults."""
    found = request.getfixturevalue("faults") if "context" in request.fixturenames else []
    yield
    assert found == []


def _is_far(url: str) -> bool:
    at = urlsplit(url)
    return at.scheme not in {"data", "blob", "file", "about"} and at.hostname != "127.0.0.1"
