"""The syntax that pages are written in: one parser, for the checks and for the build.

It is MyST with colon fences, definition lists and formulas between dollars, and without HTML. Nothing in a page or in
``conf.py`` changes it: what the checks read is what the build shows. Addresses come out as they are written, so that
they can be judged; whoever renders them encodes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import make_fence_rule
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.renderer import RendererProtocol
    from markdown_it.ruler import RuleOptionsType

#: MyST's names of the extensions of Markdown that this is.
EXTENSIONS = ("colon_fence", "deflist", "dollarmath")
#: What of Markdown is left out: HTML, which is shown as it is written.
WITHOUT = ("html_block", "html_inline")
_ENDED_BY_COLONS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list", "footnote_def"]}


def markdown(renderer: Callable[[MarkdownIt], RendererProtocol] = RendererHTML, *, html: bool = False) -> MarkdownIt:
    """Return a parser; MyST builds its own in the same way (``myst_parser.parsers.mdit``).

    :param html: whether it tells HTML from text, for those who refuse it.
    """
    parser = MarkdownIt("commonmark", renderer_cls=renderer).enable("table")
    if not html:
        parser.disable(list(WITHOUT))
    parser.use(front_matter_plugin).use(myst_block_plugin).use(myst_role_plugin)
    parser.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    parser.use(dollarmath_plugin, allow_labels=True, allow_space=False, allow_digits=False, double_inline=False)
    fence = make_fence_rule(markers=(":",), token_type="colon_fence")
    parser.block.ruler.before("fence", "colon_fence", fence, _ENDED_BY_COLONS)
    parser.use(deflist_plugin)
    vars(parser).update(normalizeLink=_as_written, validateLink=_is_link)
    return parser


def _as_written(address: str) -> str:
    return address


def _is_link(_address: str) -> bool:
    """Take every address for one: which of them become links is the policy's to say."""
    return True
