"""Pages are read by a parser of our own: what they may not use is left out while they are read, whatever conf.py says.

Each piece of a page is judged by :mod:`survey.catalogue.markup.refusing`, as ``survey check`` judges it, before
anything of it is looked up or run. What is refused is shown as text, and said in the same words, once.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.parsers.rst.states import MarkupError
from myst_parser.mdit_to_docutils import base
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.directives import parse_directive_text
from myst_parser.parsers.sphinx_ import MystParser

from survey.catalogue import Problem
from survey.catalogue.checks.links import names_nothing
from survey.catalogue.markup import link_targets, refusing
from survey.catalogue.markup.link_targets import Kind, RefusedError
from survey.catalogue.markup.parts import BOX, DirectiveText, Formula, RoleText, directive
from survey.catalogue.markup.refusing import Judge
from survey.catalogue.markup.syntax import markdown
from survey.catalogue.schema import frontmatter
from survey.catalogue.texts import formulas
from survey.catalogue.texts.places import DOCS
from survey.catalogue.texts.symlinks import is_linked
from survey.pages.core.loading import app_of, catalogue_of, root_of, warn_once

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping

    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx


_TRANSLATED = re.compile(r":\d+:<translated>$")  #: What Sphinx adds to the path of a page for a translated passage.


class GuardedRenderer(SphinxRenderer):
    """Makes docutils' nodes of Markdown as MyST does, of what pages may use."""

    judge: Judge  #: What this survey's pages may hold.
    page: str  #: The file that is being read, from the root; of a passage shown elsewhere, that in which it stands.

    def setup_render(self, options: dict[str, Any], env: MutableMapping[str, Any]) -> None:
        """Find out where we are."""
        with _without_spare_document():
            super().setup_render(options, env)
        app = app_of(self.sphinx_env)
        root, source = root_of(app), Path(str(self.document["source"]))
        self.judge = Judge.of(root, catalogue_of(app).layout)
        file = source.relative_to(root).as_posix() if source.is_relative_to(root) else self._shown_on
        self.page = _TRANSLATED.sub("", file)

    @property
    def _shown_on(self) -> str:
        return f"{DOCS}/{self.sphinx_env.docname}.md"

    def say(self, fault: RefusedError, line: int | None) -> None:
        """Report what is left out, unless the checks have reported it already."""
        problem = Problem(self.page, line or 1, fault.code, fault.message, fault.hint)
        warn_once(problem, catalogue_of(app_of(self.sphinx_env)))

    def _say_at(self, fault: RefusedError, token: SyntaxTreeNode) -> None:
        self.say(fault, token.map[0] if token.map else None)
        if fault.missing:  # the page is to be read again once the file is there
            self.sphinx_env.note_dependency(str(self.judge.root / fault.missing))

    # Front matter and reStructuredText

    def render_front_matter(self, token: SyntaxTreeNode) -> None:
        """Let the keys take effect that pages may set; MyST would also take settings and bibliographic fields."""
        front, _problems = frontmatter.parse(f"---\n{token.content}\n---", "")
        found = refusing.settings(front)
        if found:
            language = self.document.settings.language_code
            fields = self.dict_to_fm_field_list(found, language_code=language)
            self.current_node.append(fields)
            self._add_fm_env_metadata(fields, language)

    def render_restructuredtext(self, token: SyntaxTreeNode) -> None:
        """Refuse ``eval-rst``, which MyST doesn't look up as a directive."""
        position = token.map[0] if token.map else 1
        self.current_node += self.run_directive("eval-rst", "", token.content, position)

    # Directives and roles

    def run_directive(
        self,
        name: str,
        first_line: str,
        content: str,
        position: int,
        additional_options: dict[str, str] | None = None,
        *,
        block_text: str | None = None,
    ) -> list[nodes.Element]:
        """Run a directive that pages may use; show another as it is written."""
        found = directive(name, first_line, content, position)
        try:
            self.judge.directive(found, self.page)
            self._check_options(found, first_line, content)
        except RefusedError as fault:
            self.say(fault, position)
            text = block_text or content
            return [nodes.literal_block(text, text, language="none")]
        return super().run_directive(name, first_line, content, position, additional_options, block_text=block_text)

    def _check_options(self, found: DirectiveText, first_line: str, content: str) -> None:
        """Refuse options that MyST finds where we don't.

        :raises RefusedError: if there are any.
        """
        kind, _messages = directives.directive(found.name, self.language_module_rst, self.document)
        if kind is None or found.form is None or found.form.own:
            return
        with suppress(MarkupError):  # MyST reports it
            parsed = parse_directive_text(kind, first_line, content)
            for name in parsed.options.keys() - found.form.options.keys():
                raise RefusedError("refused-directive", f"pages may not use the option '{name}'", "remove it")

    def render_colon_fence(self, token: SyntaxTreeNode) -> None:
        """Refuse boxes without a directive, which would have the classes that the page says."""
        name = (*token.info.split(maxsplit=1), "")[0]
        if name.startswith("{") and name.endswith("}"):
            super().render_colon_fence(token)
        else:
            position = token.map[0] if token.map else 1
            self.current_node += self.run_directive(f"{BOX}{name}", "", token.content, position)

    def render_myst_role(self, token: SyntaxTreeNode) -> None:
        """Make what a role stands for, if pages may use it; else show its words."""
        try:
            self.judge.role(token.meta["name"], token.content)
            nothing = names_nothing(RoleText(token.meta["name"], token.content, 1))
            if nothing is not None:
                raise RefusedError(nothing.code, nothing.message, nothing.hint)
        except RefusedError as fault:
            self._say_at(fault, token)
            self.current_node.append(nodes.literal(token.content, token.content))
        else:
            super().render_myst_role(token)

    # Links and images

    def render_link(self, token: SyntaxTreeNode) -> None:
        """Link to where pages may link to; else show the words alone."""
        try:
            target = link_targets.link(str(token.attrGet("href") or ""), self.page, self.judge.root)
        except RefusedError as fault:
            self._say_at(fault, token)
            self.render_children(token)
            return
        if target.kind is Kind.ADDRESS:
            self.render_link_url(token)
        elif target.kind is Kind.ANCHOR and target.address == self._shown_on:
            self.render_link_anchor(token, f"#{target.anchor}")
        else:
            # A path from the folder of all pages leads there from wherever the text is shown.
            anchor = f"#{target.anchor}" if target.anchor else ""
            token.attrs["href"] = f"{quote(target.address.removeprefix(DOCS))}{anchor}"
            (self.render_link_path if target.kind is Kind.FILE else self.render_link_unknown)(token)

    def render_image(self, token: SyntaxTreeNode) -> None:
        """Show an image of the survey's own; in the place of another, the words that stand for it."""
        try:
            file = link_targets.image(str(token.attrGet("src") or ""), self.page, self.judge.root)
        except RefusedError as fault:
            self._say_at(fault, token)
            self.render_children(token)
            return
        token.attrs["src"] = file.removeprefix(DOCS)
        super().render_image(token)


