"""The base of the survey's own directives: the domain, their options, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sphinx.util.docutils import SphinxDirective

from survey.catalogue.checks import directive_options
from survey.catalogue.records.selecting import ORDERS, Selection
from survey.catalogue.views import Naming, Year
from survey.pages.core.domain import domain_of
from survey.pages.core.loading import app_of, place_in, warn_once

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from survey.catalogue import Catalogue, Layout
    from survey.catalogue.markup.faults import Fault
    from survey.pages.core.domain import SurveyDomain


class SurveyDirective(SphinxDirective):
    """What all directives share: the domain, and warnings in the words of the checks."""

    option_words: ClassVar[Mapping[str, str]] = {}  #: What each option does, for the reference.

    @property
    def domain(self) -> SurveyDomain:
        """The ``survey`` domain of this build."""
        return domain_of(self.env)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of this build."""
        return self.domain.catalogue

    def chosen(self, option: str, known: Collection[str]) -> tuple[str, ...]:
        """Return the values of an option, separated by commas; those that don't exist are reported and left out."""
        values = [value.strip() for value in (self.options.get(option) or "").split(",")]
        found = []
        for value in filter(None, values):
            if option == "year":
                self.domain.show(Year(value))
            if option in self.catalogue.entries:  # read the page again once it exists, or no longer does
                self.domain.show(Naming(option, value))
            if value in known:
                found.append(value)
            else:
                self._warn(option, value, known)
        return tuple(found)

    def one(self, option: str, known: Collection[str], default: str | None = None) -> str | None:
        """Return the value of an option that takes one of several words."""
        value = (self.options.get(option) or "").strip()
        if not value:
            return default
        if value not in known:
            self._warn(option, value, known)
            return default
        return value

    def named(self, option: str, known: Collection[str]) -> tuple[str | None, bool]:
        """Return the one thing that an option names, if it does, and whether all is well.

        Where it names what there is not, nothing is to be shown: nobody who misspells a name asks for everything.
        """
        value = (self.options.get(option) or "").strip()
        if value and option in self.catalogue.entries:
            self.domain.show(Naming(option, value))
        found = self.one(option, known)
        return found, found is not None or not value

    def place(self) -> tuple[str, int]:
        """Return file and line of the directive, as problems have them."""
        source, line = self.get_source_info()
        return place_in(app_of(self.env), source), line

    @property
    def body_line(self) -> int:
        """The line at which the body begins: MyST counts its offset from the directive."""
        return self.place()[1] + 1 + self.content_offset

    def _warn(self, option: str, value: str, known: Collection[str]) -> None:
        is_kind = option in {facet.kind for facet in self.catalogue.layout.facets}
        self.say(directive_options.unknown(1, option, value, known, is_kind=is_kind))

    def say(self, fault: Fault) -> None:
        """Report what is wrong with the directive, unless the checks have done so."""
        path, line = self.place()
        warn_once(fault._replace(line=line).on(path), self.catalogue)

    def selection(self, layout: Layout, *, default_group: str | None = None) -> Selection | None:
        """Return the papers that the options ask for, or None if what they name doesn't exist."""
        filters: list[tuple[str, tuple[str, ...]]] = []
        catalogue = self.catalogue
        known: dict[str, Collection[str]] = {"year": [str(year) for year in catalogue.by_year]}
        for facet in layout.facets:
            members = catalogue.members if facet.by_member else {}
            known[facet.kind] = [*catalogue.entries[facet.kind], *members]
        for kind, ids in known.items():
            if self.options.get(kind):
                wanted = self.chosen(kind, ids)
                if not wanted:
                    return None
                filters.append((kind, wanted))
        return Selection(
            filters=tuple(filters),
            sort=self.one("sort", ORDERS, "date") or "date",
            group_by=self.one("group-by", known, default_group),
            limit=self._number("limit"),
        )

    def _number(self, option: str) -> int | None:
        value = (self.options.get(option) or "").strip()
        fault = directive_options.limit(1, value) if value else None
        if fault is not None:
            self.say(fault)
            return None
        return int(value) if value else None
