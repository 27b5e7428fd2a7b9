"""Links by Sphinx's and MyST's own means: to pages, headings, terms, labels and formulas.

Sphinx reads and writes the page that has changed, and not the pages that link to it: those go on to show what is gone,
or an old title. And of two pages that define the same label or term, it keeps the one that was read last; when that one
goes, so does the label. Here both come out as in a build from nothing, which reads pages in the order of their names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx import addnodes

from survey.catalogue.views import digest
from survey.pages.core.domain import domain_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: Domains of links whose pages are read again by what they show.
_OWN_LINKS = frozenset({"survey", "cite"})
#: By domain, the tables in which pages define something by its name; each value begins with the page.
_TABLES = {"std": ("anonlabels", "labels", "objects", "progoptions", "terms"), "math": ("objects",)}
#: A table's domain and name.
_Place = tuple[str, str]


def _tables(env: BuildEnvironment) -> Iterator[tuple[_Place, dict[Any, Any]]]:
    for name, tables in _TABLES.items():
        data = env.get_domain(name).data
        yield from (((name, table), data[table]) for table in tables if isinstance(data.get(table), dict))


def _note(app: Sphinx, doctree: nodes.document) -> None:
    """Note what the page that was read defines, and whether it links to something that pages define."""
    domain, docname = domain_of(app.env), app.env.current_document.docname
    if any(link.get("refdomain") not in _OWN_LINKS for link in doctree.findall(addnodes.pending_xref)):
        domain.linking[docname] = True
    defined = {place: {key: at for key, at in table.items() if at[0] == docname} for place, table in _tables(app.env)}
    if any(defined.values()):
        domain.defined[docname] = {place: entries for place, entries in defined.items() if entries}


def outdated(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> Iterable[str]:
    """Return the pages with links, if pages have come or gone: MyST decides on reading what a link leads to."""
    return [name for name in domain_of(env).linking if name not in removed] if added or removed else ()


def settle(app: Sphinx, env: BuildEnvironment) -> tuple[()]:
    """Give a thing that several pages define to the last of them."""
    defined: Mapping[str, Mapping[_Place, dict[Any, Any]]] = domain_of(env).defined
    for place, table in _tables(env):
        kept = {key: at for key, at in table.items() if at[0] not in env.found_docs}  # what Sphinx itself defines
        table.clear()
        table.update(kept)
        for docname in sorted(defined.keys() & env.found_docs):
            table.update(defined[docname].get(place, {}))
    return ()


def changed_targets(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the pages with links, to be written again, if anything that links lead to has changed."""
    domain = domain_of(env)
    objects = [sorted(other.get_objects()) for other in env.domains.sorted() if other.name not in _OWN_LINKS]
    headings = [(name, env.metadata[name].get("myst_slugs")) for name in sorted(env.found_docs)]
    tables = [sorted(table.items(), key=repr) for _place, table in _tables(env)]
    numbers = sorted(env.toc_secnumbers.items()), sorted(env.toc_fignumbers.items())
    current = digest((objects, headings, tables, numbers))
    if domain.data.get("targets", "") == current:
        return ()
    domain.data["targets"] = current
    return sorted(env.found_docs & domain.linking.keys())


def setup(app: Sphinx) -> None:
    """Connect the steps."""
    app.connect("doctree-read", _note)
    app.connect("env-get-outdated", outdated)
    app.connect("env-updated", settle, priority=1)
    app.connect("env-get-updated", changed_targets, priority=900)  # after sections and figures have their numbers
