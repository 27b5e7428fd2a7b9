"""Listings are light in doctrees, and on pages what they would be if each page had been written on its own."""

from __future__ import annotations

import errno
import pickle
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from readers import coins, summaries
from test_claims import add_claims
from trees import ROOT, small_survey

from survey.pages.listings import directives, light_lists
from survey.pages.listings.paper_items import PaperItems

if TYPE_CHECKING:
    from docutils import nodes
    from trees import Tree

    from survey.catalogue.views import PaperCard


@pytest.fixture
def survey(tmp_path: Path) -> Tree:
    tree = small_survey(tmp_path)
    add_claims(tree)
    return tree


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_pages_are_as_if_each_had_been_written_alone(
    builder: str, survey: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = survey.build(builder).files
    monkeypatch.setattr(light_lists, "has_pages", lambda _builder: False)
    monkeypatch.setattr(light_lists, "papers_of", partial(light_lists.papers_of, later=True))
    slow = survey.build(builder, fresh=True).files
    pages = [path for path in slow if path.endswith(".html")]
    assert {path: quick[path] for path in pages} == {path: slow[path] for path in pages}


def test_what_papers_say_is_not_in_the_doctrees_of_listings(survey: Tree) -> None:
    survey.build()
    tree = pickle.loads((survey.root / "_build" / "html.doctrees" / "chronology.doctree").read_bytes())
    (year, *_) = [node for node in tree.findall(light_lists.listed) if "wu2024retrieval" in node["keys"]]
    assert not year.children
    assert "misses" not in tree.astext()
    assert "A result of" not in tree.astext()


def test_a_link_to_the_page_itself_leads_to_its_top(survey: Tree) -> None:
    page = survey.build().page("heads/retrieval")
    links = page.find(attrs={"data-paper": "wu2024retrieval"}).find_all("a", class_="survey-head-link")
    assert {link["href"] for link in links} == {"#"}


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_summary_links_to_the_home_page_from_everywhere(survey: Tree, builder: str) -> None:
    survey.replace(
        "docs/papers/wu2024retrieval.md", "A result of", "[The start](../index.md) of all, {ref}`here`. A result of"
    )
    survey.replace("docs/index.md", "# ", "(here)=\n# ")
    built = survey.build(builder)
    assert built.warnings == ""
    home = "index.html" if builder == "html" else ""
    for docname in ("chronology", "heads/retrieval"):
        page = built.page(docname if builder == "html" else f"{docname}/index")
        paper = page.find(attrs={"data-paper": "wu2024retrieval"})
        up = "../" * (docname.count("/") + (builder == "dirhtml"))
        found = [link["href"] for link in paper.select("dd a.internal") if link["href"].startswith(f"{up}{home}")]
        assert {f"{up}{home}", f"{up}{home}#here"} <= set(found)
    links = [link["href"] for link in summaries(built)["wu2024retrieval"].select("a.internal")]
    assert {home or "./", f"{home or './'}#here"} <= set(links)


def test_a_link_to_a_file_is_read_from_the_folder_where_it_was_written(survey: Tree) -> None:
    sentence = "It is told with [the others](index.md) of its kind."
    survey.write(
        "docs/heads/told.md", survey.read("docs/heads/memory.md").partition("# ")[0] + f"# Told\n\n{sentence}\n"
    )
    survey.replace("docs/heads/told.md", "name: Memory Head", "name: Told")
    method = "---\nmethod:\n  name: Telling\n  group: Other\n---\n\n# Telling"
    survey.write("docs/methods/telling.md", f"{method}\n\n{sentence}\n")
    for kind, folder in (("head", "heads"), ("method", "methods")):
        survey.write(f"docs/{folder}/index.md", f"---\norphan: true\n---\n\n# All\n\n```{{survey:index}} {kind}\n```\n")
    built = survey.build()
    for folder in ("heads", "methods"):
        links = built.page(f"{folder}/index").select("dd a.internal")
        assert {link["href"] for link in links if link.get_text() == "the others"} == {"#"}


def test_a_picture_in_a_summary_is_its_description_in_lists(survey: Tree) -> None:
    survey.write("docs/pictures/grid.png", (ROOT / "docs/_static/site.png").read_bytes())
    survey.replace(
        "docs/papers/wu2024retrieval.md", "A result of", "![A grid of heads](/pictures/grid.png) A result of"
    )
    built = survey.build()
    assert built.warnings == ""
    unfolded = summaries(built)["wu2024retrieval"]
    assert "A grid of heads" in unfolded.get_text()
    assert unfolded.find("img") is None
    assert built.page("papers/wu2024retrieval").find("img", alt="A grid of heads")


def test_in_the_rest_of_a_long_list_a_script_puts_summaries(survey: Tree) -> None:
    for number in range(10):
        more = {"published": f"2022-01-{number + 1:02d}", "takeaway": f"Retrieval heads number {number} miss nothing."}
        survey.paper(f"many2022n{number}", title=f"Paper {number}", heads=["retrieval"], **more)
    for builder in ("html", "dirhtml"):
        built = survey.build(builder)
        page = built.page("heads/retrieval" if builder == "html" else "heads/retrieval/index")
        seen = page.find(attrs={"data-paper": "wu2024retrieval"})
        assert "Innovation" in seen.get_text()
        folded = page.find(attrs={"data-paper": "many2022n0"}).find("details", class_="survey-later")
        assert folded.find("a")["href"].startswith(("../papers/", "../../papers/"))
        assert "Innovation" not in folded.get_text()
        summary = summaries(built)["many2022n0"]
        assert [term.get_text() for term in summary.find_all("dt")] == ["Innovation", "Tasks", "Significant result"]
        # A page at the root has such addresses, and the script makes others of them.
        addresses = {link["href"] for link in summaries(built)["wu2024retrieval"].find_all("a")}
        assert not any(address.startswith(("#", "..", "survey-root:")) for address in addresses)


def test_a_list_of_very_many_papers_leaves_all_summaries_to_the_script(
    survey: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = len(list((survey.root / "docs" / "papers").glob("*.md")))
    monkeypatch.setattr(directives, "WHOLE", papers)
    page = survey.build().page("chronology")
    assert page.select("details.survey-later") == []
    assert "Innovation" in page.find(attrs={"data-paper": "wu2024retrieval"}).get_text()
    monkeypatch.setattr(directives, "WHOLE", papers - 1)
    built = survey.build(fresh=True)
    page = built.page("chronology")
    assert len(page.select("[data-paper]")) == papers
    later = {one.find_parent(attrs={"data-paper": True})["data-paper"]: one for one in page.select(".survey-later")}
    assert set(later) == set(summaries(built)) >= {"wu2024retrieval"}
    assert later["wu2024retrieval"].find("a")["href"] == "papers/wu2024retrieval.html"
    assert "Innovation" not in page.find(attrs={"data-paper": "wu2024retrieval"}).get_text()


def test_other_builders_have_the_whole_summary(survey: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directives, "WHOLE", 1)
    text = survey.build("text").text("chronology.txt")
    assert "Innovation" in text
    assert "On the paper's page" not in text


def test_reference_managers_find_a_paper_once_on_a_page(survey: Tree) -> None:
    built = survey.build()
    for path in (path for path in built.files if path.endswith(".html")):
        works = [str(work) for work in coins(built.page(path.removesuffix(".html")))]
        assert len(works) == len(set(works)), path


def test_where_many_papers_are_listed_reference_managers_are_told_on_their_own_pages(survey: Tree) -> None:
    for number in range(41):
        survey.paper(f"many2022n{number}", title=f"Paper {number}", heads=["memory"])
    built = survey.build()
    for name in ("chronology", "heads/memory"):
        assert len(built.page(name).select("[data-paper]")) > 40
        assert coins(built.page(name)) == []
    assert len(coins(built.page("heads/retrieval"))) == 2
    assert len(coins(built.page("papers/many2022n3"))) == 1


def _written_anew(survey: Tree, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Build, and return the papers that were written for listings."""
    written: set[str] = set()
    stock = PaperItems.item

    def item(self: PaperItems, card: PaperCard, *arguments: Any, **options: Any) -> nodes.Element:
        written.add(card.key)
        return stock(self, card, *arguments, **options)

    monkeypatch.setattr(PaperItems, "item", item)
    survey.build()
    monkeypatch.undo()
    return written


def test_an_edit_has_only_the_papers_written_that_it_changes(survey: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "wu2024retrieval" in _written_anew(survey, monkeypatch)
    survey.replace("docs/papers/wu2024retrieval.md", "Innovation\n: ", "Innovation\n: Edited: ")
    assert _written_anew(survey, monkeypatch) == {"wu2024retrieval"}


def test_what_is_kept_is_whole_or_as_it_was_where_the_disk_is_full(
    survey: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey.build()
    kept = survey.root / "_build" / "html.doctrees" / "survey" / "listings.json"
    before = kept.read_bytes()
    survey.replace("docs/papers/wu2024retrieval.md", "Innovation\n: ", "Innovation\n: Edited: ")
    stock = Path.write_bytes

    def half(path: Path, content: bytes) -> int:
        if kept.name not in path.name:
            return stock(path, content)
        stock(path, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(Path, "write_bytes", half)
    incremental = survey.build().files
    assert kept.read_bytes() == before
    assert [path.name for path in kept.parent.iterdir() if kept.name in path.name] == [kept.name]
    monkeypatch.undo()
    assert survey.build(fresh=True).files == incremental


def test_what_is_kept_is_left_alone_if_it_is_damaged(survey: Tree) -> None:
    whole = survey.build().files
    (survey.root / "_build" / "html.doctrees" / "survey" / "listings.json").write_text('{"around": 1}', "utf-8")
    assert survey.build().files == whole
