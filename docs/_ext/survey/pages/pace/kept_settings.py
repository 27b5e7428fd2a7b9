"""The settings of docutils for a page, which are the same for all: they are worked out once.

For each page Sphinx makes a parser for the options of docutils' commands, with all their help, and looks for
configuration files in three places, only to ask it for the defaults (``sphinx.util.docutils._get_settings``). Ours
keeps them for each list of components as long as it is given the same, and each page gets a copy with a list of
dependencies of its own. Where Sphinx has no such function any more, its own way is taken.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from docutils.utils import DependencyList
from sphinx.util import docutils

from survey.pages.pace.while_building import replaced, while_building

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx

_FUNCTION = "_get_settings"
_stock: Any = getattr(docutils, _FUNCTION, None)
#: By components: what was given with them, and the settings that came of it.
_kept: dict[tuple[type, ...], tuple[dict[str, Any], bool, Any]] = {}


def settings(*components: Any, defaults: Mapping[str, Any], read_config_files: bool = False) -> Any:
    """Return what docutils takes for settings, as Sphinx works it out."""
    kinds = tuple(one if isinstance(one, type) else type(one) for one in components)
    if kinds not in _kept or _kept[kinds][:2] != (defaults, read_config_files):
        made = _stock(*components, defaults=defaults, read_config_files=read_config_files)
        _kept[kinds] = (dict(defaults), read_config_files, made)
    found = _kept[kinds][2].copy()
    found.record_dependencies = DependencyList()
    return found


@contextmanager
def kept() -> Iterator[None]:
    """Begin with nothing kept, since configuration files may have changed, and have ours in the place of Sphinx's."""
    _kept.clear()
    with replaced(docutils, _FUNCTION, settings):
        yield
    _kept.clear()


def setup(app: Sphinx) -> None:
    """Keep them for one build."""
    if _stock is not None:
        while_building(app, kept)
