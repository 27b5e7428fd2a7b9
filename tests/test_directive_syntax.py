"""The checks take directives apart as MyST does: no option or text is there for one and not for the other."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils.parsers.rst import Directive, directives
from docutils.parsers.rst.states import MarkupError
from hypothesis import given, settings
from hypothesis import strategies as st
from myst_parser.parsers.directives import parse_directive_text

from survey.catalogue.markup import parts

PIECES = [
    *(":file:", ":file: x", "file: x", ':"file": x', ":'file': x", ":file : x", ":{file: x}", ":? file", ":&a file: x"),
    *(
        ":class: |",
        ":  y",
        "class: >",
        ":name: a: b",
        ":*a : x",
        ":!!str file: x",
        ":<<: {file: x}",
        ':file: "x',
        ":url: [a]",
    ),
    *("---", "----", "---x", "...", ":::", "::", ":", "x", "# c", "- a", "%YAML"),
    *("\n", "\n", "\n", " ", "  ", "\t", "\u2028", "\x0c", "\x85"),
]


class Anything(Directive):
    """A directive that takes whatever the pieces name."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = dict.fromkeys(("file", "url", "class", "name", "a b"), directives.unchanged)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_options_and_text_are_those_that_myst_finds(text: str) -> None:
    try:
        theirs = parse_directive_text(Anything, "title", text)
    except MarkupError:
        return
    ours = parts.directive("csv-table", "title", text, 1)
    assert set(theirs.options) <= set(ours.options)
    if set(theirs.options) == set(ours.options):
        assert "\n".join(theirs.body).strip() == ours.content.strip()
