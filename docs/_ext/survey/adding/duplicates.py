"""Is a paper there already? By its identifiers, its key, its title, and by a title that is nearly the same."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from survey.adding.bibtex.bibfile import FILE
from survey.adding.bibtex.paper_keys import ascii_letters
from survey.adding.draft import identifiers
from survey.adding.draft.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.adding.draft.drafts import Draft
    from survey.adding.draft.identifiers import Identifier
    from survey.catalogue import BibEntry, Catalogue

_NEARLY = 0.9  #: How alike two titles are that may be one paper's: difflib's ratio.
_MAIN = 4  #: Words that a title in front of its colon has, if it is enough to tell papers apart.


def by_identifier(identifier: Identifier, catalogue: Catalogue) -> Iterator[Fault]:
    """Yield where a work with this identifier is, before anything is looked up."""
    for entry in catalogue.bibliography.values():
        if has(identifier, entry):
            yield _there(f"the paper with {identifier}", entry, catalogue)


def has(identifier: Identifier, entry: BibEntry) -> bool:
    """Tell whether an entry is of the work that has this identifier."""
    match identifier.scheme:
        case "arxiv":
            return identifier.value == entry.arxiv
        case "doi":
            return identifier.value.casefold() == (entry.doi or "").casefold()
        case _:
            return identifier == identifiers.at(entry.url or "")


def same(draft: Draft, entry: BibEntry) -> bool:
    """Tell whether an entry is of this very work: by an identifier or, where none speaks against it, by its title."""
    arxiv, doi = draft.fields.get("eprint", ""), draft.fields.get("doi", "").casefold()
    pairs = [(arxiv, entry.arxiv or ""), (doi, (entry.doi or "").casefold())]
    known = [(one, other) for one, other in pairs if one and other]
    if known:
        return all(one == other for one, other in known)
    return same_title(draft.fields.get("title", ""), entry.title)


def same_title(one: str, other: str | None) -> bool:
    """Tell whether two titles have the same words."""
    return bool(_words(one)) and _words(one) == _words(other or "")


def by_draft(draft: Draft, catalogue: Catalogue, *, distinct: bool = False) -> Iterator[Fault]:
    """Yield where a work like this one is; with ``distinct``, a title may be nearly that of another."""
    arxiv, doi = draft.fields.get("eprint", ""), draft.fields.get("doi", "").casefold()
    title = draft.fields.get("title", "")
    words, main = _words(title), _main(title)
    for entry in catalogue.bibliography.values():
        others = _words(entry.title)
        if arxiv and arxiv == entry.arxiv:
            yield _there(f"the paper with arXiv:{arxiv}", entry, catalogue)
        elif doi and doi == (entry.doi or "").casefold():
            yield _there(f"the paper with doi:{doi}", entry, catalogue)
        elif words and words == others:
            yield _there("a paper with this title", entry, catalogue)
        elif not distinct and ((main and main == _main(entry.title)) or _alike(words, others)):
            hint = "add --distinct if it is another paper"
            yield _there(f"a paper with nearly this title, '{entry.title}',", entry, catalogue, hint)


def alike(one: str, other: str) -> bool:
    """Tell whether two titles may be those of one paper, one of them perhaps cut short."""
    words, others = _words(one), _words(other)
    return words == others or _alike(words, others) or bool(_main(one) and _main(one) == _main(other))


def taken_keys(catalogue: Catalogue) -> set[str]:
    """Return the keys that are a paper's or a work's, or were one's."""
    former = {alias for paper in catalogue.papers.values() for alias in paper.fields.aliases}
    stems = {name.removeprefix("papers/") for name in catalogue.documents if name.startswith("papers/")}
    return {*catalogue.papers, *catalogue.bibliography, *former, *stems}


def where(key: str, catalogue: Catalogue) -> str:
    """Return where what has this key or alias is."""
    if (entry := catalogue.bibliography.get(key)) is not None:
        return f"{FILE}:{entry.line}"
    for paper in catalogue.papers.values():
        if key in paper.fields.aliases:
            return paper.path
    return f"docs/papers/{key}.md"


def _there(what: str, entry: BibEntry, catalogue: Catalogue, hint: str = "") -> Fault:
    paper = catalogue.papers.get(entry.key)
    message = f"{what} is already there" + (f", and surveyed in {paper.path}" if paper is not None else "")
    if paper is None:
        hint = "; ".join(filter(None, [hint, f"to survey this work: new {entry.key}"]))
    return Fault(message, hint or "correct that file if something is missing", f"{FILE}:{entry.line}")


def _words(title: str) -> str:
    return " ".join(re.findall(r"\w+", ascii_letters(title) or title.casefold()))


def _main(title: str) -> str:
    """Return the part of a title in front of its colon, if it says enough by itself."""
    words = _words(title.partition(":")[0])
    return words if words.count(" ") + 1 >= _MAIN else ""


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return bool(
        one and matcher.real_quick_ratio() > _NEARLY and matcher.quick_ratio() > _NEARLY and matcher.ratio() > _NEARLY
    )
