"""What is set for every survey, whatever its conf.py says: how pages are read, and what is read at all.

The rules are the extension's, so that a survey of something else is as safe; a ``conf.py`` that contradicts is told so.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from myst_parser.config.main import MdParserConfig
from sphinx.util import logging

from survey.catalogue.markup.syntax import EXTENSIONS, WITHOUT
from survey.catalogue.texts.places import DOCS
from survey.pages.core.loading import catalogue_of
from survey.pages.pace.while_building import while_building

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config

LOGGER = logging.getLogger(__name__)
#: MyST's settings that belong to the syntax of pages, which is one for the checks and the build.
_MYST: Mapping[str, Any] = {
    "enable_extensions": set(EXTENSIONS),
    "disable_syntax": list(WITHOUT),
    "url_schemes": ["https"],
    "fence_as_directive": set(),
    "substitutions": {},
    "commonmark_only": False,
    "gfm_only": False,
    "all_links_external": False,
    "title_to_header": False,
    "dmath_allow_labels": True,
    "dmath_allow_space": False,
    "dmath_allow_digits": False,
    "dmath_double_inline": False,
    "colon_fence_exact_match": False,
}
#: Pages are Markdown: in reStructuredText other rules would hold.
_SUFFIXES = {".md": "markdown"}
#: Folders of docs/ that are no part of the site, and files that Sphinx would take for templates and fill in.
_NOT_SHOWN = ("_build", "_ext", "**.jinja", "**.*_t")
#: docutils' settings that let markup read files or put HTML into pages. No directive that does so is looked up.
_DOCUTILS = {"raw_enabled": False, "file_insertion_enabled": False}
_CONFIGURED = "DOCUTILSCONFIG"  #: The variable of the environment that says which files docutils reads settings from.
_SPECIAL = re.compile(r"[*?\[]")


def _configure(app: Sphinx, config: Config) -> None:
    """Set what is fixed, and say which values of conf.py have no effect."""
    defaults = {name: default for name, default, _field in MdParserConfig().as_triple()}
    for name, value in _MYST.items():
        given = config[f"myst_{name}"]
        if given != defaults[name] and not _agrees(given, value):
            _say(f"myst_{name}")
        config[f"myst_{name}"] = value
    if set(config.source_suffix) - {".rst", *_SUFFIXES}:
        _say("source_suffix")
    config.source_suffix = dict(_SUFFIXES)
    linked = [path for path in _linked(app) if path.startswith(f"{DOCS}/")]
    shown = [path.removeprefix(f"{DOCS}/") for path in linked]
    for name in ("html_static_path", "html_extra_path", "templates_path"):
        config[name] = [folder for folder in config[name] if folder.strip("/") not in shown]
    inside = [_pattern(path) for path in _seen_from(shown, [*config.html_static_path, *config.html_extra_path])]
    config.exclude_patterns = [*config.exclude_patterns, *_NOT_SHOWN, *inside]  # a new list: the default is shared


def _agrees(given: Any, value: Any) -> bool:
    """Tell whether a value of conf.py asks for nothing else than is set."""
    if isinstance(value, (set, list)) and isinstance(given, (set, list, tuple, dict)):
        return set(given) <= set(value)
    return bool(given == value)


def _say(name: str) -> None:
    message = (
        "fixed-setting: %s is the same for every survey, and what conf.py says of it has no effect; remove it there"
    )
    LOGGER.warning(message, name, type="survey", subtype="fixed-setting")


def _linked(app: Sphinx) -> Iterator[str]:
    return (problem.path for problem in catalogue_of(app).problems if problem.code == "symbolic-link")


def _seen_from(paths: list[str], folders: list[str]) -> Iterator[str]:
    """Yield paths as Sphinx matches them: from docs/, and from each folder whose files it copies."""
    for path in paths:
        yield path
        for folder in folders:
            if path.startswith(f"{folder.strip('/')}/"):
                inner = path.removeprefix(f"{folder.strip('/')}/")
                yield from (inner, f"./{inner}")


def _pattern(path: str) -> str:
    """Return a pattern that fits this path alone."""
    return _SPECIAL.sub(lambda match: f"[{match[0]}]", path)


@contextmanager
def _without_files() -> Iterator[None]:
    """Let docutils read no settings from a file in docs/, in the current folder or in the user's home."""
    usual = os.environ.get(_CONFIGURED)
    os.environ[_CONFIGURED] = ""
    try:
        yield
    finally:
        if usual is None:
            del os.environ[_CONFIGURED]
        else:
            os.environ[_CONFIGURED] = usual


def _switch_off(app: Sphinx) -> None:
    app.env.settings.update(_DOCUTILS)


def setup(app: Sphinx) -> None:
    """Connect the steps: the catalogue is read before the first."""
    app.connect("config-inited", _configure, priority=510)
    app.connect("builder-inited", _switch_off)
    while_building(app, _without_files)
