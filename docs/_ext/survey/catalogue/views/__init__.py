"""Views: exactly the part of the catalogue that a page shows, so that it can be compared between builds.

A page asks for its data through a view. The view is kept with the page, together with a digest of what it returned;
when the next build's catalogue gives the same view another digest, the page is out of date, and only then.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Protocol, TypeVar

from survey.catalogue.views.cards import EntryCard, PaperCard, Tag, Text
from survey.catalogue.views.exploring import Choice, Exploration, Explore, Explored, Term
from survey.catalogue.views.facts import (
    EntryData,
    EntryPage,
    HeadData,
    HeadPage,
    MemberData,
    PaperData,
    PaperPage,
)
from survey.catalogue.views.listings import (
    CategoryView,
    Citing,
    Counts,
    Index,
    LastAdded,
    Listing,
    Naming,
    Queued,
    Standing,
    Taxonomy,
    Year,
)
from survey.catalogue.views.metadata import Keywords, PageData, PageMetadata, PaperFacts, TermFacts

if TYPE_CHECKING:
    from survey.catalogue.records.catalogue import Catalogue

__all__ = [
    "CategoryView",
    "Choice",
    "Citing",
    "Counts",
    "EntryCard",
    "EntryData",
    "EntryPage",
    "Exploration",
    "Explore",
    "Explored",
    "HeadData",
    "HeadPage",
    "Index",
    "Keywords",
    "LastAdded",
    "Listing",
    "MemberData",
    "Naming",
    "PageData",
    "PageMetadata",
    "PaperCard",
    "PaperData",
    "PaperFacts",
    "PaperPage",
    "Queued",
    "Standing",
    "Tag",
    "Taxonomy",
    "Term",
    "TermFacts",
    "Text",
    "View",
    "Year",
    "digest",
]


Answer_co = TypeVar("Answer_co", covariant=True)


class View(Protocol[Answer_co]):
    """A question to the catalogue, hashable and kept between builds."""

    def select(self, catalogue: Catalogue) -> Answer_co:
        """Return the answer: plain data whose ``repr`` says all that a page shows of it."""


def digest(shown: object) -> str:
    """Return a digest of what a view returned."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()
