"""``{survey:…}`` roles and ``{any}``: where a link leads, what it says, and what is said of an id that isn't there."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from bs4 import Tag
from trees import Built, Tree, small_survey

LINKS = {
    "a head": ("{survey:head}`retrieval`", "heads/retrieval.html", "Retrieval Head"),
    "a head, own text": ("{survey:head}`heads that fetch <retrieval>`", "heads/retrieval.html", "heads that fetch"),
    "own text with special characters": (
        '{survey:head}`a > b & "c" <retrieval>`',
        "heads/retrieval.html",
        'a > b & "c"',
    ),
    "a paper": ("{survey:paper}`wu2024retrieval`", "papers/wu2024retrieval.html", "Retrieval Heads"),
    "a paper, own text": ("{survey:paper}`one study <wu2024retrieval>`", "papers/wu2024retrieval.html", "one study"),
    "a stage": ("{survey:stage}`knowledge-recalling`", "stages/knowledge-recalling.html", "Knowledge Recalling"),
    "a stage, own text": ("{survey:stage}`first <knowledge-recalling>`", "stages/knowledge-recalling.html", "first"),
    "a method": ("{survey:method}`zero-ablation`", "methods/zero-ablation.html", "Zero ablation"),
    "a method, own text": ("{survey:method}`switch off <zero-ablation>`", "methods/zero-ablation.html", "switch off"),
    "a family": ("{survey:model}`llama-2`", "models/llama-2.html", "Llama 2"),
    "a family, own text": ("{survey:model}`these <llama-2>`", "models/llama-2.html", "these"),
    "a member": ("{survey:model}`llama-2-7b`", "models/llama-2.html#llama-2-7b", "Llama-2-7B"),
    "a member, own text": ("{survey:model}`the small <llama-2-7b>`", "models/llama-2.html#llama-2-7b", "the small"),
    "a work that isn't surveyed": (
        "{survey:paper}`vaswani2017attention`",
        "bibliography.html#cite-vaswani2017attention",
        "Vaswani and Shazeer 2017",
    ),
    "a work that isn't surveyed, own text": (
        "{survey:paper}`transformers <vaswani2017attention>`",
        "bibliography.html#cite-vaswani2017attention",
        "transformers",
    ),
    "any: a head": ("{any}`retrieval`", "heads/retrieval.html", "retrieval"),
    "any: own text": ("{any}`fetching <retrieval>`", "heads/retrieval.html", "fetching"),
    "any: a member": ("{any}`llama-2-13b`", "models/llama-2.html#llama-2-13b", "llama-2-13b"),
    "any: a stage": ("{any}`knowledge-recalling`", "stages/knowledge-recalling.html", "knowledge-recalling"),
}


@dataclass(frozen=True)
class Place:
    """A role in some part of a page: the page's text, and the line of the role in it, counted from 1."""

    text: str
    line: int


PLACES = {
    "a paragraph": Place("One line,\nand ROLE in the next.", 2),
    "a heading": Place("## About ROLE\n\nText.", 1),
    "a list": Place("- one\n- ROLE", 2),
    "a quotation": Place("> a\n> ROLE", 2),
    "a definition": Place("Term\n: ROLE", 2),
    "an admonition": Place("```{note}\nA line.\n\nROLE\n```", 4),
    "an admonition with colons": Place(":::{note}\nROLE\n:::", 2),
    "an admonition with options": Place("```{admonition} Title\n:class: tip\n\nROLE\n```", 4),
    "an admonition's title": Place("```{admonition} About ROLE\nText.\n```", 1),
    "nested admonitions": Place("::::{note}\nA line.\n\n:::{tip}\n:name: small\n\nROLE\n:::\n::::", 7),
    "a table": Place("| a | b |\n|---|---|\n| c | ROLE |", 3),
    "a table in an admonition": Place(":::{note}\n| a | b |\n|---|---|\n| c | ROLE |\n:::", 4),
    "a table directive": Place("```{list-table}\n* - a\n  - ROLE\n```", 3),
    "a directive's caption": Place("```{table} About ROLE\n| a |\n|---|\n| b |\n```", 1),
}

UNKNOWN = {
    "head": ("retreival", "did you mean 'retrieval'?"),
    "paper": ("wu2024retreival", "did you mean 'wu2024retrieval'?"),
    "stage": ("knowledge-recaling", "did you mean 'knowledge-recalling'?"),
    "method": ("probng", "did you mean 'probing'?"),
    "model": ("llama-2-8b", "did you mean 'llama-2-7b'?"),
}
FIRST = 7  #: The line on which the text of a page begins.


def page(text: str) -> str:
    return f"---\norphan: true\n---\n\n# Page\n\n{text}\n"


def about(built: Built, path: str) -> list[str]:
    return [line for line in built.warnings.splitlines() if line.startswith(path)]


def name(kind: str, case: str) -> str:
    return f"{kind}-{''.join(letter if letter.isalnum() else '-' for letter in case)}"


def link(built: Built, docname: str) -> tuple[str, str]:
    """Return address and text of the only link in the text of a page."""
    (found,) = built.page(docname).select("section p a")
    return str(found["href"]), found.get_text()


@pytest.fixture(scope="module")
def linking(tmp_path_factory: pytest.TempPathFactory) -> Built:
    tree = small_survey(tmp_path_factory.mktemp("links"))
    for case, (role, _, _) in LINKS.items():
        tree.write(f"docs/{name('link', case)}.md", page(f"See {role}."))
    return tree.build()


@pytest.mark.parametrize("case", LINKS)
def test_a_role_leads_to_its_object(linking: Built, case: str) -> None:
    assert link(linking, name("link", case)) == LINKS[case][1:]


