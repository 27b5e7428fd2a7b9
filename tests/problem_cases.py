"""Ways to spoil a small survey, and the problem that each must give: the frame, and the cases of the front matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from trees import Tree

    Spoil = Callable[[Tree], object]
    #: Name, what spoils the survey, the line, a piece of the message, a piece of the hint, and codes that follow.
    Row = tuple[str, Spoil, int | str, str, str] | tuple[str, Spoil, int | str, str, str, tuple[str, ...] | None]

PAPER = "docs/papers/wu2024retrieval.md"
OTHER = "docs/papers/ahn2025memory.md"
HEAD = "docs/heads/memory.md"
RETRIEVAL = "docs/heads/retrieval.md"
STAGE = "docs/stages/in-context-identification.md"
MODEL = "docs/models/llama-2.md"

END = "\n---\n\n#"
DATE = "'2024-04-24'"
TASK = "- Needle-in-a-Haystack"
LINKS = "  links:\n    code:\n    - https://example.org/retrieval\n"
AT = "    at:\n    - '16.19'\n    - '11.15'\n"
DEEPEST = "[" * 3000 + "]" * 3000


@dataclass(frozen=True)
class Case:
    """One way to spoil the survey."""

    code: str
    path: str
    name: str
    spoil: Spoil
    line: int | str  #: The number of the line, or a piece of text that no other line has.
    says: str  #: A piece of the message.
    mend: str  #: A piece of the hint.
    also: tuple[str, ...] | None = ()  #: The codes of what follows from it; None if that doesn't matter.

    @property
    def id(self) -> str:
        """Return the name under which pytest shows the case."""
        return f"{self.code}: {self.name}"

    def line_in(self, tree: Tree) -> int:
        """Return the number of the line in the spoilt file."""
        if isinstance(self.line, int):
            return self.line
        found = [number for number, line in enumerate(tree.read(self.path).split("\n"), start=1) if self.line in line]
        assert len(found) == 1, f"{self.line!r} stands in lines {found}"
        return found[0]


def table(code: str, path: str, rows: Iterable[Row]) -> Iterator[Case]:
    """Yield the cases of one code in one file."""
    return (Case(code, path, *row) for row in rows)


def replace(path: str, old: str, new: str) -> Spoil:
    """Replace a piece of a file."""
    return lambda tree: tree.replace(path, old, new)


def write(path: str, text: str | bytes) -> Spoil:
    """Write a file."""
    return lambda tree: tree.write(path, text)


def every(*spoils: Spoil) -> Spoil:
    """Do several of them."""
    return lambda tree: [spoil(tree) for spoil in spoils]


def field(text: str, path: str = PAPER) -> Spoil:
    """Add a line to the end of the front matter's fields."""
    return replace(path, END, f"\n  {text}{END}")


def paper(old: str, new: str) -> Spoil:
    """Replace a piece of the paper."""
    return replace(PAPER, old, new)


def pattern(fields: str) -> Spoil:
    """Give a head a pattern of two tokens."""
    return field(f"pattern: {{tokens: [a, b], caption: c, {fields}}}", HEAD)


YAML: tuple[Case, ...] = (
    *table(
        "yaml-syntax",
        PAPER,
        [
            ("tab", paper("  heads:", "\theads:"), "heads:", "a tab", "mend the YAML"),
            ("colon in a text", field("scope: back: ground"), "scope", "a colon", "mend the YAML"),
            ("sign that YAML keeps", field("scope: @home"), "scope", "'@'", "mend the YAML"),
            ("control character", field("scope: a\x07b"), "scope", "#x0007", "mend the YAML"),
            ("list not closed", paper(LINKS, "  aliases: [a2020b\n  scope: b\n"), "a2020b", "']'", "mend the YAML"),
            ("quote not closed", paper(LINKS, "  scope: 'b\n  aliases: []\n"), "scope", "quote", "mend the YAML"),
            ("space missing", field("scope:background"), "scope", "':'", "mend the YAML"),
            ("list of kinds", write(PAPER, "---\n- paper\n---\n\n# A\n"), 2, "key: value", "mend the YAML", None),
            ("list as a key", field("? [a]\n  : b"), "? [a]", "a key is a list", "mend the YAML"),
            ("undefined alias", field("scope: *x"), "scope", "'x'", "mend the YAML"),
            ("nested too deeply", field(f"scope: {DEEPEST}"), 1, "nested too deeply", "mend the YAML"),
            ("not closed", paper(END, "\n\n#"), 1, "not closed", "'---'", ("bad-directive",)),
        ],
    ),
    *table(
        "yaml-syntax",
        "docs/index.md",
        [("page of text", replace("docs/index.md", "# A", "---\nmyst: [\n---\n# A"), "myst", "", "mend the YAML")],
    ),
    *table(
        "yaml-alias",
        PAPER,
        [
            ("list", paper(LINKS, "  aliases: &a []\n  links: {code: *a}\n"), "*a", "*name", "write the value out"),
            ("text", field("aliases: [&a old2020key, *a]"), "*a", "*name", "write the value out"),
        ],
    ),
    *table(
        "repeated-key",
        PAPER,
        [
            ("field", field("heads: [memory]"), "[memory]", "'heads' is already given at line 4", "keep one"),
            ("kind", paper(END, f"\npaper: {{heads: []}}{END}"), "paper: {", "'paper' is already given", "not used"),
        ],
    ),
    *table(
        "unquoted-number",
        PAPER,
        [
            ("task", paper(TASK, "- 1.10"), "1.10", "number 1.1", "in quotes: '1.10'"),
            ("arxiv", field("arxiv: 2404.10570"), "arxiv", "2404.1057", "'2404.10570'", ("unknown-field",)),
            ("position", paper("'16.19'", "16.19"), " 16.19", "16.19 is not in quotes", "'16.19'"),
            ("position ending in 0", paper("'16.19'", "16.10"), " 16.10", "number 16.1", "'16.10'"),
        ],
    ),
)

