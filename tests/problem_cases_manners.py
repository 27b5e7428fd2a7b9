"""Ways in which pages fall short of the manners that a survey asks for: what papers say of themselves, and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from problem_cases import HEAD, PAPER, Case, every, field, paper, replace, write

if TYPE_CHECKING:
    from problem_cases import Spoil
    from trees import Tree

SETTINGS = "docs/survey.toml"
NOTES = "docs/notes.md"
_BELL = "docs/papers/bell2023previous.md"
_PAGE = "---\norphan: true\n---\n\n# Notes\n\n"


def _require(code: str) -> Spoil:
    return write(SETTINGS, f'require = ["{code}"]\n')


def _avoid(*lines: str) -> Spoil:
    return write(SETTINGS, "\n".join(["[avoid]", *lines, ""]))


def _dispute(text: str) -> Spoil:
    return lambda tree: tree.write(HEAD, f"{tree.read(HEAD)}\n## Disputed\n\n{text}\n\n## Open\n\n{_BOTH}\n")


def _say_all(line: str) -> Spoil:
    """Give every paper a field but one."""

    def say(tree: Tree) -> None:
        for path in sorted((tree.root / "docs/papers").glob("*.md")):
            if path.name != "bell2023previous.md":
                tree.replace(f"docs/papers/{path.name}", "\n---\n\n#", f"\n  {line.format(path.stem)}\n---\n\n#")

    return say


_BOTH = "{cite:t}`wu2024retrieval` and {cite:t}`ahn2025memory` differ."
_MODEL = "  models:\n  - llama-2-7b\n"

MANNERS: tuple[Case, ...] = (
    Case(
        *("missing-reading", _BELL, "nothing read"),
        every(_require("missing-reading"), _say_all("read: [full]")),
        *("paper:", "doesn't say what its page rests on", "full, code, abstract, second-hand"),
    ),
    Case(
        *("missing-takeaway", _BELL, "no takeaway"),
        every(_require("missing-takeaway"), _say_all("takeaway: Head {} does it.")),
        *("paper:", "no takeaway", "one sentence"),
    ),
    Case(
        *("missing-models", _BELL, "no models and no reason"),
        every(_require("missing-models"), replace(_BELL, _MODEL, "")),
        *("paper:", "names no model", "'models_note'"),
    ),
    Case(
        *("missing-models", PAPER, "models and a reason for none"),
        every(_require("missing-models"), field("models_note: None was named.")),
        *("models_note", "says why no model is named, and some are", "remove it"),
    ),
    Case(
        *("unexplained-year", PAPER, "years differ"),
        every(_require("unexplained-year"), paper("'2024-04-24'", "'2023-04-24'")),
        *("published", "published 2023-04-24, and the entry in references.bib says 2024", "'date_note'"),
    ),
    Case(
        *("unexplained-year", PAPER, "a reason for nothing"),
        every(_require("unexplained-year"), field("date_note: The volume came late.")),
        *("date_note", "explains nothing: both years are 2024", "remove it"),
    ),
    Case(
        *("opening-question", NOTES, "a page of text"),
        every(_require("opening-question"), write(NOTES, f"{_PAGE}Why is {{term}}`this` so? Because it is.\n")),
        *("Why is", "opens with a question", "begin with what is so", ("unknown-target",)),
    ),
    Case(
        *("opening-question", PAPER, "a summary"),
        every(_require("opening-question"), paper("A new idea.", "Is it new?")),
        *("Is it new?", "opens with a question", "begin with what is so"),
    ),
    Case(
        *("empty-dispute", HEAD, "one side"),
        every(_require("empty-dispute"), _dispute("Says {cite:t}`wu2024retrieval`, and {cite:p}`wu2024retrieval`.")),
        *("## Disputed", "names 1 work", "cite both sides"),
    ),
    Case(
        *("empty-dispute", HEAD, "no side"),
        every(_require("empty-dispute"), _dispute("Nobody knows.")),
        *("## Disputed", "names no works", "'Open'"),
    ),
    *(
        Case("avoided-words", path, name, every(_avoid(f"'{words}' = 'say it'"), spoil), line, says, "say it")
        for words, path, name, spoil, line, says in [
            (
                "odd turn",
                NOTES,
                "over two lines",
                write(NOTES, f"{_PAGE}This is an Odd\nturn.\n"),
                "an Odd",
                "'Odd turn'",
            ),
            ("# pages", PAPER, "a digit", paper("A new idea.", "It is\n5 pages."), "5 pages", "'5 pages'"),
            ("odd", PAPER, "a field", field("takeaway: The head is odd."), "takeaway", "'odd'"),
            ("odd", HEAD, "a hatnote", field("hatnote: The odd ones.", HEAD), "hatnote", "'odd'"),
            (
                *("odd", NOTES, "a cell"),
                *(write(NOTES, f"{_PAGE}```{{list-table}}\n* - even\n  - odd\n```\n"), "- odd", "'odd'"),
            ),
            ("odd", NOTES, "a table", write(NOTES, f"{_PAGE}| a |\n|---|\n| b |\n| odd |\n"), "| odd", "'odd'"),
            (
                "odd",
                NOTES,
                "a link's text",
                write(NOTES, f"{_PAGE}See {{survey:head}}`odd <memory>`.\n"),
                "See",
                "'odd'",
            ),
            ("Odd", NOTES, "a capital", write(NOTES, f"{_PAGE}odd\nOdd\n"), 8, "'Odd'"),
        ]
    ),
    *(
        Case("bad-value", SETTINGS, name, write(SETTINGS, text), line, says, mend)
        for name, text, line, says, mend in [
            ("list of avoided words", "avoid = ['odd']\n", 1, "'avoid' is not a table", "[avoid]"),
            ("words without a mend", "[avoid]\nodd = ''\n", 2, "'odd' has no mend", "what to write instead"),
            ("mend that is a number", "[avoid]\nodd = 5\n", 2, "'odd' has no mend", "what to write instead"),
            ("words that are nothing", "[avoid]\n' ' = 'x'\n", 2, "' ' cannot be looked for", "single spaces"),
            ("words that are long", f"[avoid]\n{'o' * 101} = 'x'\n", 2, "cannot be looked for", "a few words"),
            (
                *("too many words", "[avoid]\n" + "".join(f"a{n} = 'x'\n" for n in range(501)), 1),
                *("'avoid' has 501 words", "500"),
            ),
        ]
    ),
)


def quoted(tree: Tree) -> None:
    """Put avoided words where they are code, names that others use, a title, or a part of a longer word."""
    tree.write(SETTINGS, "[avoid]\nodd = 'say it'\n'Retrieval Heads' = 'say it'\n")
    tree.write(
        NOTES,
        f"{_PAGE}The `odd` one is an oddity in $odd$; see <https://example.org/odd> and {{cite:p}}`wu2024retrieval`.\n",
    )
    tree.replace(HEAD, "head:\n", "head:\n  aliases: [Odd Head]\n")
