"""Tags, links and the frame, written quicker than by others, are the same; internals of others are as we know them."""

from __future__ import annotations

import inspect
import random
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pydata_sphinx_theme.translator
import pytest
import sphinx_book_theme
from docutils import nodes
from docutils.utils import new_document
from docutils.writers import _html_base
from docutils.writers.html5_polyglot import HTMLTranslator
from pydata_sphinx_theme import toctree
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import html
from sphinx.environment.adapters import toctree as contents
from sphinx.events import EventManager
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.transforms.post_transforms import ReferencesResolver
from sphinx.util.docutils import docutils_namespace

from survey.pages.core.own_links import ResolveOwnLinks
from survey.pages.frame import known_files, page_contents, page_description, site_contents
from survey.pages.html import partials
from survey.pages.html.quick_tags import QuickTags, is_known
from survey.pages.site import search

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Stock(pydata_sphinx_theme.translator.BootstrapHTML5TranslatorMixin, HTMLTranslator):  # type: ignore[misc]
    """What the theme makes of docutils' translator."""

    def __init__(self) -> None:  # of the many settings, those that tags ask for
        self.settings = SimpleNamespace(cloak_email_addresses=True)
        self.in_mailto = False


class Ours(QuickTags, Stock):
    """The same with ours before it."""


_VALUES = ("plain", 'a "quoted" & <b>', "two\nlines", "a@b", "", 7, ["one", "two"], "language-de one", "é中")


def _elements(seed: int) -> tuple[Callable[[], nodes.Element], str, dict[str, Any]]:
    chance = random.Random(seed)
    kind = chance.choice((nodes.table, nodes.paragraph, nodes.section))
    classes = chance.choices(("one", "two", "colwidths-auto", "language-fr"), k=chance.randrange(3))
    ids = ["first", "second"][: chance.randrange(3)]
    names = ("CLASS", "href", "Data-x", "ARIA-LABEL", "classes", "ids", "ROLE", "style")
    given: dict[str, Any] = {name: chance.choice(_VALUES) for name in chance.sample(names, chance.randrange(5))}
    for name in {"classes", "ids"} & set(given):
        given[name] = ["three", "one"]
    for name in {"CLASS", "ROLE"} & set(given):
        given[name] = chance.choice(("heading", "one four", ""))
    return lambda: kind(classes=classes, ids=ids), chance.choice(("p", "DIV", "img")), given


def _copied(given: dict[str, Any]) -> dict[str, Any]:
    return {name: [*value] if isinstance(value, list) else value for name, value in given.items()}


@pytest.mark.parametrize("in_mailto", [False, True])
def test_tags_are_those_of_docutils_and_the_theme(in_mailto: bool) -> None:
    ours, stock = Ours(), Stock()
    ours.in_mailto = stock.in_mailto = in_mailto
    for seed in range(1500):
        element, tag, given = _elements(seed)
        written = [one.starttag(element(), tag, "", seed % 5 == 0, **_copied(given)) for one in (ours, stock)]
        assert written[0] == written[1], given
    for text in ("plain", nodes.Text("a < b & c"), 'say "x"', "a@b.org", ""):
        assert ours.encode(text) == stock.encode(text)
    assert ours.starttag({}, "col") == stock.starttag({}, "col")


def test_translators_with_tags_of_their_own_write_them() -> None:
    class Own(Stock):
        def starttag(self, *_given: Any, **_more: Any) -> str:
            return "<own>"

    class Before(QuickTags, Own):
        pass

    assert is_known(Ours)
    assert not is_known(Before)
    assert Before().starttag(nodes.paragraph(), "p") == "<own>"
    assert set(vars(_html_base.HTMLTranslator)) >= {"starttag", "attval", "encode", "special_characters"}
    assert not {"starttag", "attval", "encode"} & set(vars(HTMLTranslator))
    assert "get_stylesheet_list" in _html_base.HTMLTranslator.__init__.__code__.co_names


def _theirs(toc: str, levels: int) -> str:
    """Return what the theme makes of what Sphinx has written of a page's headings."""
    context: dict[str, Any] = {"toc": toc, "theme_show_toc_level": levels}
    toctree.add_toctree_functions(None, "", "", context, None)  # type: ignore[arg-type]  # not asked
    return str(context["generate_toc_html"]())


def _link(title: str, inside: str = "", anchor: str = "a-b") -> str:
    return f'<li><a class="reference internal" href="#{anchor}">{title}</a>{inside}</li>\n'


def _list(*items: str) -> str:
    return f"<ul>\n{''.join(items)}</ul>\n"


_DEEP = _list(_link("One", _list(_link("Two", _list(_link("Three"))), _link("More"))), _link("Four"))
_TITLES = (
    "Plain words",
    'A <code class="docutils literal notranslate"><span class="pre">name</span></code>',
    "Signs &amp; &lt;more&gt; &quot;of&quot; &#64; them — é",
    "<em>Stressed</em> and <strong>strong</strong>",
)


