"""The reference: complete, with true examples, in every builder, and current after every build."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from problem_cases import VALUES, YAML
from problem_cases_bibtexts import BIBTEXTS
from problem_cases_bounds import BOUNDS, DATES, NAMES, NEARLY
from problem_cases_claims import CLAIMS
from problem_cases_fields import FIELDS, FILES, TEXT
from problem_cases_manners import MANNERS
from problem_cases_markup import MARKUP
from problem_cases_policy import POLICY
from problem_cases_refused import REFUSED
from problem_cases_survey import BETWEEN, BIBLIOGRAPHY
from problem_cases_tables import TABLES
from trees import EXTENSIONS, ROOT, Built, Tree, small_survey

from survey.catalogue import CODES
from survey.catalogue.problem_examples import EXAMPLES
from survey.catalogue.records import axis_settings
from survey.catalogue.records.settings import KEYS, read_layout
from survey.catalogue.schema import dataset, watch_settings
from survey.catalogue.views.described_files import fieldsets
from survey.command import main
from survey.exports.published import PUBLISHED
from survey.pages.figures import atlas_figure, pattern_figure
from survey.pages.listings import directives
from survey.pages.reference.contents import BUILD_CODES
from survey.pages.reference.reference_directive import inline

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import BeautifulSoup

PAGE = "development/reference"
ARCHITECTURE = "---\norphan: true\n---\n\n# Hooks\n\n```{survey:reference} hooks\n```\n"
LINKS = """\
---
orphan: true
---

# Links

