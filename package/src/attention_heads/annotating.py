"""Which model a loaded one is: from the configuration that TransformerLens, nnsight or transformers give it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attention_heads.errors import OtherModelError, UnknownNameError

if TYPE_CHECKING:
    from attention_heads.naming import Names
    from attention_heads.records import Model

#: What the number of layers and of query heads in a layer are called: by TransformerLens, most models of transformers,
#: GPT-2 and its like, and configurations of the first years.
_LAYERS = ("n_layers", "num_hidden_layers", "n_layer", "num_layers")
_HEADS = ("n_heads", "num_attention_heads", "n_head", "num_heads")
#: Where a configuration has the name under which the model was loaded.
_NAMES = ("_name_or_path", "name_or_path", "model_name", "tokenizer_name")


def model_of(loaded: Any, names: Names) -> Model:
    """Return the survey's record of a loaded model, or of a configuration.

    :raises UnknownNameError: if the survey doesn't know any of its names.
    :raises OtherModelError: if it has another number of layers or heads than the model of its name.
    """
    configs = _configs(loaded)
    given = [name for key in _NAMES for at in configs if isinstance(name := _get(at, key), str) and name]
    if not given:
        raise UnknownNameError("the configuration of the model doesn't say its name; pass it: annotate(model, name)")
    for name in given:
        try:
            return _compared(names.find(name), configs, name)
        except UnknownNameError:
            continue
    return names.find(given[0])  # says what is wrong with the name


def compared(loaded: Any, model: Model, name: str) -> Model:
    """Return a model that was named, if the loaded one has its shape.

    :raises OtherModelError: if it hasn't.
    """
    return _compared(model, _configs(loaded), name)


def _configs(loaded: Any) -> list[Any]:
    """Return what has name and shape: ``cfg`` (TransformerLens), ``config`` (nnsight, transformers), or all of it.

    The part of the language model comes first in a configuration of several media.
    """
    outer = next((inner for key in ("cfg", "config") if (inner := _get(loaded, key)) is not None), loaded)
    return [inner for inner in (_get(outer, "text_config"), outer) if inner is not None]


def _compared(model: Model, configs: list[Any], name: str) -> Model:
    shape, known = (_first(configs, _LAYERS), _first(configs, _HEADS)), (model.layers, model.heads)
    if any(has is not None and wants is not None and has != wants for has, wants in zip(shape, known, strict=True)):
        raise OtherModelError(
            f"the model has {shape[0]} layers of {shape[1]} heads, but {model.name}, which {name!r} is in the survey, "
            f"has {known[0]} of {known[1]}; positions of one are not those of the other"
        )
    return model


def _first(configs: list[Any], keys: tuple[str, ...]) -> int | None:
    return next((value for at in configs for key in keys if isinstance(value := _get(at, key), int)), None)


def _get(config: Any, key: str) -> Any:
    return config.get(key) if isinstance(config, dict) else getattr(config, key, None)
