"""The recipes on the pages of head types find the heads that a model was made to have, and nothing else.

The model is a stand-in of TransformerLens with weights written by hand; ``nox -s recipes`` sets RECIPES to have them
tried on TransformerLens itself, with the same weights. No weights are downloaded.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest
from recipes import standin
from recipes.handmade import FOUND, HEADS, IDLE, LAYERS, PLACES, weights
from trees import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from recipes.handmade import Weights

_SECTION = re.compile(r"^## Find it yourself\n(.*?)(?=^## )", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"([0-9]+)\.([0-9]+): -?[0-9.]+")


def _recipes() -> dict[str, str]:
    """Return the code of each recipe by the id of the head type."""
    found = {}
    for page in sorted((ROOT / "docs" / "heads").glob("*.md")):
        for section in _SECTION.findall(page.read_text("utf-8")):
            (found[page.stem],) = _CODE.findall(section)
    return found


RECIPES = _recipes()


def lens() -> tuple[ModuleType, Callable[[Weights], Any]]:
    """Return torch and what makes a model, or what stands in for them."""
    if os.environ.get("RECIPES") == "transformer-lens":
        from recipes import transformerlens  # noqa: PLC0415  # it is there in that session only

        return transformerlens.torch, transformerlens.model
    return standin.torch(), standin.Model


TORCH, MODEL = lens()


@pytest.fixture(scope="module")
def model() -> Any:
    return MODEL(weights())


def printed(code: str, model: Any) -> set[tuple[int, int]]:
    """Run a recipe, and return the heads that it prints."""
    out, names = io.StringIO(), {"model": model, "movers": sorted(FOUND["name-mover"])}
    with contextlib.redirect_stdout(out), pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "torch", TORCH)
        exec(compile(code, "<recipe>", "exec"), names)
    lines = [_LINE.fullmatch(line) for line in out.getvalue().splitlines()]
    assert None not in lines, out.getvalue()
    return {(int(line[1]), int(line[2])) for line in lines if line is not None}


def test_every_head_that_was_made_for_a_type_has_a_recipe() -> None:
    assert set(RECIPES) == set(FOUND)


@pytest.mark.parametrize("key", FOUND)
def test_a_recipe_finds_the_heads_of_its_type_and_no_others(key: str, model: Any) -> None:
    assert printed(RECIPES[key], model) == FOUND[key]


@pytest.mark.parametrize("key", FOUND)
def test_a_recipe_does_not_find_what_was_taken_out(key: str) -> None:
    assert not printed(RECIPES[key], MODEL(weights(without=FOUND[key]))) & FOUND[key]


def test_the_model_has_more_heads_than_those_of_types() -> None:
    assert len(IDLE) == LAYERS * HEADS - len(PLACES) > 0
    assert all(layer < LAYERS and head < HEADS for layer, head in PLACES.values())
