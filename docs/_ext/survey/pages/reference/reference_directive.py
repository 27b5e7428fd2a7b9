"""``{survey:reference}``: the reference of what the extension takes, says and makes, generated from its code.

Each part is a list of definitions, so that every builder has it. Its terms are targets: ``problem-unknown-head``,
``field-paper-heads``, ``directive-papers``, ``config-survey-root``. The text is that of the code, in English whatever
the language of the build; headings are those of the page, or names out of the code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes

from survey.pages.core.directive import SurveyDirective
from survey.pages.core.nodes import UNFOLDS, file_link, folded, paragraph, section
from survey.pages.reference import contents
from survey.translation import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sphinx.application import Sphinx

    from survey.pages.reference.contents import Part, Term

_FEW = 3  #: Terms that are in sight at once.
#: What docstrings mark up: code, roles, emphasis.
_MARKUP = re.compile(r"``(?P<code>.+?)``(?!`)|:\w+:`~?(?P<name>[^`]+)`|(?<!\*)\*(?P<emphasis>[^*\s][^*]*)\*(?!\*)")


class ReferenceDirective(SurveyDirective):
    """``{survey:reference} fields``: one part of the reference, generated from the code.

    The parts are ``fields``, ``settings``, ``markup``, ``roles``, ``directives``, ``configuration``, ``problems``,
    ``warnings``, ``files`` and ``hooks``.
    """

    required_arguments = 1
    parts: ClassVar[Mapping[str, Callable[[SurveyDirective], Iterable[Part]]]] = contents.PARTS

    def run(self) -> list[nodes.Node]:
        """Make the part."""
        name = self.one_argument(self.parts)
        if name is None:
            return []
        for path in contents.sources():  # who changes the code sees the change
            self.env.note_dependency(path)
        result: list[nodes.Node] = []
        for part in self.parts[name](self):
            content = [*self._paragraphs(part.lead), self._shown(part)]
            if part.title:
                made = section(self.state.document, part.title, *content, ident=part.ident)
                made["names"] = list(made["ids"])  # unlike other sections that are made, other pages link to these
                self.state.document.note_explicit_target(made, made)
                result.append(made)
            else:
                result += content
        return result

    def one_argument(self, known: Mapping[str, object]) -> str | None:
        """Return the argument, if it is one of the known words; else it is reported."""
        word = self.arguments[0].strip()
        if word in known:
            return word
        self._warn("reference", word, list(known))
        return None

    def _shown(self, part: Part) -> nodes.Element:
        """Return the list of a part, to unfold unless it is short: of hundreds of terms a reader wants one."""
        listing = self._list(part)
        if len(part.terms) <= _FEW:
            return listing
        label = counted(len(part.terms), "Show {count} entry", "Show {count} entries")
        return folded("", listing, label=label, classes=[UNFOLDS])

    def _list(self, part: Part) -> nodes.definition_list:
        listing = nodes.definition_list(classes=["survey-reference-list"])
        for term in part.terms:
            listing += self._item(term)
        return listing

    def _item(self, term: Term) -> nodes.definition_list_item:
        name: nodes.Node = nodes.literal("", term.name)
        if term.address:
            name = file_link("", "", name, address=term.address)
        elif term.ident:
            name = nodes.reference("", "", name, refid=term.ident)
        head = nodes.term("", "", name)
        if term.note:
            head += nodes.inline("", f" {term.note}", classes=["survey-reference-note"])
        if term.ident:
            head["ids"], head["names"] = [term.ident], [term.ident]
            self.state.document.note_explicit_target(head, head)
        body = nodes.definition("", *self._paragraphs(term.meaning))
        if term.example:
            words = [nodes.Text("Example: "), nodes.literal("", term.example)]
            body += paragraph(*words, classes=["survey-reference-example"])
        if term.inner:
            inner = nodes.definition_list(classes=["survey-reference-list"])
            inner += [self._item(option) for option in term.inner]
            body += inner
        return nodes.definition_list_item("", head, body)

    @staticmethod
    def _paragraphs(text: str) -> list[nodes.Node]:
        return [paragraph(*inline(" ".join(part.split()))) for part in text.split("\n\n") if part.strip()]


def inline(text: str) -> Iterator[nodes.Node]:
    """Yield a line of a docstring as nodes."""
    end = 0
    for match in _MARKUP.finditer(text):
        if match.start() > end:
            yield nodes.Text(text[end : match.start()])
        end = match.end()
        if match["emphasis"]:
            yield nodes.emphasis("", match["emphasis"])
        else:
            yield nodes.literal("", match["code"] or match["name"])
    if end < len(text):
        yield nodes.Text(text[end:])


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive_to_domain("survey", "reference", ReferenceDirective)
