"""Bad pages of Markdown, and the problem that each must give: what Sphinx would refuse, print as signs, or lose."""

from __future__ import annotations

from typing import NamedTuple

from problem_cases import Case, write

FRONT = "---\norphan: true\n---\n\n# Page\n\n"
#: The line of the file at which the text of a case begins.
FIRST = FRONT.count("\n") + 1


class Bad(NamedTuple):
    """One bad text, on a page of its own."""

    code: str
    name: str
    text: str
    line: int  #: Of the text, counted from 1.
    says: str
    mend: str
    also: tuple[str, ...] | None = ()

    @property
    def path(self) -> str:
        """Return the file of the page."""
        return f"docs/bad/{'-'.join(self.code.split('-') + self.name.split())}.md"

    @property
    def case(self) -> Case:
        """Return the case of a survey that has this page."""
        spoil = write(self.path, FRONT + self.text + "\n")
        line = self.line + FIRST - 1
        return Case(self.code, self.path, self.name, spoil, line, self.says, self.mend, self.also)


def _fence(directive: str, *lines: str) -> str:
    name, _, argument = directive.partition(" ")
    return "\n".join([f"```{{{name}}} {argument}".rstrip(), *lines, "```"])


def _nested(count: int) -> str:
    marks = ["`" * (3 + count - at) for at in range(count)]
    return "\n".join([*(f"{mark}{{note}}" for mark in marks), "x", *reversed(marks)])


