"""The directives: listings of papers and entries, the chronology, the taxonomy, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from survey.catalogue.checks import directive_options
from survey.catalogue.records.queue import FILE as QUEUE
from survey.catalogue.records.queue import work_address
from survey.catalogue.records.selecting import ORDERS, Selection
from survey.catalogue.views import Counts, Index, Listing, Naming, Queued, Taxonomy, Year
from survey.catalogue.views.cards import DEFAULT_PARTS, PARTS
from survey.figures import taxonomy
from survey.pages.core.domain import domain_of
from survey.pages.core.loading import app_of, place_in, root_of, warn_once
from survey.pages.core.nodes import external, paragraph, section
from survey.pages.figures.drawings import figure, in_words
from survey.pages.listings import entry_lists
from survey.pages.listings.paper_lists import PaperList
from survey.translation import _, noted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from sphinx.application import Sphinx

    from survey.catalogue import Catalogue, Layout
    from survey.catalogue.markup.faults import Fault
    from survey.catalogue.records.queue import QueuedWork
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


#: What listings take beside a filter for each facet.
LISTING_OPTIONS = {
    "year": "Years of publication.",
    "sort": f"The order: {', '.join(ORDERS)}.",
    "group-by": "``year``, or the kind of a facet: a section for each.",
    "show": f"What is shown of each paper: {', '.join(PARTS)}; several with commas.",
    "limit": "At most so many papers.",
}


class PapersDirective(SurveyDirective):
    """``{survey:papers}``: the papers that have what the options name.

    Of the ids that one option names, separated by commas, a paper has any; of several options it fits all.
    """

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {}
    layout: ClassVar[Layout]
    default_group: ClassVar[str | None] = None

    def run(self) -> list[nodes.Node]:
        """Make the listing."""
        selection = self.selection(self.layout, default_group=self.default_group)
        if selection is None:
            return []
        parts = self.chosen("show", PARTS) if self.options.get("show") else DEFAULT_PARTS
        groups = self.domain.show(Listing(selection, parts))
        listing = PaperList(self.domain, self.state.document)
        if not any(cards for _group, cards in groups):
            return [nodes.paragraph("", _("There are no such papers yet."))]
        return listing.groups(groups, parts)


class ChronologyDirective(PapersDirective):
    """``{survey:chronology}``: every paper by year, the newest first; with the options of ``{survey:papers}``."""

    default_group = "year"


class TaxonomyDirective(SurveyDirective):
    """``{survey:taxonomy}``: stages, categories and head types with the number of their papers, drawn and listed."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"stage": directives.unchanged, "brief": directives.flag}
    option_words: ClassVar[Mapping[str, str]] = {
        "brief": "Leaves out the definitions, and folds the list away below the figure.",
        "stage": "The id of a stage: shows that one only.",
    }

    def run(self) -> list[nodes.Node]:
        """Make the tree."""
        stage = self.one("stage", self.catalogue.entries["stage"])
        brief = "brief" in self.options
        stages = self.domain.show(Taxonomy(stage, brief))
        listing = entry_lists.taxonomy(stages, self.state.document, self.domain, brief=brief)
        picture = figure(taxonomy.taxonomy(stages), classes=["survey-taxonomy-figure"])
        return [picture, in_words(*listing, summary=_("The same as a list"))] if brief else [picture, *listing]


class IndexDirective(SurveyDirective):
    """``{survey:index} method``: all entries of a facet, with the number of their papers and their first sentence."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"brief": directives.flag}
    option_words: ClassVar[Mapping[str, str]] = {"brief": "Leaves out the sentences."}

    def run(self) -> list[nodes.Node]:
        """Make the list, in sections if the entries have groups."""
        kind = self.arguments[0]
        kinds = list(self.catalogue.entries)
        if kind not in kinds:
            self._warn("index", kind, kinds)
            return []
        result: list[nodes.Node] = []
        for group, cards in self.domain.show(Index(kind)):
            listing = entry_lists.entry_list(cards, self.state.document, self.domain, brief="brief" in self.options)
            if group:
                title = group[:1].upper() + group[1:]
                result.append(section(self.state.document, title, listing, ident=nodes.make_id(group)))
            else:
                result.append(listing)
        return result


#: What the states of a work in the queue are called, in the order on the page.
_STATES = {"waiting": noted("Waiting"), "in-work": noted("In work"), "left-out": noted("Considered and left out")}


class QueueDirective(SurveyDirective):
    """``{survey:queue}``: the works that have no page yet, with the reason why they may belong, or were left out."""

    def run(self) -> list[nodes.Node]:
        """Make a section for each state."""
        works: tuple[QueuedWork, ...] = self.domain.show(Queued())
        self.env.note_dependency(str(root_of(app_of(self.env)) / QUEUE))
        result: list[nodes.Node] = []
        for state, title in _STATES.items():
            found = [work for work in works if work.state == state]
            if found:
                listing = nodes.bullet_list(classes=["survey-queue", "no-search"])
                listing += [nodes.list_item("", *self._work(work)) for work in found]
                result.append(section(self.state.document, _(title), listing, ident=state))
        return result or [paragraph(nodes.Text(_("Nothing is waiting.")))]

    @staticmethod
    def _work(work: QueuedWork) -> list[nodes.Node]:
        address = work_address(work.id)
        number = external(work.id, address) if address is not None else nodes.Text(work.id)
        seen = _("seen: {where}").format(where=work.seen)
        head = paragraph(nodes.strong("", work.title), nodes.Text(" · "), number, nodes.Text(f" · {seen}"))
        return [head, paragraph(nodes.Text(work.reason or work.why))]


class CountsDirective(SurveyDirective):
    """``{survey:counts}``: how much the survey holds."""

    def run(self) -> list[nodes.Node]:
        """Make a line of numbers."""
        listing = nodes.bullet_list(classes=["survey-counts"])
        for words, count in self.domain.show(Counts()):
            number = nodes.strong("", f"{count:,}")
            listing += nodes.list_item("", nodes.paragraph("", "", number, nodes.Text(f" {words}")))
        return [listing]


def setup(app: Sphinx, layout: Layout) -> None:
    """Register the directives; listings have a filter for each facet."""
    spec: dict[str, Callable[[str], Any]] = {facet.kind: directives.unchanged for facet in layout.facets}
    spec |= dict.fromkeys(("year", "sort", "group-by", "show", "limit"), directives.unchanged)
    PapersDirective.option_spec, PapersDirective.layout = spec, layout
    ChronologyDirective.option_spec = spec
    words = {facet.kind: f"Ids of docs/{facet.folder}." for facet in layout.facets}
    PapersDirective.option_words = {**words, **LISTING_OPTIONS}
    app.add_directive_to_domain("survey", "papers", PapersDirective)
    app.add_directive_to_domain("survey", "chronology", ChronologyDirective)
    app.add_directive_to_domain("survey", "taxonomy", TaxonomyDirective)
    app.add_directive_to_domain("survey", "index", IndexDirective)
    app.add_directive_to_domain("survey", "counts", CountsDirective)
    app.add_directive_to_domain("survey", "queue", QueueDirective)
