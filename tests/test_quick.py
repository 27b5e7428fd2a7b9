"""What is quicker than in Sphinx, docutils, MyST and pybtex does the same; and their internals are as we know them."""

from __future__ import annotations

import gc
import inspect
import random
import subprocess
import sys
import weakref
from types import CodeType
from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from docutils.utils import new_document
from myst_parser.mdit_to_docutils import base
from pybtex.richtext import Text
from sphinx import builders
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxParallelError
from sphinxcontrib.bibtex.domain import BibtexDomain
from trees import small_survey

from survey.catalogue.bibliography.references import read
from survey.catalogue.garbage import SELDOM
from survey.pages.core import citation_style
from survey.pages.pace import forgetting, read_pages, sharing, tree_walks, write_pages
from survey.pages.safety import guarded_parser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def _recursively(tree: nodes.Node, kind: type[nodes.Node]) -> Iterator[nodes.Node]:
    """Docutils' own way (docutils 0.22, ``nodes.Node._fast_findall``)."""
    if isinstance(tree, kind):
        yield tree
    for child in tree.children:
        yield from _recursively(child, kind)


def _tree(chance: random.Random, depth: int = 5) -> nodes.Element:
    kinds = (nodes.paragraph, nodes.section, nodes.container)
    tree = chance.choice(kinds)()
    for _ in range(chance.randrange(4)):
        tree += _tree(chance, depth - 1) if depth and chance.random() < 0.7 else nodes.Text("words")
    return tree


def test_docutils_still_walks_by_the_method_that_is_replaced() -> None:
    stock = tree_walks._stock  # what is replaced
    assert "_fast_findall" in stock.__code__.co_names
    names = inspect.signature(stock).parameters
    assert list(names) == ["self", "condition", "include_self", "descend", "siblings", "ascend"]
    with tree_walks.quick():
        assert nodes.Node._fast_findall is tree_walks.find  # what is replaced


@pytest.mark.parametrize("kind", [nodes.Node, nodes.Text, nodes.paragraph, nodes.TextElement])
def test_walking_finds_the_same_in_the_same_order(kind: type[nodes.Node]) -> None:
    for seed in range(50):
        tree = _tree(random.Random(seed))
        assert [id(node) for node in tree_walks.find(tree, kind)] == [id(node) for node in _recursively(tree, kind)]


def test_walking_finds_the_same_by_any_condition() -> None:
    def leaf(node: nodes.Node) -> bool:
        return not node.children

    for seed in range(30):
        tree = _tree(random.Random(seed))
        for condition in (None, leaf, nodes.section):
            for given in ({}, {"include_self": False}, {"descend": False}):
                stock = tree_walks._stock(tree, condition, **given)  # what is replaced
                assert list(map(id, tree_walks.findall(tree, condition, **given))) == list(map(id, stock))


def test_walking_sees_what_is_changed_on_the_way() -> None:
    def found(walk: object) -> list[str]:
        tree = _tree(random.Random(7))
        names = []
        for number, node in enumerate(walk(tree, nodes.Element)):  # type: ignore[operator]  # one of two functions
            names.append(node.tagname)
            if number % 3 == 0 and number < 30:
                node.append(nodes.emphasis())
            if node.parent is not None and number % 4 == 3:
                node.replace_self(nodes.strong("", nodes.Text("other")))
        return names

    assert found(tree_walks.find) == found(_recursively)


def test_words_are_decoded_as_latex_would_be() -> None:
    latex = citation_style.stock_from_latex
    assert Text.from_latex == latex
    chance = random.Random(1)
    signs = "abcXYé中Ж5.,:;()/+*= -"
    texts = ["".join(chance.choices(signs, k=chance.randint(1, 7))) for _ in range(3000)]
    assert [text for text in texts if repr(citation_style.from_latex(text)) != repr(latex(text))] == []
    assert str(citation_style.from_latex(r"G\"odel {T}est--x")) == "Gödel Test\u2013x"


def test_an_entry_is_formatted_once_and_again_when_it_says_something_else() -> None:
    def reference(title: str) -> str:
        entries, _ = read(f"@misc{{wu2024x,\n title = {{{title}}},\n author = {{Wu, Ann}},\n year = {{2024}},\n}}\n")
        return citation_style.plain_reference(entries["wu2024x"].normalised)

    assert "One thing" in reference("One thing")
    assert "Another thing" in reference("Another thing")


def test_myst_still_makes_its_spare_document_by_this_function() -> None:
    names = base.DocutilsRenderer.setup_render.__code__.co_names
    assert "make_document" in names
    make = base.make_document
    with guarded_parser._without_spare_document():  # what is tested
        assert base.make_document() is None
    assert base.make_document is make


_SAYS_HOW_OFTEN = """
def setup(app):
    import gc
    from sphinx.util.logging import getLogger
    app.connect("source-read", lambda *_: getLogger("test").info("looked for every %s", gc.get_threshold()))
"""


