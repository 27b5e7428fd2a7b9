"""The files that a build of HTML leaves beside its pages: the same after any build, and as the command writes them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from comparing import codes
from forking import build

from survey.exports import Site, data_files

if TYPE_CHECKING:
    from pathlib import Path

    from trees import Built, Tree

BASE = "https://example.org/survey/"
SITE = {"sitemap.xml", "robots.txt", "404.html"}


def locations(built: Built) -> list[str]:
    root = ET.fromstring(built.text("sitemap.xml"))
    return [str(loc.text) for loc in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def pages(built: Built) -> set[str]:
    return {path for path in built.files if path.endswith(".html")} - {"404.html", "genindex.html", "search.html"}


def exported(tree: Tree) -> dict[str, bytes]:
    return data_files(tree.load(), tree.root, Site.at(BASE))


@pytest.mark.parametrize("parallel", [1, 2])
def test_a_build_has_the_files_of_the_command(survey: Tree, parallel: int) -> None:
    built = survey.build(parallel=parallel)
    assert built.warnings == ""
    assert {address: built.files.get(address) for address in exported(survey)} == exported(survey)
    assert built.files.keys() >= SITE


def test_the_catalogue_and_the_build_agree_on_citing_pages(survey: Tree) -> None:
    survey.write(
        "docs/essay.md",
        "---\norphan: true\n---\n# Essay\n\nA note.[^1] {cite}`cole2022heads`\n\n"
        ":::{note}\n{cite:p}`wu2024retrieval`\n:::\n\n% {cite:t}`bell2023previous`\n\n[^1]: {cite:t}`ahn2025memory`\n",
    )
    built = survey.build()
    cited_on = survey.load().cited_on
    assert {key for key, docnames in cited_on.items() if "essay" in docnames} == {
        "ahn2025memory",
        "cole2022heads",
        "wu2024retrieval",
    }
    for key in survey.load().papers:
        links = built.page(f"papers/{key}").select(".survey-cited-on a")
        shown = sorted(posixpath.normpath(f"papers/{link['href']}") for link in links)
        assert shown == [f"{docname}.html" for docname in cited_on.get(key, ())]


def test_after_an_edit_everything_is_there_and_only_what_changed_is_written(survey: Tree) -> None:
    first = survey.build()
    times = {path: (first.outdir / path).stat().st_mtime_ns for path in exported(survey)}
    survey.replace("docs/papers/bell2023previous.md", "A new idea.", "Another idea.")
    second = survey.build()
    assert second.files.keys() == first.files.keys()
    assert {address: second.files[address] for address in exported(survey)} == exported(survey)
    assert locations(second) == locations(first)
    written = {path for path, time in times.items() if (second.outdir / path).stat().st_mtime_ns != time}
    record, described = "data/papers/bell2023previous.json", {"data/datapackage.json", "data/croissant.json"}
    tables = {"data/survey.json", "data/papers.csv", record}
    assert written == tables | described | {"feed.xml", "feeds/heads/previous-token.xml"}


def test_files_of_a_removed_paper_and_head_go(survey: Tree) -> None:
    survey.build()
    (survey.root / "_build/html/cite/notes.txt").write_text("not ours", "utf-8")
    survey.remove("docs/papers/bell2023previous.md")
    survey.remove("docs/heads/previous-token.md")
    del survey.works["bell2023previous"]
    survey.write_works()
    built = survey.build()
    assert [path for path in built.files if "bell2023" in path or "previous-token" in path] == []
    assert "cite/notes.txt" in built.files
    assert BASE + "papers/bell2023previous.html" not in locations(built)


def test_the_sitemap_has_every_page_and_robots_names_it(survey: Tree) -> None:
    built = survey.build()
    assert locations(built) == sorted(BASE + page for page in pages(built))
    assert built.text("robots.txt") == f"User-agent: *\nAllow: /\n\nSitemap: {BASE}sitemap.xml\n"


def test_earlier_keys_of_a_paper_redirect_until_they_are_gone(survey: Tree) -> None:
    before = survey.build()
    survey.replace("docs/papers/wu2024retrieval.md", "paper:\n", "paper:\n  aliases: [wu2024old]\n")
    built = survey.build()
    page = built.page("papers/wu2024old")
    refresh = page.select_one("meta[http-equiv=refresh]")
    assert refresh is not None
    assert refresh["content"] == "0; url=wu2024retrieval.html"
    assert [link["href"] for link in page.select("a, link[rel=canonical]")] == [
        f"{BASE}papers/wu2024retrieval.html",
        "wu2024retrieval.html",
    ]
    assert "papers/wu2024old.html" not in "".join(locations(built))
    assert built.read <= {"papers/wu2024retrieval"}
    survey.replace("docs/papers/wu2024retrieval.md", "  aliases: [wu2024old]\n", "")
    assert survey.build().files.keys() == before.files.keys()


def test_the_page_for_wrong_addresses_has_links_that_work_at_any_depth(survey: Tree) -> None:
    built = survey.build()
    page = built.page("404")
    links = [str(link["href"]) for link in page.select("a")]
    assert links[0] == "/survey/index.html"
    assert [link for link in links if link.removeprefix("/survey/") not in built.files] == []
    assert page.h1 is not None
    assert page.h1.get_text() == "Page not found"
    assert page.select("script, img") == []
    files = [str(link["href"]) for link in page.select("link")]
    assert files == ["/survey/_static/favicon.svg", "/survey/_static/notfound.css"]
    assert [file for file in files if file.removeprefix("/survey/") not in built.files] == []


def test_a_page_404_of_the_survey_itself_is_kept(survey: Tree) -> None:
    survey.write("docs/404.md", "---\norphan: true\n---\n# Lost\n")
    built = survey.build()
    assert built.page("404").find("h1", string="Lost") is None
    assert "Lost" in built.text("404.html")
    assert f"{BASE}404.html" not in locations(built)


def test_without_an_address_a_build_warns_and_makes_no_sitemap(survey: Tree) -> None:
    assert "sitemap.xml" in survey.build().files
    built = survey.build(confoverrides={"html_baseurl": ""})
    assert built.warnings.count("WARNING") == 1
    assert "no-base-address: html_baseurl is not set" in built.warnings
    assert "[survey.no-base-address]" in built.warnings
    assert "sitemap.xml" not in built.files
    assert "Sitemap" not in built.text("robots.txt")


@pytest.mark.parametrize("strict", [False, True])
def test_a_strict_build_says_no_less_of_a_missing_address(survey: Tree, tmp_path: Path, strict: bool) -> None:
    docs, output = survey.root / "docs", tmp_path / "output"
    survey.replace("docs/conf.py", 'html_baseurl = "https://example.org/survey/"', 'html_baseurl = ""')
    made = build(docs, output, options={"warningiserror": strict})
    assert codes(made.warnings) == ["no-base-address"]
    assert made.status == int(strict)
    survey.replace("docs/conf.py", "suppress_warnings = [", 'suppress_warnings = ["survey.no-base-address", ')
    made = build(docs, output, options={"warningiserror": strict})
    assert (made.warnings, made.status) == ("", 0)


def test_a_bibliography_that_is_gone_stays_nowhere(survey: Tree) -> None:
    survey.write("CITATION.bib", "@misc{doe2025survey,\n title = {S},\n author = {Doe, J},\n year = {2025},\n}\n")
    assert {"references.bib", "cite/survey.bib", "cite/wu2024retrieval.bib"} <= survey.build().files.keys()
    survey.remove("references.bib")
    survey.remove("CITATION.bib")
    assert [name for name in survey.build().files if name.startswith(("references", "cite/"))] == []


def test_pages_in_folders_have_the_addresses_of_folders(survey: Tree) -> None:
    survey.replace("docs/papers/wu2024retrieval.md", "paper:\n", "paper:\n  aliases: [wu2024old]\n")
    built = survey.build("dirhtml")
    assert f"{BASE}papers/wu2024retrieval/" in locations(built)
    assert BASE in locations(built)
    assert '"page": "papers/wu2024retrieval/"' in built.text("data/survey.json")
    assert 'url=../wu2024retrieval/"' in built.text("papers/wu2024old/index.html")
    assert f"({BASE}papers/wu2024retrieval/)" in built.text("llms.txt")


def test_a_site_of_one_page_has_the_files_too(survey: Tree) -> None:
    built = survey.build("singlehtml")
    assert {"references.bib", "data/survey.json", "feed.xml", *SITE} <= built.files.keys()
    assert locations(built)[0].startswith(f"{BASE}index.html")


@pytest.mark.parametrize("builder", ["epub", "text", "latex"])
def test_builders_of_other_formats_have_none(survey: Tree, builder: str) -> None:
    survey.write("docs/data.md", "---\norphan: true\n---\n# Data\n\n{survey:file}`data/survey.json`\n")
    built = survey.build(builder, confoverrides={"html_baseurl": ""})
    assert "no-base-address" not in built.warnings
    assert [path for path in built.files if path.startswith(("cite/", "data/", "feed"))] == []


def test_a_page_links_to_files_from_any_depth(survey: Tree) -> None:
    survey.write("docs/notes/data.md", "---\norphan: true\n---\n# Data\n\n{survey:file}`the data <data/survey.json>`\n")
    for builder, docname, href in (
        ("html", "notes/data", "../data/survey.json"),
        ("dirhtml", "notes/data/index", "../../data/survey.json"),
    ):
        (link,) = survey.build(builder).page(docname).select("p a[href$='survey.json']")
        assert (link["href"], link.get_text()) == (href, "the data")
