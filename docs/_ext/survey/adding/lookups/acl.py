"""The ACL Anthology: the .bib file that it has of each paper (https://aclanthology.org/info/development/)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from survey.adding.bibtex import bibentries
from survey.adding.draft.faults import Refused, Unavailable
from survey.adding.lookups import answers
from survey.adding.lookups.fetching import INSTEAD, fetch

if TYPE_CHECKING:
    from survey.adding.draft.drafts import Draft
    from survey.adding.lookups.fetching import Patience

SERVICE = "the ACL Anthology"


def look_up(number: str, address: str, patience: Patience) -> Draft:
    """Return what the Anthology knows of a paper.

    :raises Unavailable: if it cannot be asked, or has no such paper.
    """
    return read(fetch(SERVICE, f"{address}{number}.bib", accept="text/plain", patience=patience))


def read(body: bytes) -> Draft:
    """Read an answer.

    :raises Unavailable: if it isn't an entry of BibTeX.
    """
    try:
        return bibentries.read(body.decode("utf-8"), SERVICE)
    except UnicodeDecodeError:
        raise answers.unusable(SERVICE, "something that is not UTF-8") from None
    except Refused as refused:
        raise Unavailable(*(replace(fault, hint=f"{fault.hint}, {INSTEAD}") for fault in refused.faults)) from None
