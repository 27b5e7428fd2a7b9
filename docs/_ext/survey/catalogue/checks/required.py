"""What a survey asks of its own files beyond what makes them right: ``require`` in its settings names the codes.

The checks of every survey are in :mod:`survey.catalogue.checks.checking`; these are for one that is complete, and
stays so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from survey.catalogue.bibliography import year_letters
from survey.catalogue.checks import manners, style
from survey.catalogue.problems import Problem
from survey.catalogue.schema.fields import PaperFields
from survey.catalogue.texts.references_bib import FILE as BIBLIOGRAPHY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from survey.catalogue.records.files import Files, Page
    from survey.catalogue.schema.facets import Facet, Layout

#: So many words in a row that two summaries share are copied, not found twice.
_RUN = 8
_ROLE = re.compile(r"\{[\w:]+\}`([^`<]*)(?:<[^>]*>)?`")
#: A paragraph of one sentence that leads to what stands below.
_ENDS_OPEN = re.compile(r"(?:(?![.!?]\s).)*:\s*", re.DOTALL)


def _unnamed(files: Files, layout: Layout) -> Iterator[Problem]:
    """Report entries, and members of families, that no paper names; a position is enough for a member."""
    named, positioned = _named(files, layout), _positioned(files)
    for facet in layout.facets:
        for key, page in files.entries[facet.kind].items():
            if page.fields is None:
                continue
            members = {str(member.id): at for at, member in enumerate(getattr(page.fields, "members", ()))}
            if key not in named[facet.kind] and not named[facet.kind] & members.keys():
                yield _no_paper(page, 1, f"the {facet.kind} '{key}'", facet)
                continue
            for member in members.keys() - named[facet.kind] - positioned:
                yield _no_paper(page, page.line("members", members[member]), f"the member '{member}'", facet)


def _no_paper(page: Page, line: int, what: str, facet: Facet) -> Problem:
    named = f"add its id to '{facet.tag_field}' of" if facet.through is None else f"name one of its {facet.through}s in"
    hint = f"{named} a paper that is about it, or remove it"
    return Problem(page.path, line, "unnamed-entry", f"no paper names {what}", hint)


def _named(files: Files, layout: Layout) -> Mapping[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    papers = [page.fields for page in files.papers.values() if isinstance(page.fields, PaperFields)]
    for facet in layout.facets:
        if facet.tag_field is not None:
            found[facet.kind] = {tag for paper in papers for tag in getattr(paper, facet.tag_field)}
    for facet in layout.facets:
        if facet.through is not None:
            pages = [page for key, page in files.entries[facet.through].items() if key in found[facet.through]]
            found[facet.kind] = {str(getattr(page.fields, facet.kind, "")) for page in pages}
    return found


def _positioned(files: Files) -> set[str]:
    """Return the members in which anybody has found a head."""
    return {group.model for page in files.pages() for group in getattr(page.fields, "positions", ())}


def _short_lead(files: Files, _layout: Layout) -> Iterator[Problem]:
    """Report entries that don't say in a sentence what they are."""
    for pages in files.entries.values():
        for page in pages.values():
            lead = page.body.lead
            if page.readable and (lead is None or len(lead.text.split()) < _RUN):
                hint = f"begin it with a sentence of {_RUN} words or more"
                line = page.body.title_line if lead is None else lead.line
                yield Problem(page.path, line, "short-lead", "the page doesn't say what it is about", hint)
            elif page.readable and lead is not None and _ENDS_OPEN.fullmatch(lead.text):
                message = "the page's first sentence ends in a colon, and lists show nothing behind it"
                yield Problem(page.path, lead.line, "short-lead", message, "end the sentence there")


def _copied(files: Files, _layout: Layout) -> Iterator[Problem]:
    """Report summaries that share a run of words with one that comes before."""
    first: dict[str, str] = {}
    for key, page in sorted(files.papers.items()):
        for passage in page.body.summary.values():
            words = re.findall(r"\w+", _ROLE.sub(r"\1", passage.text).casefold())
            runs = [" ".join(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)]
            for run in runs:
                if first.setdefault(run, key) != key:
                    message = f"'{run}' stands in the summary of '{first[run]}' too"
                    yield Problem(page.path, passage.line, "copied-words", message, "say it in words of its own")
                    break


def _unrecorded(files: Files, _layout: Layout) -> Iterator[Problem]:
    """Report letters behind the year that a work more could take away."""
    return year_letters.unrecorded(files.bibliography, BIBLIOGRAPHY)


#: By code, what a survey may require.
POLICIES: Mapping[str, Callable[[Files, Layout], Iterator[Problem]]] = {
    "copied-words": _copied,
    "empty-dispute": manners.empty_disputes,
    "missing-models": manners.missing_models,
    "missing-reading": manners.missing_readings,
    "missing-takeaway": manners.missing_takeaways,
    "opening-question": manners.opening_questions,
    "short-lead": _short_lead,
    "unexplained-year": manners.unexplained_years,
    "unnamed-entry": _unnamed,
    "unrecorded-letter": _unrecorded,
}


def check(files: Files, layout: Layout) -> Iterator[Problem]:
    """Yield what a survey requires and doesn't have; nothing as long as some pages cannot be read."""
    yield from style.check(files, layout)
    if files.whole:
        for code in sorted(layout.required):
            yield from POLICIES[code](files, layout)
