"""``data/models/<id>.json``: what is known of each head of a model, and the JSON Schema of these files."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from survey.catalogue.records import modelheads
from survey.catalogue.schema.fields import Fields
from survey.exports.survey_json import DIALECT, VERSION, Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from survey.catalogue import Catalogue, Place
    from survey.catalogue.records.modelheads import Home, KnownHead
    from survey.exports.site import Site

SCHEMA = "data/model-heads.schema.json"
_FOLDER = "data/models"


class ClaimRecord(Fields):
    """What one source says of one head."""

    role: Annotated[str | None, Field(description="Id of the head type; null if the survey has none for it.")]
    called: Annotated[str | None, Field(description="What the source calls it, where that isn't the type's name.")]
    paper: Annotated[str | None, Field(description="Key of the surveyed paper; null for a source of another kind.")]
    source: Annotated[str, Field(description="The place in the source.")]
    url: Annotated[str | None, Field(description="Address of that place.")]
    methods: Annotated[tuple[str, ...], Field(description="Ids of the methods by which it was found.")]
    inferred: Annotated[bool, Field(description="Whether model, role or numbering is concluded, not stated.")]
    automatic: Annotated[bool, Field(description="Whether a detector or a score chose it, and nobody named it.")]
    score: Annotated[float | None, Field(description="What it scored in the source.")]
    measure: Annotated[str | None, Field(description="What the score measures.")]
    rank: Annotated[int | None, Field(description="Its place in the source's ranking, from 1.")]
    criterion: Annotated[str | None, Field(description="By which rule the heads of the list were chosen.")]
    caveat: Annotated[str | None, Field(description="What has to be known wherever this is shown.")]


class HeadRecord(Fields):
    """One head of the model."""

    layer: Annotated[int, Field(ge=0, description="Counted from 0.")]
    head: Annotated[int, Field(ge=0, description="Counted from 0; a key-value head where 'kv' is true.")]
    kv: Annotated[bool, Field(description="Whether this is a key-value head, which several query heads share.")]
    kv_head: Annotated[int | None, Field(description="Of a query head, the key-value head that it shares with others.")]
    named: Annotated[bool, Field(description="Whether anybody names it, and not only a detector or a score.")]
    page: Annotated[str, Field(description="Address of what is known of it, from the site's root.")]
    roles: Annotated[tuple[str, ...], Field(description="Ids of the head types that it has been given.")]
    claims: tuple[ClaimRecord, ...]


class ModelRecord(Fields):
    """What is known of each head of a model; of heads that aren't listed nothing is known."""

    schema_: Annotated[str, Field(alias="$schema", description="Address of the schema of such files.")]
    id_: Annotated[str, Field(alias="$id", description="Address of this file.")]
    version: Literal[1]
    id: Annotated[str, Field(description="Id of the model among the survey's.")]
    name: str
    family: Annotated[str, Field(description="Id of its family.")]
    page: Page
    layers: int | None
    query_heads: Annotated[int | None, Field(description="The number of query heads in a layer.")]
    kv_heads: Annotated[int | None, Field(description="The number of key-value heads in a layer, if heads share them.")]
    huggingface: str | None
    transformer_lens: str | None
    aliases: tuple[str, ...]
    heads: Annotated[tuple[HeadRecord, ...], Field(description="By layer and head; key-value heads come last.")]


def files(catalogue: Catalogue, site: Site) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield address and content of the file of each model of whose heads anything is known, and their schema."""
    yield SCHEMA, schema(site)
    for home in catalogue.head_homes.values():
        yield address_of(home.model), record(home, catalogue, site)


def address_of(model: str) -> str:
    """Return the address of a model's file, from the site's root."""
    return f"{_FOLDER}/{model}.json"


def record(home: Home, catalogue: Catalogue, site: Site) -> dict[str, Any]:
    """Return what is known of the heads of a model."""
    family, member = catalogue.members[home.model]
    heads = modelheads.known_heads(catalogue, home.model)
    address = address_of(home.model)
    return {
        "$schema": site.link(SCHEMA, address),
        "$id": site.link(address, address),
        "version": VERSION,
        "id": home.model,
        "name": member.name,
        "family": family.id,
        "page": site.page(home.page),
        "layers": member.layers,
        "query_heads": member.heads,
        "kv_heads": member.kv_heads,
        "huggingface": member.huggingface,
        "transformer_lens": member.transformer_lens,
        "aliases": list(member.aliases),
        "heads": [_head(head, home, catalogue, site) for head in heads],
    }


def _head(head: KnownHead, home: Home, catalogue: Catalogue, site: Site) -> dict[str, Any]:
    member = catalogue.members[home.model][1]
    at = head.at
    return {
        "layer": at.layer,
        "head": at.head,
        "kv": at.kv,
        "kv_head": None if at.kv else modelheads.kv_head(member, at.head),
        "named": head.is_named,
        "page": f"{site.page(home.page)}#{home.anchor(at)}",
        "roles": list(dict.fromkeys(place.role for place in head.places if place.role is not None)),
        "claims": [_claim(place, catalogue) for place in head.places],
    }


def _claim(place: Place, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "role": place.role,
        "called": place.called,
        "paper": place.paper,
        "source": place.source,
        "url": place.url,
        "methods": list(modelheads.methods_of(place, catalogue)),
        "inferred": place.inferred,
        "automatic": place.automatic,
        "score": place.score,
        "measure": place.measure,
        "rank": place.rank,
        "criterion": place.criterion,
        "caveat": place.caveat,
    }


def schema(site: Site) -> Mapping[str, Any]:
    """Return the JSON Schema of the files of all models."""
    return {"$schema": DIALECT, "$id": site.link(SCHEMA, SCHEMA), **_schema()}


@lru_cache(maxsize=1)
def _schema() -> Mapping[str, Any]:
    """Return what doesn't depend on where the site is."""
    return ModelRecord.model_json_schema(by_alias=True, mode="serialization")
