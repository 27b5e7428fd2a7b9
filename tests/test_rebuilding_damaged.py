"""A build that was killed, and what somebody did to its folders since, is made good by the next build."""

from __future__ import annotations

import os
import shutil
import signal
import time
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from comparing import codes, differences
from edits import survey_at
from forking import Made, build, output_of, start

from survey.pages.freshness.last_build import NOTE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sphinx.application import Sphinx
    from trees import Tree

PAPER, ESSAY = "docs/papers/wu2024retrieval.md", "docs/essay.md"
ORPHAN = "---\norphan: true\n---\n\n"
#: Where a build is ended: the event, how often it has come by then, and its priority.
MOMENTS = [
    *[("config-inited", 1, 0), ("config-inited", 1, 999), ("builder-inited", 1, 999), ("env-get-outdated", 1, 999)],
    *[("source-read", 1, 500), ("doctree-read", 2, 500), ("env-updated", 1, 0), ("env-updated", 1, 999)],
    *[("env-check-consistency", 1, 500), ("write-started", 1, 500), ("html-page-context", 1, 999)],
    *[("html-page-context", 4, 999), ("html-collect-pages", 1, 0), ("build-finished", 1, 0)],
    *[("build-finished", 1, 500), ("build-finished", 1, 998), ("build-finished", 1, 1000)],
]


class Site:
    """A survey in a folder that has been built, and where."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.docs, self.output = folder, folder / "survey" / "docs", folder / "html"
        self.clean: dict[frozenset[tuple[Path, bytes]], Mapping[str, bytes]] = {}

    @property
    def trees(self) -> Path:
        """Where the doctrees are."""
        return self.folder / "html.doctrees"

    def build(self, **options: Any) -> Made:
        """Build on top of what is there; nothing ends in a traceback."""
        made = build(self.docs, self.output, **options)
        assert made.traceback == ""
        return made

    def faults(self) -> list[str]:
        """Return how the output differs from a clean build's, of which one is enough for the same sources."""
        sources = frozenset((path, path.read_bytes()) for path in self.docs.parent.rglob("*") if path.is_file())
        if sources not in self.clean:
            assert build(self.docs, self.folder / "clean").traceback == ""
            self.clean[sources] = output_of(self.folder / "clean")
            for name in ("clean", "clean.doctrees"):
                shutil.rmtree(self.folder / name)
        return differences(output_of(self.output), self.clean[sources])


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Path, Tree]:
    """Return a site, a copy of all its files, and the survey that it is made of; every test begins with the copy."""
    folder = tmp_path_factory.mktemp("site").resolve()
    tree = survey_at(folder / "work" / "survey")
    site = Site(folder / "work")
    site.build()
    shutil.copytree(folder / "work", folder / "kept")
    return site, folder / "kept", tree


@pytest.fixture
def site(kept: tuple[Site, Path, Tree]) -> Site:
    """Return the site as its first build left it."""
    shutil.rmtree(kept[0].folder)
    shutil.copytree(kept[1], kept[0].folder)
    return kept[0]


@pytest.fixture
def tree(kept: tuple[Site, Path, Tree], site: Site) -> Tree:
    """Return the survey as the first build found it."""
    return kept[2]


def edit(tree: Tree) -> None:
    """Change a result, which several pages show, add a page and take one away."""
    tree.replace(PAPER, "A result of 42 %", "A result of 43 %")
    text = "# Notes\n\n{survey:paper}`cole2022heads`, ![a picture](/picture.png).\n"
    tree.write("docs/notes.md", f"{ORPHAN}{text}")
    tree.write("docs/picture.png", "a picture")
    tree.remove("docs/papers/ahn2025memory.md")


def kill_at(event: str, count: int, priority: int, app: Sphinx) -> None:
    """End the process when an event comes for the ``count``-th time."""
    seen = [0]

    def end(*_: Any) -> None:
        seen[0] += 1
        if seen[0] == count:
            os.kill(os.getpid(), signal.SIGKILL)

    app.connect(event, end, priority=priority)


@pytest.fixture
def killed(site: Site, tree: Tree) -> Callable[[str, int, int], None]:
    """Return what edits the survey and kills a build of it at a moment."""

    def kill(event: str, count: int, priority: int) -> None:
        edit(tree)
        hook = partial(kill_at, event, count, priority)
        early = event in {"config-inited", "builder-inited"}  # over when there's an application to ask
        made = build(site.docs, site.output, **({"before": hook} if early else {"prepare": hook}))
        assert made == Made()

    return kill


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: " ".join(map(str, moment)))
def test_a_killed_build_is_made_good(site: Site, killed: Callable[..., None], moment: tuple[str, int, int]) -> None:
    killed(*moment)
    assert codes(site.build().warnings) == ["unused-entry"]  # of the paper that is gone
    assert site.faults() == []
    assert "written again" not in site.build().log


@pytest.mark.parametrize(
    "moment", [MOMENTS[5], MOMENTS[8], MOMENTS[11], MOMENTS[14]], ids=lambda moment: str(moment[0])
)
def test_nothing_stays_of_a_killed_build_whose_changes_are_undone(
    site: Site, tree: Tree, killed: Callable[..., None], moment: tuple[str, int, int]
) -> None:
    sources = {path: path.read_bytes() for path in site.docs.rglob("*") if path.is_file()}
    before = output_of(site.output)
    killed(*moment)
    for name in ("docs/notes.md", "docs/picture.png"):
        tree.remove(name)
    for path, content in sources.items():
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
    assert site.build().warnings == ""
    assert differences(output_of(site.output), before) == []


