"""What a directive does with options that it cannot use: it says so once, with the place, and shows all the rest."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from trees import Built, Tree, small_survey

ALL = ["ahn2025memory", "wu2024retrieval", "bell2023previous", "cole2022heads"]
AHN, WU, *_ = ALL
LINE = 9  #: Where the directive stands in each page.


@dataclass(frozen=True)
class Wrong:
    """A directive, what is said of it, and the papers that it shows all the same."""

    directive: str
    said: str
    papers: tuple[str, ...] = ()


def papers(options: str) -> str:
    return f"```{{survey:papers}}\n{options}\n```"


CASES = {
    "head": Wrong(papers(":head: retreival"), "unknown-head: there is no head 'retreival'; did you mean 'retrieval'?"),
    "one-of-two-heads": Wrong(
        papers(":head: retrieval, memry"),
        "unknown-head: there is no head 'memry'; did you mean 'memory'?",
        (AHN, WU),
    ),
    "stage": Wrong(
        papers(":stage: knowledge-recaling"),
        "unknown-stage: there is no stage 'knowledge-recaling'; did you mean 'knowledge-recalling'?",
    ),
    "method": Wrong(papers(":method: probng"), "unknown-method: there is no method 'probng'; did you mean 'probing'?"),
    "model": Wrong(
        papers(":model: llama-2-8b"), "unknown-model: there is no model 'llama-2-8b'; did you mean 'llama-2-7b'?"
    ),
    "year": Wrong(papers(":year: 1066"), "bad-value: 'year' cannot be '1066'; choose from 2022, 2023, 2024, 2025"),
    "sort": Wrong(papers(":sort: titel"), "bad-value: 'sort' cannot be 'titel'; did you mean 'title'?", tuple(ALL)),
    "group-by": Wrong(
        papers(":group-by: haed"), "bad-value: 'group-by' cannot be 'haed'; did you mean 'head'?", tuple(ALL)
    ),
    "show": Wrong(
        papers(":show: date, sumary"), "bad-value: 'show' cannot be 'sumary'; did you mean 'summary'?", tuple(ALL)
    ),
    "limit": Wrong(papers(":limit: many"), "bad-value: 'limit' cannot be 'many'", tuple(ALL)),
    "negative-limit": Wrong(papers(":limit: -1"), "bad-value: 'limit' cannot be '-1'", tuple(ALL)),
    "chronology": Wrong(
        "```{survey:chronology}\n:sort: titel\n```",
        "bad-value: 'sort' cannot be 'titel'; did you mean 'title'?",
        tuple(ALL),
    ),
    "taxonomy": Wrong(
        "```{survey:taxonomy}\n:stage: knowledge-recaling\n```",
        "unknown-stage: there is no stage 'knowledge-recaling'; did you mean 'knowledge-recalling'?",
    ),
    "taxonomy-in-brief": Wrong(
        "```{survey:taxonomy}\n:brief:\n:stage: nosuch\n```", "unknown-stage: there is no stage 'nosuch'; choose from "
    ),
    "atlas": Wrong(
        "```{survey:atlas}\n:model: llama-2-8b\n```",
        "unknown-model: there is no model 'llama-2-8b'; did you mean 'llama-2-7b'?",
    ),
    "atlas-of-detectors": Wrong(
        "```{survey:atlas}\n:automatic:\n:model: llama-2-8b\n```",
        "unknown-model: there is no model 'llama-2-8b'; did you mean 'llama-2-7b'?",
    ),
    "family": Wrong(
        "```{survey:atlas}\n:model: llama-2\n```",
        "unknown-model: there is no model 'llama-2'; did you mean 'llama-2-7b'?",
    ),
    "index": Wrong("```{survey:index} mehtod\n```", "bad-value: 'index' cannot be 'mehtod'; did you mean 'method'?"),
}


def page(directive: str) -> str:
    return f"---\norphan: true\n---\n\n# Page\n\nBefore.\n\n{directive}\n\nAfter.\n"


def about(built: Built, path: str) -> list[str]:
    return [line for line in built.warnings.splitlines() if line.startswith(path)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    tree = small_survey(tmp_path_factory.mktemp("wrong"))
    for name, case in CASES.items():
        tree.write(f"docs/{name}.md", page(case.directive))
    return tree.build()


@pytest.mark.parametrize("name", CASES)
def test_a_value_that_does_not_exist_is_said_once_with_its_place_and_the_nearest_name(built: Built, name: str) -> None:
    said = about(built, f"docs/{name}.md")
    assert len(said) == 1
    assert said[0].startswith(f"docs/{name}.md:{LINE}: WARNING: {CASES[name].said}")


@pytest.mark.parametrize("name", CASES)
def test_what_can_be_shown_is_shown_in_spite_of_a_wrong_value(built: Built, name: str) -> None:
    found = built.page(name)
    assert tuple(item["data-paper"] for item in found.select("[data-paper]")) == CASES[name].papers
    assert found.find("p", string="Before.") is not None
    assert found.find("p", string="After.") is not None


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if not case.papers])
def test_where_nothing_is_named_that_there_is_nothing_is_shown(built: Built, name: str) -> None:
    body = built.page(name).select_one("div.body section")
    shown = [text for text in body.stripped_strings if text not in {"Page", "Before.", "After.", "¶"}]
    assert shown in ([], ["There are no such papers yet."])
    assert body.select("svg, table, section") == []


@pytest.mark.parametrize("options", [":model: opt-1b", ":automatic:\n:model: opt-1b"])
def test_a_model_is_shown_once_it_is_there(survey: Tree, options: str) -> None:
    survey.write("docs/model.md", page(f"```{{survey:atlas}}\n{options}\n```"))
    assert about(survey.build(), "docs/model.md")
    survey.model("opt", members=[{"id": "opt-1b", "name": "OPT-1B", "layers": 24, "heads": 32}])
    places = {
        "model": "opt-1b",
        "head": "memory",
        "at": ["1.2"],
        "source": "Table 1",
        "automatic": "automatic" in options,
    }
    survey.paper("opt2025heads", title="Heads of OPT", heads=["memory"], models=["opt-1b"], positions=[places])
    again = survey.build()
    assert "model" in again.read
    assert not about(again, "docs/model.md")
    assert again.page("model").select("svg")
    assert again.text("model.html") == survey.build(fresh=True).text("model.html")


def test_a_stage_is_shown_once_it_is_there(survey: Tree) -> None:
    survey.write("docs/stage.md", page("```{survey:taxonomy}\n:stage: planning\n```"))
    assert about(survey.build(), "docs/stage.md")
    survey.stage("planning", categories=["goals"], order=3)
    survey.head("goal", stage="planning", category="goals")
    again = survey.build()
    assert not about(again, "docs/stage.md")
    assert "What goals means." in again.page("stage").get_text()
    assert again.text("stage.html") == survey.build(fresh=True).text("stage.html")


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [("head", "retreival"), ("stage", "knowledge-recaling"), ("method", "probng"), ("model", "llama-2-8b")],
)
def test_a_listing_says_what_the_checks_say_of_the_same_id(survey: Tree, kind: str, wrong: str) -> None:
    survey.write("docs/role.md", page(f"{{survey:{kind}}}`{wrong}`"))
    (problem,) = survey.problems()
    survey.write("docs/role.md", page(papers(f":{kind}: {wrong}")))
    said = about(survey.build(), "docs/role.md")
    assert said == [f"docs/role.md:{LINE}: WARNING: {problem.code}: {problem.explanation} [survey.{problem.code}]"]


def test_an_option_that_does_not_exist_is_said_with_its_place_and_the_options_there_are(survey: Tree) -> None:
    survey.write("docs/option.md", page(papers(":haed: retrieval")))
    built = survey.build()
    said, *_also_mysts = about(built, "docs/option.md:")
    assert "bad-directive: " in said
    assert "'haed'" in said
    assert "'head'" in said
    assert [item["data-paper"] for item in built.page("option").select("[data-paper]")] == ALL


def test_a_wrong_value_inside_an_admonition_has_the_line_of_its_directive(survey: Tree) -> None:
    survey.write("docs/note.md", page("::::{note}\nA note.\n\n:::{survey:papers}\n:head: retreival\n:::\n::::"))
    (said,) = about(survey.build(), "docs/note.md:")
    assert said.startswith(f"docs/note.md:{LINE + 3}: WARNING: unknown-head: ")


def test_a_listing_shows_a_head_once_it_has_a_page(survey: Tree) -> None:
    survey.write("docs/later.md", page(papers(":head: copying")))
    assert len(about(survey.build(), "docs/later.md")) == 1
    survey.head("copying", stage="knowledge-recalling", category="recall")
    survey.paper("dunn2025copying", title="Copying Heads", heads=["copying"], published="2025-02-02")
    built = survey.build()
    assert about(built, "docs/later.md") == []
    assert [item["data-paper"] for item in built.page("later").select("[data-paper]")] == ["dunn2025copying"]