[](#problem-unknown-head), {ref}`the field <field-paper-heads>`, [listing](reference.md#directive-papers).
"""
DATASETS = '[[facets]]\nkind = "dataset"\nfolder = "datasets"\ntitle = "Data sets"\nfields = ["size"]\n'


def documented(root: Path) -> Tree:
    """Return a small survey with the page."""
    survey = small_survey(root)
    survey.write(f"docs/{PAGE}.md", (ROOT / f"docs/{PAGE}.md").read_text("utf-8"))
    survey.replace("docs/index.md", "bibliography\n", f"bibliography\n{PAGE}\n")
    survey.write("docs/development/hooks.md", ARCHITECTURE)
    survey.write("docs/development/links.md", LINKS)
    survey.replace("docs/papers/ahn2025memory.md", "\n---\n\n#", "\n  aliases: [ahn2024memory]\n---\n\n#")
    survey.write("CITATION.bib", "@misc{self2024x, title = {{Self}}, author = {Doe, Jane}, year = {2024}}\n")
    return survey


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return documented(tmp_path_factory.mktemp("reference")).build()


@pytest.fixture(scope="module")
def reference(built: Built) -> BeautifulSoup:
    assert built.warnings == ""
    return built.page(PAGE)


def ids(page: BeautifulSoup, prefix: str) -> set[str]:
    return {str(term["id"]) for term in page.select(f'dt[id^="{prefix}-"]')}


def test_every_field_is_there_with_its_form_and_meaning(reference: BeautifulSoup) -> None:
    layout, _ = read_layout(ROOT)
    for found in fieldsets(layout):
        for field in found.fields:
            ident = f"field-{found.path}-{field.name}".replace(".", "-").replace("_", "-")
            term = reference.select_one(f"#{ident}")
            assert term is not None, ident
            words = f"{field.name} {field.form}{', required' if field.required else ''}"
            assert term.get_text(" ", strip=True) == words
            assert field.meaning in term.find_next_sibling("dd").get_text()
            assert field.meaning.endswith("."), ident


def test_every_field_of_the_built_in_kinds_has_words_of_its_own() -> None:
    layout, _ = read_layout(ROOT)
    assert [found.path for found in fieldsets(layout) for field in found.fields if field.meaning == "A text."] == []


def test_every_code_is_there_with_an_example(reference: BeautifulSoup) -> None:
    codes = {*CODES, "unknown-head", "unknown-stage", "unknown-method", "unknown-model"}
    assert ids(reference, "problem") == {f"problem-{code}" for code in (*codes, *BUILD_CODES)}
    for code in codes:
        words = reference.select_one(f"#problem-{code} + dd").get_text(" ", strip=True)
        assert f"Example: {code}: {EXAMPLES[code]}" in words


CASES = (
    *(*YAML, *VALUES, *FIELDS, *CLAIMS, *FILES, *TEXT, *BIBLIOGRAPHY, *BIBTEXTS, *BETWEEN, *REFUSED),
    *(*NAMES, *DATES, *BOUNDS, *NEARLY, *MARKUP, *MANNERS, *POLICY, *TABLES),
)


@pytest.mark.parametrize("code", EXAMPLES)
def test_every_example_is_what_the_checks_say(code: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    said = set()
    for case in CASES:
        if case.code == code and EXAMPLES[code] not in said:
            survey = small_survey(tmp_path_factory.mktemp("survey"))
            case.spoil(survey)
            said |= {problem.explanation for problem in survey.problems() if problem.code == code}
    assert EXAMPLES[code] in said


def test_the_codes_of_builds_are_those_of_the_code() -> None:
    pages = (EXTENSIONS / "survey" / "pages").rglob("*.py")
    found = {
        code for path in pages for code in re.findall(r'\b(?:subtype=|CODE = )"([\w-]+)"', path.read_text("utf-8"))
    }
    assert found == set(BUILD_CODES)


def test_roles_directives_settings_and_configuration_are_there(reference: BeautifulSoup) -> None:
    roles = ("at", "file", "head", "method", "model", "paper", "stage")
    assert ids(reference, "role") == {f"role-{name}" for name in roles}
    directives = ("atlas", "chronology", "cite", "counts", "explore", "flow", "index", "papers", "pattern")
    assert ids(reference, "directive") >= {f"directive-{name}" for name in (*directives, "taxonomy", "timeline")}
    others = {"data": dataset.KEYS, "kinds": axis_settings.KEYS, "watch": watch_settings.KEYS}
    beside = {f"setting-{name}-{key}" for name, keys in others.items() for key in keys}
    assert ids(reference, "setting") == {f"setting-{key}" for key in KEYS} | beside
    assert ids(reference, "config") >= {"config-survey-root", "config-survey-licence", "config-survey-repository"}


def test_every_directive_option_role_and_value_says_what_it_does(reference: BeautifulSoup) -> None:
    terms = reference.select('dt[id^="directive-"], dt[id^="role-"], dt[id^="config-"], dd dt')
    for term in terms:
        words = term.find_next_sibling("dd").get_text(" ", strip=True)
        assert len(words.split()) > 2, term
        assert not words.startswith("By default"), term


def test_every_option_of_a_directive_has_words(reference: BeautifulSoup) -> None:
    for kind in (
        *(directives.PapersDirective, directives.ChronologyDirective, directives.TaxonomyDirective),
        *(directives.IndexDirective, atlas_figure.AtlasDirective, pattern_figure.PatternDirective),
    ):
        assert set(kind.option_spec) == set(kind.option_words), kind
    options = [term.get_text(strip=True) for term in reference.select("#directive-papers + dd dt")]
    assert options[:4] == [":head:", ":stage:", ":method:", ":model:"]


def test_every_file_of_a_build_is_of_one_form_and_every_form_has_a_file(built: Built) -> None:
    ours = [
        path
        for path in built.files
        if not path.startswith((".", "_static/", "_images/", "cite/survey.", "_sources/"))
        and not (path.endswith(".html") and path not in {"404.html", "papers/ahn2024memory.html"})
        and path != "searchindex.js"
    ]
    forms = {path: [form.address for form in PUBLISHED if form.matches(path)] for path in ours}
    assert {path: found for path, found in forms.items() if len(found) != 1} == {}
    # With our own templates only, and with a page to compare head types.
    others = {"search-heads.json", "search-names.json", "search-start.json", "data/compare/<id>.js"}
    assert {form.address for form in PUBLISHED} - {found for (found,) in forms.values()} == others


def test_what_the_command_writes_is_what_needs_no_site(tmp_path: Path) -> None:
    survey = documented(tmp_path)
    main(["export", "--root", str(survey.root), str(tmp_path / "out")])
    written = [path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")]
    without = [form for form in PUBLISHED if not form.site_only]
    assert [path for path in written if not any(form.matches(path) for form in without)] == []
    assert [form.address for form in without if not any(map(form.matches, written))] == []


def test_the_hooks_are_those_of_the_build(built: Built) -> None:
    page = built.page("development/hooks")
    events = [heading.get_text().replace("¶", "") for heading in page.select("h2")]
    assert events[:3] == ["config-inited", "builder-inited", "env-get-outdated"]
    assert events.index("transforms") < events.index("env-updated") < events.index("post-transforms")
    assert events[-1] == "build-finished"
    hooks = {term.code.get_text(): term.get_text(" ", strip=True) for term in page.select("dt")}
    assert hooks["core.loading._begin"] == "core.loading._begin priority 400"
    assert hooks["facts.completion.CompletePage"] == "facts.completion.CompletePage priority 500"
    assert all(term.find_next_sibling("dd").get_text(strip=True) for term in page.select("dt"))


def test_terms_can_be_linked_to(built: Built) -> None:
    found = [str(link["href"]) for link in built.page("development/links").select("article a, [role=main] a")]
    assert [link for link in found if link.startswith("reference.html")] == [
        "reference.html#problem-unknown-head",
        "reference.html#field-paper-heads",
        "reference.html#directive-papers",
    ]


@pytest.mark.parametrize(
    ("builder", "path"),
    [
        ("text", f"{PAGE}.txt"),
        ("latex", "asmallsurvey.tex"),
        ("epub", f"{PAGE}.xhtml"),
        ("gettext", "development.pot"),
        ("man", None),
    ],
)
def test_other_builders_have_it_without_a_warning(tmp_path: Path, builder: str, path: str | None) -> None:
    built = documented(tmp_path).build(builder, confoverrides={"version": "1"})
    assert built.warnings == ""
    if builder == "gettext":  # its text is the code's, in one language
        assert "Of Sphinx's own" in built.text(path).replace("\n", "")
        assert "An alias is already the name" not in built.text(path)
    elif path is not None:
        assert "An alias is already the name" in built.text(path)


def test_it_changes_with_the_facets_and_not_with_the_papers(tmp_path: Path) -> None:
    survey = documented(tmp_path)
    survey.build()
    survey.replace("docs/papers/bell2023previous.md", "A new idea.", "Another idea.")
    assert PAGE not in survey.build().read
    survey.write("docs/survey.toml", DATASETS)
    again = survey.build()
    assert PAGE in again.read
    page = again.page(PAGE)
    assert page.select_one("#field-dataset-size + dd").get_text(strip=True) == "A text."
    assert page.select_one("#problem-unknown-dataset")
    assert "Ids of docs/datasets." in page.select_one("#field-paper-datasets + dd").get_text()
    assert again.files[f"{PAGE}.html"] == survey.build(fresh=True).files[f"{PAGE}.html"]


def test_a_part_that_does_not_exist_is_reported(survey: Tree) -> None:
    survey.write("docs/wrong.md", "---\norphan: true\n---\n\n# Wrong\n\n```{survey:reference} feilds\n```\n")
    said = "docs/wrong.md:7: WARNING: bad-value: 'reference' cannot be 'feilds'; did you mean 'fields'?"
    assert survey.build().warnings.startswith(said)


def test_markup_of_docstrings_becomes_nodes() -> None:
    nodes = list(inline("See ``{survey:head}`induction```, :mod:`~survey.translation` and *this*; 2 * 3 * 4 stays."))
    assert [(node.tagname, node.astext()) for node in nodes if node.tagname != "#text"] == [
        ("literal", "{survey:head}`induction`"),
        ("literal", "survey.translation"),
        ("emphasis", "this"),
    ]
    assert "".join(node.astext() for node in nodes).endswith("2 * 3 * 4 stays.")
