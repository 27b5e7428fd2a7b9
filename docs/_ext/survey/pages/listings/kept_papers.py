"""The HTML of papers in listings, kept from build to build: one edit changes a few of them, and the explorer shows all.

It lies beside the doctrees, as JSON, and is read when a listing is written. A paper is taken from it if it would come
out the same: what is shown of it, and what is named in that, is as it was; so are the pages of the site, the settings
and the code. Whatever may depend on more, such as a link to a page, is made anew by each build.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Set
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from survey.catalogue.inputs import code, versions
from survey.catalogue.markup.body import split_target
from survey.catalogue.texts.whole_files import write_whole
from survey.catalogue.views import Naming, digest
from survey.pages.core.answers import answer_to
from survey.pages.core.domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from survey.catalogue.views import PaperCard

_FILE = "survey/listings.json"
_ROLE = re.compile(r"\{(?P<name>[^{}`\s]+)\}`(?P<content>[^`]*)`")
#: What begins a link or an image in Markdown, or a role that the expression above doesn't know.
_OTHER = re.compile(r"[\[<]|\{[^{}\s]+\}`")
_LIBRARIES = ("sphinx", "docutils", "myst-parser", "markdown-it-py", "sphinxcontrib-bibtex", "pydata-sphinx-theme")


class KeptPapers:
    """What was written of papers, by the form of the listing and by key, each with a digest of what it depends on."""

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self._path = Path(app.doctreedir) / _FILE
        self._changed = False
        self.made: dict[str, list[str]] = {}  #: What this process has written.
        self._kinds = frozenset({"paper", *domain_of(app.env).catalogue.entries})
        self._around = _around(app)
        self._kept = self._read()

    def _read(self) -> dict[str, list[str]]:
        """Return what the last build kept; of another site, or damaged, it is nothing."""
        try:
            found = json.loads(self._path.read_bytes())
            if found["around"] == self._around:
                return {
                    str(name): [str(text) for text in (shown, html)] for name, (shown, html) in found["kept"].items()
                }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            pass
        self._changed = True
        return {}

    def get(self, name: str, shown: str) -> str | None:
        """Return what was written of a paper in a form, if it showed the same."""
        kept = self._kept.get(name)
        return kept[1] if kept is not None and shown and kept[0] == shown else None

    def put(self, name: str, shown: str, html: str) -> None:
        """Keep what was written."""
        if shown:
            self.take({name: [shown, html]})
            self.made[name] = [shown, html]

    def take(self, made: Mapping[str, list[str]]) -> None:
        """Keep what another process of this build has written."""
        self._kept.update(made)
        self._changed = self._changed or bool(made)

    def save(self) -> None:
        """Write what is kept, of the papers that there are, whichever build wrote them."""
        if self._changed:
            papers = domain_of(self.app.env).catalogue.papers
            kept = {name: self._kept[name] for name in sorted(self._kept) if name.rpartition(" ")[2] in papers}
            with suppress(OSError):  # they are written anew next time
                self._path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(self._path, json.dumps({"around": self._around, "kept": kept}).encode())
            self._changed = False

    def shown(self, card: PaperCard, *more: object) -> str:
        """Return a digest of all that a paper in a listing shows; nothing, if it cannot be known."""
        names: list[Any] = []
        for _part, text in card.summary:
            if _OTHER.search(_ROLE.sub("", text.markdown)):
                return ""
            for role in _ROLE.finditer(text.markdown):
                kind = role["name"].removeprefix("survey:")
                if f"survey:{kind}" != role["name"] or kind not in self._kinds:
                    return ""
                own, target = split_target(role["content"])
                view = Naming(kind, target, named=own is None)
                names.append((view, answer_to(view, self.app)))
        return digest((card, names, more))


def _around(app: Sphinx) -> str:
    """Return a digest of what all papers depend on: which pages and ids there are, the settings, and the code."""
    env = app.env
    domain = domain_of(env)
    catalogue = domain.catalogue
    ids = [(kind, sorted(entries)) for kind, entries in catalogue.entries.items()]
    bibliographies = sorted((key.docname, key.id_) for key in env.get_domain("cite").bibliographies)  # type: ignore[attr-defined]
    settings = [(setting.name, _steady(setting.value)) for setting in app.config.filter(frozenset({"env"}))]
    # Themes add to their options while pages are written: those of HTML are taken as Sphinx noted them at the start.
    settings.append(("html", str(getattr(getattr(app.builder, "build_info", None), "config_hash", ""))))
    places = sorted(env.found_docs), sorted(catalogue.papers), ids, sorted(catalogue.members), bibliographies
    return digest((app.builder.name, places, sorted(settings), code(), versions(_LIBRARIES)))


def _steady(value: Any) -> str:
    """Write a setting the same in each process: sets have another order in each, and other objects another address."""
    if isinstance(value, Mapping):
        return str(sorted((_steady(key), _steady(of)) for key, of in value.items()))
    if isinstance(value, Set):
        return str(sorted(map(_steady, value)))
    if isinstance(value, list | tuple):
        return str([_steady(of) for of in value])
    if value is None or isinstance(value, str | int | float | Path):
        return repr(value)
    return str(getattr(value, "__qualname__", type(value).__qualname__))
