"""Names that mean something already: a facet that a survey declares cannot have them.

The kind and the folder of a facet become fields of papers, tables and columns of the data files, a role, options of
listings, and parameters of the explorer's addresses. Whatever has a name there has it here too; ``tests`` compare.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.catalogue.markup.allowed import ROLES
from survey.catalogue.markup.own_directives import OWN, PREFIX
from survey.catalogue.markup.summary_terms import TERMS
from survey.catalogue.schema import fields
from survey.catalogue.schema.axes import AXES

if TYPE_CHECKING:
    from pydantic import BaseModel

#: What records of papers have beside the fields of their files, and what tables call it.
_OF_PAPERS = frozenset(
    {"key", "page", "title", "authors", "year", "venue", "doi", "arxiv", "url", "summary", "bibtex", "cited_on"}
    | {f"summary_{part}" for part in TERMS}
)
#: What records of entries have beside the fields of their files.
OF_ENTRIES = frozenset({"id", "page", "description", "papers", "evidence"})
#: What the file of all records has beside its tables.
_OF_THE_SURVEY = frozenset({"version", "data_version", "papers"})
#: What tables of positions have beside the facets' own names.
_OF_POSITIONS = frozenset(
    {
        "family",
        "layer",
        "head_type",
        "automatic",
        "score",
        "rank",
        "kv",
        "called",
        "measure",
        "criterion",
        "given",
        "of",
        "caveat",
        "paper",
        "source",
        "url",
        "inferred",
    }
)
#: Roles and directives: a role of a kind would take the place of one of them.
_OF_PAGES = frozenset({name.removeprefix(PREFIX) for name in ROLES if name.startswith(PREFIX)} | {*OWN})
#: Options of listings, and parameters of the explorer's addresses.
_OF_LISTINGS = frozenset(
    {"year", "venue", "sort", "group-by", "limit", "show", "q", "brief", "kinds", "automatic"}
    | {axis.name for axis in AXES}
)
#: What a paper's data on the explorer's page are called beside the facets.
_OF_THE_EXPLORER = frozenset({"author", "authors", "paper", "published"})
#: Folders of the output with something else in it than pages.
_FOLDERS = frozenset({"cite", "data", "feeds", "pagefind"})


def reserved_names() -> frozenset[str]:
    """Return the names that no declared facet can have, as its kind or as its folder."""
    built_in = {*fields.PaperFields.model_fields, *fields.PaperLinks.model_fields, *fields.EntryFields.model_fields}
    columns = _OF_PAPERS | OF_ENTRIES | _OF_THE_SURVEY | _OF_POSITIONS
    return frozenset(built_in) | columns | _OF_PAGES | _OF_LISTINGS | _OF_THE_EXPLORER | _FOLDERS


def has(model: type[BaseModel], name: str) -> bool:
    """Tell whether a class of fields has a field or anything else of this name."""
    return name in model.model_fields or hasattr(model, name)
