"""Dates are kept at the precision that is known, and sort by time."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.catalogue import PartialDate


@st.composite
def written(draw: st.DrawFn) -> str:
    """Return a date as one may write it: a day, a month or a year."""
    day = draw(st.dates())
    return day.isoformat()[: draw(st.sampled_from([4, 7, 10]))]


def padded(text: str) -> str:
    """Return a form of a date whose order as text is the order in time; '2024' comes before '2024-01'."""
    return text.ljust(10, " ")


@given(written())
def test_a_date_stays_as_it_was_written(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@given(st.lists(written(), max_size=8))
def test_dates_sort_by_time_and_the_vaguer_first(texts: list[str]) -> None:
    assert [str(date) for date in sorted(map(PartialDate.parse, texts))] == sorted(texts, key=padded)


@given(written(), written())
def test_equal_dates_are_written_alike(one: str, other: str) -> None:
    assert (PartialDate.parse(one) == PartialDate.parse(other)) == (one == other)


@given(st.text(alphabet="0123456789-", max_size=11) | st.text(max_size=11))
def test_what_is_read_is_a_date_of_the_calendar(text: str) -> None:
    try:
        date = PartialDate.parse(text)
    except ValueError:
        return
    assert str(date) == text
    dt.date(date.year, date.month or 1, date.day or 1)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "2024-", "2024-1", "24", "20240424", "2024-13", "2024-00", "2024-02-30", "2023-02-29", "2024-04-00"),
        *("2024-04-24T00:00", "2024-W17", "2024/04", " 2024", "2024\n", "-2024", "02024", "0000", "0000-01", "٢٠٢٤"),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|month|day|year"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-04-24", "24 April 2024"),
        ("2024-04-01", "1 April 2024"),
        ("2024-12", "December 2024"),
        ("2024-01", "January 2024"),
        ("2024", "2024"),
    ],
)
def test_reads_as_people_write_dates(text: str, words: str) -> None:
    assert PartialDate.parse(text).words == words
