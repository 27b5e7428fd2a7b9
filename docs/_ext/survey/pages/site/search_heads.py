"""The heads of models as the search knows them, in a file that it loads when a reader first names one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from survey.catalogue.records.modelheads import known_heads
from survey.pages.core.loading import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from survey.catalogue import Catalogue
    from survey.catalogue.records.modelheads import Home, KnownHead
    from survey.catalogue.schema.fields import Member

HEADS = "search-heads.json"
_CONVERTED = "-hf"  #: How names on the hub end of weights that were converted for its library.


def names_of(member: Member) -> tuple[str, ...]:
    """Return the names of a model, here and elsewhere, each once; those of the hub also without their owner."""
    elsewhere = [name for name in (member.huggingface, member.transformer_lens) if name]
    names = [member.name, member.id, *member.aliases]
    for name in elsewhere:
        short = name.rpartition("/")[2]
        names += [name, short]
        if short.lower().endswith(_CONVERTED):
            names.append(short[: -len(_CONVERTED)])
    return tuple(dict.fromkeys(names))


def models_with_heads(app: Sphinx) -> Iterator[dict[str, Any]]:
    """Yield the models of whose heads anything is known."""
    catalogue = catalogue_of(app)
    for home in catalogue.head_homes.values():
        if home.page in app.env.found_docs:
            address = f"{app.builder.get_target_uri(home.page)}#{home.prefix}"
            yield _model(home, known_heads(catalogue, home.model), address, catalogue)


def _model(home: Home, heads: tuple[KnownHead, ...], address: str, catalogue: Catalogue) -> dict[str, Any]:
    member = catalogue.members[home.model][1]
    return {
        "name": member.name,
        "names": names_of(member),
        "at": address,
        "layers": member.layers,
        "heads": member.heads,
        "kv_heads": member.kv_heads,
        "named": {head.at.label: _roles(head, catalogue) for head in heads if head.is_named},
        "chosen": [head.at.label for head in heads if not head.is_named],
    }


def _roles(head: KnownHead, catalogue: Catalogue) -> list[str]:
    """Return the names of the types that somebody gives a head."""
    named = sorted((place for place in head.places if not place.automatic), key=lambda place: place.inferred)
    names = (catalogue.name("head", at.role) if at.role is not None else at.called or "" for at in named)
    return list(dict.fromkeys(names))
