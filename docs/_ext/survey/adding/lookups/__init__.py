"""Looking a paper up: each service's answer becomes a draft."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from survey.adding.lookups import acl, arxiv, doi, openreview
from survey.adding.lookups.fetching import Patience

if TYPE_CHECKING:
    from survey.adding.draft.drafts import Draft
    from survey.adding.draft.identifiers import Identifier


@dataclass(frozen=True, slots=True)
class Services:
    """Where the services are. Only code can change it, for tests: no file, option or variable does."""

    arxiv: str = "https://export.arxiv.org/api/query"
    doi: str = "https://doi.org/"
    openreview: tuple[str, ...] = ("https://api2.openreview.net/notes", "https://api.openreview.net/notes")
    acl: str = "https://aclanthology.org/"
    patience: Patience = field(default_factory=Patience)


def look_up(identifier: Identifier, services: Services) -> Draft:
    """Ask the service that knows an identifier.

    :raises Unavailable: if it cannot be asked, or its answer cannot be used.
    """
    match identifier.scheme:
        case "arxiv":
            return arxiv.look_up(identifier.value, services.arxiv, services.patience)
        case "doi":
            return doi.look_up(identifier.value, services.doi, services.patience)
        case "openreview":
            return openreview.look_up(identifier.value, services.openreview, services.patience)
        case "acl":
            return acl.look_up(identifier.value, services.acl, services.patience)
