"""The same model in TransformerLens itself; for ``nox -s recipes``, since it brings 2 GB of libraries with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from transformer_lens.config import TransformerBridgeConfig
from transformer_lens.model_bridge.bridge import TransformerBridge

from recipes import vocabulary
from recipes.handmade import D_HEAD, D_MODEL, HEADS, LAYERS, P, V

if TYPE_CHECKING:
    from recipes.handmade import Weights

_INNER = HEADS * D_HEAD


def model(weights: Weights) -> Any:
    """Return a model with some weights. Nothing is looked up or downloaded: it has neither a name nor a tokenizer."""
    torch.set_grad_enabled(False)
    shape = {"n_layers": LAYERS, "n_heads": HEADS, "d_model": D_MODEL, "d_head": D_HEAD, "n_ctx": P, "d_vocab": V}
    made = TransformerBridge.boot_native(TransformerBridgeConfig(**shape, attn_only=True, normalization_type=None))
    for parameter in made.original_model.parameters():
        parameter.zero_()
    _set(made.embed, weights.W_E)
    _set(made.pos_embed, weights.W_pos)
    _set(made.unembed, weights.W_U.T)
    for layer, block in enumerate(made.blocks):
        # Scores are divided by the root of the size of a head, which the weights know nothing of.
        _set(block.attn.q, weights.W_Q[layer].swapaxes(1, 2).reshape(_INNER, D_MODEL) * D_HEAD**0.5)
        _set(block.attn.k, weights.W_K[layer].swapaxes(1, 2).reshape(_INNER, D_MODEL))
        _set(block.attn.v, weights.W_V[layer].swapaxes(1, 2).reshape(_INNER, D_MODEL))
        _set(block.attn.o, weights.W_O[layer].reshape(_INNER, D_MODEL).T)
    made.to_tokens = _to_tokens
    return made


def _set(part: Any, value: Any) -> None:
    weight = next(parameter for name, parameter in part.named_parameters() if name.endswith("weight"))
    weight.copy_(torch.tensor(value))


def _to_tokens(text: str | list[str], prepend_bos: bool = True) -> Any:
    return torch.tensor(vocabulary.rows(text, prepend_bos=prepend_bos))
