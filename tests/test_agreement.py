"""``check`` and the strict build agree: what one refuses the other refuses, in the same words."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from problem_cases_markup import PAGES
from trees import small_survey

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from problem_cases_markup import Bad
    from trees import Built, Tree

    from survey.catalogue import Problem

_PLACE = re.compile(r"^(?P<path>docs/[^:]+?)(?::(?P<line>\d+))?: (?:WARNING|ERROR|CRITICAL): (?P<text>.*)$")


@dataclass(frozen=True)
class Both:
    """What both say of one survey that has all bad pages."""

    tree: Tree
    problems: tuple[Problem, ...]
    built: Built

    def warned(self) -> dict[str, list[str]]:
        """Return what the build says, by file."""
        found = defaultdict(list)
        for line in self.built.warnings.splitlines():
            if (match := _PLACE.match(line)) is not None:
                path = match["path"].removesuffix(".md").removesuffix(".md") + ".md"  # of some lines Sphinx doubles it
                found[path].append(f"{match['line'] or 1}: {match['text'].rpartition(' [')[0] or match['text']}")
        return found


def _both(tree: Tree, pages: Iterable[Bad]) -> Both:
    for bad in pages:
        bad.case.spoil(tree)
    return Both(tree, tuple(tree.problems()), tree.build())


#: Of pages that cannot be read at all nobody knows what others could link to: they are built by themselves.
UNREADABLE = tuple(bad for bad in PAGES if bad.name in {"directives", "brackets", "lines"})
READABLE = tuple(bad for bad in PAGES if bad not in UNREADABLE)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    return _both(small_survey(tmp_path_factory.mktemp("agreement")), READABLE)


@pytest.mark.parametrize("bad", READABLE, ids=lambda bad: f"{bad.code}: {bad.name}")
def test_the_build_says_what_the_check_says(both: Both, bad: Bad) -> None:
    said = [
        f"{problem.line}: {problem.code}: {problem.explanation}"
        for problem in both.problems
        if problem.path == bad.path
    ]
    assert said
    warned = both.warned()[bad.path]
    assert [line for line in said if line not in warned] == []


def test_what_the_build_warns_of_the_check_has_found(both: Both) -> None:
    known = {problem.path for problem in both.problems}
    assert {path: said for path, said in both.warned().items() if path not in known} == {}


def test_pages_that_cannot_be_read_are_left_out_of_the_build(tree: Tree) -> None:
    both = _both(tree, UNREADABLE)
    assert {problem.path for problem in both.problems} == {bad.path for bad in UNREADABLE}
    assert set(both.warned()) == {bad.path for bad in UNREADABLE}
    assert "index.html" in both.built.files
    assert [path for path in both.built.files if path.startswith("bad/")] == []


def test_the_build_went_on(both: Both) -> None:
    assert both.built.status == 1 or both.built.warnings
    assert "papers/wu2024retrieval.html" in both.built.files
    assert "Traceback" not in both.built.warnings
    assert "unreadable-page" not in both.built.warnings


#: Directives that show something under anchors; those of the last are in no tree, and no link can name them.
_SHOWN = {
    "chronology": "",
    "papers": "\n:group-by: stage",
    "taxonomy": "",
    "index": " method",
    "reference": " fields",
    "contested": "",
    "queue": "",
    "matrix": "",
    "atlas": "",
    "timeline": "",
    "explore": "",
    "compare": "",
}
_LOST_ANCHOR = re.compile(r"docs/(?P<path>\S+?):\d+: WARNING: .*'(?P<anchor>[^']+)' \[myst\.xref_missing\]")
_NO_HEADING = re.compile(r"(?:there is no heading|the section) '(?P<anchor>[^']+)'")


def test_links_to_what_directives_show_are_found_by_both_or_by_neither(tmp_path: Path) -> None:
    tree = small_survey(tmp_path)
    for at in range(9):
        tree.paper(f"many2021n{at}", title=f"Many {at}", heads=["memory"], published=f"2021-{at + 1:02d}")
    pages = {
        f"shows-{name}": f"---\norphan: true\n---\n\n# It\n\n```{{survey:{name}}}{given}\n```\n"
        for name, given in _SHOWN.items()
    }
    for page, text in pages.items():
        tree.write(f"docs/{page}.md", text)
    built = tree.build()
    links = []
    for page, text in pages.items():
        shown = [str(tag["id"]) for tag in built.page(page).select("div.body [id]")]
        anchors = [
            *dict.fromkeys(anchor for anchor in shown if not anchor.startswith("index-")),
            "nonsense",
            "year-1066",
            "field-paper-heads",
        ]
        tree.write(f"docs/{page}.md", text + "\n" + "\n".join(f"[x](#{anchor})" for anchor in anchors) + "\n")
        links += [f"[x]({page}.md#{anchor})" for anchor in anchors]
    tree.write("docs/links.md", "---\norphan: true\n---\n\n# Links\n\n" + "\n".join(links) + "\n")
    warned = {
        (match["path"], match["anchor"])
        for match in map(_LOST_ANCHOR.search, tree.build().warnings.splitlines())
        if match
    }
    found = {
        (problem.path.removeprefix("docs/"), match["anchor"])
        for problem in tree.problems()
        if (match := _NO_HEADING.search(problem.message)) is not None
    }
    assert sorted(found - warned) == []
    assert sorted(warned - found) == []
    (year,) = (
        problem for problem in tree.problems() if problem.path == "docs/links.md" and "'year-2024'" in problem.message
    )
    assert year.explanation.endswith("is made by a directive, and has no anchor for other pages; link to the page")
    assert {("links.md", "year-2024"), ("links.md", "nonsense"), ("shows-taxonomy.md", "nonsense")} <= found
    assert ("shows-chronology.md", "year-2024") not in found
    assert ("links.md", "fields-paper") not in found
