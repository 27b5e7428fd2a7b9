"""The atlas on pages: for each model the grid of its heads, what sources agree on, and a table of all positions."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from survey.catalogue.views.atlas import Atlas
from survey.figures import atlas
from survey.figures.atlas_filter import filters, style_sheet
from survey.pages.core.builders import is_site
from survey.pages.core.directive import SurveyDirective
from survey.pages.core.loading import catalogue_of
from survey.pages.core.nodes import UNFOLDS, folded, joined, paragraph, position_link, reference, section, worded
from survey.pages.figures.chosen_figure import chosen_sections
from survey.pages.figures.drawings import drawn, figure, in_words
from survey.pages.figures.position_tables import place_table, surveyed_papers
from survey.translation import _, counted, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sphinx.application import Sphinx

    from survey.catalogue.views import Tag
    from survey.catalogue.views.atlas import AtlasData, Cell, Grid, Role


_AT_ONCE = 6  #: Models whose heads are in sight; those of the others, of which less is known, unfold.
FILTERS = "_static/survey-atlas.css"  #: The styles of the filters, made of the catalogue.


class AtlasDirective(SurveyDirective):
    """``{survey:atlas}``: the known head positions of every model, or of the one that ``model`` names."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "model": directives.unchanged,
        "automatic": directives.flag,
    }
    option_words: ClassVar[Mapping[str, str]] = {
        "model": "The id of a member: shows its grid only.",
        "automatic": "Shows the heads that a detector or score has chosen, instead of those that sources name.",
    }

    def run(self) -> list[nodes.Node]:
        """Make a section for each model."""
        wanted, is_known = self.named("model", self.catalogue.members)
        if not is_known:
            return []
        if "automatic" in self.options:
            return chosen_sections(wanted, self.state.document, self.domain)
        data: AtlasData = self.domain.show(Atlas())
        docname = self.env.current_document.docname
        if wanted is not None:
            grids = [grid for grid in data.grids if grid.tag.id == wanted]
            return [node for grid in grids for node in grid_figure(grid, data.stages, docname)]
        if not data.grids:
            return [nodes.paragraph("", _("No head positions are known yet."))]
        result: list[nodes.Node] = [
            drawn(parts=(atlas.explanation(data.stages), *filters(data)), style=FILTERS),
            folded("", paragraph(nodes.Text(_summary(data))), label=_("What is shown, and what is not, in numbers")),
        ]
        for place, grid in enumerate(data.grids):
            shown = _in_full(grid, docname)
            if place >= _AT_ONCE:
                label = counted(len(grid.cells), "Show the {count} head", "Show the {count} heads")
                shown = [folded("", *shown, label=label, classes=[UNFOLDS])]
            about = paragraph(*_about(grid, docname))
            part = section(self.state.document, grid.tag.name, about, *shown, ident=grid.tag.id)
            part["classes"] += ["survey-atlas-model", *(f"survey-has-{tag.id}" for tag in grid.roles)]
            result.append(part)
        return result


def _in_full(grid: Grid, docname: str) -> list[nodes.Node]:
    """Return all that the atlas shows of a model below its name."""
    words = in_words(
        place_table(grid.places, grid.place_names, docname, ("role", "positions", "source")),
        summary=_("All positions in {model} as a table").format(model=grid.tag.name),
    )
    return [*grid_figure(grid, (), docname), words]


def _summary(data: AtlasData) -> str:
    grids = data.grids
    cells = [cell for grid in grids for cell in grid.cells]
    roles = {tag.id for grid in grids for tag in grid.roles}
    inferred = sum(cell.inferred for cell in cells)
    words = _(
        "{heads} in {models}, in {roles}: {stated} stated by a source, {inferred} only inferred from one. {shared} "
        "are named by two papers or more, {agreed} of them in one and the same role by two or more; {several} have "
        "several roles."
    ).format(
        models=counted(len(grids), "{count} model", "{count} models"),
        heads=counted(len(cells), "{count} head is named", "{count} heads are named"),
        roles=counted(len(roles), "{count} role", "{count} roles"),
        stated=len(cells) - inferred,
        inferred=inferred,
        shared=sum(len(grid.shared) for grid in grids),
        agreed=sum(bool(cell.agreed) for cell in cells),
        several=sum(len(grid.several) for grid in grids),
    )
    return " ".join([words, *_beside(data)])


def _beside(data: AtlasData) -> Iterator[str]:
    """Say what is known besides the heads that are shown."""
    counts = [data.others, *(grid.count for grid in data.grids)]
    chosen, shared = sum(count.automatic for count in counts), sum(count.kv for count in counts)
    heads = plural("{count} other head", "{count} other heads", chosen).format(count=f"{chosen:,}") if chosen else ""
    if shared:
        kv = plural("{count} KV head", "{count} KV heads", shared).format(count=f"{shared:,}")
        heads = _("{heads} and {more}").format(heads=heads, more=kv) if heads else kv
    if heads:
        yield _("Not shown: {heads}, chosen by a detector or score and not named.").format(heads=heads)
    if data.models:
        models = counted(data.models, "{count} further model", "{count} further models")
        yield _("In {models} only such heads are known.").format(models=models)


