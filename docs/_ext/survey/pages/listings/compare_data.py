"""What the comparison loads of each head type: a script of its own, so that a reader gets those that were chosen.

Each holds rows of runs: texts, or pairs of a text and an address relative to the site's root. Which rows there are, and
what they are called, stands in each, so that the script on the page knows neither.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from survey.catalogue.views.comparing import comparison
from survey.catalogue.views.declared_figures import PatternOf
from survey.exports.text import as_json
from survey.figures import pattern, svg
from survey.pages.core.optional_links import COMPARE, CONTESTED, has
from survey.pages.core.site_addresses import address_of
from survey.translation import _, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

    from survey.catalogue import Catalogue
    from survey.catalogue.views import Tag
    from survey.catalogue.views.comparing import Comparison, Depth

FOLDER = "compare"  #: Under ``data``.
_PAPERS, _MODELS = 10, 4  #: So many are named.
_Run = str | list[str]


def compared(app: Sphinx, catalogue: Catalogue) -> dict[str, str]:
    """Return the scripts by the ids of head types; none, if the survey has no page to compare them."""
    if not has(COMPARE, app.env):
        return {}
    found = {}
    for key, head in catalogue.entries["head"].items():
        data = comparison(head, catalogue)
        if data is not None and address_of(app, "head", key) is not None:
            found[key] = _script(key, _Cells(app, catalogue, data).written())
    return found


def _script(key: str, data: dict[str, Any]) -> str:
    text = as_json(data)
    return f"((window.surveyData ??= {{}}).compare ??= {{}})[{json.dumps(key)}] = {text};\n"


class _Cells:
    """The column of one head type."""

    def __init__(self, app: Sphinx, catalogue: Catalogue, data: Comparison) -> None:
        self._app, self._catalogue, self._data = app, catalogue, data

    def written(self) -> dict[str, Any]:
        """Return what the script holds."""
        data = self._data
        rows = [[name, title, cell] for name, title, cell in self._rows() if cell]
        written = {
            "name": data.tag.name,
            "url": address_of(self._app, "head", data.tag.id),
            "rows": rows,
            "papers": [key for key, _name in data.papers],
        }
        declared = PatternOf(data.tag.id).select(self._catalogue)
        if declared is not None:
            drawing = pattern.pattern(declared[1], data.tag.name, data.stage.shade)[-1]  # the narrow one
            written["pattern"] = [_("Pattern"), svg.render(drawing, lambda _target: None), declared[1].caption]
        return written

    def _rows(self) -> Iterator[tuple[str, str, list[_Run]]]:
        data = self._data
        yield "definition", _("What it is"), [data.definition] if data.definition else []
        yield "reads", _("Reads"), [data.reads] if data.reads else []
        yield "writes", _("Writes"), [data.writes] if data.writes else []
        yield "test", _("Test"), [data.test] if data.test else []
        yield "layers", _("Layers"), self._layers()
        yield "models", _("Model families"), self._links(data.families)
        tested = self._counted(data.interventions)
        yield "interventions", _("Interventions"), tested or [_("none: observed only")]
        yield "observations", _("Observed by"), self._counted(data.observations)
        yield "contested", _("Contested"), self._contested()
        yield "stage", _("Stage"), [self._link(data.stage), f" · {data.category}"]
        yield "papers", _("Papers"), self._papers()

    def _layers(self) -> list[_Run]:
        """Return at which depth the known heads sit, and in which layers of the models with most of them."""
        if not self._data.depths:
            return [_("no position recorded")]
        runs: list[_Run] = [_("chosen by a score: ")] if self._data.scored else []
        if self._data.share is not None:
            first, last = self._data.share
            runs.append(_("{first}% to {last}% of the depth; ").format(first=first, last=last))
        shown = self._data.depths[:_MODELS]
        for number, depth in enumerate(shown):
            runs += ["; "] if number else []
            runs += [self._link(depth.model, "member"), f" {_ranges(depth)}"]
        more = len(self._data.depths) - len(shown)
        if more:
            runs.append("; " + counted(more, "{count} more model", "{count} more models"))
        return runs

    def _contested(self) -> list[_Run]:
        if self._data.contested is None:
            return []
        count, anchor = self._data.contested
        words = counted(count, "{count} paper qualifies or disputes it", "{count} papers qualify or dispute it")
        page = address_of(self._app, "page", CONTESTED)
        return [[words, f"{page}#{anchor}"] if page is not None else words]

    def _papers(self) -> list[_Run]:
        papers = self._data.papers
        by = counted(self._data.groups, "{count} independent group", "{count} independent groups")
        total = counted(len(papers), "{count} paper", "{count} papers")
        runs: list[_Run] = [_("{papers} by {groups}: ").format(papers=total, groups=by)]
        links = [self._to("paper", key, name) for key, name in papers[:_PAPERS]]
        runs += _between(links)
        more = len(papers) - len(links)
        if more:
            words = _("{count} more").format(count=more)
            runs += [", ", [words, f"{address_of(self._app, 'head', self._data.tag.id)}#papers"]]
        return runs if papers else []

    def _links(self, tags: Iterable[Tag]) -> list[_Run]:
        return _between([self._link(tag) for tag in tags])

    def _counted(self, tags: Iterable[tuple[Tag, int]]) -> list[_Run]:
        runs: list[_Run] = []
        for tag, count in tags:
            runs += [", "] if runs else []
            runs += [self._link(tag), f" ({count})"]
        return runs

    def _link(self, tag: Tag, kind: str = "") -> _Run:
        return self._to(kind or tag.kind, tag.id, tag.name)

    def _to(self, kind: str, key: str, text: str) -> _Run:
        url = address_of(self._app, kind, key)
        return [text, url] if url is not None else text


def _between(runs: Iterable[_Run]) -> list[_Run]:
    result: list[_Run] = []
    for run in runs:
        result += [", ", run] if result else [run]
    return result


def _ranges(depth: Depth) -> str:
    """Return layers as a reader writes them: ``5–7, 10 of 0–11``."""
    parts: list[list[int]] = []
    for layer in depth.layers:
        if parts and layer == parts[-1][-1] + 1:
            parts[-1].append(layer)
        else:
            parts.append([layer])
    text = ", ".join(f"{part[0]}–{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts)
    return _("{layers} of 0–{last}").format(layers=text, last=depth.of - 1) if depth.of else text
