"""Which pages are those of facts: of a paper, a head type, or another entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.catalogue.schema.facets import PAPERS

if TYPE_CHECKING:
    from survey.pages.core.domain import SurveyDomain


def fact_at(docname: str, domain: SurveyDomain) -> tuple[str, str] | None:
    """Return kind and id of the fact whose page this is, or None if it's an ordinary page."""
    catalogue = domain.catalogue
    folder, _, key = docname.rpartition("/")
    if folder == PAPERS and key in catalogue.papers and domain.docname(catalogue.papers[key].path) == docname:
        return "paper", key
    for facet in catalogue.layout.facets:
        entry = catalogue.entries[facet.kind].get(key)
        if folder == facet.folder and entry is not None and domain.docname(entry.path) == docname:
            return facet.kind, key
    return None
