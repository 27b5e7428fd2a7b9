"""What the columns of the tables hold, for the descriptions of the data that archives and libraries read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from survey.catalogue.markup.summary_terms import TERMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.catalogue import Layout

Type = Literal["string", "integer", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    meaning: str
    type: Type = "string"
    always: bool = False  #: Whether every row has a value.
    pattern: str = ""  #: The form of its texts.


_DATE = "[0-9]{4}(-[0-9]{2}){0,2}"
_MANY = "several are separated by '; '"
_OF_PAPERS = (
    Column("key", "Key of the paper in the bibliography.", always=True, pattern="[a-z]+[0-9]{4}[a-z0-9]*"),
    Column("title", "Title.", always=True),
    Column("authors", f"Authors as 'Family, Given'; {_MANY}."),
    Column("published", "When it appeared, by ISO 8601, as precisely as is known.", always=True, pattern=_DATE),
    Column("preprinted", "The first public version, where it is earlier.", pattern=_DATE),
    Column("year", "The year by which it is cited."),
    Column("venue", "Where it appeared."),
    Column("doi", "Digital Object Identifier."),
    Column("arxiv", "Identifier at arXiv."),
    Column("url", "Address."),
    Column("tasks", f"What the heads were tested on; {_MANY}."),
    Column("scope", "'background' for a paper that bears on heads but names no type."),
    Column("read", f"What the survey's page rests on: full, code, abstract, second-hand; {_MANY}."),
    Column("takeaway", "The finding in one sentence that stands alone."),
    Column("code", f"Addresses of its code; {_MANY}."),
    Column("demo", f"Addresses of demonstrations; {_MANY}."),
    Column("data", f"Addresses of data that it published; {_MANY}."),
    Column("project", f"Addresses of its own pages; {_MANY}."),
    *(Column(f"summary_{part}", f"{term}: the survey's summary, as plain text.") for part, term in TERMS.items()),
    Column("page", "Address of its page, from the root of the survey's site.", always=True),
)
_OF_POSITIONS = (
    Column("model", "Id of the model.", always=True),
    Column("family", "Id of the family of models.", always=True),
    Column("layer", "Layer, counted from 0.", "integer", always=True),
    Column("head", "Query head in its layer, counted from 0.", "integer", always=True),
    Column("head_type", "Id of the type that the head is said to be of."),
    Column("inferred", "Whether model, role or numbering is concluded, not stated.", "boolean", always=True),
    Column("automatic", "Whether a detector or a score chose it, and nobody named it.", "boolean", always=True),
    Column("score", "What it scored in the source.", "number"),
    Column("paper", "Key of the paper that says so; empty for other sources."),
    Column("source", "The place in the source: section, figure, table or file.", always=True),
    Column("url", "Address of the source, if it is more than the paper."),
    Column("kv", "Whether key-value heads are counted, and not query heads.", "boolean", always=True),
    Column("called", "What the source calls the head, where that isn't the name of its type."),
    Column("measure", "What the score measures."),
    Column("rank", "Its place in the ranking of the source, from 1.", "integer"),
    Column("given", "How many heads of the source's list are here.", "integer"),
    Column("of", "How many the source lists, where these are more.", "integer"),
    Column("criterion", "By which rule the heads of the list were chosen."),
    Column("caveat", "What has to be known wherever the position is shown."),
)


_OF_HEADS = (
    Column("id", "Id of the head type.", always=True),
    Column("name", "Its name.", always=True),
    Column("stage", "Id of its stage.", always=True),
    Column("category", "Id of its category in the stage.", always=True),
    Column("parent", "Id of the more general type."),
    Column("reads", "What its queries and keys look for, in a line."),
    Column("writes", "What its output carries, in a line."),
    Column("reads_kind", f"Of which kinds that is, from a closed list of what heads read; {_MANY}."),
    Column("writes_kind", f"Of which kinds that is, from a closed list of what heads write; {_MANY}."),
    Column("aliases", f"Other names; {_MANY}."),
    Column("papers", f"Keys of the papers that name it, the newest first; {_MANY}."),
    Column("page", "Address of its page, from the root of the survey's site.", always=True),
)
_TABLES = {"papers": _OF_PAPERS, "positions": _OF_POSITIONS, "heads": _OF_HEADS}
Table = Literal["papers", "positions", "heads"]


def described(table: Table, names: Iterable[str], layout: Layout) -> list[Column]:
    """Return the columns of a table by its header; a facet's own column has the ids of its entries."""
    known = {column.name: column for column in _TABLES[table]}
    if table == "papers":
        for facet in layout.facets:
            known[facet.folder] = Column(facet.folder, f"Ids of {facet.folder}; {_MANY}.")
    return [known.get(name) or Column(name, "") for name in names]
