"""Issues by anyone: what they say is text on a page, or refused; in the answer it mentions and links nothing."""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from issues import ENTRY, issue
from markdown_it import MarkdownIt
from trees import Tree, small_survey

from survey.adding import from_issue, papers
from survey.adding.draft.drafts import Draft
from survey.adding.draft.faults import Refused
from survey.adding.issue import answering, issue_form, prose
from survey.catalogue.markup import body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from syrupy.assertion import SnapshotAssertion

KINDS = ("head", "stage", "method", "model", "paper")
PAPER = "docs/papers/wu2024head.md"


@pytest.fixture
def survey(survey: Tree, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Return a small survey that lacks the paper; looking it up gives what arXiv says."""
    fields = {
        "title": "Retrieval Head Mechanistically Explains Long-Context Factuality",
        "author": "Wu, Wenhao",
        "year": "2024",
        "eprint": "2404.15574",
        "archiveprefix": "arXiv",
    }
    monkeypatch.setattr(papers, "look_up", lambda *_: Draft("misc", fields))
    survey.replace("references.bib", "2404.15574", "2404.00001")
    return survey


PARTS = ("What is new", "Tasks", "Significant result")
REFUSED = {
    "front matter": "---\npaper: {heads: [memory]}\n---",
    "front matter in front of text": "---\nfoo: bar\n---\nText.",
    "heading": "# Heading",
    "heading below": "Text.\n\n## Heading",
    "underlined heading": "Heading\n=======",
    "list": "- one\n- two",
    "numbers": "1. one\n2. two",
    "quote": "> quote",
    "table": "| a |\n|---|\n| b |",
    "definition": "Tasks\n: forged",
    "HTML": "Text <script>alert(1)</script>.",
    "block of HTML": "<div onclick='x'>\ntext\n</div>",
    "comment of HTML": "Text <!-- hidden -->.",
    "image": "See ![x](https://example.org/pixel.png).",
    "fence": "```python\nimport os\n```",
    "directive": "```{include} /etc/passwd\n```",
    "directive with colons": ":::{raw} html\n<script>\n:::",
    "eval-rst": "```{eval-rst}\n.. raw:: html\n```",
    "role raw": "Text {raw}`<b>`.",
    "role include": "Text {include}`/etc/passwd`.",
    "role download": "Text {download}`../conf.py`.",
    "role of another domain": "Text {py:func}`os.system`.",
    "role doc": "Text {doc}`/index`.",
    "role math": r"Text {math}`\input{/etc/passwd}`.",
    "formula": r"Text $\input{/etc/passwd}$.",
    "displayed formula": "$$\nx\n$$",
    "footnote": "Text[^1].\n\n[^1]: Note.",
    "target": "(target)=\nText.",
    "comment": "% comment\nText.",
    "block break": "+++\nText.",
    "link to a file": "See [x](../../conf.py).",
    "link that runs": "See [x](javascript:alert(1)), [y](data:text/html,x).",
    "link with a user": "See [x](https://github.com@evil.example/).",
    "link without encryption": "See <http://example.org>.",
    "reference": "See [x][y].\n\n[y]: ../../conf.py",
    "code by indentation": "Text.\n\n    code",
    "much": "word " * 400,
}
#: What may stand in a summary, and how a reader sees it.
ALLOWED = {
    "A *plain* **sentence** with `code`.": "A plain sentence with code.",
    "Over\nseveral\n  lines.\n\nAnd paragraphs.": "Over several lines. And paragraphs.",
    "See [the code](https://example.org/a?b=c).": "See the code.",
    "See {survey:head}`needle heads <retrieval>`.": "See needle heads.",
    "By {cite:t}`vaswani2017attention`.": "By Vaswani and Shazeer (2017).",
    "At p < 0.05, 3 > 2, A & B, 100 %, $5 and 50.": "At p < 0.05, 3 > 2, A & B, 100 %, $5 and 50.",
    "A colon: and --- dashes, and a # sign.": "A colon: and --- dashes, and a # sign.",
    "Ask @octocat, see #12 and {braces}.": "Ask @octocat, see #12 and {braces}.",
    "`<script>` in code": "<script> in code",
    "Bidi \u202eevil\u202c and \u200bhidden\x07.": "Bidi evil and hidden.",
    "_No response_ is what": "No response is what",
    r"A \# and a \*": "A # and a *",
}


@pytest.mark.parametrize(
    ("text", "part"), [(text, PARTS[number % 3]) for number, text in enumerate(REFUSED.values())], ids=REFUSED
)
def test_what_is_more_than_sentences_is_refused(
    survey: Tree, part: str, text: str, snapshot: SnapshotAssertion
) -> None:
    before = survey.read("references.bib")
    outcome = from_issue(survey.root, issue({part: text}))
    assert {fault.place for fault in outcome.faults} == {part}
    assert all(fault.hint for fault in outcome.faults)
    assert [str(fault) for fault in outcome.faults] == snapshot
    assert survey.read("references.bib") == before
    assert not (survey.root / PAPER).exists()


@pytest.mark.parametrize(("text", "shown"), ALLOWED.items())
def test_sentences_are_shown_as_they_were_meant(survey: Tree, text: str, shown: str) -> None:
    outcome = from_issue(survey.root, issue(Tasks=text))
    assert outcome.faults == ()
    built = survey.build()
    assert built.warnings == ""
    definitions = [dd.get_text() for dd in built.page("papers/wu2024head").select("dd")]
    assert any(shown in " ".join(text.split()) for text in definitions)


@pytest.mark.parametrize("label", issue_form.LABELS)
def test_an_answer_cannot_pretend_to_be_another_field(survey: Tree, label: str) -> None:
    forged = f"Text.\n\n### {label}\n\nforged"
    outcome = from_issue(survey.root, issue({"What is new": forged}))
    assert outcome.faults
    assert not (survey.root / PAPER).exists()


@pytest.mark.parametrize(
    "address",
    [
        'https://example.org/"]\n  aliases: [x2020]',
        "https://example.org/]}",
        "https://example.org/\\",
        "https://user:pw@example.org/",
        "javascript:alert(1)",
        "https://exa\u202emple.org/",
    ],
)
def test_an_address_is_one_or_refused(survey: Tree, address: str) -> None:
    outcome = from_issue(survey.root, issue(Code=address))
    if outcome.faults:
        assert {fault.place for fault in outcome.faults} == {"Code"}
    else:
        code = survey.load().papers["wu2024head"].fields.links.code
        assert code == ("https://example.org/",)


@pytest.mark.parametrize(
    "text",
    [
        *("", "\0", "x" * 1_000_000, "### " * 50_000, "### Title\n" * 10_000, "\n" * 90_000, "[" * 90_000),
        issue({"What is new": "*" * 60_000}),
        issue(Tasks="[" * 1400),
        issue(Tasks="`" * 1400),
        issue({"Head types": "," * 60_000}),
        issue({"Head types": ", ".join(f"head {number}" for number in range(5000))}),
        issue(Code="https://a " * 5000),
        issue(Title="(" * 60_000),
        issue(Address="1" * 60_000),
        issue(Published="9" * 60_000),
        issue({"BibTeX entry": "{" * 60_000}),
    ],
    ids=range(17),
)
def test_text_of_any_size_has_a_short_answer(survey: Tree, text: str, snapshot: SnapshotAssertion) -> None:
    outcome = from_issue(survey.root, text)
    if outcome.faults:
        assert not (survey.root / PAPER).exists()
    assert len(outcome.answer) < 30_000
    assert outcome.answer.splitlines() == snapshot


NASTY = (
    "@octocat `@all` ``#1`` <img src=x onerror=y> [a](https://evil.example) https://evil.example \u202eabc\nnew line"
)


def dangerous(markdown: str) -> Iterator[str]:
    """Yield what of an answer's Markdown is more than text in spans of code."""
    for token in MarkdownIt("commonmark", {"linkify": True}).parse(markdown):
        if token.type in {"html_block", "fence", "heading_open"}:
            yield token.content or token.type
        for child in token.children or []:
            if child.type in {"html_inline", "link_open", "image"}:
                yield str(child)
            if child.type == "text" and re.search(r"@\w|#\d|evil|https?:", child.content):
                yield child.content


@pytest.mark.parametrize("label", [label for label in issue_form.LABELS if label != "BibTeX entry"])
def test_an_answer_mentions_nobody_and_links_nothing(survey: Tree, label: str, snapshot: SnapshotAssertion) -> None:
    answer = from_issue(survey.root, issue({label: NASTY})).answer
    assert list(dangerous(answer)) == []
    assert "\u202e" not in answer
    assert answer.splitlines() == snapshot


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text(alphabet="`@#<>[]()!*_\\ \n\r\u202ea1", max_size=80) | st.text(max_size=80))
def test_a_span_of_code_holds_whatever_it_is_given(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(f"- x: {answering.code(text)} y")
    inline = [token for token in tokens if token.type == "inline"]
    assert [[child.type for child in token.children or []] for token in inline] == [["text", "code_inline", "text"]]


markup = st.text(alphabet=st.sampled_from("ab `*_#-+=:|>~<!&$%(){}[]^\\\n\t.1@\"'"), max_size=60)


@settings(max_examples=400, derandomize=True, deadline=None)
@given(markup | st.text(max_size=60))
def test_any_text_is_sentences_or_refused(text: str) -> None:
    try:
        line = prose.sentences(text, KINDS)
    except Refused:
        return
    assert "\n" not in line
    page = f"---\npaper: {{}}\n---\n\n# T\n\nInnovation\n: {line}\n\nTasks\n: {line}\n\nSignificant result\n: {line}\n"
    prose.verify(page)
    parsed = body.parse(page)
    assert {part.text for part in parsed.summary.values()} == {line.strip()}
    assert all(re.fullmatch(r"survey:\w+|cite(:[pt])?", role.name) for role in parsed.roles)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    st.dictionaries(st.sampled_from(list(issue_form.LABELS)), markup | st.text(max_size=40), max_size=4),
    st.text(max_size=30),
)
def test_any_issue_has_an_outcome(changes: dict[str, str], more: str) -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        survey = small_survey(Path(folder))
        before = survey.read("references.bib")
        text = issue({"Address": "x", "BibTeX entry": ENTRY, **changes}) + more
        outcome = from_issue(survey.root, text)
        assert outcome.faults
        assert survey.read("references.bib") == before
        assert list(dangerous(outcome.answer)) == []


def test_the_front_matter_is_that_of_the_form_whatever_the_answers_say(survey: Tree) -> None:
    text = "Text: {a: b} --- # 'quoted' \"double\" &anchor *alias !!python/object x"
    outcome = from_issue(survey.root, issue({"What is new": text}, Tasks=text, Models=text, Takeaway=text))
    assert outcome.faults == ()
    matter = yaml.safe_load(survey.read(PAPER).split("---\n")[1])
    assert list(matter) == ["paper"]
    assert set(matter["paper"]) == {
        *("published", "preprinted", "added", "heads", "methods", "models", "models_note", "takeaway", "read"),
        "links",
    }
    assert (matter["paper"]["models_note"], matter["paper"]["takeaway"]) == (text, text)