class GuardedParser(MystParser):
    """Reads pages as the checks do, and never takes settings from them."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Read a page, or a passage of one, into ``document``."""
        with _parser_of(app_of(document.settings.env)) as parser:
            config = document.settings.env.myst_config
            parser.options.update({"typographer": False, "linkify": False, "myst_config": config, "document": document})
            parser.render(inputstring)
            renderer: Any = parser.renderer
            found: list[nodes.Element] = [*document.findall(nodes.math), *document.findall(nodes.math_block)]
            for node in found:
                _check_formula(node, renderer)


#: Name of the attribute of the application that holds the parsers that nobody uses at the moment.
_IDLE = "survey_idle_parsers"


@contextmanager
def _parser_of(app: Sphinx) -> Iterator[MarkdownIt]:
    """Lend a parser: making one takes as long as reading a short page, and a page may have others read within it."""
    idle: list[MarkdownIt] | None = getattr(app, _IDLE, None)
    if idle is None:
        idle = []
        setattr(app, _IDLE, idle)
    parser = idle.pop() if idle else markdown(GuardedRenderer)
    yield parser
    idle.append(parser)  # one that has failed is in no known state


@contextmanager
def _without_spare_document() -> Iterator[None]:
    """Keep MyST from making a document of docutils' default settings, which it throws away when it is given one.

    That takes as long as reading a page, once a page and once a passage. Where :mod:`myst_parser.mdit_to_docutils.base`
    makes it in another way than by the function of this name, it goes on to do so.
    """
    name = "make_document"
    make = getattr(base, name, None)
    if make is None:
        yield
        return
    try:
        setattr(base, name, lambda *_args, **_kwargs: None)
        yield
    finally:
        setattr(base, name, make)


def _check_formula(node: nodes.Element, renderer: GuardedRenderer) -> None:
    """Show a formula that isn't one as it is written, without the links and styles in it, in every builder."""
    latex = node.astext()
    for fault in renderer.judge.faults(Formula(latex, node.line or 1), ""):
        renderer.say(fault, node.line)
        bare = formulas.without_looks(latex)
        if formulas.fault(bare) is None:
            node.clear()
            node += nodes.Text(bare)
            return
        text = formulas.text(bare)
        if isinstance(node, nodes.math_block):
            node.replace_self(nodes.literal_block(text, text, language="none"))
        else:
            node.replace_self(nodes.literal(text, text))


def _check_images(app: Sphinx, doctree: nodes.document) -> None:
    """Leave out images for which Sphinx has found a file in the language of the build, behind a link to elsewhere."""
    root, source = root_of(app), Path(app.srcdir)
    for node in list(doctree.findall(nodes.image)):
        names: dict[str, str] = node.get("candidates", {})
        files = [Path(os.path.normpath(source / name)) for name in names.values()]
        if any(not file.is_relative_to(source) or is_linked(root, file.relative_to(root).as_posix()) for file in files):
            node.replace_self(nodes.inline("", str(node.get("alt", ""))))


def setup(app: Sphinx) -> None:
    """Register the parser in the place of MyST's."""
    app.add_source_parser(GuardedParser, override=True)
    app.connect("doctree-read", _check_images, priority=900)  # after Sphinx has looked for the files