_LOST = [
    ("percent", "The share falls from 94\n% to 41 %.", 2, "begins with '%'", "end of the line above"),
    ("percent in a list", "- The share falls from 94\n% to 41 %.", 2, "begins with '%'", "end of the line above"),
    (
        "percent in a term",
        "Term\n: The share falls from 94\n  % to 41 %.",
        3,
        "begins with '%'",
        "end of the line above",
    ),
    ("minus", "Masking lowers the score by 3\n- 5 points.", 2, "begins a list", "a blank line in front"),
    ("plus", "It needs the query\n+ the key.", 2, "begins a list", "a blank line in front"),
    ("star", "It is the query\n* the key.", 2, "begins a list", "a blank line in front"),
    ("number", "This is shown in Section\n1. Then the rest.", 2, "begins a list", "a blank line in front"),
    ("greater", "The accuracy stays\n> 90 % in all models.", 2, "begins a quotation", "a blank line in front"),
    ("hash", "It is the head\n# 5 of the layer.", 2, "begins a heading", "a blank line in front"),
    ("underlined", "A paragraph of\ntwo lines\n---", 1, "read as a heading", "blank line in front"),
    ("underlined twice", "A paragraph of\ntwo lines\n===", 1, "read as a heading", "blank line in front"),
    ("break", "One.\n\n+++ the rest\n\nTwo.", 3, "behind '+++'", "remove the signs"),
    ("link unused", "One.\n\n[note]: lost\n\nTwo.", 3, "defines a link 'note'", "to have it shown"),
]
_FOREIGN = [
    ("Pandoc citation", "As [@wu2024retrieval] says.", "a citation of Pandoc", "{cite:p}"),
    ("Pandoc citation in words", "As @wu2024retrieval says.", "a citation of Pandoc", "{cite:p}"),
    ("Pandoc citation with page", "As [see @wu2024retrieval, p. 3] says.", "a citation of Pandoc", "{cite:p}"),
    ("LaTeX citation", r"As \cite{wu2024retrieval} says.", "a citation of LaTeX", "{cite:p}"),
    ("LaTeX natbib", r"As \citep[p. 3]{wu2024retrieval} says.", "a citation of LaTeX", "{cite:p}"),
    ("LaTeX biblatex", r"As \textcite{wu2024retrieval} says.", "a citation of LaTeX", "{cite:p}"),
    ("LaTeX emphasis", r"It is \emph{not} so.", "a command of LaTeX", "*emphasis*"),
    ("LaTeX bold", r"It is \textbf{not} so.", "a command of LaTeX", "*emphasis*"),
    ("LaTeX reference", r"See Section \ref{x}.", "a command of LaTeX", "write Markdown"),
    ("LaTeX list", r"\begin{itemize} one \end{itemize}", "a command of LaTeX", "write Markdown"),
    ("LaTeX address", r"See \url{https://example.org}.", "a command of LaTeX", "https://"),
    ("wiki link", "See [[retrieval]].", "a link of a wiki", "{survey:head}"),
    ("wiki link with words", "See [[retrieval|the heads]].", "a link of a wiki", "{survey:head}"),
    ("wiki picture", "See ![[figure.png]].", "a link of a wiki", "[words]"),
    ("Jinja variable", "By {{ author }}.", "a variable of a template", "what it stands for"),
    ("Jinja statement", "By {% if x %}.", "a variable of a template", "what it stands for"),
    ("role of reST", "See :ref:`x`.", "a role of reStructuredText", "{role}"),
    ("role of reST in a domain", "See :survey:head:`retrieval`.", "a role of reStructuredText", "{role}"),
    ("directive of reST", ".. note::\n   Text.", "a directive of reStructuredText", "```{name}"),
    ("link of reST", "See `words <https://example.org>`_.", "a link of reStructuredText", "[words]"),
    ("target of reST", ".. _here: there", "a target of reStructuredText", "(name)="),
    ("role without its text", "See {survey:head} retrieval.", "a role without its text", "{role}"),
    ("role without its end", "See {cite:p}`wu2024retrieval.", "a role without its text", "{role}"),
    ("alert", "> [!NOTE]\n> Text.", "an alert of GitHub", "```{note}"),
    ("admonition", "!!! note\n    Text.", "an admonition of MkDocs", "```{note}"),
    ("task", "- [x] done", "a task of a list", "without it"),
    ("deletion", "It is ~~not~~ so.", "a deletion", "struck through"),
    ("highlight", "It is ==so==.", "a mark of a highlighter", "*emphasis*"),
    ("attributes", "Words {.small} here.", "attributes of Pandoc", "remove them"),
    ("footnote in place", "Words^[a note] here.", "a footnote in its place", "[^1]"),
    ("element", "It is <b>so</b>.", "HTML", "write Markdown"),
    ("element alone", "One<br>two.", "HTML", "write Markdown"),
    ("element with attributes", 'A <span style="color:red">word</span>.', "HTML", "write Markdown"),
    ("block", "<div>\nwords\n</div>", "HTML", "write Markdown"),
    ("comment", "Words <!-- hidden --> here.", "HTML", "write Markdown"),
]
_TARGETS = [
    ("footnote", "A result.[^none]", 1, "no footnote 'none'", "[^none]: …", ()),
    ("footnote misspelt", "A result.[^not] And[^note].\n\n[^note]: The note.", 1, "no footnote 'not'", "'note'", ()),
    ("footnote in a box", _fence("note", "Words.[^far]"), 2, "no footnote 'far'", "[^far]: …", ()),
    ("reference link", "See [the words][nowhere].", 1, "definition that isn't there", "page.md", ()),
    ("collapsed link", "See [nowhere][].", 1, "definition that isn't there", "page.md", ()),
    ("page", "See {doc}`nosuch`.", 1, "no page 'nosuch'", "without '.md'", ()),
    ("page misspelt", "See {doc}`/chronolgy`.", 1, "no page '/chronolgy'", "'chronology'", ()),
    ("page with its suffix", "See {doc}`/chronology.md`.", 1, "no page '/chronology.md'", "'chronology'", ()),
    ("page with words", "See {doc}`the words </nosuch>`.", 1, "no page '/nosuch'", "without '.md'", ()),
    ("label", "See {ref}`words <no-label>`.", 1, "no label 'no-label'", "'(no-label)='", ()),
    ("term", "See {term}`residual strem`.", 1, "no term 'residual strem'", "glossary", ()),
    ("equation", "See {eq}`no-equation`.", 1, "no equation 'no-equation'", "at its end", ()),
    ("anchor", "See [words](#no-heading-here).", 1, "no heading 'no-heading-here'", "lower-case", ()),
    ("anchor misspelt", "## The result\n\nSee [words](#the-resul).", 3, "no heading 'the-resul'", "'the-result'", ()),
    ("anchor of a page", "See [words](../index.md#no-heading).", 1, "no heading 'no-heading'", "lower-case", ()),
    ("entry of contents", _fence("toctree", "/nosuch"), 2, "no page '/nosuch'", "without '.md'", ()),
    ("entry with a title", _fence("toctree", "Words </nosuch>"), 2, "no page '/nosuch'", "without '.md'", ()),
]
_TWICE = [
    ("footnote", "A.[^twice]\n\n[^twice]: One.\n\n[^twice]: Two.", 5, "footnote 'twice'", "name of its own"),
    ("label", "(twice-a)=\n## One\n\n(twice-a)=\n## Two", 4, "label 'twice-a'", "name of its own"),
    (
        "label of a box",
        "(twice-b)=\n## One\n\n```{note}\n:name: twice-b\n\nx\n```",
        4,
        "label 'twice-b'",
        "name of its own",
    ),
    ("equation", "$$\na\n$$ (twice-c)\n\n$$\nb\n$$ (twice-c)", 5, "equation 'twice-c'", "name of its own"),
    ("term", _fence("glossary", "twice\n  One.", "", "twice\n  Two."), 5, "term 'twice'", "name of its own"),
    ("link", "See [words][l].\n\n[l]: /index.md\n[l]: /taxonomy.md", 4, "link '[l]", "keep one"),
]
_EMPTY = [
    *(
        (name, f"See {{{name}}}` `.", f"'{name}' names nothing")
        for name in ("cite:p", "cite:t", "survey:head", "doc", "term")
    ),
    ("keys", "See {cite:p}`wu2024retrieval,,bell2023previous`.", "'cite:p' names nothing"),
    ("key at the end", "See {cite:p}`wu2024retrieval,`.", "'cite:p' names nothing"),
    ("target", "See {survey:paper}`words <>`.", "'survey:paper' names nothing"),
]
_DIRECTIVES = [
    *(
        (f"empty {name}", _fence(name), 1, f"'{name}' is empty", "or remove it")
        for name in ("note", "warning", "epigraph")
    ),
    ("empty list table", _fence("list-table"), 1, "'list-table' is empty", "or remove it"),
    ("empty CSV", _fence("csv-table"), 1, "'csv-table' is empty", "or remove it"),
    ("admonition without a title", _fence("admonition", "", "Words."), 1, "behind its name", "{admonition} …"),
    ("index without a kind", _fence("survey:index"), 1, "behind its name", "{survey:index} …"),
    ("counts of something", _fence("survey:counts papers"), 1, "takes nothing behind its name", "remove 'papers'"),
    ("counts with a text", _fence("survey:counts", "", "Words."), 1, "takes no text", "remove what stands inside"),
    ("papers with a text", _fence("survey:papers", ":limit: 3", "", "Words."), 1, "takes no text", "inside"),
    (
        "bibliography with a text",
        _fence("bibliography", "", "Words."),
        1,
        "takes no text",
        "inside",
        ("duplicate-target",),
    ),
    ("option misspelt", _fence("survey:papers", ":limt: 3"), 1, "no option 'limt'", "'limit'"),
    ("option of another", _fence("survey:taxonomy", ":limit: 3"), 1, "no option 'limit'", "brief, stage"),
    ("option of none", _fence("survey:counts", ":limit: 3"), 1, "no option 'limit'", "it has none"),
    ("list table of text", _fence("list-table", "", "Words."), 1, "anything but one list", "'* - a'"),
    ("list table of one list", _fence("list-table", "", "* a", "* b"), 1, "a row of a list-table", "'* - a'"),
    (
        "list table with a gap",
        _fence("list-table", "", "* - a", "  - b", "* - c"),
        1,
        "differ in length (2, 1)",
        "'* - a'",
    ),
    (
        "list table all heads",
        _fence("list-table", ":header-rows: 1", "", "* - a", "  - b"),
        1,
        "'header-rows' is 1",
        "leave some",
    ),
    (
        "list table of stubs",
        _fence("list-table", ":stub-columns: 2", "", "* - a", "  - b"),
        1,
        "'stub-columns' is 2",
        "leave some",
    ),
    (
        "list table widths",
        _fence("list-table", ":widths: 1 2 3", "", "* - a", "  - b"),
        1,
        "3 of 2 columns",
        "each column",
    ),
    ("list table width 0", _fence("list-table", ":widths: 0 2", "", "* - a", "  - b"), 1, "width is 0", "above 0"),
    ("CSV all heads", _fence("csv-table", ":header-rows: 2", "", "a,b", "c,d"), 1, "'header-rows' is 2", "leave some"),
    ("CSV quote", _fence("csv-table", "", 'a,"b', "c,d"), 3, "no CSV", "in quotes"),
    ("CSV widths", _fence("csv-table", ":widths: 1 2", "", "a,b,c"), 1, "2 of 3 columns", "each column"),
    ("table of text", _fence("table Words", "", "Words."), 1, "anything but one table", "'| a | b |'"),
    ("language", _fence("code-block nosuchlang", "x = 1"), 1, "no language 'nosuchlang'", "Pygments"),
    ("not its language", _fence("code-block json", "{a: ?}"), 1, "is not json", "'text'"),
    (
        "emphasis",
        _fence("code-block python", ":emphasize-lines: 5", "", "x = 1"),
        1,
        "names line 5 of 1",
        "count the lines",
    ),
]
_VALUES = [
    ("group", _fence("survey:papers", ":group-by: nosuch"), "'group-by' cannot be 'nosuch'", "choose from head"),
    ("sort", _fence("survey:papers", ":sort: newest"), "'sort' cannot be 'newest'", "choose from date"),
    ("show", _fence("survey:papers", ":show: date, auhtors"), "'show' cannot be 'auhtors'", "'authors'"),
    ("limit", _fence("survey:papers", ":limit: many"), "'limit' cannot be 'many'", "a number"),
    ("negative limit", _fence("survey:papers", ":limit: -1"), "'limit' cannot be '-1'", "a number"),
    ("long limit", _fence("survey:papers", ":limit: " + "9" * 4400), "'limit' cannot be '999", "a number"),
    ("year", _fence("survey:papers", ":year: 1999"), "'year' cannot be '1999'", "choose from"),
    ("index", _fence("survey:index heads"), "'index' cannot be 'heads'", "'head'"),
    ("reference", _fence("survey:reference field"), "'reference' cannot be 'field'", "'fields'"),
]
_UNKNOWN = [
    ("unknown-head", _fence("survey:papers", ":head: retreival"), "no head 'retreival'", "'retrieval'"),
    ("unknown-stage", _fence("survey:taxonomy", ":stage: recall"), "no stage 'recall'", "choose from"),
    ("unknown-method", _fence("survey:papers", ":method: zero"), "no method 'zero'", "choose from"),
    ("unknown-model", _fence("survey:atlas", ":model: llama-2"), "no model 'llama-2'", "'llama-2-7b'"),
]
_SIGNS = {
    "zero": "\0", "bell": "\a", "escape": "\x1b", "next line": "\x85", "soft hyphen": "\u00ad", "zero width": "\u200b",
    "right to left": "\u202e", "isolate": "\u2066",
    "mark": "\u200f", "line separator": "\u2028", "byte order": "\ufeff",
    "tag": "\U000e0041",
}  # fmt: skip