VALUES: tuple[Case, ...] = (
    *table(
        "bad-date",
        PAPER,
        [
            (date or "empty", paper(DATE, date), "published:", "is not a date", "write 2024-04-24, 2024-04 or 2024")
            for date in (
                *("2024-13-01", "2023-02-29", "2024-00", "2024-4-1", "24 April 2024", "20240424", "2024-04-24T10:00"),
                *("", "~", "[2024]", "{a: b}", "'2024-04-24 '", "٢٠٢٤", "'0000'", "0000-01"),
            )
        ],
    ),
    *table(
        "bad-value",
        PAPER,
        [
            ("text for a list", field("aliases: old2020key"), "aliases", "'aliases'", "[a, b]"),
            ("mapping for a list", field("aliases: {a: b}"), "aliases", "'aliases'", "[a, b]"),
            ("mapping for a text", field("aliases: [{a: b}]"), "aliases", "'aliases.0'", "a text"),
            ("colon in a list", paper(TASK, "- a: b"), "- a: b", "'tasks.0'", "a text"),
            ("nothing in a list", paper(TASK, "-"), 12, "'tasks.0'", "a text"),
            ("list for a text", field("scope: [background]"), "scope", "'scope'", "leave the field out"),
            ("other word", field("scope: main"), "scope", "'background'", "leave the field out"),
            ("twice", field("aliases: [a2020b,\n    a2020b]"), "    a2020b", "'a2020b' is given twice", "keep one"),
            ("name for an id", paper("- retrieval", "- Needle Head"), "- Needle H", "'Needle Head'", "lower-case"),
            ("list for links", paper(LINKS, "  links: [https://a.org]\n"), "links", "'links'", "key: value"),
            ("not a boolean", paper("source: F", "inferred: maybe\n    source: F"), "maybe", "inferred", "true or"),
            ("no positions", paper(AT, "    at: []\n"), "at:", "positions.0.at", "one item"),
            ("text for the fields", paper("paper:", "paper: x\norphan:"), 2, "'paper'", "key: value", ("bad-value",)),
        ],
    ),
    *table(
        "bad-pattern",
        HEAD,
        [
            (name, pattern(more), "pattern", says, mend)
            for name, more, says, mend in [
                ("from no token", "attends: [{from: 2, to: 0}]", "'from: 2' is no token", "the last is 1"),
                ("to no token", "bidirectional: true, attends: [{from: 0, to: 2}]", "'to: 2' is no", "the last is 1"),
                ("forward", "attends: [{from: 0, to: 1}]", "token 1, which comes after it", "'bidirectional: true'"),
            ]
        ],
    ),
    *table(
        "bad-value",
        HEAD,
        [
            ("weight over 1", pattern("attends: [{from: 1, to: 0, weight: 2}]"), "pattern", "weight", ""),
            ("no arrows", pattern("attends: []"), "pattern", "pattern.attends", "one item"),
            ("negative token", pattern("attends: [{from: -1, to: 0}]"), "pattern", "from", ""),
        ],
    ),
    *table(
        "bad-position",
        PAPER,
        [
            (at, paper(AT, f"    at: ['{at}']\n"), "at:", f"'{at}'", mend)
            for at, mend in {
                **dict.fromkeys(("L16H19", "-1.3", "16", "16.019", "16.19.1", "1٢.3"), "write layer and head"),
                **dict.fromkeys(("32.0", "0.32"), "counted from 0"),
            }.items()
        ],
    ),
    *table(
        "bad-position",
        HEAD,
        [
            (
                "of another head",
                field("positions: [{model: llama-2-7b, head: retrieval, at: ['1.1'], source: x}]", HEAD),
                *("positions", "of the head 'retrieval'", "leave out 'head'"),
            )
        ],
    ),
    *table(
        "not-https",
        PAPER,
        [
            (link, paper("https://example.org/retrieval", f"'{link}'"), 15, f"'{link}'", "starts with https://")
            for link in ("http://example.org", "example.org", "javascript:alert(1)", "https://")
        ],
    ),
)
