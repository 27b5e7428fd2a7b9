"""What pages say about themselves to search engines, previews and reference managers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from readers import coins
from trees import Built, Tree, small_survey

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import BeautifulSoup

BASE = "https://example.org/survey/"
DATA = "---\norphan: true\n---\n# Data\n\nAll as files.\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    tree = small_survey(tmp_path_factory.mktemp("metadata"))
    tree.write("docs/data.md", DATA)
    tree.replace("docs/index.md", "# A small survey\n", "# A small survey\n\nHeads & {survey:head}`memory`. Really.\n")
    built = tree.build(confoverrides={"survey_licence": "https://example.org/licence"})
    assert built.warnings == ""
    return built


def structured(page: BeautifulSoup) -> Any:
    (script,) = page.select('head script[type="application/ld+json"]')
    return json.loads(script.get_text())


def tags(page: BeautifulSoup) -> dict[str, str]:
    return {
        str(tag.get("property") or tag["name"]): str(tag["content"])
        for tag in page.select("head meta[property], head meta[name=description]")
    }


def pages(built: Built) -> list[str]:
    return [path.removesuffix(".html") for path in built.files if path.endswith(".html") and path != "404.html"]


def test_a_papers_page_is_about_the_article(built: Built) -> None:
    article = structured(built.page("papers/wu2024retrieval"))
    assert (article["@context"], article["@type"]) == ("https://schema.org", "ScholarlyArticle")
    assert article["mainEntityOfPage"] == {"@type": "WebPage", "@id": f"{BASE}papers/wu2024retrieval.html"}
    assert (article["headline"], article["datePublished"]) == ("Retrieval Heads", "2024-04-24")
    assert [person["name"] for person in article["author"]] == ["Wenhao Wu", "Yizhong Wang"]
    assert article["sameAs"] == ["https://arxiv.org/abs/2404.15574"]
    assert [term["url"] for term in article["about"]] == [f"{BASE}heads/retrieval.html"]
    other = structured(built.page("papers/bell2023previous"))
    assert (other["sameAs"], other["datePublished"]) == (["https://doi.org/10.1234/bell.2023"], "2023-05")


def test_a_heads_page_is_about_the_term(built: Built) -> None:
    term = structured(built.page("heads/retrieval"))
    assert (term["@type"], term["name"], term["termCode"]) == ("DefinedTerm", "Retrieval Head", "retrieval")
    assert term["alternateName"] == ["Needle Head"]
    assert term["description"] == "Retrieval Head: what it is."
    assert term["inDefinedTermSet"]["name"] == "A small survey"


def test_the_data_page_is_about_the_data(built: Built) -> None:
    dataset = structured(built.page("data"))
    assert (dataset["@type"], dataset["name"], dataset["description"]) == ("Dataset", "A small survey", "All as files.")
    assert dataset["license"] == "https://example.org/licence"
    assert dataset["citation"] == f"Its contributors. A small survey. {BASE}"
    addresses = [download["contentUrl"].removeprefix(BASE) for download in dataset["distribution"]]
    assert [address for address in addresses if address not in built.files] == []


def test_the_data_are_listed_under_their_keywords(tmp_path: Path) -> None:
    tree = small_survey(tmp_path)
    tree.write("docs/data.md", "---\norphan: true\n---\n\n# Data\n\nAll as files.\n")
    assert "keywords" not in structured(tree.build().page("data"))
    tree.write("docs/survey.toml", '[data]\nkeywords = ["attention heads", "a \\"survey\\""]\n')
    again = tree.build()
    assert structured(again.page("data"))["keywords"] == ["attention heads", 'a "survey"']
    tree.replace("docs/survey.toml", "attention heads", "heads")
    assert structured(tree.build().page("data"))["keywords"] == ["heads", 'a "survey"']


def test_other_pages_have_no_structured_data(built: Built) -> None:
    about = [docname for docname in pages(built) if docname == "data" or docname.startswith(("papers/", "heads/"))]
    for docname in set(pages(built)) - set(about):
        assert built.page(docname).select('script[type="application/ld+json"]') == [], docname


def test_a_papers_page_has_one_work_for_reference_managers(built: Built) -> None:
    (work,) = coins(built.page("papers/wu2024retrieval"))
    assert work["ctx_ver"] == ["Z39.88-2004"]
    assert work["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:journal"]
    assert (work["rft.atitle"], work["rft.jtitle"]) == (["Retrieval Heads"], ["Journal of Heads"])
    assert (work["rft.aulast"], work["rft.aufirst"], work["rft.au"]) == (["Wu"], ["Wenhao"], ["Yizhong Wang"])
    assert (work["rft.date"], work["rft_id"]) == (["2024"], ["https://arxiv.org/abs/2404.15574"])
    (work,) = coins(built.page("papers/bell2023previous"))
    assert work["rft_id"][0] == "info:doi/10.1234/bell.2023"


def test_lists_have_every_paper_for_reference_managers(built: Built) -> None:
    titles = [work["rft.atitle"][0] for work in coins(built.page("chronology"))]
    assert titles == ["Memory Heads and Retrieval Heads", "Retrieval Heads", "Heads that Look Back", "A Tour of Heads"]
    assert [work["rft.atitle"][0] for work in coins(built.page("heads/retrieval"))] == titles[:2]


def test_descriptions_come_from_records_and_first_paragraphs(built: Built) -> None:
    wanted = {
        "papers/wu2024retrieval": ("Retrieval Heads", "Wu and Wang 2024: A new idea."),
        "heads/memory": ("Memory Head", "Memory Head: what it is."),
        "models/llama-2": ("Llama 2", "Llama 2: what it is."),
        "index": ("A small survey", "Heads & Memory Head. Really."),
        "chronology": ("Chronology", "Chronology"),
        "search": ("Search", "Heads & Memory Head. Really."),
    }
    for docname, (title, description) in wanted.items():
        found = tags(built.page(docname))
        assert (found["og:title"], found["og:description"], found["description"]) == (title, description, description)


def test_every_page_has_each_tag_once_and_its_own_address(built: Built) -> None:
    for docname in pages(built):
        page = built.page(docname)
        named = [
            str(tag.get("property") or tag["name"]) for tag in page.select("meta[property^=og], [name=description]")
        ]
        assert sorted(named) == [
            "description",
            "og:description",
            "og:site_name",
            "og:title",
            "og:type",
            "og:url",
        ], docname
        address = BASE + f"{docname}.html"
        assert [link["href"] for link in page.select("link[rel=canonical]")] == [address]
        assert tags(page)["og:url"] == address


def test_pages_name_the_same_in_other_forms(built: Built) -> None:
    for docname, more in (
        (
            "papers/wu2024retrieval",
            ["cite/wu2024retrieval.bib", "cite/wu2024retrieval.ris", "cite/wu2024retrieval.json"],
        ),
        ("heads/retrieval", ["feeds/heads/retrieval.xml"]),
        ("taxonomy", []),
    ):
        links = [str(link["href"]).removeprefix("../") for link in built.page(docname).select("link[rel=alternate]")]
        assert sorted(links) == sorted(["feed.xml", *more])
        assert [link for link in links if link not in built.files] == []


def test_a_description_in_the_configuration_stands(survey: Tree) -> None:
    survey.write("docs/own.md", "---\norphan: true\n---\n# Own\n\nText.\n")
    page = survey.build(confoverrides={"myst_html_meta": {"description": "My own."}}).page("own")
    assert [tag["content"] for tag in page.select("meta[name=description]")] == ["My own."]


def test_long_descriptions_end_with_a_sentence_or_a_word(survey: Tree) -> None:
    first = "The first sentence is of some length, as sentences in surveys by Doe et al. Often are."
    survey.replace("docs/heads/memory.md", "Memory Head: what it is.", f"{first} {'And then more. ' * 20}")
    survey.replace("docs/heads/retrieval.md", "Retrieval Head: what it is.", "word " * 100)
    built = survey.build()
    assert tags(built.page("heads/memory"))["description"].startswith(f"{first} And then more.")
    assert tags(built.page("heads/memory"))["description"].endswith("And then more.")
    assert tags(built.page("heads/retrieval"))["description"].endswith("word word…")
    assert all(len(tags(built.page(f"heads/{key}"))["description"]) <= 200 for key in ("memory", "retrieval"))


def test_a_page_is_read_again_when_its_description_changes(survey: Tree) -> None:
    survey.write(
        "docs/own.md", "---\norphan: true\n---\n# Own\n\nAs {cite:t}`bell2023previous` and {survey:head}`memory`.\n"
    )
    survey.build()
    survey.replace("docs/heads/memory.md", "name: Memory Head", "name: Storage Head")
    built = survey.build()
    assert "own" in built.read
    assert tags(built.page("own"))["description"] == "As Bell (2023) and Storage Head."


def test_markup_in_texts_ends_no_element(tree: Tree) -> None:
    title = "</script><script>alert(1)</script> \"&quot;' <b>"
    tree.paper("odd2024paper", title=title, scope="background", bib={"author": "O'<i>Neil</i>, A"})
    tree.replace("docs/papers/odd2024paper.md", f"# {title}", "# " + title.replace("<", "\\<").replace("&", "\\&"))
    built = tree.build()
    page = built.page("papers/odd2024paper")
    assert structured(page)["headline"] == title
    assert tags(page)["og:title"] == title
    assert coins(page)[0]["rft.atitle"] == [title]
    assert [script for script in page.select("script:not([src])") if script.get_text() == "alert(1)"] == []


def test_without_an_address_metadata_are_relative(survey: Tree) -> None:
    built = survey.build(
        confoverrides={"html_baseurl": "", "suppress_warnings": ["myst.header", "survey.no-base-address"]}
    )
    assert built.warnings == ""
    page = built.page("papers/wu2024retrieval")
    assert structured(page)["mainEntityOfPage"]["@id"] == "wu2024retrieval.html"
    assert "og:url" not in tags(page)
    assert page.select("link[rel=canonical]") == []