@pytest.mark.parametrize("levels", [1, 2])
@pytest.mark.parametrize("inside", ["", _DEEP, *(_list(_link(title)) for title in _TITLES)])
def test_contents_of_a_page_are_those_of_the_theme(inside: str, levels: int) -> None:
    toc = _list(_link("Title", inside, ""))
    assert page_contents.contents(toc, levels) == _theirs(toc, levels)


@pytest.mark.parametrize(
    "toc",
    [
        "",
        _list(_link("One title", _DEEP), _link("Another", _DEEP)),
        _list(_link("Title", _list('<li><a class="reference external" href="#x">Other</a></li>\n'))),
        _list(_link("Title", _list(_link("A &nbsp; sign")))),
        _list(_link("Title", _list(_link('<img src="x" />')))),
        _list(_link("Title", _list("<li><p>No link</p></li>\n"))),
    ],
)
def test_unknown_contents_are_left_to_the_theme(toc: str) -> None:
    assert page_contents.contents(toc, 1) is None
    context: dict[str, Any] = {"toc": toc, "generate_toc_html": lambda: "theirs", "theme_show_toc_level": 1}
    page_contents._offer(None, "page", "page.html", context, None)  # type: ignore[arg-type]  # not asked
    assert context["survey_page_contents"]() == "theirs"


def test_the_beginning_of_a_page_is_what_the_theme_offers() -> None:
    def word(text: str) -> nodes.paragraph:
        return nodes.paragraph("", text)

    page = new_document("page")
    page += nodes.section("", nodes.title("", "Title"), word("Some\nwords."), nodes.section("", word("More " * 60)))
    module, name = page_description.FUNCTION
    assert module == sphinx_book_theme.__name__
    stock = getattr(sphinx_book_theme, name)
    assert list(inspect.signature(stock).parameters) == ["app", "pagename", "templatename", "context", "doctree"]
    config = SimpleNamespace(author="Wu")
    app = SimpleNamespace(env=SimpleNamespace(titles={"index": nodes.title("", "Home")}), config=config)
    contexts: list[dict[str, Any]] = [{"root_doc": "index"}, {"root_doc": "index"}]
    stock(app, "index", "", contexts[0], page)
    page_description.without_text(stock)(app, "index", "", contexts[1], page)
    for context in contexts:
        context.pop("translate")
    assert contexts[0] == contexts[1]
    assert f"{contexts[1]['page_description']}".startswith("Title  Some words.  More")


def test_the_themes_function_is_found_among_the_listeners() -> None:
    assert "listeners" in inspect.getsource(EventManager)
    assert page_description.FUNCTION[1] in inspect.getsource(sphinx_book_theme.setup)


def test_what_the_search_leaves_out_is_marked_once() -> None:
    names = ("no-search", "headerlink", "survey-bibtex", "survey-bibtexes", "one", "one no-search two", " headerlink")
    body = "".join(f'<p class="{name}">a <a class="headerlink" href="#x">x</a></p>' for name in (*names, *names))
    slowly = search._IGNORED.sub(r"\g<0> data-pagefind-ignore", body)
    assert search.marked(body) == slowly
    marked = re.findall(r'class="([^"]*)" data-pagefind-ignore', slowly)
    assert set(marked) == {*names[:3], *names[-2:]}
    other = f'<p subclass="no-search" class="no-search">{body}'
    assert search.marked(other) == search._IGNORED.sub(r"\g<0> data-pagefind-ignore", other)


def test_own_links_are_made_before_sphinx_makes_its_own() -> None:
    assert ResolveOwnLinks.default_priority < ReferencesResolver.default_priority
    for name in ("reftype", "reftarget", "refdoc", "refdomain"):
        assert name in inspect.getsource(ReferencesResolver)


def _heading(page: str, title: str, *below: nodes.Node) -> nodes.list_item:
    link = nodes.reference("", title, refuri=page, anchorname="" if title == page else f"#{title}", internal=True)
    entry = nodes.list_item("", addnodes.compact_paragraph("", "", link))
    if below:
        entry += nodes.bullet_list("", *below)
    return entry


def _site() -> SimpleNamespace:
    """Return what Sphinx knows of a site: a page with headings, one with none, and one with contents of its own."""
    toctree_node = addnodes.toctree(entries=[(None, "plain"), ("Other title", "deep")], hidden=False)
    pages = {
        "plain": [_heading("plain", "plain")],
        "deep": [_heading("deep", "deep", _heading("deep", "a", _heading("deep", "b")), _heading("deep", "c"))],
        "hub": [_heading("hub", "hub", _heading("hub", "a", toctree_node), _heading("hub", "b"))],
        "two": [_heading("two", "two", _heading("two", "a")), _heading("two", "more")],
    }
    tocs = {page: nodes.bullet_list("", *entries) for page, entries in pages.items()}
    return SimpleNamespace(tocs=tocs, metadata={page: {} for page in pages}, titles={})


