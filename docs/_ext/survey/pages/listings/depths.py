"""How deeply the papers were read, as a table that counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.catalogue.views.depths import Depths
from survey.pages.core.directive import SurveyDirective
from survey.pages.core.nodes import paragraph, table
from survey.translation import _, begun

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from survey.catalogue.views.depths import DepthCount


class DepthsDirective(SurveyDirective):
    """``{survey:depths}``: how many papers' pages rest on which reading: in full, code, abstract, second-hand."""

    def run(self) -> list[nodes.Node]:
        """Make the table, with the number of all papers as its last row."""
        rows: tuple[DepthCount, ...] = self.domain.show(Depths())
        if not rows:
            return [paragraph(nodes.Text(_("There are no papers yet.")))]
        headings = (_("The deepest that was read"), _("Papers"), _("Papers that rest on it, among other things"))
        cells = [_row(row.words, str(row.deepest), str(row.papers)) for row in rows]
        cells.append(_row(_("all"), str(sum(row.deepest for row in rows)), ""))
        return [table(headings, cells, classes=["survey-depths"])]


def _row(*texts: str) -> list[list[nodes.Node]]:
    return [[nodes.Text(begun(text))] for text in texts]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive_to_domain("survey", "depths", DepthsDirective)
