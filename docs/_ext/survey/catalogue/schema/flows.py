"""Flows: which heads hand what to which others in one task, as a chapter declares it to be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from survey.catalogue.problems import did_you_mean
from survey.catalogue.schema.fields import MOST_TOKENS, Fields, Id, Position, Text, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from survey.catalogue.schema.patterns import Fault

MOST_NODES, MOST_EDGES = 60, 200  #: What can be drawn in one figure; more is a tangle.


class FlowNode(Fields):
    """A step: heads of one type, or something else that has a part."""

    id: Id = Field(description="By which edges name it.")
    head: Id | None = Field(None, description="The head type, of docs/heads.")
    text: Text | None = Field(None, description="What it is, where it is no head type; or a name of its own.")
    token: Text | None = Field(None, description="The token at which it acts.")
    at: Annotated[tuple[Position, ...], BeforeValidator(listed)] = Field(
        (),
        max_length=MOST_TOKENS,
        description="Its positions, of those that front matter gives for the head type in the model.",
    )


class FlowEdge(Fields):
    """What one step hands to another."""

    origin: Id = Field(alias="from", description="The node that hands something on.")
    to: Id = Field(description="The node that takes it.")
    moves: Text = Field(description="What passes.")


class Flow(Fields):
    """Steps and what passes between them."""

    title: Text = Field(description="What the flow does.")
    model: Id | None = Field(None, description="The member of docs/models in which it was found.")
    nodes: tuple[FlowNode, ...] = Field(min_length=1, max_length=MOST_NODES, description="The steps.")
    edges: tuple[FlowEdge, ...] = Field(
        min_length=1, max_length=MOST_EDGES, description="What passes between them; no ring."
    )


def faults(flow: Flow) -> Iterator[Fault]:
    """Yield what is wrong with a flow; one with faults is not drawn."""
    ids: set[str] = set()
    for index, node in enumerate(flow.nodes):
        if node.id in ids:
            yield ("nodes", index, "id"), f"'{node.id}' is already the id of a node", "give each node its own"
        ids.add(node.id)
        if node.head is None and node.text is None:
            yield ("nodes", index), f"the node '{node.id}' has no name", "give 'head: …' or 'text: …'"
        if node.at and (node.head is None or flow.model is None):
            message = f"the node '{node.id}' has positions without a head or a model"
            yield ("nodes", index, "at"), message, "give 'head' there and 'model' for the flow, or leave out 'at'"
    for index, edge in enumerate(flow.edges):
        for name, value in (("from", edge.origin), ("to", edge.to)):
            if value not in ids:
                yield (
                    ("edges", index, name),
                    f"there is no node '{value}'",
                    did_you_mean(value, ids, "add it to 'nodes'"),
                )
    if (ring := _in_ring(flow)) is not None:
        yield ("edges",), f"the edges lead from '{ring}' back to it", "a flow has a direction: remove one of them"


def ranks(flow: Flow) -> Mapping[str, int]:
    """Return how many steps come before each node, on the longest way to it; a first step stands close to its next."""
    found = {node.id: 0 for node in flow.nodes}
    for _ in flow.nodes:
        for edge in flow.edges:
            found[edge.to] = max(found[edge.to], found[edge.origin] + 1)
    for first in found.keys() - {edge.to for edge in flow.edges}:
        found[first] = min((found[edge.to] - 1 for edge in flow.edges if edge.origin == first), default=0)
    return found


def _in_ring(flow: Flow) -> str | None:
    """Return a node from which the edges lead back to it, or None."""
    left = list(flow.edges)
    while left:
        origins, ends = {edge.origin for edge in left}, {edge.to for edge in left}
        rest = [edge for edge in left if edge.origin in ends and edge.to in origins]
        if len(rest) == len(left):
            return left[0].origin
        left = rest
    return None
