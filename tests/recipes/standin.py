"""A stand-in for TransformerLens and torch, of numpy: as much of their interface as the recipes use.

It lets the tests try the recipes in seconds and without 2 GB of libraries. ``nox -s recipes`` tries the same recipes
on TransformerLens itself, with the same weights.
"""

from __future__ import annotations

import contextlib
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from recipes import vocabulary
from recipes.handmade import D_HEAD, D_MODEL, HEADS, LAYERS, P, V

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from recipes.handmade import Weights

    Hook = Callable[[np.ndarray, Any], np.ndarray]


def torch() -> ModuleType:
    """Return a module with the functions of torch that recipes use, on arrays."""
    module, random = ModuleType("torch"), np.random.default_rng(3)
    functions = {
        "arange": np.arange,
        "cat": np.concatenate,
        "randperm": random.permutation,
        "softmax": _softmax,
        "stack": np.stack,
        "tensor": np.array,
        "topk": lambda array, k, dim=-1: SimpleNamespace(indices=np.flip(np.argsort(array, dim), dim)[..., :k]),
        "linalg": SimpleNamespace(eigvals=np.linalg.eigvals),
    }
    for name, function in functions.items():
        setattr(module, name, function)
    return module


def _softmax(array: np.ndarray, axis: int) -> np.ndarray:
    exponent = np.exp(array - array.max(axis, keepdims=True))
    return exponent / exponent.sum(axis, keepdims=True)


class Cache(dict[str, np.ndarray]):
    """Activations by name, or by short name and layer."""

    def __getitem__(self, name: Any) -> np.ndarray:
        if isinstance(name, tuple):
            part = "" if name[0] == "resid_post" else "attn."
            name = f"blocks.{name[1]}.{part}hook_{name[0]}"
        return super().__getitem__(name)


class Model:
    """An attention-only model without layer norm."""

    def __init__(self, weights: Weights) -> None:
        self.cfg = SimpleNamespace(n_layers=LAYERS, n_heads=HEADS, d_model=D_MODEL, d_head=D_HEAD, d_vocab=V, n_ctx=P)
        for name, value in vars(weights).items():
            setattr(self, name, value)
        self._hooks: list[tuple[str, Hook]] = []

    def to_tokens(self, text: str | list[str], prepend_bos: bool = True) -> np.ndarray:
        return np.array(vocabulary.rows(text, prepend_bos=prepend_bos))

    @contextlib.contextmanager
    def hooks(self, fwd_hooks: list[tuple[str, Hook]]) -> Iterator[Model]:
        self._hooks = fwd_hooks
        yield self
        self._hooks = []

    def run_with_cache(self, tokens: np.ndarray) -> tuple[np.ndarray, Cache]:
        cache = Cache()
        stream = self.W_E[tokens] + self.W_pos[: tokens.shape[1]]
        for layer in range(LAYERS):
            stream = stream + self._attention(stream, layer, cache)
            cache[f"blocks.{layer}.hook_resid_post"] = stream
        return stream @ self.W_U, cache

    def _attention(self, stream: np.ndarray, layer: int, cache: Cache) -> np.ndarray:
        # Heads come before tokens, so that each product is one of matrices.
        query, key, value = (stream[:, None] @ matrix[layer] for matrix in (self.W_Q, self.W_K, self.W_V))
        scores = query @ key.swapaxes(-1, -2)
        later = np.triu(np.ones(scores.shape[-2:], bool), 1)
        pattern = self._passed(f"blocks.{layer}.attn.hook_pattern", _softmax(np.where(later, -1e9, scores), -1), cache)
        z = (pattern @ value).swapaxes(1, 2)  # batch, token, head, inner: as TransformerLens has it
        z = self._passed(f"blocks.{layer}.attn.hook_z", z, cache)
        return (z.swapaxes(1, 2) @ self.W_O[layer]).sum(1)

    def _passed(self, name: str, value: np.ndarray, cache: Cache) -> np.ndarray:
        for hooked, hook in self._hooks:
            if hooked == name:
                value = hook(value, SimpleNamespace(name=name))
        cache[name] = value
        return value
