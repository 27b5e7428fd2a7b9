"""Ways to spoil the tables of positions that stand beside pages, and what is said of the lists that name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from problem_cases import AT, MODEL, PAPER, Case, every, paper, replace, table, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from problem_cases import Spoil

TABLE = "docs/papers/wu2024retrieval.csv"
COLUMNS = "model,head,layer,index,score,rank\n"
NAMED = "    table: wu2024retrieval.csv\n"
ROW = "llama-2-7b,retrieval,3,4,0.5,1\n"


def rows(text: str, columns: str = COLUMNS, named: str = NAMED) -> Spoil:
    """Give the paper's positions in a table of these rows."""
    return every(paper(AT, named), write(TABLE, columns + text))


def _many(count: int) -> Iterator[str]:
    return (f"llama-2-7b,retrieval,{at // 1000},{at % 1000},," for at in range(count))


_BOUNDLESS = replace(MODEL, "    layers: 32\n    heads: 32\n", "")
_AGAIN = "  - model: llama-2-7b\n    head: retrieval\n    table: wu2024retrieval.csv\n    source: F\n"
_TWICE = every(rows(ROW, named=NAMED.replace("\n", "  # again\n")), paper("  positions:\n", f"  positions:\n{_AGAIN}"))
_KV_HEADS = replace(MODEL, "id: llama-2-7b\n", "id: llama-2-7b\n    kv_heads: 4\n")
_MORE = "3,4,0.5,1\nllama-2-7b,retrieval,5,6,"

TABLES: tuple[Case, ...] = (
    *table(
        "bad-table",
        TABLE,
        [
            ("no columns", rows(ROW, ""), 1, "columns of the table", "the first line is 'model,head,layer"),
            ("too few cells", rows("llama-2-7b,retrieval,3\n"), 2, "the row has 3 cells", "give 6"),
            ("a command", rows("\"=cmd|' /C calc'!A0\",retrieval,3,4,,\n"), 2, "id of a model", "lower-case words"),
            ("a formula", rows("llama-2-7b,retrieval,=1+1,4,,\n"), 2, "'=1+1' is not a number of a layer", "from 0"),
            ("a sign", rows("llama-2-7b,retrieval,3,-4,,\n"), 2, "'-4' is not a number of a head", "from 0"),
            ("an unseen letter", rows("llama-2-7b,retrieval,3\u200b,4,,\n"), 2, "not a number of a layer", "from 0"),
            ("no score", rows("llama-2-7b,retrieval,3,4,nan,\n"), 2, "'nan' is not a score", "write a number"),
            ("a vast score", rows("llama-2-7b,retrieval,3,4,1e99,\n"), 2, "'1e99' is not a score", "write a number"),
            ("rank from 0", rows("llama-2-7b,retrieval,3,4,,0\n"), 2, "'0' is not a rank", "counted from 1"),
            ("twice", rows(f"{ROW}llama-2-7b,retrieval,3,4,0.4,2\n"), 3, "already given at line 2", "keep one row"),
            ("some scores", rows(f"llama-2-7b,retrieval,{_MORE},2\n"), 3, "the row has no score", "or in none"),
            ("some ranks", rows(f"llama-2-7b,retrieval,{_MORE}0.4,\n"), 3, "the row has no rank", "or in none"),
            ("a rank left out", rows(f"llama-2-7b,retrieval,{_MORE}0.4,3\n"), 2, "are not 1 to 2", "number the rows"),
            ("an open quotation", rows('"llama-2-7b,retrieval,3,4,,\n'), 2, "cannot be read as CSV", "need no quotes"),
        ],
    ),
    *table(
        "unused-table",
        "docs/papers/ahn2025memory.csv",
        [
            (
                "named by none",
                write("docs/papers/ahn2025memory.csv", COLUMNS),
                1,
                "no page names this table",
                "name it by",
            )
        ],
    ),
    *table(
        "unused-table",
        TABLE,
        [("of no group", rows(f"{ROW}llama-2-13b,retrieval,0,1,,\n"), 3, "in 'llama-2-13b'", "add the group")],
    ),
    *table(
        "not-utf-8",
        TABLE,
        [("a table", every(rows(ROW), write(TABLE, COLUMNS.encode() + b"\xff\n")), 2, "byte 0xff", "as UTF-8")],
    ),
    *table(
        "too-large",
        TABLE,
        [
            (
                "too many rows",
                every(_BOUNDLESS, rows("\n".join(_many(40_001)))),
                40_002,
                "more than 40,000 rows",
                "the rest is not read",
            )
        ],
    ),
    *table(
        "missing-file",
        PAPER,
        [("no table", paper(AT, NAMED), "table: wu2024", "the table docs/papers/wu2024retrieval.csv", "by 'at'")],
    ),
    *table(
        "missing-field",
        PAPER,
        [
            ("neither list nor table", paper(AT, ""), "- model: llama-2-7b", "the field 'at' is missing", "'table'"),
            ("no head", paper("    head: retrieval\n", ""), "- model: llama-2-7b", "'head' is missing", "'called'"),
        ],
    ),
    *table(
        "bad-value",
        PAPER,
        [
            ("list and table", paper(AT, AT + NAMED), "- model: llama-2-7b", "stands beside 'at'", "keep the table"),
            (
                "another's table",
                rows(ROW, named="    table: ahn2025memory.csv\n"),
                "table: ahn2025",
                "'ahn2025memory.csv' is not the table of this page",
                "write 'wu2024retrieval.csv'",
            ),
            (
                "a path",
                rows(ROW, named="    table: ../../secret.csv\n"),
                "table: ../..",
                "'../../secret.csv' is not the table",
                "write 'wu2024retrieval.csv'",
            ),
            ("no rows", rows(""), "table: wu2024", "has no row of 'retrieval' in 'llama-2-7b'", "add its rows"),
            ("rows of two", _TWICE, "table: wu2024retrieval.csv  # again", "those of another group", "by 'at'"),
        ],
    ),
    *table(
        "bad-position",
        TABLE,
        [("in a table", rows("llama-2-7b,retrieval,32,0,,\n"), 2, "'32.0' lies outside 'llama-2-7b'", "from 0")],
    ),
    *table(
        "bad-position",
        PAPER,
        [
            ("KV of none", paper(AT, f"{AT}    kv: true\n"), "kv: true", "has no 'kv_heads'", "add it"),
            (
                "outside the KV heads",
                every(_KV_HEADS, paper("'16.19'\n    - '11.15'", "'16.3'\n    - '11.4'\n    kv: true")),
                "'11.4'",
                "'11.4' lies outside 'llama-2-7b', which has 4 KV heads per layer",
                "counted from 0",
            ),
        ],
    ),
)
