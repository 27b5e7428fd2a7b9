"""The timeline on pages: papers by quarter, first descriptions below, and a table of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.catalogue.views.timeline import PapersByYear, Timeline
from survey.figures import sparkline, timeline
from survey.pages.core.directive import SurveyDirective
from survey.pages.core.nodes import joined, reference, table
from survey.pages.figures.drawings import drawn_inline, figure, in_words
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from survey.catalogue.views.timeline import TimelineData
    from survey.pages.core.domain import SurveyDomain


class TimelineDirective(SurveyDirective):
    """``{survey:timeline}``: papers by quarter and stage, and when each head type was first described."""

    def run(self) -> list[nodes.Node]:
        """Make both figures and the table."""
        data: TimelineData = self.domain.show(Timeline())
        if not data.quarters:
            return [nodes.paragraph("", _("There are no papers yet."))]
        docname = self.env.current_document.docname
        headings = [_("Quarter"), _("Papers"), *(stage.name for stage in data.stages), _("First described")]
        words = in_words(
            table(headings, _rows(data, docname), ["survey-quarters"]),
            summary=_("Both as a table: quarters and numbers"),
        )
        papers, heads = timeline.papers(data), timeline.heads(data)
        count = sum(len(quarter.papers) for quarter in data.quarters)
        described = sum(len(quarter.heads) for quarter in data.quarters)
        return [
            figure(
                [timeline.explanation(data.stages), *papers],
                caption=[nodes.Text(_caption(data).format(count=count))],
                classes=["survey-timeline-figure"],
            ),
            figure(
                heads,
                caption=[
                    nodes.Text(
                        _(
                            "{count} head types by the first public version of the paper that describes them first."
                        ).format(count=described)
                    )
                ],
                classes=["survey-timeline-figure"],
            ),
            words,
        ]


def _caption(data: TimelineData) -> str:
    if timeline.by_quarter(data):
        return _(
            "{count} papers by the quarter of their publication. Each square is a paper and leads to its page; one "
            "that names heads of several stages has the colors of them all."
        )
    return _(
        "{count} papers by the time of their publication. Each square is a paper and leads to its page; one that "
        "names heads of several stages has the colors of them all."
    )


def _rows(data: TimelineData, docname: str) -> Iterator[list[list[nodes.Node]]]:
    for quarter in data.quarters:
        if not quarter.papers and not quarter.heads:
            continue
        counts = [sum(stage.shade in dot.shades for dot in quarter.papers) for stage in data.stages]
        links: list[list[nodes.Node]] = [
            [reference("head", tag.id, tag.name, docname)] for tag, _paper in quarter.heads
        ]
        words = [quarter.label, str(len(quarter.papers)), *(str(count or "") for count in counts)]
        cells: list[list[nodes.Node]] = [[nodes.Text(text)] for text in words]
        yield [*cells, joined(links)]


def sparkline_of(head: str, shade: int, domain: SurveyDomain) -> list[nodes.Node]:
    """Return a head type's papers a year as a small picture; nothing if it has none."""
    picture = sparkline.sparkline(domain.show(PapersByYear(head)), shade)
    return [] if picture is None else [nodes.Text(" "), drawn_inline(parts=(picture,))]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive_to_domain("survey", "timeline", TimelineDirective)
