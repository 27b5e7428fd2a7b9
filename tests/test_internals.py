"""Internals of others that are used for want of another way are there, and do what we take them to do.

What is replaced for speed has its tests in ``test_quick.py``; docs/development/architecture.md lists both.
"""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

from sphinx import locale
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.events import EventManager
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.search import IndexBuilder
from trees import EXTENSIONS

if TYPE_CHECKING:
    from pathlib import Path

ARCHITECTURE = EXTENSIONS.parent / "development" / "architecture.md"


def _application(folder: Path) -> Sphinx:
    """Return a build of one page, not yet begun."""
    (folder / "conf.py").write_text("", "utf-8")
    (folder / "index.rst").write_text("Title\n=====\n", "utf-8")
    return Sphinx(folder, folder, folder / "out", folder / "trees", "dummy", status=None)


def test_the_environment_knows_its_application(tmp_path: Path) -> None:
    app = _application(tmp_path)
    assert app.env._app is app
    assert "_app" in inspect.getsource(BuildEnvironment.setup)


def test_a_message_catalogue_is_added_to_the_one_that_is_known() -> None:
    known = locale.translators
    assert isinstance(known, dict)
    assert "translators" in inspect.getsource(locale.init)
    assert all(len(name) == 2 for name in known)


def test_templates_can_begin_again_with_the_theme_of_the_builder() -> None:
    assert list(inspect.signature(BuiltinTemplateLoader.init).parameters) == ["self", "builder", "theme", "dirs"]


def test_the_search_index_has_its_tables(tmp_path: Path) -> None:
    index = IndexBuilder(_application(tmp_path).env, "en", {}, "")
    assert {"_mapping", "_title_mapping", "_index_entries", "_titles"} <= vars(index).keys()


def test_listeners_are_known_by_their_events() -> None:
    assert "self.listeners" in inspect.getsource(EventManager.connect)


def test_the_page_about_the_architecture_lists_internals_that_there_are() -> None:
    text = ARCHITECTURE.read_text("utf-8").partition("## Internals of others")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `", text, re.MULTILINE)
    modules = set(re.findall(r"\| `(survey\.[\w.]+)` \|", text))
    assert rows
    for module in modules:
        assert (EXTENSIONS / module.replace(".", "/")).with_suffix(".py").is_file()
