"""Where something changes: how many authors a list shows, which papers are akin, how long a text may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.catalogue.views import PaperPage
from survey.catalogue.views.plain_text import shortened

if TYPE_CHECKING:
    from trees import Tree


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (4, "Ai B, Aj B, Ak B, Al B"),
        (5, "Ai B, Aj B, … Am B"),
    ],
)
def test_a_list_shows_four_authors_or_two_and_the_last(survey: Tree, count: int, shown: str) -> None:
    authors = " and ".join(f"B, A{'ijklmnopqr'[number]}" for number in range(count))
    survey.paper("bee2025many", title="Many", heads=["memory"], published="2025-02-02", bib={"author": authors})
    found = [at.get_text() for at in survey.build().page("chronology").select(".survey-authors")]
    assert [text for text in found if text.startswith("Ai B")] == [shown]


def akin(survey: Tree, key: str) -> list[str]:
    data = PaperPage(key).select(survey.load())
    assert data is not None
    return [card.key for card in data.related]


def test_a_paper_that_shares_a_rare_head_is_more_akin_than_one_that_shares_a_common_one(survey: Tree) -> None:
    for number, year in enumerate((2020, 2021, 2022)):
        survey.paper(f"dee{year}common", title=f"Common {number}", heads=["memory"], published=str(year))
    survey.paper("eff2019rare", title="Rare", heads=["previous-token"], published="2019")
    survey.paper("gee2018both", title="Both", heads=["memory", "previous-token"], published="2018")
    found = akin(survey, "gee2018both")
    rare = [key for key in found if key in {"eff2019rare", "bell2023previous"}]
    assert found[: len(rare)] == rare
    assert found[len(rare) :] == ["ahn2025memory", "dee2022common", "dee2021common"]


SENTENCES = "One is here. Two is here. Three."


@pytest.mark.parametrize(
    ("length", "kept"),
    [
        (len(SENTENCES), SENTENCES),
        (len(SENTENCES) - 1, "One is here. Two is here."),
        (25, "One is here. Two is here."),
        (24, "One is here. Two is…"),  # one sentence of 12 is no more than half
        (23, "One is here."),
        (12, "One is here."),
        (11, "One is…"),
    ],
)
def test_a_text_is_shortened_to_sentences_that_fill_more_than_half(length: int, kept: str) -> None:
    assert shortened(SENTENCES, length) == kept
    assert len(kept) <= length


def test_the_end_of_an_abbreviation_is_no_end_of_a_sentence() -> None:
    text = "As Wu et al. Showed it. Then more of it came, and more."
    assert shortened(text, 30) == "As Wu et al. Showed it."