def _about(grid: Grid, docname: str) -> list[nodes.Node]:
    more = _("more about {model}").format(model=grid.tag.name)
    if grid.layers is not None and grid.heads is not None:
        words = _("{named} of {all} heads named, in {roles}, by {papers}{beside}: {link}.")
        heads = grid.layers * grid.heads
    else:
        words, heads = _("{named} heads named, in {roles}, by {papers}{beside}: {link}."), 0
    automatic = grid.count.automatic
    return worded(
        words,
        named=str(len(grid.cells)),
        all=str(heads),
        roles=counted(len(grid.roles), "{count} role", "{count} roles"),
        papers=surveyed_papers(grid.papers),
        beside=_("; {count} more chosen by a score, not shown").format(count=automatic) if automatic else "",
        link=reference("model", grid.tag.id, more, docname, member=True),
    )


def grid_figure(grid: Grid, stages: Sequence[Tag], docname: str) -> list[nodes.Node]:
    """Return the grid of a model, and below it what is agreed and what has several roles; with a legend if given."""
    drawings = atlas.grid(grid)
    result: list[nodes.Node] = []
    if drawings:
        legend = [atlas.explanation(stages)] if stages else []
        result.append(figure([*legend, *drawings, atlas.cards(grid)], classes=["survey-atlas-figure"]))
    agreed = [(cell, cell.agreed) for cell in grid.cells if cell.agreed]
    result += _cell_list(_("Named in one role by two papers or more"), agreed, grid, docname)
    return result + _cell_list(_("Several roles"), [(cell, cell.roles) for cell in grid.several], grid, docname)


def _cell_list(title: str, found: Sequence[tuple[Cell, Sequence[Role]]], grid: Grid, docname: str) -> list[nodes.Node]:
    if not found:
        return []
    listing = nodes.bullet_list(classes=["survey-positions", "no-search"])
    for cell, roles in found:
        words = joined([_role(role, docname) for role in roles], "; ")
        listing += nodes.list_item(
            "", paragraph(position_link(grid.tag.id, cell.label, docname), nodes.Text(" "), *words)
        )
    positions = counted(len(found), "{count} position", "{count} positions")
    heading = paragraph(nodes.strong("", title), classes=["survey-positions-title"])
    return [heading, folded("", listing, label=positions, classes=["survey-positions-fold"])]


def _role(role: Role, docname: str) -> list[nodes.Node]:
    sources: list[list[nodes.Node]] = []
    for claim in dict.fromkeys(role.claims):
        note = [nodes.Text(_(", inferred"))] if claim.inferred else []
        if claim.paper is not None:
            sources.append([reference("paper", claim.paper, claim.words, docname), *note])
    others = sum(claim.paper is None for claim in role.claims)
    if others:
        sources.append([nodes.Text(counted(others, "{count} other source", "{count} other sources"))])
    name = reference("head", role.tag.id, role.tag.name, docname) if role.tag.id else nodes.Text(role.tag.name)
    return [name, nodes.Text(" ("), *joined(sources, "; "), nodes.Text(")")]


def _load_filters(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load the styles on pages with the filters; Sphinx would look for the file, which may not be written yet."""
    if doctree is None or not any(node.get("style") == FILTERS for node in doctree.findall(drawn)):
        return
    app.add_js_file("atlas.js", loading_method="defer")
    version = hashlib.sha256(_filter_styles(app)).hexdigest()[:8]
    address = context["pathto"](f"{FILTERS}?v={version}", resource=True)
    context["metatags"] = f'{context.get("metatags") or ""}\n    <link rel="stylesheet" href="{address}" />'


def _filter_styles(app: Sphinx) -> bytes:
    return style_sheet(Atlas().select(catalogue_of(app))).encode()


def _write_filters(app: Sphinx, exception: Exception | None) -> None:
    """Write the styles of the filters, if there are any."""
    if exception is not None or not is_site(app.builder):
        return
    path, content = app.outdir / FILTERS, _filter_styles(app)
    if not content:
        path.unlink(missing_ok=True)
    elif not path.is_file() or path.read_bytes() != content:
        path.write_bytes(content)


def setup(app: Sphinx) -> None:
    """Register the directive, and connect what makes its filters work."""
    app.add_directive_to_domain("survey", "atlas", AtlasDirective)
    app.connect("html-page-context", _load_filters)
    app.connect("build-finished", _write_filters)
