"""What each paper's page rests on and says, in a row, and how many there are of each: for those who keep a survey."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.catalogue.views.cards import DEPTHS, depths_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.record_types import Paper

#: What is counted of the problems, by code, and what it is called.
_COUNTED = {
    "opening-question": "pages that open with a question",
    "avoided-words": "uses of words that the survey avoids",
    "empty-dispute": "disputes with fewer than two works",
    "bad-takeaway": "takeaways that aren't understood alone",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One paper."""

    key: str
    read: str
    models: str  #: Their ids, or why there are none.
    methods: str
    findings: int
    takeaway: str


def rows(catalogue: Catalogue) -> list[Row]:
    """Return a row for each paper, newest first; what isn't there is an empty text."""
    return [_row(paper) for paper in catalogue.papers.values()]


def _row(paper: Paper) -> Row:
    fields = paper.fields
    why = f"none: {fields.models_note}" if fields.models_note else "none: background" if paper.is_background else ""
    models = " ".join(paper.tags.get("model", ())) or why
    methods = " ".join(paper.tags.get("method", ()))
    return Row(paper.key, " ".join(fields.read), models, methods, len(fields.findings), fields.takeaway or "")


def tallies(catalogue: Catalogue) -> Iterator[str]:
    """Yield lines of counts, of the papers and of what is wrong with the whole."""
    found = list(catalogue.papers.values())
    depths = Counter(depths_of(paper)[:1] or ("nothing",) for paper in found)
    deepest = ", ".join(f"{depth} {depths[depth,]}" for depth in (*DEPTHS, "nothing") if depths[depth,])
    yield f"{len(found)} papers, by the deepest that was read: {deepest or 'none'}"
    named = sum(bool(paper.tags.get("model")) for paper in found)
    noted = sum(bool(paper.fields.models_note) for paper in found)
    rest = [paper for paper in found if not paper.tags.get("model") and not paper.fields.models_note]
    background = sum(paper.is_background for paper in rest)
    neither = len(rest) - background
    yield f"models: {named} name them, {noted} say why not, {background} are background, {neither} neither"
    yield f"methods: {sum(bool(paper.tags.get('method')) for paper in found)}"
    yield f"takeaways: {sum(paper.fields.takeaway is not None for paper in found)}"
    yield f"findings: {sum(bool(paper.fields.findings) for paper in found)}"
    labels = Counter(entry.short.casefold() for entry in catalogue.bibliography.values())
    yield f"labels that name two works: {sum(count > 1 for count in labels.values())}"
    problems = Counter(problem.code for problem in catalogue.problems)
    yield from (f"{words}: {problems[code]}{_asked(code, catalogue)}" for code, words in _COUNTED.items())


def _asked(code: str, catalogue: Catalogue) -> str:
    """Return a note where nothing was found because nothing was looked for."""
    layout = catalogue.layout
    always = code == "bad-takeaway" or (code == "avoided-words" and layout.avoided)
    return "" if always or code in layout.required else " (the survey doesn't ask for it)"