@pytest.mark.parametrize("seed", range(4))
def test_a_build_that_is_killed_at_any_time_is_made_good(site: Site, tree: Tree, seed: int) -> None:
    begun = time.monotonic()
    site.build()
    length = time.monotonic() - begun
    edit(tree)
    chance = Random(seed)
    for _ in range(2):
        started = start(site.docs, site.output, parallel=1 + seed % 2)
        time.sleep(chance.uniform(0, 1.5 * length))
        started.kill()
        started.wait()
    site.build()
    assert site.faults() == []


def test_a_build_that_is_interrupted_is_made_good(site: Site, tree: Tree) -> None:
    def interrupt(app: Sphinx) -> None:
        def stop(*_: Any) -> None:
            raise KeyboardInterrupt

        app.connect("html-page-context", stop)

    edit(tree)
    assert "KeyboardInterrupt" in build(site.docs, site.output, prepare=interrupt).traceback
    made = site.build()
    assert "the last build was not finished: everything is read and written again" in made.log
    assert site.faults() == []


def test_a_first_build_that_is_killed_leaves_nothing(site: Site, tree: Tree) -> None:
    for folder in (site.output, site.trees):
        shutil.rmtree(folder)
    build(site.docs, site.output, prepare=partial(kill_at, "build-finished", 1, 998))
    tree.remove(ESSAY)
    site.build()
    assert site.faults() == []


TREES = ["environment.pickle", "papers/wu2024retrieval.doctree", "index.doctree", "survey/references.bib"]
NOTES = ["survey/doctrees.json"]
OUTPUT = [
    *["index.html", "papers/wu2024retrieval.html", "searchindex.js", "objects.inv", "genindex.html", "sitemap.xml"],
    *["_static/basic.css", "_static/survey.css", "data/survey.json", "feed.xml", ".buildinfo", NOTE],
]


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def spoil(path: Path) -> None:
    path.write_bytes(b"{\x80\x05}" + path.read_bytes()[::-1])


def take(path: Path) -> None:
    path.unlink()


def block(path: Path) -> None:
    """Put a folder in the place of a file."""
    path.unlink()
    (path / "inner").mkdir(parents=True)


HARM = {"empty": empty, "cut": cut, "spoilt": spoil, "taken": take, "a folder": block}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_damaged_doctrees_are_made_good_and_said(site: Site, tree: Tree, harm: Callable[[Path], None]) -> None:
    for name in TREES:
        harm(site.trees / name)
        tree.replace(PAPER, "A result of 4", "A result of 44")
        made = site.build()
        assert made.warnings == ""
        assert "is not as the last build left it: everything is read and written again" in made.log
    assert site.faults() == []


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_damaged_output_is_made_good_and_said(site: Site, harm: Callable[[Path], None]) -> None:
    for name in OUTPUT:
        harm(site.output / name)
        made = site.build()
        assert made.warnings == ""
        assert "everything is written again" in made.log, name
    assert site.faults() == []
    harm(site.trees / NOTES[0])
    assert "everything is read and written again" in site.build().log
    assert site.faults() == []


def test_a_file_in_the_place_of_a_folder_is_taken_away(site: Site) -> None:
    for folder in (site.output / "papers", site.output / "_static", site.trees / "papers"):
        shutil.rmtree(folder)
        folder.write_text("in the way", "utf-8")
    assert site.build().warnings == ""
    assert site.faults() == []


def test_doctrees_that_are_gone_leave_no_page_of_what_is_gone(site: Site, tree: Tree) -> None:
    shutil.rmtree(site.trees)
    edit(tree)
    site.build()
    assert site.faults() == []


def test_files_that_no_build_has_written_stay(site: Site) -> None:
    others = {"pagefind/index.js": b"index", "CNAME": b"example.org", "papers/mine.html": b"mine"}
    for name, content in others.items():
        (site.output / name).parent.mkdir(exist_ok=True)
        (site.output / name).write_bytes(content)
    (site.output / "index.html").write_bytes(b"")
    for _ in range(2):
        site.build()
        (site.output / "pagefind/index.js").write_bytes(b"another index")
    assert "again" not in site.build().log
    assert {name: (site.output / name).exists() for name in others} == dict.fromkeys(others, True)


def test_builders_that_share_doctrees_show_what_another_has_read(site: Site, tree: Tree) -> None:
    edit(tree)
    build(site.docs, site.folder / "text", builder="text", doctrees=site.trees)
    assert "what was read is not what this output was made of: everything is written again" in site.build().log
    assert site.faults() == []
    build(site.docs, site.folder / "text", builder="text", doctrees=site.trees)
    assert "again" not in site.build().log


def test_a_build_of_some_pages_leaves_the_others_to_the_next(site: Site, tree: Tree) -> None:
    edit(tree)
    build(site.docs, site.output, only=[site.docs / "index.md"])
    site.build()
    assert site.faults() == []
