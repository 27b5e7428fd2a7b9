"""When the survey was last updated, and where it is: what readers are told who cite it or come back to it.

Files don't know when they were changed, and a build that asked the clock would come out differently each time; who
builds a site knows the day of the version that is built. Without it, the date is that of the newest paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.pages.core.builders import site_of
from survey.pages.core.loading import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_NOTE = "survey_stamp"  #: What is noted of a page that shows it, in Sphinx's metadata of pages.


@dataclass(frozen=True, slots=True)
class Stamp:
    """Date and place of the survey, as pages show them."""

    date: str  #: As in ISO 8601; empty if the survey has no papers and nobody says.
    address: str  #: Of the site, or of its repository; empty if neither is known.

    @staticmethod
    def of(app: Sphinx) -> Stamp:
        """Return what is known in this build."""
        given = str(app.config.survey_updated)
        newest = next((str(paper.published) for paper in catalogue_of(app).papers.values()), "")
        repository = str(app.config.survey_repository)
        address = site_of(app).base or (repository if repository.startswith("https://") else "")
        return Stamp(given or newest, address)

    @staticmethod
    def shown(app: Sphinx, docname: str) -> Stamp:
        """Return the same, and note that a page that is being read shows it."""
        stamp = Stamp.of(app)
        app.env.metadata[docname][_NOTE] = stamp
        return stamp


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> Iterable[str]:
    now = Stamp.of(app)
    return [page for page, known in env.metadata.items() if known.get(_NOTE, now) != now and page in env.found_docs]


def setup(app: Sphinx) -> None:
    """Register the configuration, and have pages read again that show another date or place."""
    described = "The day of the survey's last change, such as 2026-05-01; without it that of the newest paper."
    app.add_config_value("survey_updated", "", "", types=frozenset({str}), description=described)
    app.connect("env-get-outdated", _outdated)
