"""A catalogue in a file, for the next build: where nothing has changed, it isn't read anew.

The file begins with what it was made from (:mod:`survey.catalogue.inputs`) and a digest of the rest, which is a pickle.
It lies beside Sphinx's doctrees, which are pickles too: whoever can write there runs what they like anyway. A file that
is damaged, of other inputs or of another day is not used, and one that cannot be written is not missed.
"""

from __future__ import annotations

import io
import pickle
from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from survey.catalogue.texts.digests import SIZE, digest
from survey.catalogue.texts.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from survey.catalogue.schema.facets import Layout
    from survey.catalogue.schema.fields import Fields

_HEAD = 2 * 2 * SIZE  #: Bytes: of two digests in hexadecimal digits.
_PAPER = "paper"


def read(path: Path, made_from: str, layout: Layout) -> Any:
    """Return what was kept of these inputs, or None. The classes of its fields are those of ``layout``."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    head, rest = content[:_HEAD], content[_HEAD:]
    if head != _head(made_from, rest):
        return None
    return _Unpickler(rest, layout).load()


def write(path: Path, made_from: str, layout: Layout, content: Any) -> None:
    """Keep something; what cannot be kept, or where nothing can be written, is read anew next time."""
    file = io.BytesIO()
    try:
        _Pickler(file, layout).dump(content)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, _head(made_from, file.getvalue()) + file.getvalue())
    except (OSError, RecursionError, pickle.PicklingError, AttributeError, TypeError):
        with suppress(OSError):  # what is left there is of other inputs, and not used
            path.unlink()


def _head(made_from: str, rest: bytes) -> bytes:
    return f"{digest(made_from.encode())}{digest(rest)}".encode()


def _classes(layout: Layout) -> Mapping[str, type[Fields]]:
    """Return the classes of fields by kind: those of facets that a survey declares exist in this process alone."""
    return {_PAPER: layout.paper_fields} | {facet.kind: facet.fields for facet in layout.facets}


def of_the_survey(kind: str) -> Any:
    """Stand in pickles for the layout and the classes of its kinds; whoever reads one has the survey's own.

    Raises:
        LookupError: Nobody has put them in this function's place.
    """
    raise LookupError(kind)


def unchanging(content: dict[Any, Any]) -> Mapping[Any, Any]:
    """Return a mapping that cannot be changed: Python has no name by which to pickle its class."""
    return MappingProxyType(content)


class _Pickler(pickle.Pickler):
    """Writes classes of fields by their kinds, and mappings that cannot be changed."""

    def __init__(self, file: io.BytesIO, layout: Layout) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._layout = layout
        self._kinds = {found: kind for kind, found in _classes(layout).items()}

    def reducer_override(self, obj: Any) -> Any:
        """Say how to make an object again, or leave that to pickle."""
        if isinstance(obj, MappingProxyType):
            return unchanging, (dict(obj),)
        if obj is self._layout:
            return of_the_survey, ("",)
        if isinstance(obj, type) and obj in self._kinds:
            return of_the_survey, (self._kinds[obj],)
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    """Reads them with the layout and the classes of a survey."""

    def __init__(self, content: bytes, layout: Layout) -> None:
        super().__init__(io.BytesIO(content))
        self._known: Callable[[str], Any] = {"": layout, **_classes(layout)}.__getitem__

    def find_class(self, module: str, name: str) -> Any:
        """Return what a pickle names."""
        if (module, name) == (of_the_survey.__module__, of_the_survey.__name__):
            return self._known
        return super().find_class(module, name)
