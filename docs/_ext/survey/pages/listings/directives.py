"""The directives: listings of papers and entries, the chronology, the taxonomy, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from survey.catalogue.records.queue import FILE as QUEUE
from survey.catalogue.records.queue import work_address
from survey.catalogue.records.selecting import DEFAULT_PARTS, LISTING_PARTS, OLDEST, ORDERS
from survey.catalogue.views import Counts, Index, Listing, Queued, Taxonomy
from survey.figures import taxonomy
from survey.pages.core import optional_links
from survey.pages.core.directive import SurveyDirective
from survey.pages.core.loading import app_of, root_of
from survey.pages.core.nodes import external, paragraph, section
from survey.pages.figures.drawings import figure, in_words
from survey.pages.listings import entry_lists, letters, months
from survey.pages.listings.paper_lists import WHOLE, PaperList
from survey.translation import _, noted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from sphinx.application import Sphinx

    from survey.catalogue import Layout
    from survey.catalogue.records.queue import QueuedWork
    from survey.catalogue.views import CategoryView, Tag
    from survey.figures.svg import Element
    from survey.pages.listings.paper_lists import Groups


#: What listings take beside a filter for each facet.
LISTING_OPTIONS = {
    "year": "Years of publication.",
    "sort": f"The order: {', '.join(ORDERS)}.",
    "group-by": "``year``, or the kind of a facet: a section for each.",
    "show": f"What is shown of each paper: {', '.join(LISTING_PARTS)}; several with commas.",
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
        parts = self.chosen("show", LISTING_PARTS) if self.options.get("show") else DEFAULT_PARTS
        groups = self.domain.show(Listing(selection, parts))
        total = sum(len(cards) for _group, cards in groups)
        listing = PaperList(self.domain, self.state.document, whole=total <= WHOLE)
        if not total:
            return [nodes.paragraph("", _("There are no such papers yet."))]
        return self.shown(listing, groups, parts)

    def shown(self, listing: PaperList, groups: Groups, parts: Collection[str]) -> list[nodes.Node]:
        """Return the papers of the groups."""
        return listing.groups(groups, parts)


class ChronologyDirective(PapersDirective):
    """``{survey:chronology}``: every paper by year, the newest first; with the options of ``{survey:papers}``."""

    default_group = "year"

    def shown(self, listing: PaperList, groups: Groups, parts: Collection[str]) -> list[nodes.Node]:
        """Return the papers of long years by month, with links to each month above them all."""
        if self.options.get("group-by", self.default_group) != self.default_group:
            return super().shown(listing, groups, parts)
        return months.by_month(listing, groups, parts, oldest_first=self.options.get("sort", "").strip() == OLDEST)


class TaxonomyDirective(SurveyDirective):
    """``{survey:taxonomy}``: stages, categories and head types with the number of their papers, drawn and listed."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"stage": directives.unchanged, "brief": directives.flag}
    option_words: ClassVar[Mapping[str, str]] = {
        "brief": "Leaves out the definitions, and folds the list away below the figure.",
        "stage": "The id of a stage: shows that one only.",
    }

    def run(self) -> list[nodes.Node]:
        """Make the tree."""
        stage, is_known = self.named("stage", self.catalogue.entries["stage"])
        if not is_known:
            return []
        brief = "brief" in self.options
        stages = self.domain.show(Taxonomy(stage, brief))
        listing = entry_lists.taxonomy(stages, self.state.document, self.domain, brief=brief)
        picture = figure(_tree(stages, broad=brief), classes=["survey-taxonomy-figure"])
        return [picture, in_words(*listing, summary=_("The same as a list"))] if brief else [picture, *listing]


def _tree(stages: Sequence[tuple[Tag, Sequence[CategoryView]]], *, broad: bool) -> list[Element]:
    """Return the tree with what its marks stand for, if there is one."""
    drawings = taxonomy.taxonomy(stages, broad=broad)
    return [taxonomy.key(), *drawings] if drawings else []


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
        if kind == "head":
            result.append(
                optional_links.link(
                    optional_links.COMPARE, "", _("Compare head types side by side"), ["survey-compare-link"]
                )
            )
        for group, cards in self.domain.show(Index(kind)):
            listing = entry_lists.entry_list(cards, self.state.document, self.domain, brief="brief" in self.options)
            above = [] if group or "brief" in self.options else letters.jumps(cards, listing)
            listing = nodes.container("", listing, classes=["survey-choosable"]) if kind == "head" else listing
            if group:
                title = group[:1].upper() + group[1:]
                result.append(section(self.state.document, title, listing, ident=nodes.make_id(group)))
            else:
                result += [*above, listing]
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
