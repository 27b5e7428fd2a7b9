"""What is broken between two builds is reported by the second, and leaves no trace once it's mended."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pytest
from changes import BELL, COLE, ESSAY, WU, remove_work, rework, swap
from comparing import Rebuilder, codes, differences, rebuilder_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from trees import Built, Tree

OTHERS = ("ahn2025memory", "cole2022heads", "vaswani2017attention", "wu2024retrieval")


@pytest.fixture(scope="module")
def rebuilder(tmp_path_factory: pytest.TempPathFactory) -> Rebuilder:
    """Return a survey to be changed."""
    return rebuilder_in(tmp_path_factory.getbasetemp().resolve())


def in_bell(old: str, new: str) -> Callable[[Tree], None]:
    return rework("bell2023previous", old, new)


def _repeat(tree: Tree) -> None:
    again = tree.works["bell2023previous"].replace("Bell, Ada", "Bell, Bea")
    tree.write("references.bib", f"{tree.read('references.bib')}\n{again}")


#: What can be wrong with an entry, from how it's read to how it's formatted.
BROKEN = {
    "missing comma": in_bell("{Bell, Ada},", "{Bell, Ada}"),
    "repeated key": _repeat,
    "unclosed entry": in_bell("},\n}\n", "},\n"),
    "repeated field in capitals": in_bell("  author", "  Year = {2023},\n  author"),
    "name with too many commas": in_bell("Bell, Ada", "Bell, Ada, Bea, Cy, Dee"),
    "type that doesn't exist": in_bell("@article", "@paper"),
    "article without a journal": in_bell("  journal = {Journal of Heads},\n", ""),
}


@dataclass
class Spoilt:
    """A survey whose bibliography is broken between two builds, and mended before a third."""

    rebuilder: Rebuilder
    spoil: Callable[[Tree], None]

    @cached_property
    def broken(self) -> Built:
        tree = self.rebuilder.restored()
        self.spoil(tree)
        return tree.build()

    @cached_property
    def mended(self) -> Built:
        assert self.broken
        tree = self.rebuilder.tree
        tree.works = dict(self.rebuilder.works)
        tree.write_works()
        return tree.build()


# The tests of one fault run one after the other, so that they share its builds.
@pytest.fixture(scope="module", params=BROKEN)
def spoilt(request: pytest.FixtureRequest, rebuilder: Rebuilder) -> Spoilt:
    return Spoilt(rebuilder, BROKEN[request.param])


def test_broken_entry_is_reported_and_costs_no_other_entry(spoilt: Spoilt):
    assert [line for line in spoilt.broken.warnings.splitlines() if line.startswith("references.bib:")]
    anchors = {entry["id"] for entry in spoilt.broken.page("bibliography").select("[id^=cite-]")}
    assert anchors >= {f"cite-{key}" for key in OTHERS}


def test_mended_entry_gives_the_pages_that_it_gave(spoilt: Spoilt):
    assert spoilt.mended.warnings == ""
    assert differences(spoilt.mended.files, spoilt.rebuilder.first["serial"].files) == []


def _listing(options: str) -> Callable[[Tree], None]:
    return swap(ESSAY, ("# An essay\n", f"# An essay\n\n```{{survey:papers}}\n{options}\n```\n"))


def _add_ghost(tree: Tree) -> None:
    tree.head("ghost", stage="knowledge-recalling", category="recall")
    # Of a year that has papers: another would change every head's page.
    tree.paper("eve2024ghost", title="Ghosts", heads=["ghost"], published="2024-03-02", bib={"author": "Eve, Eve"})


def _add_newer(tree: Tree) -> None:
    tree.paper(
        "eve2026newer", title="Newer Heads", heads=["memory"], published="2026-02-03", bib={"author": "Eve, Eve"}
    )


def _restore_entry(tree: Tree) -> None:
    tree.work("bell2023previous", title="Heads that Look Back", author="Bell, Ada", doi="10.1234/bell.2023")


def _save_readable(tree: Tree) -> None:
    tree.write(f"docs/{COLE}.md", (tree.root / f"docs/{COLE}.md").read_bytes().replace(b"\xff", b"A"))


#: What is wrong, its code, and what puts it right, mostly without touching the page that was wrong.
WRONG: dict[str, tuple[Callable[[Tree], None], str, Callable[[Tree], None]]] = {
    "paper without an entry": (lambda tree: remove_work(tree, "bell2023previous"), "missing-entry", _restore_entry),
    "listing of a head that isn't there": (_listing(":head: ghost"), "unknown-head", _add_ghost),
    "listing of heads of which one isn't there": (_listing(":head: memory, ghost"), "unknown-head", _add_ghost),
    # Fault: a listing notes no view of a year that isn't there yet (directives.SurveyDirective.selection).
    "listing of a year without papers": (_listing(":year: 2026"), "bad-value", _add_newer),
    # Fault: only the page that parses a passage first notes the name (markdown.inline), not the others that show it.
    "summary naming a head that isn't there": (
        swap(WU, ("A new idea.", "A new idea for the {survey:head}`ghost`.")),
        "unknown-head",
        _add_ghost,
    ),
    "summary citing a work without an entry": (
        swap(WU, ("A new idea.", "A new idea from {cite:t}`eve2024ghost`.")),
        "unknown-citation",
        _add_ghost,
    ),
    "paper of a head that isn't there": (swap(BELL, ("- previous-token", "- ghost")), "unknown-head", _add_ghost),
    "text naming a head that isn't there": (
        swap(ESSAY, ("tours", "{survey:head}`ghost` tours")),
        "unknown-head",
        _add_ghost,
    ),
    "text citing a work without an entry": (
        swap(ESSAY, ("tours", "{cite:p}`eve2024ghost` tours")),
        "unknown-citation",
        _add_ghost,
    ),
    "file that isn't UTF-8": (
        lambda tree: tree.write(
            f"docs/{COLE}.md", tree.read(f"docs/{COLE}.md").encode().replace(b"A Tour", b"\xff Tour")
        ),
        "not-utf-8",
        _save_readable,
    ),
    "front matter that isn't YAML": (
        swap("heads/memory", ("head:", "head: [")),
        "yaml-syntax",
        swap("heads/memory", ("head: [", "head:")),
    ),
    # Fault: a page in the folder of a facet that isn't declared yet notes no view (completing.CompletePage).
    "declarations that aren't TOML": (
        lambda tree: tree.replace("docs/survey.toml", "[[facets]]", "[[facets"),
        "bad-value",
        lambda tree: tree.replace("docs/survey.toml", "[[facets", "[[facets]]"),
    ),
}


@pytest.mark.parametrize(("spoil", "code", "mend"), WRONG.values(), ids=WRONG)
def test_page_is_read_again_when_what_it_lacked_is_there(rebuilder: Rebuilder, spoil, code: str, mend):
    tree = rebuilder.restored()
    spoil(tree)
    assert code in codes(tree.build().warnings)
    mend(tree)
    mended = tree.build()
    assert mended.warnings == ""
    assert differences(mended.files, tree.build(fresh=True).files) == []
