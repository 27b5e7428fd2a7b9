"""The facets by which papers are sorted: a folder of files, and a declaration of their fields.

Reading, checking, indexes, pages, roles and listings all go by these declarations. A survey adds facets of its own in
its settings (see :mod:`survey.catalogue.records.settings`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from survey.catalogue.schema import fields
from survey.catalogue.schema.dataset import Dataset
from survey.translation import both, noted

PAPERS = "papers"  #: The folder of the papers' files, under docs/.


@dataclass(frozen=True, slots=True)
class Words:
    """What entries of a facet are called; those of the built-in ones have translations."""

    one: str
    many: str
    none: str  #: What stands over papers that name none.


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to sort papers."""

    kind: str  #: Key of the front matter, name of the role, the object type and the listing option.
    folder: str  #: Folder of its files under docs/.
    title: str  #: Heading of a listing of its entries; the built-in ones have translations.
    fields: type[fields.EntryFields]  #: What an entry's front matter holds.
    words: Words
    tag_field: str | None = None  #: The paper's field that names its entries.
    through: str | None = None  #: Instead: the kind whose entries name it, in their field of this facet's kind.
    by_member: bool = False  #: Whether papers name members of an entry, not the entry.


_HEADS = Words(*both("Head", "Heads"), noted("No head"))
_STAGES = Words(*both("Stage", "Stages"), noted("No stage"))
_METHODS = Words(*both("Method", "Methods"), noted("No method"))
_MODELS = Words(*both("Model", "Models"), noted("No model"))
BUILT_IN: tuple[Facet, ...] = (
    Facet("head", "heads", noted("Head types"), fields.HeadFields, _HEADS, tag_field="heads"),
    Facet("stage", "stages", noted("Stages"), fields.StageFields, _STAGES, through="head"),
    Facet("method", "methods", noted("Methods"), fields.MethodFields, _METHODS, tag_field="methods"),
    Facet("model", "models", noted("Models"), fields.ModelFields, _MODELS, tag_field="models", by_member=True),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which facets a survey has, and so which fields its papers have."""

    facets: tuple[Facet, ...]
    paper_fields: type[fields.PaperFields]
    required: frozenset[str] = (
        frozenset()
    )  #: The codes of :mod:`survey.catalogue.checks.required` that the survey asks for.
    avoided: tuple[tuple[str, str], ...] = ()  #: Words that its pages don't use, each with what to write instead.
    dataset: Dataset = field(default_factory=Dataset)  #: What archives are told of the data.

    def facet(self, kind: str) -> Facet:
        """Return the facet of a kind.

        :raises KeyError: if there's none.
        """
        for facet in self.facets:
            if facet.kind == kind:
                return facet
        raise KeyError(kind)
