"""What programs export and people write becomes the entry that was meant, or is refused in its own words."""

from __future__ import annotations

import contextlib
import re
import time
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from exported import ROWS
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.adding.bibtex import bibentries
from survey.adding.bibtex.house_entries import check, entry_of
from survey.adding.draft.faults import Refused
from survey.adding.text.cleaning import plain, seen
from survey.adding.text.latex_reader import UnreadableError
from survey.catalogue.bibliography import references
from survey.pages.core import citation_style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syrupy.assertion import SnapshotAssertion

    from survey.adding.draft.drafts import Draft
    from survey.catalogue import BibEntry

MEANT = [row for row in ROWS if isinstance(row[2], dict)]
REFUSED = [row for row in ROWS if isinstance(row[2], tuple)]


def slugs(rows: Sequence[tuple[Any, ...]]) -> list[str]:
    """Return the names of rows as words with dashes, which every tool can pass on."""
    return [re.sub(r"[^A-Za-z0-9]+", "-", row[0]).strip("-") for row in rows]


def made(text: str) -> tuple[Draft, BibEntry]:
    """Return what is read of an entry, and the entry that becomes of it."""
    draft = bibentries.read(text, "here").with_dates()
    check(draft, "here")
    return draft, entry_of(draft, "doe2024key", "here")


@pytest.mark.parametrize(("name", "text", "meant"), MEANT, ids=slugs(MEANT))
def test_an_entry_says_what_was_meant(name: str, text: str, meant: dict[str, str | None]) -> None:
    draft, entry = made(text)
    said = {**entry.fields, "title": entry.title, "_type": entry.type}
    said |= {"_published": str(draft.published), "_preprinted": str(draft.preprinted) if draft.preprinted else ""}
    assert {field: said.get(field) or None for field in meant} == meant
    found, problems = references.read(entry.source)
    assert (list(found), problems) == (["doe2024key"], [])


@pytest.mark.parametrize(("name", "text", "words"), REFUSED, ids=slugs(REFUSED))
def test_a_refusal_has_the_files_own_words(name: str, text: str, words: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as raised:
        made(text)
    said = str(raised.value)
    assert [word for word in words if word not in said] == []
    assert all(fault.hint for fault in raised.value.faults)


@pytest.mark.parametrize("name", [row[0] for row in ROWS], ids=slugs(ROWS))
def test_what_becomes_of_an_entry_was_read_and_approved(name: str, snapshot: SnapshotAssertion) -> None:
    text = next(row[1] for row in ROWS if row[0] == name)
    try:
        draft, entry = made(text)
    except Refused as refused:
        assert [str(fault) for fault in refused.faults] == snapshot
    else:
        assert [*entry.source.splitlines(), f"published: {draft.published}, preprinted: {draft.preprinted}"] == snapshot


@pytest.mark.parametrize("kind", sorted({made(row[1])[1].type for row in MEANT}))
def test_every_type_that_is_written_has_a_reference(kind: str) -> None:
    entry = next(entry for _, entry in map(made, (row[1] for row in MEANT)) if entry.type == kind and entry.venue)
    reference = citation_style.plain_reference(entry.normalised)
    assert entry.title in reference
    assert entry.venue in reference
    assert entry.year in reference


#: Pieces of LaTeX and HTML, with what each shows.
SHOWN = [
    *(
        (word, word)
        for word in ("Heads", "of", "GPT", "2", "k", "Straße", "注意力", "(a)", "x<y", "R&D", "50%", "it's")
    ),
    *((f"{{{word}}}", word) for word in ("BERT", "LLaMA", "7")),
    *((rf"\{name}{{Copy}}", "Copy") for name in ("emph", "textit", "textsc", "mbox", "texttt", "textsubscript")),
    *(("{\\" + name + " Tails}", "Tails") for name in ("it", "bf", "sc", "em")),
    *(("{\\" + accent + "a}", shown) for accent, shown in zip("'`^\"~=.", "áàâäãāȧ", strict=True)),
    *(
        (rf"\{accent}{{{letter}}}", shown)
        for accent, letter, shown in [("c", "c", "ç"), ("v", "z", "ž"), ("k", "a", "ą")]
    ),
    *((rf"{{\{name}}}", shown) for name, shown in {"ss": "ß", "o": "ø", "L": "Ł", "ae": "æ", "textless": "<"}.items()),
    *((rf"\{sign}", sign) for sign in "%&#_"),
    *((f"${formula}$", shown) for formula, shown in {r"\alpha": "α", "O(n^2)": "O(n^2)", r"\log n": "log n"}.items()),
    *((f"<{tag}>Vivo</{tag}>", "Vivo") for tag in ("i", "b", "sub", "jats:italic", "scp")),
    *(("&amp;", "&"), ("&lt;", "<"), ("&#233;", "é"), ("&amp;amp;", "&"), ("&ndash;", "–"), ("--", "–"), ("~", " ")),
    *(("{\\textbackslash}emph{\\{}Long{\\}}", "Long"), ("{\\$}k{\\$}", "k")),
]


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(SHOWN), st.sampled_from(["", " ", "\n  ", " {} "])), max_size=12))
def test_no_word_and_no_space_between_words_is_lost(pieces: list[tuple[tuple[str, str], str]]) -> None:
    # Words that touch would be other words to LaTeX and HTML alike: they are kept apart.
    source = " ".join(written + space for (written, _), space in pieces)
    assert plain(source) == " ".join(" ".join(shown for (_, shown), _ in pieces).split())


def letters(text: str) -> str:
    """Return the letters and digits of a text, without their marks."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if sign.isalnum())


#: Commands of LaTeX that show nothing of their own, and entities and tags that are meant.
MEANT_AWAY = re.compile(
    r"\\\\|\\(?:emph|textbf|it|mbox|'|`|\^|\"|~|=|\.|c|v|u|H|k|r|&|%|_|\$|,|;|:|!| |\n|/|-|@|quad|left|right|protect)"
    r"(?![A-Za-z])|</?(?:i|sub|sup|b)>|&(?:amp|lt|gt|quot|nbsp);",
)
SOURCES = st.lists(
    st.sampled_from([*"\\{}$%&#~^_'`\"-=<>;:,.()[]abZ19é中 \n", "\\emph", "\\'", "\\c", "<i>", "</i>", "&amp;", "$$"])
    | st.sampled_from(["\\alpha", "\\unknown", "\\textbackslash", "\\$", "\\{", "\\begin", "{\\it ", "\\mbox{", "}"]),
    max_size=25,
).map("".join)


@settings(max_examples=1500, derandomize=True, deadline=None)
@given(SOURCES)
def test_letters_and_digits_are_those_of_the_source_or_it_is_refused_in_its_words(source: str) -> None:
    try:
        shown = plain(source)
    except UnreadableError as error:
        assert " ".join(error.words.split()) in " ".join(seen(source).split()) or error.words.endswith("…")
        return
    if any(name in source for name in ("\\alpha", "\\textbackslash", "&amp;")):
        return  # these show, or may make, something else; the tests above say what
    assert letters(shown) == letters(MEANT_AWAY.sub(" ", source))


@pytest.mark.parametrize(
    "piece", ["\\frac", "{", "$", "\\'", "\\c ", "^{", "_a", "\\emph{", "&amp;", "<i", "$$a", "\\(", "\\text"]
)
def test_reading_takes_no_longer_than_the_text_is_long(piece: str) -> None:
    start = time.process_time()
    for text in (piece * 20_000, f"${piece * 20_000}$", f"{{{piece * 20_000}}}"):
        with contextlib.suppress(UnreadableError):
            plain(text)
    assert time.process_time() - start < 10
