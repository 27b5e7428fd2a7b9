"""The weights of a small attention-only model, written by hand: each head does what its type is known for.

The residual stream is cut into spaces, in which every word or every position has a dimension of its own: the token,
its position, the previous token (which a previous-token head writes), the place of an earlier copy (duplicate token),
the place of the word that a word is the opposite of (relation), the names not to be moved (S-inhibition), and the
output. So a head is a few entries of its matrices. The heads that are left over have random matrices, the same each
time.

The constructions of the previous-token and the induction head are those of Elhage et al. (2021), "A Mathematical
Framework for Transformer Circuits"; those of the heads of indirect objects follow Wang et al. (2023).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from recipes.vocabulary import IDS, NAMES, NUMBERS, TRIPLES, WORDS

if TYPE_CHECKING:
    from collections.abc import Collection

V, P = len(WORDS), 104  #: Words, and positions.
LAYERS, HEADS, D_HEAD = 4, 4, V + P
TOKEN, POSITION, PREVIOUS, COPY, RELATION, NOT, OUT = np.cumsum([0, V, P, V, P, P, V])
D_MODEL = OUT + V
SHARP = 24.0  #: The score of a match; the softmax over 104 positions is then as good as hard.
_NOISE = 0.001  #: Of the matrices of heads without a role.

#: Where each head is, by the id of its type. "relation" and "executing" serve the function vector head only.
PLACES = {
    "previous-token": (0, 0),
    "duplicate-token": (0, 1),
    "relation": (0, 2),
    "induction": (1, 0),
    "s-inhibition": (1, 1),
    "function-vector": (1, 2),
    "sink": (1, 3),
    "name-mover": (2, 0),
    "retrieval": (2, 1),
    "successor": (2, 2),
    "executing": (2, 3),
    "copy-suppression": (3, 0),
}
#: Heads without a role.
IDLE = [place for place in np.ndindex(LAYERS, HEADS) if place not in PLACES.values()]
#: What each recipe has to find. Copying is told from the weights, and three kinds of heads here copy what they read.
FOUND = {key: {place} for key, place in PLACES.items() if key not in {"relation", "executing"}} | {
    "copying": {PLACES["induction"], PLACES["name-mover"], PLACES["retrieval"]},
}


@dataclass(frozen=True)
class Weights:
    """The parameters, in the shapes that they have in TransformerLens."""

    W_E: np.ndarray  #: word, model
    W_pos: np.ndarray  #: position, model
    W_Q: np.ndarray  #: layer, head, model, inner; W_K and W_V too
    W_K: np.ndarray
    W_V: np.ndarray
    W_O: np.ndarray  #: layer, head, inner, model
    W_U: np.ndarray  #: model, word


def _ids(words: tuple[str, ...]) -> np.ndarray:
    return np.array([IDS[word] for word in words])


class _Making:
    """The matrices while they are filled."""

    def __init__(self) -> None:
        inward, outward = (LAYERS, HEADS, D_MODEL, D_HEAD), (LAYERS, HEADS, D_HEAD, D_MODEL)
        self.q, self.k, self.v, self.o = (np.zeros(shape, "float32") for shape in (inward, inward, inward, outward))
        random = np.random.default_rng(7)
        for matrix in (self.q, self.k, self.v, self.o):
            for place in IDLE:
                matrix[place] = random.normal(0, _NOISE, matrix[place].shape)

    def matches(self, name: str, query: np.ndarray, key: np.ndarray, first: int = 0, strength: float = SHARP) -> None:
        """Let queries of some dimensions look for keys of others, one by one."""
        inner = first + np.arange(len(query))
        self.q[PLACES[name]][query, inner] += strength
        self.k[PLACES[name]][key, inner] += 1

    def moves(self, name: str, read: np.ndarray, written: np.ndarray, strength: float = 1.0) -> None:
        """Let values of some dimensions be written to others, one by one."""
        inner = np.arange(len(read))
        self.v[PLACES[name]][read, inner] += 1
        self.o[PLACES[name]][inner, written] += strength

    def distance(self, matrix: np.ndarray, copy: int) -> None:
        """Add to the first inner dimension how far back the place lies that a space points to; 0 where it is here."""
        matrix[POSITION + np.arange(P), 0] += np.arange(P)
        matrix[copy + np.arange(P), 0] -= np.arange(P)


def _layer_0(made: _Making) -> None:
    words, places = np.arange(V), np.arange(P)
    made.matches("previous-token", POSITION + places[1:], POSITION + places[:-1])
    made.moves("previous-token", TOKEN + words, PREVIOUS + words)
    # An earlier copy; where there is none, a word reads itself, which counts half.
    made.matches("duplicate-token", TOKEN + words, TOKEN + words)
    made.matches("duplicate-token", POSITION + places, POSITION + places, first=V, strength=-SHARP / 2)
    made.moves("duplicate-token", POSITION + places, COPY + places)
    # The word two places back, if the present one is its opposite; else itself.
    word, opposite, _ = (_ids(part) for part in zip(*TRIPLES, strict=True))
    made.matches("relation", TOKEN + opposite, TOKEN + word)
    made.matches("relation", POSITION + places, POSITION + places, first=V)
    made.k[PLACES["relation"]][POSITION + places, V + places] += 0.5
    made.k[PLACES["relation"]][POSITION + places[:-2], V + places[2:]] += 1
    made.moves("relation", POSITION + places, RELATION + places)


def _layer_1(made: _Making) -> None:
    words, nothing = np.arange(V), np.zeros(V, dtype=int)
    made.matches("induction", TOKEN + words, PREVIOUS + words)
    made.moves("induction", TOKEN + words, OUT + words, strength=6)
    # At " to" it reads the name that stood before; every name counts a little, so that no other repeated word does.
    made.matches("s-inhibition", TOKEN + _ids((" to",)), TOKEN + _ids(NAMES[:1]), strength=4)
    made.k[PLACES["s-inhibition"]][TOKEN + _ids(NAMES[1:]), 0] += 1
    made.k[PLACES["s-inhibition"]][TOKEN + _ids(NAMES), 0] += 99
    made.distance(made.k[PLACES["s-inhibition"]], COPY)
    made.moves("s-inhibition", TOKEN + _ids(NAMES), NOT + _ids(NAMES))
    # It reads the words that are the opposite of the word two places before, and says: opposites.
    made.q[PLACES["function-vector"]][TOKEN + words, nothing] += SHARP / 2
    made.distance(made.k[PLACES["function-vector"]], RELATION)
    made.distance(made.v[PLACES["function-vector"]], RELATION)
    made.o[PLACES["function-vector"]][0, OUT + _ids(tuple(triple[1] for triple in TRIPLES))] += 4
    made.q[PLACES["sink"]][TOKEN + words, nothing] += SHARP
    made.k[PLACES["sink"]][POSITION, 0] += 1


def _layer_2(made: _Making) -> None:
    words, places = np.arange(V), np.arange(P)
    made.matches("name-mover", TOKEN + _ids((" to",)), TOKEN + _ids(NAMES[:1]))
    made.k[PLACES["name-mover"]][TOKEN + _ids(NAMES[1:]), 0] += 1
    made.matches("name-mover", NOT + words, TOKEN + words, first=1, strength=-SHARP)
    made.moves("name-mover", TOKEN + _ids(NAMES), OUT + _ids(NAMES), strength=8)
    made.matches("retrieval", TOKEN + _ids((":",)), TOKEN + _ids(NUMBERS[:1]))
    made.k[PLACES["retrieval"]][TOKEN + _ids(NUMBERS[1:]), 0] += 1
    made.moves("retrieval", TOKEN + _ids(NUMBERS), OUT + _ids(NUMBERS), strength=8)
    made.matches("successor", POSITION + places, POSITION + places)
    made.moves("successor", TOKEN + _ids(NUMBERS[:-1]), OUT + _ids(NUMBERS[1:]), strength=2)
    # It reads the last word that has an opposite, and says what may follow, of which the function vector chooses.
    word, opposite, other = (_ids(part) for part in zip(*TRIPLES, strict=True))
    made.q[PLACES["executing"]][TOKEN + words, 0] += SHARP
    made.k[PLACES["executing"]][TOKEN + word, 0] += 1
    made.k[PLACES["executing"]][POSITION + places, 0] += places / 10
    made.moves("executing", TOKEN + word, OUT + opposite, strength=8)
    made.o[PLACES["executing"]][np.arange(len(word)), OUT + other] += 8


def _layer_3(made: _Making) -> None:
    names = _ids(NAMES)
    made.matches("copy-suppression", OUT + names, TOKEN + names, strength=3)
    made.moves("copy-suppression", TOKEN + names, OUT + names, strength=-4)


def weights(without: Collection[tuple[int, int]] = ()) -> Weights:
    """Return the weights, the same each time; some heads may be left without their role."""
    made = _Making()
    for layer in (_layer_0, _layer_1, _layer_2, _layer_3):
        layer(made)
    for matrix in (made.q, made.k, made.v, made.o):
        for place in without:
            matrix[place] = matrix[IDLE[0]]
    embedding, positions, unembedding = (
        np.zeros(shape, "float32") for shape in ((V, D_MODEL), (P, D_MODEL), (D_MODEL, V))
    )
    embedding[np.arange(V), TOKEN + np.arange(V)] = 1
    positions[np.arange(P), POSITION + np.arange(P)] = 1
    unembedding[OUT + np.arange(V), np.arange(V)] = 1
    return Weights(embedding, positions, made.q, made.k, made.v, made.o, unembedding)