@pytest.fixture
def usual() -> Iterator[tuple[int, int, int]]:
    """Return how often Python looks for garbage by default; the tests' process has chosen something else."""
    chosen = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    gc.unfreeze()
    yield gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*chosen)


def test_garbage_is_looked_for_as_usual_after_a_build(tmp_path: Path, usual: tuple[int, int, int]) -> None:
    tree = small_survey(tmp_path)
    tree.write("docs/conf.py", tree.read("docs/conf.py") + _SAYS_HOW_OFTEN)
    log = tree.build().log
    assert f"looked for every {SELDOM}" in log
    assert gc.get_freeze_count() == 0
    assert gc.get_threshold() == usual
    assert SELDOM[0] > usual[0]


def test_what_somebody_else_has_set_aside_stays_so(tmp_path: Path, usual: tuple[int, int, int]) -> None:
    gc.freeze()
    before = gc.get_freeze_count()
    small_survey(tmp_path).build()
    assert gc.get_freeze_count() > before / 2  # some of it isn't needed any more
    assert gc.get_threshold() == usual


def test_a_process_that_ends_looks_for_no_garbage(tmp_path: Path) -> None:
    tree = small_survey(tmp_path)
    code = (
        "import atexit, gc, sys\n"
        "atexit.register(lambda: print(gc.get_freeze_count() > 10_000))  # runs after what the build has registered\n"
        "from sphinx.cmd.build import main\n"
        f"status = main(['-q', '-b', 'dummy', {str(tree.root / 'docs')!r}, {str(tmp_path / 'out')!r}])\n"
        "print(gc.get_freeze_count())\n"
        "sys.exit(status)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert ended.stdout.split()[-2:] == ["0", "True"]


def test_sphinx_still_writes_the_general_index_by_this_method() -> None:
    assert "self.write_genindex()" in inspect.getsource(StandaloneHTMLBuilder.gen_indices)


def _names(function: object) -> set[str]:
    """Return what a function names, and the functions inside it."""
    code = function if isinstance(function, CodeType) else inspect.unwrap(function).__code__  # type: ignore[arg-type]
    inner = (_names(one) for one in code.co_consts if isinstance(one, CodeType))
    return {*code.co_names, *code.co_freevars}.union(*inner)


def test_sphinx_still_keeps_pages_by_these_names() -> None:
    assert forgetting.KEPT in _names(BuildEnvironment.get_and_resolve_doctree)
    assert forgetting.PICKLED in _names(BuildEnvironment.get_doctree)


def test_sphinx_still_reads_and_writes_with_several_processes_by_these_methods() -> None:
    builder = builders.Builder
    assert read_pages.READ in _names(builder.read)
    assert write_pages.WRITE in _names(builder.write_documents)
    stock = _names(getattr(builder, read_pages.READ))
    assert stock >= {"make_chunks", "clear_doc", "emit", "read_doc", "dumps", "loads", read_pages.MERGE}
    stock = _names(getattr(builder, write_pages.WRITE))
    assert stock >= {"make_chunks", write_pages.WRITE_ONE, "write_doc_serialized", "write_doc"}
    assert next(iter(inspect.signature(getattr(builders, write_pages.WRITE_ONE)).parameters)) == "docname"
    for name in (read_pages.READ, write_pages.WRITE):
        assert list(inspect.signature(getattr(builder, name)).parameters) == ["self", "docnames", "nproc"]
    # What a page leaves in its builder: another process hands over the images, and there is no index.
    assert _names(StandaloneHTMLBuilder.write_doc_serialized) <= {
        *("relative_uri", "get_target_uri", "imagedir", "imgpath", "post_process_images"),
        *("env", "longtitles", "get", "astext", "index_page"),
    }


def test_pages_are_shared_without_losing_any() -> None:
    pages = [str(number) for number in range(500)]
    found = sharing.share(pages, 3, list)
    assert sorted(page for part in found for page in part) == sorted(pages)
    assert sharing.share(["only"], 1, list) == [["only"]]


def test_a_process_that_fails_ends_the_build() -> None:
    with pytest.raises(SphinxParallelError, match="No page"):
        sharing.share(["a", "b"], 2, _failing)


def _failing(pages: Iterator[str]) -> None:
    raise ValueError(f"No page of {list(pages)}")


def test_pages_are_resolved_by_those_who_write_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared: list[int] = []

    def counted(pages: Sequence[str], *more: Any) -> Any:
        shared.append(len(pages))
        return sharing.share(pages, *more)

    for part in (read_pages, write_pages):
        monkeypatch.setattr(part, "share", counted)
    tree = small_survey(tmp_path)
    kept = tree.root / "_build" / "html.doctrees" / "survey" / "listings.json"
    theme = {"html_theme": "sphinx_book_theme"}  # with another, Sphinx's own index is made of pages as they're resolved
    serial, listings = tree.build(confoverrides=theme).files, kept.read_bytes()
    assert shared == []
    assert tree.build(fresh=True, parallel=2, confoverrides=theme).files == serial
    assert len(shared) == 2
    assert kept.read_bytes() == listings
    assert tree.build(parallel=2, confoverrides=theme).written == frozenset()


def test_pages_are_resolved_in_one_process_where_a_stranger_sees_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError("the stranger's page was resolved elsewhere")

    monkeypatch.setattr(write_pages, "write", refuse)
    tree = small_survey(tmp_path)
    theme = {"html_theme": "sphinx_book_theme"}
    serial = tree.build(confoverrides=theme).files
    conf = tree.root / "docs" / "conf.py"
    conf.write_text(
        conf.read_text("utf-8") + "\n\ndef _see(app, doctree, docname):\n    pass\n\n\n"
        "def setup(app):\n    app.connect('doctree-resolved', _see)\n    return {'parallel_write_safe': True}\n",
        "utf-8",
    )
    assert tree.build(fresh=True, parallel=2, confoverrides=theme).files == serial


_NOTES_PAGES = """
def _note(app, doctree, docname):
    app.noted.append((docname, doctree))


def _tell(app, exception):
    whole = {docname for docname, page in app.noted if page.astext()}
    print("noted", "all" if whole == app.env.found_docs else len(whole), "pages", file=app._status)


def setup(app):
    app.noted = []
    app.connect("doctree-resolved", _note)
    app.connect("build-finished", _tell)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
"""


@pytest.mark.parametrize("name", ["notes_pages", "sphinxcontrib.notes_pages", "sphinxcontrib.bibtex_notes"])
@pytest.mark.parametrize("parallel", [1, 2])
def test_an_extension_of_others_keeps_what_it_notes_of_pages(
    name: str, parallel: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "extensions"
    file = folder / f"{name.replace('.', '/')}.py"
    file.parent.mkdir(parents=True)
    file.write_text(_NOTES_PAGES, "utf-8")
    monkeypatch.syspath_prepend(str(folder))
    tree = small_survey(tmp_path)
    theme = {"html_theme": "sphinx_book_theme", "extensions": ["survey", name]}
    try:
        log = tree.build(parallel=parallel, confoverrides=theme).log
    finally:
        sys.modules.pop(name, None)
    assert "noted all pages" in log


def test_what_comes_with_sphinx_and_the_survey_is_known(tmp_path: Path) -> None:
    tree = small_survey(tmp_path)
    tree.write("docs/conf.py", tree.read("docs/conf.py") + _SAYS_WHO_IS_KNOWN)
    log = tree.build(confoverrides={"html_theme": "sphinx_book_theme"}).log
    assert "strangers: none, none" in log


_SAYS_WHO_IS_KNOWN = """
def setup(app):
    from survey.pages.pace import strangers

    def _tell(app, exception):
        found = strangers.while_reading(app), strangers.while_resolving(app)
        print("strangers:", ", ".join(" ".join(sorted(one)) or "none" for one in found), file=app._status)

    app.connect("build-finished", _tell)
"""


def test_a_page_that_is_taken_apart_is_gone_at_once() -> None:
    tree = new_document("page")
    tree += nodes.section("", nodes.paragraph("", "Text"), ids=["one"])
    tree.note_explicit_target(tree[0])
    gone = weakref.ref(tree[0][0])
    gc.disable()
    try:
        forgetting.take_apart(tree)
        assert gone() is None
    finally:
        gc.enable()


def test_a_site_is_the_same_with_few_pages_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = small_survey(tmp_path)
    tree.write("docs/aside.md", "# Aside\n\n(named)=\n## A heading\n\nText[^1], {ref}`named`.\n\n[^1]: A note.\n")
    more = "\n[A heading](aside.md#a-heading), [named](#named), {ref}`named`\n\n```{toctree}\naside\n```\n"
    tree.write("docs/index.md", tree.read("docs/index.md") + more)
    whole = tree.build().files
    monkeypatch.setattr(forgetting, "MOST", 1)
    built = tree.build(fresh=True)
    assert (built.files, built.warnings) == (whole, "")


def test_bibtex_still_looks_for_works_where_they_are_narrowed() -> None:
    for name in ("clear_doc", "env_updated", "get_all_cited_keys", "get_filtered_entries", "resolve_xref"):
        assert name in vars(BibtexDomain)
    inner = [code for code in BibtexDomain.resolve_xref.__code__.co_consts if isinstance(code, CodeType)]
    assert any("citations" in code.co_names for code in inner), "it looks through its own list"
    assert {"get_entries", "bibliographies"} <= set(BibtexDomain.get_filtered_entries.__code__.co_names)
