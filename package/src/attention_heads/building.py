"""From the records of ``survey.json`` to objects. Fields that are not known here may come at any time and are left."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from attention_heads.records import Claim, Head, HeadType, Model, Paper, Role, Summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from attention_heads.records import Standing

#: What tells one head from another within a model: whether key-value heads are counted, layer, head.
Cell = tuple[bool, int, int]


def models(data: Mapping[str, Any]) -> dict[str, Model]:
    """Return the models of all families, by id."""
    found = (_model(member, family["id"]) for family in data["models"] for member in family["members"])
    return {model.id: model for model in found}


def _model(member: Mapping[str, Any], family: str) -> Model:
    numbers = (member.get("layers"), member.get("heads"), member.get("kv_heads"))
    elsewhere = (member.get("huggingface"), member.get("transformer_lens"))
    aliases = tuple(member.get("aliases", ()))
    return Model(member["id"], member["name"], family, member.get("parameters"), *numbers, *elsewhere, aliases)


def head_types(data: Mapping[str, Any]) -> dict[str, HeadType]:
    """Return the head types, by id."""
    return {record["id"]: _head_type(record) for record in data["heads"]}


def _head_type(record: Mapping[str, Any]) -> HeadType:
    return HeadType(
        id=record["id"],
        name=record["name"],
        aliases=tuple(record.get("aliases", ())),
        stage=record["stage"],
        category=record["category"],
        description=record.get("description", ""),
        reads=record.get("reads"),
        writes=record.get("writes"),
        parent=record.get("parent"),
        related=tuple(record.get("related", ())),
        papers=tuple(record.get("papers", ())),
        first_described_in=record.get("first_described_in"),
        page=record.get("page", ""),
    )


def papers(data: Mapping[str, Any]) -> dict[str, Paper]:
    """Return the papers, newest first, by key."""
    return {record["key"]: _paper(record) for record in data["papers"]}


def _paper(record: Mapping[str, Any]) -> Paper:
    summary = record.get("summary", {})
    return Paper(
        key=record["key"],
        title=record["title"],
        authors=tuple(f"{name['given']} {name['family']}".strip() for name in record.get("authors", ())),
        published=record["published"],
        year=record.get("year"),
        venue=record.get("venue", ""),
        doi=record.get("doi"),
        arxiv=record.get("arxiv"),
        url=record.get("url"),
        heads=tuple(record.get("heads", ())),
        models=tuple(record.get("models", ())),
        methods=tuple(record.get("methods", ())),
        takeaway=record.get("takeaway"),
        summary=Summary(*(str(summary.get(part, "")) for part in ("innovation", "tasks", "significant_result"))),
        page=record.get("page", ""),
        record=record,
    )


def claims(data: Mapping[str, Any]) -> list[Claim]:
    """Return what is said of single heads, by model, layer and head."""
    found = [
        claim
        for paper in data["papers"]
        for group in paper["positions"]
        for claim in _claims(group, paper=paper["key"])
    ]
    found += [
        claim for head in data["heads"] for group in head["positions"] for claim in _claims(group, type_=head["id"])
    ]
    return sorted(
        found, key=lambda claim: (claim.model, claim.kv, claim.layer, claim.head, claim.standing == "automatic")
    )


def _claims(group: Mapping[str, Any], paper: str | None = None, type_: str | None = None) -> Iterator[Claim]:
    """Yield a claim for each position of a list."""
    scores = group.get("scores") or ()
    standing: Standing = "automatic" if group.get("automatic") else "inferred" if group.get("inferred") else "stated"
    for index, label in enumerate(group["at"]):
        layer, _, head = label.partition(".")
        yield Claim(
            model=group["model"],
            layer=int(layer),
            head=int(head),
            type=group.get("head") or type_,
            called=group.get("called"),
            standing=standing,
            score=scores[index] if index < len(scores) else None,
            rank=index + 1 if group.get("ranked") else None,
            paper=paper,
            source=group.get("source", ""),
            url=group.get("url"),
            kv=bool(group.get("kv")),
            measure=group.get("measure"),
            criterion=group.get("criterion"),
            caveat=group.get("caveat"),
        )


def by_cell(found: Iterable[Claim]) -> dict[str, dict[Cell, list[Claim]]]:
    """Return the claims of each head, by model and cell."""
    cells: dict[str, dict[Cell, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in found:
        cells[claim.model][claim.kv, claim.layer, claim.head].append(claim)
    return cells


def head(model: Model, cell: Cell, found: Sequence[Claim], type_of: Callable[[str], HeadType | None]) -> Head:
    """Return a head with its roles, of which those by scores alone stand apart."""
    by_people = [claim for claim in found if claim.standing != "automatic"]
    by_score = [claim for claim in found if claim.standing == "automatic"]
    kv, layer, number = cell
    return Head(model, layer, number, kv, _roles(by_people, type_of), _roles(by_score, type_of))


def _roles(found: Iterable[Claim], type_of: Callable[[str], HeadType | None]) -> tuple[Role, ...]:
    """Return the roles of a head; those with most claims first."""
    groups: dict[tuple[str | None, str | None], list[Claim]] = defaultdict(list)
    for claim in found:
        groups[claim.type, None if claim.type else claim.called].append(claim)
    roles = []
    for (key, called), group in groups.items():
        type_ = type_of(key) if key else None
        roles.append(Role(type_.name if type_ is not None else called or key or "", type_, tuple(group)))
    return tuple(sorted(roles, key=lambda role: -len(role.claims)))
