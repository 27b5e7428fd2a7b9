"""A process is after a build what it was before: what makes builds quick or safe is given back, however they end."""

from __future__ import annotations

import gc
import logging
import os
import sys
from io import StringIO
from types import FunctionType
from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from pybtex.richtext import Text
from sphinx import events
from sphinx.application import Sphinx
from sphinx.builders import html
from sphinx.errors import ExtensionError
from sphinx.util import docutils
from sphinx.util.docutils import docutils_namespace
from trees import Tree, small_survey

from survey.pages.pace import quiet_events
from survey.pages.pace.while_building import replaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_OTHERS = ("docutils", "sphinx", "myst_parser", "pybtex", "pydata_sphinx_theme", "sphinx_book_theme", "jinja2")
_USUAL = (700, 10, 10)


@pytest.fixture(autouse=True)
def _usual_thresholds() -> Iterator[None]:
    """Look for garbage as Python does by default; the tests' process has chosen something else."""
    chosen = gc.get_threshold()
    gc.set_threshold(*_USUAL)
    yield
    gc.set_threshold(*chosen)


def _functions() -> Mapping[str, Any]:
    """Return all functions of other libraries, of modules and of classes, by where they are found."""
    found = {}
    for module in [name for name in sys.modules if name.partition(".")[0] in _OTHERS]:
        for name, value in list(vars(sys.modules[module]).items()):
            if isinstance(value, FunctionType):
                found[f"{module}.{name}"] = value
            elif isinstance(value, type) and value.__module__ == module:
                methods = [(inner, method) for inner, method in vars(value).items() if not inner.startswith("__dict")]
                found |= {f"{module}.{name}.{inner}": method for inner, method in methods if callable(method)}
    return found


def _state() -> Mapping[str, Any]:
    """Return what else a build changes."""
    return {
        "thresholds": gc.get_threshold(),
        "DOCUTILSCONFIG": os.environ.get("DOCUTILSCONFIG"),
        "level": logging.getLogger(quiet_events.LOGGER).level,
        "others": [logging.getLogger(name).level for name in ("bibtexparser", "pylatexenc")],
        "repr": vars(events).get("repr"),
    }


def _of_survey(functions: Mapping[str, Any]) -> set[str]:
    modules = {name: getattr(function, "__module__", "") or "" for name, function in functions.items()}
    return {name for name, module in modules.items() if module.partition(".")[0] == "survey"}


_LOOKS = """
def setup(app):
    from test_after_builds import SEEN, _functions, _of_survey, _state
    app.connect("source-read", lambda *_: SEEN.append((_of_survey(_functions()), _state())))
"""
#: What was seen in the middle of builds.
SEEN: list[tuple[set[str], Mapping[str, Any]]] = []


def test_a_build_gives_back_what_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOCUTILSCONFIG", raising=False)
    SEEN.clear()
    tree = small_survey(tmp_path)
    tree.write("docs/conf.py", tree.read("docs/conf.py") + _LOOKS)
    tree.build()  # from now on all modules are there
    before, state = _functions(), _state()
    assert not _of_survey(before)
    assert state["others"] == [logging.NOTSET, logging.NOTSET]
    tree.build(fresh=True)
    changed, meanwhile = SEEN[-1]
    assert changed >= {
        *("docutils.nodes.Element.__init__", "docutils.nodes.Node.findall", "docutils.nodes.Node.walkabout"),
        *("docutils.nodes.Text.astext", "sphinx.util.docutils._get_settings", "sphinx.builders.html._file_checksum"),
    }
    assert {name for name in state if meanwhile[name] == state[name]} == {"others"}
    after = _functions()
    assert {name for name in before if after.get(name) is not before[name]} == set()
    assert not _of_survey(after)
    assert _state() == state
    assert "survey" not in Text.from_latex.__module__


_FAILS = """
def setup(app):
    def fail(*_):
        raise ValueError("this build fails")
    app.connect({event!r}, fail)
"""
_EVENTS = (
    *("config-inited", "builder-inited", "env-get-outdated", "env-before-read-docs", "doctree-read", "env-updated"),
    *("doctree-resolved", "html-page-context", "build-finished"),
)


@pytest.mark.parametrize("event", _EVENTS)
def test_a_build_that_fails_gives_it_back_as_well(event: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCUTILSCONFIG", "own.conf")
    tree = small_survey(tmp_path)
    tree.write("docs/conf.py", tree.read("docs/conf.py") + _FAILS.format(event=event))
    state = _state()
    with pytest.raises(ExtensionError, match="this build fails"):
        tree.build()
    assert _state() == state
    assert not _of_survey(_functions())


def test_another_project_of_the_process_has_what_is_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOCUTILSCONFIG", raising=False)
    small_survey(tmp_path / "survey").build()
    plain = Tree(tmp_path / "plain")
    plain.write("conf.py", "")
    plain.write("index.rst", "Title\n=====\n\n.. raw:: html\n\n   <b>raw</b>\n")
    plain.write("docutils.conf", "[general]\nraw_enabled: false\n")
    monkeypatch.chdir(plain.root)
    with docutils_namespace():
        said = StringIO()
        Sphinx(plain.root, plain.root, plain.root / "out", plain.root / "trees", "html", None, None, said).build()
    assert '"raw" directive disabled' in said.getvalue()


def test_one_application_builds_again_as_at_first(tmp_path: Path) -> None:
    tree = small_survey(tmp_path)
    tree.write("docs/conf.py", tree.read("docs/conf.py") + _LOOKS)
    docs = tree.root / "docs"
    with docutils_namespace():
        app = Sphinx(docs, docs, tree.root / "out", tree.root / "trees", "dummy", status=None, warning=StringIO())
        app.build()
        first, state = SEEN[-1], _state()
        tree.write("docs/index.md", tree.read("docs/index.md") + "\nOne more line.\n")
        app.build()
    assert SEEN[-1] == first
    assert _state() == state
    assert not _of_survey(_functions())


def test_what_others_put_in_the_place_of_ours_stays() -> None:
    stock = vars(nodes.Node)["walk"]

    def ours(*_: object) -> None: ...

    def theirs(*_: object) -> None: ...

    try:
        with replaced(nodes.Node, "walk", ours), replaced(html, "no_such_name", ours):
            assert vars(nodes.Node)["walk"] is vars(html)["no_such_name"] is ours
            nodes.Node.walk = theirs  # type: ignore[method-assign, assignment]
        assert vars(nodes.Node)["walk"] is theirs
        assert not hasattr(html, "no_such_name")
    finally:
        nodes.Node.walk = stock  # type: ignore[method-assign]


def test_a_build_within_a_build_leaves_it_what_it_has() -> None:
    stock = docutils._get_settings  # what is replaced

    def ours(*_: object) -> None: ...

    with replaced(docutils, "_get_settings", ours):
        with replaced(docutils, "_get_settings", ours):
            pass
        assert vars(docutils)["_get_settings"] is ours
    assert docutils._get_settings is stock
