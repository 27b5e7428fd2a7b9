"""Papers of which one of the two files is there: one that is only cited, or one whose adding was interrupted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.adding import duplicates
from survey.adding.draft.faults import Fault, Refused

if TYPE_CHECKING:
    from survey.adding.draft.drafts import Draft
    from survey.adding.draft.identifiers import Identifier
    from survey.catalogue import BibEntry, Catalogue


def entry_of(draft: Draft, catalogue: Catalogue, key: str) -> BibEntry | None:
    """Return the entry of a work that has no file yet, if the bibliography has it.

    :raises Refused: if it has another key than the one wanted.
    """
    for entry in catalogue.bibliography.values():
        if duplicates.same(draft, entry) and not _has_file(entry.key, catalogue):
            if key not in {"", entry.key}:
                message = f"the work is in the bibliography as '{entry.key}'"
                raise Refused(Fault(message, "leave out --key", duplicates.where(entry.key, catalogue)))
            return entry
    return None


def entry_with(identifier: Identifier, catalogue: Catalogue) -> BibEntry | None:
    """Return the entry of the work with an identifier, if it has no file yet."""
    for entry in catalogue.bibliography.values():
        if duplicates.has(identifier, entry) and not _has_file(entry.key, catalogue):
            return entry
    return None


def key_of(draft: Draft, catalogue: Catalogue, key: str) -> str:
    """Return the key of the paper whose file is there, with this title, but whose entry isn't; or an empty text.

    :raises Refused: if it has another key than the one wanted.
    """
    for document in catalogue.documents.values():
        folder, _, stem = document.docname.rpartition("/")
        lacking = folder == "papers" and stem not in catalogue.bibliography
        if lacking and duplicates.same_title(draft.fields.get("title", ""), document.title):
            if key not in {"", stem}:
                message = "the file of this paper is there, and its entry isn't"
                raise Refused(Fault(message, "leave out --key", f"docs/papers/{stem}.md"))
            return stem
    return ""


def _has_file(key: str, catalogue: Catalogue) -> bool:
    return f"papers/{key}" in catalogue.documents or key in catalogue.papers
