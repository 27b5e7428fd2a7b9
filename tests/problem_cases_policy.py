"""Ways in which a survey falls short of what it requires of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from problem_cases import HEAD, Case, every, replace, write

if TYPE_CHECKING:
    from problem_cases import Spoil
    from trees import Tree

_RUN = "the heads copy what they read long before"
_LONG = "This is what it is, in a sentence of more than eight words.\n"


def _require(code: str) -> Spoil:
    """Require one thing, and give every entry a sentence that is long enough."""
    return write("docs/survey.toml", f'require = ["{code}"]\n')


def _copy(tree: Tree) -> None:
    for key in ("ahn2025memory", "wu2024retrieval"):
        tree.replace(f"docs/papers/{key}.md", "A new idea.", f"{key}: {_RUN}.")


def _say(tree: Tree) -> None:
    for folder in ("heads", "stages", "methods", "models"):
        for path in (tree.root / "docs" / folder).glob("*.md"):
            text = path.read_text("utf-8")
            path.write_text(text[: text.rindex("# ")] + f"# {path.stem}\n\n{_LONG}", "utf-8")


_OTHER = """\
@misc{shaw2017other,
  title = {{Other}},
  author = {Vaswani, Ashish and Shazeer, Noam},
  year = {2017},
  howpublished = {Web},
SUFFIX}

@article{vaswani2017attention,
"""


def _alike(suffix: str = "") -> Spoil:
    """Add a work of the same authors and year as another that is cited."""
    other = _OTHER.replace("SUFFIX", suffix)
    return every(
        replace("references.bib", "@article{vaswani2017attention,\n", other),
        write("docs/notes.md", "---\norphan: true\n---\n\n# Notes\n\nSee {cite:t}`shaw2017other`.\n"),
    )


_LETTER = "  yearsuffix = {a},\n"

POLICY: tuple[Case, ...] = (
    Case(
        "unrecorded-letter",
        "references.bib",
        "works alike",
        every(_require("unrecorded-letter"), _alike(_LETTER)),
        "@article{vaswani2017attention",
        *("is cited as 'Vaswani and Shazeer 2017b'", "yearsuffix = {b}"),
    ),
    Case(
        "label-clash",
        "references.bib",
        "one letter for two",
        every(
            _alike(_LETTER),
            replace(
                "references.bib", "@article{vaswani2017attention,\n", f"@article{{vaswani2017attention,\n{_LETTER}"
            ),
        ),
        "@article{vaswani2017attention",
        *("both cited as 'Vaswani and Shazeer 2017a'", "another 'yearsuffix'"),
    ),
    Case(
        "copied-words",
        "docs/papers/wu2024retrieval.md",
        "eight words of two summaries",
        every(_require("copied-words"), _copy),
        *(_RUN, f"'{_RUN}' stands in the summary of 'ahn2025memory' too", "words of its own"),
    ),
    Case(
        "short-lead",
        HEAD,
        "a sentence of four words",
        every(_require("short-lead"), _say, replace(HEAD, _LONG, "It is a head.\n")),
        *("It is a head.", "doesn't say", "a sentence of 8 words"),
    ),
    Case(
        "short-lead",
        HEAD,
        "a colon at its end",
        every(_require("short-lead"), _say, replace(HEAD, _LONG, f"{_LONG[:-2]}:\n\n$$x$$\n")),
        *("eight words:", "ends in a colon", "end the sentence there"),
    ),
    Case(
        "unnamed-entry",
        "docs/methods/patching.md",
        "method",
        every(_require("unnamed-entry"), lambda tree: tree.method("patching")),
        *(1, "no paper names the method 'patching'", "'methods' of a paper"),
    ),
    Case(
        "unnamed-entry",
        "docs/models/llama-2.md",
        "member of a family",
        every(
            _require("unnamed-entry"),
            replace("docs/models/llama-2.md", "members:\n", "members:\n  - {id: llama-2-70b, name: Llama-2-70B}\n"),
        ),
        *("llama-2-70b", "the member 'llama-2-70b'", "'models' of a paper"),
    ),
    Case(
        "unnamed-entry",
        "docs/stages/writing.md",
        "stage of a head that no paper names",
        every(
            _require("unnamed-entry"),
            lambda tree: tree.stage("writing", categories=["style"], order=3),
            lambda tree: tree.head("stylist", stage="writing", category="style"),
        ),
        *(1, "the stage 'writing'", "remove it", ("unnamed-entry",)),
    ),
    Case(
        "bad-value",
        "docs/survey.toml",
        "requirement that doesn't exist",
        _require("unnamed-entries"),
        *("require", "'unnamed-entries' cannot be required", "'unnamed-entry'"),
    ),
)