@pytest.mark.parametrize("case", [case for case, (_, address, _) in LINKS.items() if "#" in address])
def test_the_anchor_that_a_role_names_is_on_the_page(linking: Built, case: str) -> None:
    address, _ = link(linking, name("link", case))
    docname, anchor = address.split(".html#")
    assert len(linking.page(docname).find_all(id=anchor)) == 1


def test_links_that_exist_give_no_warning(linking: Built) -> None:
    assert linking.warnings == ""


def test_any_finds_a_paper_without_a_warning(survey: Tree) -> None:
    survey.write("docs/any.md", page("See {any}`wu2024retrieval`."))
    built = survey.build()
    assert about(built, "docs/any.md") == []
    assert "wu2024retrieval" in link(built, "any")[0]


def test_any_says_what_it_does_not_find(survey: Tree) -> None:
    survey.write("docs/any.md", page("See {any}`nothing-of-that-name`."))
    said, *_also_sphinxs = about(survey.build(), "docs/any.md")
    assert said.startswith(f"docs/any.md:{FIRST}: ")
    assert "nothing-of-that-name" in said


def test_links_from_a_page_in_a_folder_are_relative_to_it(survey: Tree) -> None:
    survey.write("docs/part/one.md", page("See {survey:model}`llama-2-7b`."))
    assert link(survey.build(), "part/one")[0] == "../models/llama-2.html#llama-2-7b"


@pytest.fixture(scope="module")
def namesakes(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A family of models with a member of the same id."""
    tree = small_survey(tmp_path_factory.mktemp("namesakes"))
    members = [{"id": "bert", "name": "BERT base"}, {"id": "bert-large", "name": "BERT large"}]
    tree.model("bert", name="BERT", members=members)
    tree.paper("dunn2024bert", title="Heads of BERT", heads=["memory"], models=["bert"])
    tree.write("docs/role.md", page("See {survey:model}`bert`."))
    built = tree.build()
    assert built.warnings == ""
    return built


def test_a_paper_that_names_a_namesake_of_its_family_links_to_the_member(namesakes: Built) -> None:
    tag = namesakes.page("papers/dunn2024bert").find("a", string="BERT base")
    assert isinstance(tag, Tag)
    assert tag["href"] == "../models/bert.html#bert"
    (section,) = namesakes.page("models/bert").find_all(id="bert")
    assert section.select_one("h2").get_text() == "BERT base¶"


def test_running_text_that_names_a_namesake_links_to_the_family(namesakes: Built) -> None:
    assert link(namesakes, "role") == ("models/bert.html", "BERT")


@pytest.fixture(scope="module")
def unknown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, list[str]]:
    """Return a build of pages with unknown ids, and what the checks say of the same files."""
    tree = small_survey(tmp_path_factory.mktemp("unknown"))
    for case, place in PLACES.items():
        tree.write(f"docs/{name('place', case)}.md", page(place.text.replace("ROLE", "{survey:head}`retreival`")))
    for kind, (wrong, _) in UNKNOWN.items():
        tree.write(f"docs/{name('kind', kind)}.md", page(f"See {{survey:{kind}}}`some words <{wrong}>`."))
    return tree.build(), tree.check().stdout.splitlines()


@pytest.mark.parametrize("case", PLACES)
def test_an_unknown_id_is_said_once_with_its_line_by_build_and_check(
    unknown: tuple[Built, list[str]], case: str
) -> None:
    built, checked = unknown
    path = f"docs/{name('place', case)}.md"
    words = "unknown-head: there is no head 'retreival'; did you mean 'retrieval'?"
    line = FIRST + PLACES[case].line - 1
    assert about(built, path) == [f"{path}:{line}: WARNING: {words} [survey.unknown-head]"]
    assert [said for said in checked if said.startswith(path)] == [f"{path}:{line}: {words}"]


@pytest.mark.parametrize("kind", UNKNOWN)
def test_an_unknown_id_keeps_its_words_and_gets_a_suggestion(unknown: tuple[Built, list[str]], kind: str) -> None:
    built, checked = unknown
    path, (wrong, hint) = f"docs/{name('kind', kind)}.md", UNKNOWN[kind]
    said = f"{path}:{FIRST}: unknown-{kind}: there is no {kind} '{wrong}'; {hint}"
    assert [line for line in checked if line.startswith(path)] == [said]
    assert len(about(built, path)) == 1
    found = built.page(name("kind", kind)).select_one("section")
    assert found is not None
    assert "See some words." in found.get_text()
    assert found.select("p a") == []


def test_an_unknown_id_in_a_summary_is_said_once_however_many_pages_show_it(survey: Tree) -> None:
    summary = {"Innovation": "Like {survey:head}`retreival`.", "Tasks": "A task.", "Significant result": "A result."}
    path = survey.paper("dunn2024many", title="Many Pages", heads=["memory", "retrieval"], summary=summary)
    built = survey.build()
    line = survey.read(path).splitlines().index(": Like {survey:head}`retreival`.") + 1
    words = "unknown-head: there is no head 'retreival'; did you mean 'retrieval'?"
    assert built.warnings.splitlines() == [f"{path}:{line}: WARNING: {words} [survey.unknown-head]"]
    assert "Like retreival." in built.page("chronology").get_text()


def test_code_that_shows_a_role_is_no_role(survey: Tree) -> None:
    survey.write("docs/code.md", page("Write ``{survey:head}`nope` ``, or:\n\n```md\n{survey:head}`nope`\n```"))
    assert survey.codes() == []
    assert survey.build().warnings == ""