PAGES: tuple[Bad, ...] = (
    *(Bad("broken-paragraph", *row) for row in _LOST),
    *(Bad("foreign-markup", name, text, 1, says, mend) for name, text, says, mend in _FOREIGN),
    *(Bad("unknown-target", *row) for row in _TARGETS),
    *(Bad("duplicate-target", *row) for row in _TWICE),
    Bad("unused-footnote", "note", "Words.\n\n[^lost]: The note.", 3, "footnote 'lost'", "[^lost]"),
    *(Bad("empty-role", name.replace(":", " "), text, 1, says, "or remove it") for name, text, says in _EMPTY),
    *(Bad("bad-directive", *row) for row in _DIRECTIVES),
    Bad("bad-directive", "misspelt", _fence("survey:paper"), 1, "no directive 'survey:paper'", "'survey:papers'"),
    *(
        Bad(
            "unknown-citation",
            f"form {number}",
            f"See {{cite:p}}`{keys}`.",
            1,
            "no list of keys",
            "{see}key{p. 3}",
            None,
        )
        for number, keys in enumerate(
            ["wu2024retrieval bell2023previous", "{see}{also}wu2024retrieval", "wu2024retrieval{p. 3"]
        )
    ),
    Bad("unknown-target", "anything", "See {any}`nosuch`.", 1, "no thing 'nosuch'", "name a page"),
    *(Bad("bad-value", f"option {name}", text, 1, says, mend) for name, text, says, mend in _VALUES),
    *(Bad(code, "option", text, 1, says, mend) for code, text, says, mend in _UNKNOWN),
    *(
        Bad("bad-character", name, f"Wo{sign}rds.", 1, f"U+{ord(sign):04X}", "remove it")
        for name, sign in _SIGNS.items()
    ),
    Bad("text-as-formula", "amounts", "It costs $10 before and more$ after.", 1, "10 before and", r"'\$'"),
    Bad("text-as-formula", "words", "It is $so in words$ here.", 1, "so in words", r"'\$'"),
    Bad("too-deep", "directives", _nested(40), 12, "more than 10 directives", "take some of them apart"),
    Bad("too-deep", "quotations", "> " * 30 + "x", 1, "would be lost", "take some of them apart"),
    Bad("too-deep", "lists", "- " * 30 + "x", 1, "would be lost", "take some of them apart"),
    Bad("too-large", "brackets", "![" * 2500, 1, "2,000 brackets", "divide it"),
    Bad("too-large", "lines", "a\n: b\n" * 1500, 1, "2,000 lines", "divide them"),
)
MARKUP: tuple[Case, ...] = tuple(bad.case for bad in PAGES)
