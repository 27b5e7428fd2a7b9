"""``llms.txt``: a guide to the site for language models (https://llmstxt.org), with a line for each paper and head."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from survey.catalogue.records.modelheads import known_heads
from survey.catalogue.views.plain_text import plain_text, shortened
from survey.exports.modelheads import address_of
from survey.exports.site import HOME
from survey.exports.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue import Catalogue, Entry, Paper
    from survey.exports.site import Site

_LENGTH = 240
_DATA = (
    ("data/survey.json", "All records as JSON", "papers, head types, stages, methods and models, with their summaries"),
    ("data/survey.schema.json", "JSON Schema", "what the records hold"),
    ("data/papers.csv", "Papers as CSV", "one a row"),
    ("data/heads.csv", "Head types as CSV", "one a row, with what they read and write"),
    ("data/positions.csv", "Head positions as CSV", "model, layer and head of each head that has been named"),
    ("references.bib", "Bibliography", "BibTeX of every work cited"),
    ("feed.xml", "Newest papers", "Atom"),
)
_MARKUP = re.compile(r"([\\\[\]*_`<>])")


def guide(catalogue: Catalogue, site: Site) -> str:
    """Return the guide."""
    return "\n".join(_lines(catalogue, site)) + "\n"


def _lines(catalogue: Catalogue, site: Site) -> Iterator[str]:
    home = catalogue.documents.get(HOME)
    yield f"# {_text(home.title if home is not None else 'Survey')}"
    if home is not None and home.lead is not None:
        yield f"\n> {_text(plain_text(home.lead.text, catalogue))}"
    yield "\nCite a finding from the paper that made it; cite/<key>.bib has the BibTeX of each.\n\n## Pages\n"
    folders = {"papers", *(facet.folder for facet in catalogue.layout.facets)}
    for document in catalogue.documents.values():
        folder, _, name = document.docname.rpartition("/")
        if folder not in folders or name == HOME:
            lead = plain_text(document.lead.text, catalogue) if document.lead is not None else ""
            yield _line(document.title, site.page(document.docname), lead, site)
    yield "\n## Data\n"
    for address, title, words in _DATA:
        yield _line(title, address, words, site)
    if catalogue.head_homes:
        yield "\n## Heads of models\n"
    for model in catalogue.head_homes:
        yield _model(model, catalogue, site)
    yield "\n## Head types\n"
    for head in catalogue.entries.get("head", {}).values():
        yield _head(head, catalogue, site)
    yield "\n## Papers\n"
    for paper in catalogue.papers.values():
        yield _paper(paper, catalogue, site)


def _model(model: str, catalogue: Catalogue, site: Site) -> str:
    """Return where the heads of a model are shown, one by one; its names elsewhere are those that code uses."""
    home, (_family, member) = catalogue.head_homes[model], catalogue.members[model]
    known = known_heads(catalogue, model)
    named = sum(head.is_named for head in known)
    chosen = f"{len(known) - named} chosen only by a detector or score"
    words = f"{named} heads named, {chosen}; as JSON in {address_of(model)}"
    names = "; ".join(dict.fromkeys(filter(None, (member.id, member.huggingface, member.transformer_lens))))
    address = site.page(home.page) if home.own else f"{site.page(home.page)}#{model}"
    return _line(f"Heads of {member.name}", address, words, site, names)


def _head(head: Entry, catalogue: Catalogue, site: Site) -> str:
    words = plain_text(head.lead.text, catalogue) if head.lead is not None else ""
    return _line(head.name, site.page(f"heads/{head.id}"), words, site)


def _paper(paper: Paper, catalogue: Catalogue, site: Site) -> str:
    result = paper.summary.get("significant_result")
    words = paper.fields.takeaway or (plain_text(result.text, catalogue) if result is not None else "")
    heads = ", ".join(catalogue.name("head", head) for head in paper.tags.get("head", ()))
    facts = "; ".join(filter(None, (paper.entry.short_authors, str(paper.published), heads)))
    return _line(paper.title, site.page(f"papers/{paper.key}"), words, site, facts)


def _line(title: str, address: str, words: str, site: Site, facts: str = "") -> str:
    line = f"- [{_text(title)}]({site.link(address)})"
    if facts:
        line += f" ({_text(facts)})"
    return f"{line}: {_text(shortened(words, _LENGTH))}" if words else line


def _text(text: str) -> str:
    return _MARKUP.sub(r"\\\1", one_line(text))
