"""What is known of a head as text and as JSON, for the command line."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from attention_heads.records import Claim, Head, Model, Paper, Role


def text(head: Head, papers: Mapping[str, Paper]) -> str:
    """Return a card that people read."""
    return "\n".join(_lines(head, papers))


def _lines(head: Head, papers: Mapping[str, Paper]) -> Iterator[str]:
    yield f"{head.model.name}, head {head.label} (layer {head.layer}, head {head.head}, counted from 0)"
    if not head.roles:
        yield "" if head.automatic else "\nNo source of the survey names this head."
    for role in head.roles:
        yield from _role(role, papers)
    if head.automatic:
        yield "\nBy a detector or a score alone:"
        for role in head.automatic:
            yield from _role(role, papers)


def _role(role: Role, papers: Mapping[str, Paper]) -> Iterator[str]:
    yield f"\n{role.name}"
    if role.type is not None:
        yield from (
            f"  {word} {line}" for word, line in (("reads ", role.type.reads), ("writes", role.type.writes)) if line
        )
    yield from (f"  - {_claim(claim, papers)}" for claim in role.claims)


def _claim(claim: Claim, papers: Mapping[str, Paper]) -> str:
    paper = papers.get(claim.paper or "")
    by = str(paper) if paper is not None else claim.url or ""
    facts = [claim.standing, *([f"called {claim.called!r}"] if claim.called else [])]
    if claim.score is not None:
        facts.append(f"{claim.measure or 'score'} {claim.score:g}")
    facts += [fact for fact in (claim.criterion, claim.caveat) if fact]
    return "; ".join(filter(None, (f"{', '.join(facts)}: {claim.source}", by)))


def record(head: Head) -> dict[str, Any]:
    """Return the same for programs, as it becomes JSON."""
    return {
        "model": head.model.id,
        "layer": head.layer,
        "head": head.head,
        "kv": head.kv,
        "roles": [_record(role) for role in head.roles],
        "automatic": [_record(role) for role in head.automatic],
    }


def _record(role: Role) -> dict[str, Any]:
    claims = [asdict(claim) for claim in role.claims]
    return {"type": role.type.id if role.type is not None else None, "name": role.name, "claims": claims}


def listing(model: Model, heads: tuple[Head, ...]) -> str:
    """Return the heads of a model of which anything is said, one a line."""
    named = [head for head in heads if head.roles]
    lines = [f"{head.label:>8}  {', '.join(head.names)}" for head in named]
    others = len(heads) - len(named)
    more = [f"\n{others} more {'was' if others == 1 else 'were'} chosen by a score alone."] if others else []
    return "\n".join([f"{model.name}: {len(named)} named heads", *lines, *more])