@pytest.mark.parametrize("collapse", [False, True])
@pytest.mark.parametrize("above", [(), ("hub", "deep")])
def test_contents_of_the_site_are_the_same_from_titles_alone(collapse: bool, above: tuple[str, ...]) -> None:
    env = _site()
    node = addnodes.toctree(entries=[(None, "hub"), ("Named", "deep"), (None, "two"), (None, "plain")])

    def shown(**_asked: Any) -> str:
        given = (env, False, True, collapse, True, None, set(above), None, None, node, [])
        return "".join(entry.pformat() for entry in contents._entries_from_toctree(*given))

    before = shown()
    titles = site_contents.titles_alone(env, ["plain", "deep", "hub", "two", "gone"])
    quick = site_contents.quick(shown, env, titles)
    assert quick(titles_only=True) == before == quick()
    assert titles["hub"] is env.tocs["hub"], "it has contents of its own"
    assert len(list(titles["deep"].findall(nodes.reference))) == 1
    assert site_contents.TITLES_ONLY in inspect.signature(contents.global_toctree_for_doc).parameters
    assert f"env.{site_contents._HEADINGS}" in inspect.getsource(contents._toctree_entry)


def test_files_that_pages_load_are_known_by_name_for_one_build(tmp_path: Path) -> None:
    assert "_file_checksum" in inspect.getsource(html.StandaloneHTMLBuilder.handle_page)
    (tmp_path / "a.css").write_text("a {}", "utf-8")
    known_files._forget(None, None)  # type: ignore[arg-type]
    stock = known_files._stock(tmp_path, "a.css")
    assert known_files.digest(tmp_path, "a.css") == known_files.digest(tmp_path, "a.css") == stock
    assert known_files.digest(tmp_path, "https://example.org/a.css") == ""
    assert len(known_files._known) == 2
    known_files._forget(None, None)  # type: ignore[arg-type]
    assert not known_files._known


def test_templates_are_looked_for_once_a_build() -> None:
    loader = BuiltinTemplateLoader()
    assert "self.environment = " in inspect.getsource(BuiltinTemplateLoader.init)
    loader.environment = SimpleNamespace(auto_reload=True)  # type: ignore[assignment]
    known_files._begin(SimpleNamespace(builder=SimpleNamespace(templates=loader)))  # type: ignore[arg-type]
    assert loader.environment.auto_reload is False
    known_files._begin(SimpleNamespace(builder=None))  # type: ignore[arg-type]


def _entry(address: str, *title: nodes.Node, **more: Any) -> nodes.list_item:
    given = {"refuri": address, "anchorname": address, "internal": True} | more
    return nodes.list_item("", addnodes.compact_paragraph("", "", nodes.reference("", "", *title, **given)))


def _headings(kind: int) -> nodes.bullet_list:
    inner = nodes.bullet_list("", _entry("#b&c", nodes.Text('Signs "&" <b> @ é')), _entry("#d", nodes.Text("D")))
    entry = _entry("#", nodes.Text("Title"))
    entry += inner
    others = (
        lambda: _entry("#e", nodes.literal("", "code")),
        lambda: _entry("#e", nodes.Text("E"), secnumber=(1, 2)),
        lambda: _entry("a b", nodes.Text("E")),
        lambda: _entry("#e", nodes.Text("E"), classes=["one"]),
        lambda: nodes.list_item("", nodes.paragraph("", "E")),
    )
    inner += [others[kind - 1]()] if kind else []
    return nodes.bullet_list("", entry)


def test_titles_and_headings_are_those_of_sphinx(tmp_path: Path) -> None:
    """One build of nothing, by whose builder both are made."""
    (tmp_path / "conf.py").write_text("", "utf-8")
    (tmp_path / "index.rst").write_text("Title\n=====\n", "utf-8")
    with docutils_namespace():
        app = Sphinx(tmp_path, tmp_path, tmp_path / "out", tmp_path / "doctrees", "html", status=None)
        stock = app.builder.render_partial  # type: ignore[attr-defined]
        titles = ["Plain", 'Signs "&" <b> @ é', " spaces ", "a\\b"]
        made = [lambda text=text: nodes.title("", text) for text in titles]
        made += [lambda: nodes.title("", "", nodes.emphasis("", "A"), nodes.Text("b")), nodes.title]
        made += [lambda kind=kind: _headings(kind) for kind in range(6)]
        left: list[nodes.Node | None] = []

        def leave(node: nodes.Node | None) -> dict[str, str]:
            left.append(node)
            found: dict[str, str] = stock(node)
            return found

        for make in made:
            assert partials.render(make(), leave) == stock(make())
    assert len(left) == 2 + 5, "what is unusual, and nothing else"
    assert set(partials._METHODS) >= {f"{step}_{kind}" for step in ("visit", "depart") for kind in partials._KINDS}
