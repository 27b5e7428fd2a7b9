"""The options of the survey's own directives: which there are, and what each may say.

The directives themselves ask the same questions, with the same words, when they are run.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from survey.catalogue.markup.faults import Fault
from survey.catalogue.markup.own_directives import OWN, PREFIX, OwnDirective
from survey.catalogue.problems import did_you_mean
from survey.catalogue.records.selecting import HIGHEST_LIMIT, LISTING_PARTS, ORDERS
from survey.catalogue.schema.fields import PaperFields

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from survey.catalogue.checks.known_ids import Known
    from survey.catalogue.markup.parts import DirectiveText
    from survey.catalogue.records.files import Files
    from survey.catalogue.schema.facets import Layout

_FEW = 12  #: So many choices are named in a hint.
_NEAR = 0.75  #: How like a name of ours one must be to be a typing error.
#: The parts of the reference of code and fields.
REFERENCE = (
    *("fields", "settings", "roles", "directives", "markup", "configuration", "problems", "warnings", "files", "hooks"),
)


def options_of(name: str, layout: Layout) -> frozenset[str]:
    """Return the options that a directive of ours has."""
    own = OWN.get(name.removeprefix(PREFIX), OwnDirective())
    if own.lists_papers:
        return frozenset({*(facet.kind for facet in layout.facets), "year", "sort", "group-by", "show", "limit"})
    return own.options


def unknown(line: int, option: str, value: str, known: Collection[str], *, is_kind: bool) -> Fault:
    """Return what is wrong with a value that isn't among those that an option takes."""
    hint = did_you_mean(
        value, known, f"choose from {', '.join(sorted(known))}" if len(known) <= _FEW else "see its folder"
    )
    code = f"unknown-{option}" if is_kind else "bad-value"
    message = f"there is no {option} '{value}'" if is_kind else f"'{option}' cannot be '{value[:100]}'"
    return Fault(line, code, message, hint)


def limit(line: int, value: str) -> Fault | None:
    """Return what is wrong with the number of papers that a listing may have at most, or None."""
    if value.isascii() and value.isdigit() and len(value) <= len(str(HIGHEST_LIMIT)) and int(value) <= HIGHEST_LIMIT:
        return None
    return unknown(line, "limit", value, (f"a number up to {HIGHEST_LIMIT}",), is_kind=False)


class Choices:
    """What the options may say in one survey."""

    def __init__(self, files: Files, known: Known, layout: Layout) -> None:
        self._layout = layout
        self._known: dict[str, Collection[str] | None] = {
            facet.kind: known.certain(facet.kind) for facet in layout.facets
        }
        for facet in layout.facets:
            if facet.by_member and self._known[facet.kind] is not None:
                self._known[facet.kind] = known.ids[facet.kind]
        self._members = known.certain("model")  # the models themselves, of which alone positions are known
        papers = [page.fields for page in files.papers.values()]
        years = {str(fields.published.year) for fields in papers if isinstance(fields, PaperFields)}
        whole = files.whole and None not in papers
        self._known["year"] = sorted(years, reverse=True) if whole else None

    def faults(self, found: DirectiveText) -> Iterator[Fault]:
        """Yield what is wrong with the options of a directive of ours; of those that code adds nothing is known."""
        name = found.name.removeprefix(PREFIX)
        if name not in OWN:
            near = difflib.get_close_matches(name, OWN, n=1, cutoff=_NEAR)
            message, hint = f"there is no directive '{found.name}'", f"did you mean '{PREFIX}{''.join(near)}'?"
            yield from [Fault(found.line, "bad-directive", message, hint)] if near else []
            return
        allowed = options_of(found.name, self._layout)
        for option, value in found.options.items():
            if option not in allowed:
                message = f"the directive '{found.name}' has no option '{option}'"
                otherwise = f"it has {', '.join(sorted(allowed))}" if allowed else "it has none; remove it"
                yield Fault(found.line, "bad-directive", message, did_you_mean(option, allowed, otherwise))
            elif value.strip():
                yield from self._value(found, option, value.strip())
        kinds = [facet.kind for facet in self._layout.facets]
        for name, known in (("index", kinds), ("reference", REFERENCE)):
            word = found.argument.strip()
            if found.name == f"survey:{name}" and word and word not in known:
                yield unknown(found.line, name, word, known, is_kind=False)

    def _value(self, found: DirectiveText, option: str, value: str) -> Iterator[Fault]:
        is_listing = OWN[found.name.removeprefix(PREFIX)].lists_papers
        if option == "limit":
            wrong = limit(found.line, value)
            yield from [wrong] if wrong is not None else []
        elif option in {"sort", "group-by"}:
            known: Collection[str] = (
                list(ORDERS) if option == "sort" else ["year", *(f.kind for f in self._layout.facets)]
            )
            if value not in known:
                yield unknown(found.line, option, value, known, is_kind=False)
        elif option == "show" or option in self._known:
            choices = LISTING_PARTS if option == "show" else self._known[option]
            if found.name == "survey:atlas":
                choices = self._members
            is_kind = option not in {"show", "year"}
            for part in [at.strip() for at in value.split(",")] if is_listing else [value]:
                if part and choices is not None and part not in choices:
                    yield unknown(found.line, option, part, choices, is_kind=is_kind)
