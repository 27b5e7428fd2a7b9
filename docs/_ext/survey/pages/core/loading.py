"""At the start of a build: read the catalogue, say what is wrong with it, and hand bibtex a file that it can read."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import ConfigError
from sphinx.util import logging

from survey.catalogue import load_kept
from survey.catalogue.texts.references_bib import FILE as BIBLIOGRAPHY
from survey.pages.core import citation_style
from survey.pages.core.file_digests import file_digests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from survey.catalogue import Catalogue, Problem

LOGGER = logging.getLogger(__name__)
#: Name of the attribute of the application that holds the catalogue; workers that read pages inherit it by forking.
_ATTRIBUTE = "survey_catalogue"
_MADE_FROM = "survey_made_from"
_PASSAGES = "survey_passages"
_GIVEN_FILES = "survey_bibfiles"
_ROOT = "survey_resolved_root"


def app_of(env: BuildEnvironment) -> Sphinx:
    """Return the application of a build: ``env.app`` is deprecated, and Sphinx offers nothing in its place."""
    return env._app  # noqa: SLF001


def place_in(app: Sphinx, source: str) -> str:
    """Return a source file as problems name it: from the survey's root, or as it is if it lies elsewhere."""
    path = Path(source)
    return path.relative_to(root_of(app)).as_posix() if path.is_relative_to(root_of(app)) else source


def root_of(app: Sphinx) -> Path:
    """Return the survey's root: what ``survey_root`` says, from the configuration's folder, or the folder around it.

    :raises ConfigError: If ``survey_root`` names no folder; there is nothing to build then.
    """
    given = getattr(app.config, "survey_root", "") or ".."
    known: tuple[str, Path] | None = getattr(app, _ROOT, None)
    if known is None or known[0] != given:  # until conf.py has been read, nobody knows what is given
        if not isinstance(given, str) or not os.path.isdir(Path(app.confdir, given)):  # noqa: PTH112  # it may be too long
            message = f"survey_root is {given!r}, and there is no such folder beside conf.py"
            raise ConfigError(f"{message}; write the path of the folder with references.bib and docs/ from there")
        known = given, Path(app.confdir, given).resolve()
        setattr(app, _ROOT, known)
    return known[1]


def catalogue_of(app: Sphinx) -> Catalogue:
    """Return the catalogue that was read at the start of this build."""
    catalogue: Catalogue = getattr(app, _ATTRIBUTE)
    return catalogue


def made_from(app: Sphinx) -> str:
    """Return the digest of the files and the code that the catalogue is made from."""
    found: str = getattr(app, _MADE_FROM)
    return found


def language_tag(app: Sphinx) -> str:
    """Return the language of the pages as HTML names it (BCP 47), as Sphinx does itself: ``zh-CN``."""
    language: str = app.config.language
    return language.replace("_", "-")


def parsed_passages(app: Sphinx) -> dict[tuple[str, str], list[Node]]:
    """Return the passages of Markdown that this process has parsed in this build, by folder of their file and text."""
    passages: dict[tuple[str, str], list[Node]] = getattr(app, _PASSAGES)
    return passages


def warn(problem: Problem) -> None:
    """Say a problem as a warning with a location, in the words that the command line uses."""
    LOGGER.warning(
        "%s: %s",
        problem.code,
        problem.explanation,
        location=problem.location,
        type="survey",
        subtype=problem.code,
    )


def warn_once(problem: Problem, catalogue: Catalogue) -> None:
    """Say a problem that was found while reading a page, unless the checks of the catalogue have said it already."""
    known = {(other.path, other.code, other.message) for other in catalogue.problems}
    if (problem.path, problem.code, problem.message) not in known:
        warn(problem)


_HEADINGS = 6  #: Levels of headings that have anchors: all, as the checks know nothing of conf.py.
_SPECIAL = re.compile(r"[*?\[]")  #: Signs that mean something in Sphinx's patterns.


def _folder(app: Sphinx) -> Path:
    """Return where the extension keeps its own files between builds."""
    return Path(app.doctreedir) / "survey"


def _usable_bibliography(app: Sphinx) -> Path:
    """Return where the entries that can be used are written for sphinxcontrib-bibtex.

    It gets no file with a syntax error or a repeated key: pybtex would end the build in a traceback at the first, and
    drop every later entry after the second. Our own checks report both with file and line.
    """
    return _folder(app) / "references.bib"


#: By name: bibtex's default, and what takes its place.
_BIBTEX_STYLES = {
    "bibtex_default_style": ("alpha", citation_style.NAME),
    "bibtex_reference_style": ("label", citation_style.NAME),
    "bibtex_tooltips_style": ("", citation_style.TITLES),
}


def _configure(app: Sphinx, config: Config) -> None:
    """Read the catalogue, and set what depends on it before Sphinx looks for pages."""
    catalogue, found = load_kept(root_of(app), _folder(app), file_digests(app))
    setattr(app, _ATTRIBUTE, catalogue)
    setattr(app, _MADE_FROM, found)
    setattr(app, _GIVEN_FILES, [str(name) for name in config.bibtex_bibfiles or ()])
    relative = os.path.relpath(_usable_bibliography(app), app.confdir)  # an absolute path would change the output
    config.bibtex_bibfiles = [Path(relative).as_posix()]
    # Numbered anchors would point to other works as soon as an entry is added.
    config.bibtex_cite_id = config.bibtex_cite_id or "cite-{key}"
    config.myst_heading_anchors = _HEADINGS
    for name, (default, ours) in _BIBTEX_STYLES.items():
        if getattr(config, name) == default:
            setattr(config, name, ours)
    # Sphinx ends in a traceback at a file that it cannot decode, or that is nested without end; and what the checks
    # don't read is no page. A new list: Sphinx's default is one for all builds of a process.
    config.exclude_patterns = [*config.exclude_patterns, *_excluded(app, catalogue)]


def _excluded(app: Sphinx, catalogue: Catalogue) -> Iterator[str]:
    """Yield patterns that each fit one file or folder that Sphinx may not read."""
    for path in catalogue.excluded:
        place = root_of(app) / path
        if place.is_relative_to(app.srcdir):
            yield _SPECIAL.sub(lambda match: f"[{match[0]}]", place.relative_to(app.srcdir).as_posix())


def _refuse_other_files(app: Sphinx) -> None:
    """Say that a bibliography of bibtex's own is not used, unless it is ours."""
    for name in getattr(app, _GIVEN_FILES):
        if Path(app.confdir, name).resolve() != root_of(app) / BIBLIOGRAPHY:
            LOGGER.warning(
                "bib-files: bibtex_bibfiles names '%s', which is not used; move its entries to %s, "
                "and take the setting out of conf.py",
                name,
                BIBLIOGRAPHY,
                type="survey",
                subtype="bib-files",
            )


def _begin(app: Sphinx) -> None:
    """Say what is wrong, and write the entries that can be used."""
    catalogue = catalogue_of(app)
    setattr(app, _PASSAGES, {})
    for problem in catalogue.problems:
        warn(problem)
    _refuse_other_files(app)
    path = _usable_bibliography(app)
    text = "\n".join(entry.normalised for entry in catalogue.bibliography.values())
    if not path.is_file() or path.read_bytes() != text.encode():  # an unchanged time keeps bibtex's cache
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def setup(app: Sphinx) -> None:
    """Connect the two steps."""
    app.connect("config-inited", _configure)
    app.connect("builder-inited", _begin, priority=400)  # bibtex reads its file at 500
