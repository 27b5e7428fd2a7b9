"""Ways to spoil what a paper claims: its takeaway, what it rests on, relations, findings, scores."""

from __future__ import annotations

from problem_cases import AT, PAPER, Case, field, paper, table


def _relation(fields: str) -> object:
    return field(f"relations: [{{{fields}}}]")


def _finding(fields: str) -> object:
    return field(f"findings: [{{head: retrieval, result: 'Down by 5%', {fields}}}]")


def _long(length: int) -> str:
    return f"takeaway: Retrieval heads {'x' * length}"


CLAIMS: tuple[Case, ...] = (
    *table(
        "bad-takeaway",
        PAPER,
        [
            (
                f"begins with {opening}",
                field(f"takeaway: {opening} find heads that copy."),
                "takeaway",
                f"begins with '{opening}'",
                "begin with the head, the model or the finding",
            )
            for opening in ("They", "The authors", "It", "This", "We", "The paper")
        ],
    ),
    *table(
        "bad-takeaway",
        PAPER,
        [
            (
                "the title",
                field("takeaway: retrieval heads."),
                "takeaway",
                "the takeaway repeats the title",
                "say in one sentence what was found",
            )
        ],
    ),
    *table(
        "bad-value",
        PAPER,
        [
            ("too long", field(_long(200)), "takeaway", "200 characters", "shorten"),
            ("unknown depth", field("read: [title]"), "read: [", "'full'", "leave"),
            ("depth twice", field("read: [code, code]"), "read: [", "'code' is given twice", "keep one"),
            ("kind of relation", _relation("to: ahn2025memory, kind: likes"), "kind: likes", "'extends'", "leave"),
            (
                "relation twice",
                field("relations: [{to: ahn2025memory, kind: uses}, {to: ahn2025memory, kind: uses}]"),
                "relations",
                "'uses ahn2025memory' is given twice",
                "keep one",
            ),
            ("what it says", _finding("says: proves"), "says: proves", "'supports'", "leave"),
            ("scores too few", paper(AT, f"{AT}    scores: [0.5]\n"), "scores", "1 scores for 2", "one for each"),
            ("of too few", paper(AT, f"{AT}    of: 1\n"), "of: 1", "'of' says 1", "how many the source lists"),
        ],
    ),
    *table(
        "unknown-citation",
        PAPER,
        [
            (
                "related to nothing",
                _relation("to: ahn2025memry, kind: uses"),
                "ahn2025memry",
                "'ahn2025memry'",
                "'ahn2025memory'",
            )
        ],
    ),
    *table(
        "self-reference",
        PAPER,
        [("related to itself", _relation("to: wu2024retrieval, kind: uses"), "kind: uses", "itself", "another work")],
    ),
    *(
        Case(f"unknown-{kind}", PAPER, "in a finding", spoil, "findings:", f"'{wrong}'", f"'{near}'")
        for kind, spoil, wrong, near in [
            ("head", field("findings: [{head: retreival, result: 'r'}]"), "retreival", "retrieval"),
            ("model", _finding("models: [llama-2-7]"), "llama-2-7", "llama-2-7b"),
            ("method", _finding("methods: [probin]"), "probin", "probing"),
        ]
    ),
)
