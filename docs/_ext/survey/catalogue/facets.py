"""The facets by which papers are sorted: a folder of files, and a declaration of their fields.

Reading, checking, indexes, pages, roles and listings all go by these declarations. A survey adds facets of its own in
``docs/survey.toml``::

    [[facets]]
    kind = "dataset"            # the key of its front matter, its role and the option of listings
    folder = "datasets"         # under docs/, and the field by which papers name its entries
    title = "Data sets"
    fields = ["size", "home"]   # texts that an entry may give, beside name and aliases
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import create_model

from survey.catalogue import fields
from survey.catalogue.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SETTINGS = "docs/survey.toml"
PAPERS = "papers"  #: The folder of the papers' files, under docs/.
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to sort papers."""

    kind: str  #: Key of the front matter, name of the role, the object type and the listing option.
    folder: str  #: Folder of its files under docs/.
    title: str  #: Heading of a listing of its entries.
    fields: type[fields.EntryFields]  #: What an entry's front matter holds.
    tag_field: str | None = None  #: The paper's field that names its entries.
    through: str | None = None  #: Instead: the kind whose entries name it, in their field of this facet's kind.
    by_member: bool = False  #: Whether papers name members of an entry, not the entry.


BUILT_IN: tuple[Facet, ...] = (
    Facet("head", "heads", "Head types", fields.HeadFields, tag_field="heads"),
    Facet("stage", "stages", "Stages", fields.StageFields, through="head"),
    Facet("method", "methods", "Methods", fields.MethodFields, tag_field="methods"),
    Facet("model", "models", "Models", fields.ModelFields, tag_field="models", by_member=True),
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


def read_layout(root: Path) -> tuple[Layout, list[Problem]]:
    """Return the built-in facets and those that the survey at ``root`` declares."""
    path = root / SETTINGS
    problems: list[Problem] = []
    declared: list[Facet] = []
    if path.is_file():
        try:
            settings = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            problems.append(Problem(SETTINGS, 1, "bad-value", f"the file is not TOML ({error})", "mend it"))
            settings = {}
        for number, table in enumerate(settings.get("facets", []), start=1):
            facet = _declared(table, [*BUILT_IN, *declared])
            if isinstance(facet, str):
                hint = "give kind, folder and title, and fields as a list of names"
                problems.append(Problem(SETTINGS, 1, "bad-value", f"facet {number} {facet}", hint))
            else:
                declared.append(facet)
    return Layout((*BUILT_IN, *declared), _paper_fields(declared)), problems


def _declared(table: Any, known: Sequence[Facet]) -> Facet | str:
    """Make a facet of a table of the settings, or say what is wrong with it."""
    if not isinstance(table, dict):
        return "is not a table"
    kind, folder, title = (table.get(key) for key in ("kind", "folder", "title"))
    names = table.get("fields", [])
    if not all(isinstance(text, str) and text for text in (kind, folder, title)) or not isinstance(names, list):
        return "lacks kind, folder or title"
    if not all(isinstance(text, str) and _NAME.fullmatch(text) for text in (kind, folder, *names)):
        return "has a name that is no lower-case word"
    taken = {PAPERS, "paper"} | {facet.kind for facet in known} | {facet.folder for facet in known}
    if {kind, folder} & (taken | set(fields.PaperFields.model_fields)):
        return f"uses a name that is taken ('{kind}' or '{folder}')"
    extra: dict[str, Any] = dict.fromkeys(names, (fields.Text | None, None))
    model = create_model(f"{str(kind).title()}Fields", __base__=fields.EntryFields, **extra)
    return Facet(str(kind), str(folder), str(title), model, tag_field=str(folder))


def _paper_fields(declared: Sequence[Facet]) -> type[fields.PaperFields]:
    if not declared:
        return fields.PaperFields
    extra: dict[str, Any] = {facet.folder: (fields.Ids, ()) for facet in declared}
    return create_model("PaperFields", __base__=fields.PaperFields, **extra)
