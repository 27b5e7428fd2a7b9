"""What the checks of Markdown let pass: texts that are meant, in every form that people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from problem_cases_markup import FRONT
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils
from trees import Tree, small_survey

from survey.catalogue.checks import directive_options
from survey.catalogue.markup.own_directives import OWN

if TYPE_CHECKING:
    from collections.abc import Iterator

#: One page of all that is sound.
SOUND = r"""
(first)=
## The first result

Money: it costs $10 before and $20 after. A formula $a_1 + \text{if any} = b$, and $$c$$ beside it.

Others write 5$ and 6$.

The values are:
- one,
- two.

They end so.
- three
- four

Shares fall from 94 % to 41 %, and stay > 90 % elsewhere.

% A comment that is meant.

Words with `[@key]`, `\cite{x}`, `:ref:`, `{{ x }}`, `[[link]]`, `<b>` and ``:ref:`x` `` in code;
tokens like <s>, <unk> and <bos>; a user @handle and me@example.org; \[\[brackets\]\];
a matrix [[1, 2], [3, 4]]; a < b > c; ~5; x == y.

A note.[^1] Another.[^word]

[^1]: The note, with {cite:p}`{see}wu2024retrieval{p. 3}, bell2023previous`.
[^word]: The other.

See [the first](#the-first-result), [the label](#first),
{ref}`first`, {ref}`words <first>`, [a page](/index.md),
[its heading](/index.md#a-small-survey), [by a definition][chronology], {doc}`/index`,
{doc}`words <../taxonomy>`, {eq}`energy`,
{term}`residual stream`, {any}`memory`.

[chronology]: /chronology.md

$$
E = m c^2
$$ (energy)

```{glossary}
residual stream
logits
  What all heads write to.

head
  What reads and writes.
```

```{list-table} A table
:header-rows: 1
:widths: 1 2

* - a
  - b
* - c
  - {survey:head}`memory`
```

```{csv-table} Another
:header-rows: 1

a,"b, with a comma"
c,d
```

```{code-block} python
:emphasize-lines: 1-2

x = 1
y = 2
```

````{note}
```{survey:papers}
:head: retrieval, memory
:show: date, authors
:sort: title
:group-by: year
:limit: 5
```
````

***

The end.
"""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tree]:
    tree = small_survey(tmp_path_factory.mktemp("sound"))
    tree.write("docs/sound/page.md", FRONT + SOUND)
    return tree


def test_what_is_meant_is_no_problem(sound: Tree) -> None:
    assert sound.problems() == []


def test_the_build_agrees_that_it_is_sound(sound: Tree) -> None:
    built = sound.build()
    assert built.warnings == ""
    words = " ".join(built.page("sound/page").get_text().split())
    assert "it costs $10 before and $20 after" in words
    assert "tokens like <s>, <unk> and <bos>" in words


def test_a_page_in_no_folder_of_the_site_is_not_built(survey: Tree) -> None:
    survey.write("docs/_drafts/page.md", "# A draft\n")
    survey.write("docs/papers/doe2024x.rst", "A paper\n=======\n")
    survey.write(b"docs/heads/w\xff.md".decode("utf-8", "surrogateescape"), "# A head\n")
    assert sorted(survey.codes()) == ["bad-file-name", "ignored-file", "ignored-file"]
    built = survey.build()
    assert [path for path in built.files if "draft" in path or "doe2024x" in path or "heads/w" in path] == []
    assert built.warnings.count("WARNING") == 3


def test_comments_of_bibliography_tools_are_comments(survey: Tree) -> None:
    header = "% Encoding: UTF-8\n\n%% This file was made by a program.\n\n"
    survey.write("references.bib", header + survey.read("references.bib") + "\n% the end\n")
    assert survey.problems() == []


def test_the_checks_know_every_directive_as_it_is_run(sound: Tree) -> None:
    docs = sound.root / "docs"
    with patch_docutils(), docutils_namespace():
        app = Sphinx(docs, docs, sound.root / "out", sound.root / "trees", "dummy", status=None)
        kinds = app.env.get_domain("survey").directives
    layout = sound.load().layout
    assert {*OWN} == {*kinds}
    for name, kind in kinds.items():
        own = OWN[name]
        assert directive_options.options_of(f"survey:{name}", layout) == frozenset(kind.option_spec or ()), name
        assert own.needs_argument == bool(kind.required_arguments), name
        assert own.declares == kind.has_content, name
        assert own.declares or not kind.optional_arguments, name
