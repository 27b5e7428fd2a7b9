"""The key of a new paper: family name, year and a telling word, free, and ours where the source's own will do."""

from __future__ import annotations

import pytest

from survey.adding.bibtex.paper_keys import ascii_letters, key_for
from survey.adding.draft.drafts import Draft
from survey.adding.draft.faults import Refused


def draft(title: str = "Heads that Count", author: str = "Doe, Jane", year: str = "2025", key: str = "") -> Draft:
    return Draft("misc", {"title": title, "author": author, "year": year}, key=key)


@pytest.mark.parametrize(
    ("author", "stem"),
    [
        ("Doe, Jane and Roe, Max", "doe2025"),
        ("van der Berg, Ada", "berg2025"),
        ("Müller-Lüdenscheidt, SSophie", "mullerludenscheidt2025"),
        ("Ångström, Åsa", "angstrom2025"),
        ("Łukasz, Jan", "lukasz2025"),
        ("O'Brien, Pat", "obrien2025"),
        ("King, Jr., Martin", "king2025"),
        ("Smith III, Ann", "smith2025"),
        ("{Team Heads}", "heads2025"),
        (f"{'abcdefghij' * 4}, A", f"{('abcdefghij' * 4)[:25]}2025"),
    ],
)
def test_it_begins_with_the_first_authors_family_name_and_the_year(author: str, stem: str) -> None:
    assert key_for(draft(author=author), set()) == f"{stem}heads"


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("On the Use of Attention for Counting", "counting"),
        ("Understanding Large Language Models: A Study of Needles", "needles"),
        ("3D Heads", "heads"),
        ("AB and Go to Gates", "gates"),
        ("Don't Forget", "dont"),
        ("Über-Köpfe", "uber"),
        ("What Is It", "what"),
        (f"{'counting' * 6}", ("counting" * 6)[:30]),
    ],
)
def test_it_ends_in_the_first_word_of_the_title_that_tells_something(title: str, word: str) -> None:
    assert key_for(draft(title), set()) == f"doe2025{word}"


def test_it_is_free() -> None:
    assert key_for(draft(), {"doe2025heads"}) == "doe2025count"
    assert key_for(draft(), {"doe2025heads", "doe2025count"}) == "doe2025that"
    every = {"doe2025heads", "doe2025count", "doe2025that"}
    assert key_for(draft(), every) == "doe2025headsa"
    assert key_for(draft(), {*every, "doe2025headsa"}) == "doe2025headsb"
    with pytest.raises(Refused) as refused:
        key_for(draft(), {*every, *(f"doe2025heads{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")})
    assert refused.value.faults[0].message == "every key that suits is taken"
    assert refused.value.faults[0].hint.startswith("choose the first author's family name, the year")


@pytest.mark.parametrize(
    ("key", "made"),
    [
        ("doe2025counting", "doe2025counting"),
        ("doe2025", "doe2025heads"),
        ("roe2025counting", "doe2025heads"),
        (f"doe2025{'x' * 23}", f"doe2025{'x' * 23}"),
        (f"doe2025{'x' * 24}", "doe2025heads"),
    ],
)
def test_the_sources_own_key_stays_if_it_is_like_ours(key: str, made: str) -> None:
    assert key_for(draft(key=key), set()) == made


def test_the_sources_own_key_doesnt_stay_if_it_is_taken_or_nobody_can_tell() -> None:
    assert key_for(draft(key="doe2025counting"), {"doe2025counting"}) == "doe2025heads"
    with pytest.raises(Refused):
        key_for(draft(author="王, 伟", key="wang2025heads"), set())


@pytest.mark.parametrize("wanted", ["doe2025", "doe2025heads9", f"doe2025{'x' * 53}"])
def test_a_key_that_is_wanted_is_used(wanted: str) -> None:
    assert key_for(draft(), set(), wanted) == wanted


@pytest.mark.parametrize(
    ("wanted", "message", "hint"),
    [
        ("Doe2025heads", "'Doe2025heads' is not a key", "a key is the first author's family name"),
        (f"doe2025{'x' * 54}", "is not a key", "a key is"),
        ("roe2024cells", "the key 'roe2024cells' is taken", "choose another word of the title"),
    ],
)
def test_a_key_that_cannot_be_used_is_refused(wanted: str, message: str, hint: str) -> None:
    with pytest.raises(Refused) as refused:
        key_for(draft(), {"roe2024cells"}, wanted)
    assert message in refused.value.faults[0].message
    assert refused.value.faults[0].hint.startswith(hint)


@pytest.mark.parametrize("author", ["", "王, 伟", "Jr."])
def test_a_name_without_latin_letters_asks_for_a_key(author: str) -> None:
    with pytest.raises(Refused) as refused:
        key_for(draft(author=author), set())
    assert refused.value.faults[0].message == "no key can be made from the first author's name"
    assert refused.value.faults[0].hint.startswith("choose one: the first author's family name")


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Straße", "strasse"), ("Æther Œuvre", "aether oeuvre"), ("Þórr ħ ŋ ı đ ð ø", "thorr h n i d d o")],
)
def test_letters_lose_their_marks(text: str, plain: str) -> None:
    assert ascii_letters(text) == plain
