"""A paper's file, as it is written for somebody to fill in, or complete.

What only a person can say is left empty, and an empty part is a problem to the checker: the file cannot be published
by accident, and ``check`` says line by line what it lacks.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from survey.adding.draft.faults import Fault, Refused
from survey.catalogue.markup import body
from survey.catalogue.markup.summary_terms import TERMS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from survey.catalogue import Layout, PartialDate

#: The terms of a summary, in their order.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>$&|~#^()!])")


@dataclass(frozen=True, slots=True)
class PaperFile:
    """What is known of a paper; the rest is left open."""

    title: str
    published: PartialDate
    preprinted: PartialDate | None = None
    added: PartialDate | None = None  #: The day on which the file is written.
    tags: Mapping[str, Sequence[str]] = field(default_factory=dict)  #: Ids, by the field that names them.
    perhaps: Mapping[str, Sequence[str]] = field(default_factory=dict)  #: Suggested ids, by field.
    code: Sequence[str] = ()  #: Addresses.
    takeaway: str = ""
    read: Sequence[str] = ()  #: What the page rests on.
    models_note: str = ""  #: What it ran on, where no model is named.
    summary: Mapping[str, str] = field(default_factory=dict)  #: By term, each one line of Markdown.
    positions: Sequence[Sequence[str]] = ()  #: Items, each as lines without indentation.

    def text(self, layout: Layout) -> str:
        """Return the file's text.

        :raises Refused: if the title cannot be written as a heading.
        """
        lines = ["---", "paper:", f"  published: {self.published}"]
        if self.preprinted is not None:
            lines.append(f"  preprinted: {self.preprinted}")
        if self.added is not None:
            lines.append(f"  added: {self.added}")
        tags = {facet.tag_field for facet in layout.facets}
        for name in layout.paper_fields.model_fields:
            lines += [self._tags(name)] if name in tags else []
            lines += self._claims() if name == "heads" else []
        if self.models_note:
            lines.append(f"  models_note: {json.dumps(self.models_note, ensure_ascii=False)}")
        if not self.summary:
            lines.append("  tasks:")
        if self.code:
            addresses = ", ".join(json.dumps(address) for address in self.code)
            lines += ["  links:", f"    code: [{addresses}]"]
        if self.positions:
            lines += ["  positions:", *(f"    {line}" for item in self.positions for line in item)]
        lines += ["---", "", f"# {heading(self.title)}"]
        for term in TERMS.values():
            lines += ["", term, f": {self.summary[term]}" if term in self.summary else ":"]
        return "\n".join(lines) + "\n"

    def _claims(self) -> list[str]:
        """Return the lines of what the paper shows, and of how that is known; left open where nobody has said."""
        takeaway = f" {json.dumps(self.takeaway, ensure_ascii=False)}" if self.takeaway else ""
        read = f" [{', '.join(self.read)}]" if self.read else ""
        return [f"  takeaway:{takeaway}", f"  read:{read}"]

    def _tags(self, name: str) -> str:
        if name in self.tags:
            return f"  {name}: [{', '.join(self.tags[name])}]"
        comment = f"  # perhaps {', '.join(self.perhaps[name])}" if self.perhaps.get(name) else ""
        return f"  {name}:{comment}"


def heading(title: str) -> str:
    """Return the Markdown of a heading that reads like ``title``: with escapes only where it needs them.

    :raises Refused: if there is none.
    """
    for text in (title, _MARKUP.sub(r"\\\1", title)):
        if body.parse(f"# {text}\n").title == title:
            return text
    raise Refused(Fault(f"the title '{title}' cannot be a heading", "write it without its special characters"))
