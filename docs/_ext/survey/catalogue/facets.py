"""The facets by which papers are sorted: a folder of files, and a declaration of their fields.

Reading, checking, indexes, pages, roles and listings all go by these declarations. A survey adds facets of its own in
its settings (see :mod:`survey.catalogue.settings`).
"""

from __future__ import annotations

from dataclasses import dataclass

from survey.catalogue import fields
from survey.words import noted

PAPERS = "papers"  #: The folder of the papers' files, under docs/.


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to sort papers."""

    kind: str  #: Key of the front matter, name of the role, the object type and the listing option.
    folder: str  #: Folder of its files under docs/.
    title: str  #: Heading of a listing of its entries; the built-in ones have translations.
    fields: type[fields.EntryFields]  #: What an entry's front matter holds.
    tag_field: str | None = None  #: The paper's field that names its entries.
    through: str | None = None  #: Instead: the kind whose entries name it, in their field of this facet's kind.
    by_member: bool = False  #: Whether papers name members of an entry, not the entry.


BUILT_IN: tuple[Facet, ...] = (
    Facet("head", "heads", noted("Head types"), fields.HeadFields, tag_field="heads"),
    Facet("stage", "stages", noted("Stages"), fields.StageFields, through="head"),
    Facet("method", "methods", noted("Methods"), fields.MethodFields, tag_field="methods"),
    Facet("model", "models", noted("Models"), fields.ModelFields, tag_field="models", by_member=True),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which facets a survey has, and so which fields its papers have."""

    facets: tuple[Facet, ...]
    paper_fields: type[fields.PaperFields]

    def facet(self, kind: str) -> Facet:
        """Return the facet of a kind.

        :raises KeyError: if there's none.
        """
        for facet in self.facets:
            if facet.kind == kind:
                return facet
        raise KeyError(kind)
