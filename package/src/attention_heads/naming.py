"""Models by any of their names: the survey's, Hugging Face's, TransformerLens's, or another that is in use."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from attention_heads.errors import UnknownNameError, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from attention_heads.records import Model


class Names:
    """The models by their names."""

    def __init__(self, models: Mapping[str, Model]) -> None:
        self._models = models
        self._full: dict[str, list[Model]] = defaultdict(list)
        self._short: dict[str, list[Model]] = defaultdict(list)
        for model in models.values():
            for name in {_plain(name) for name in model.names}:
                self._full[name].append(model)
            for name in {_plain(name.rpartition("/")[2]) for name in model.names}:
                self._short[name].append(model)

    def find(self, name: str) -> Model:
        """Return the model of a name, whatever its case; the owner of a repository may be left out, or be another.

        Where a name stands for a family without a size and for a model of it, it is the model: "gpt2" is GPT-2 small
        on the Hugging Face hub and in TransformerLens. Of several models the one whose id it is has it.

        :raises UnknownNameError: if no model has the name, or several.
        """
        plain = _plain(name)
        found = self._full.get(plain, [])
        if not any(model.layers for model in found):
            found = [*found, *(self._short.get(plain) or self._short.get(_plain(name.rpartition("/")[2]), []))]
        if not found:
            raise unknown("model", name, self._full)
        sized = {model.id: model for model in found if model.layers} or {model.id: model for model in found}
        if len(sized) == 1 or plain in sized:
            return sized.get(plain) or next(iter(sized.values()))
        raise UnknownNameError(f"{name!r} may be {_listed(sized)}; say which")


def _plain(name: str) -> str:
    return re.sub(r"[\s_]+", "-", name.strip().casefold())


def _listed(names: Iterable[str]) -> str:
    return " or ".join(repr(name) for name in sorted(names))
