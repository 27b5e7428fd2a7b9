"""A survey whose every field carries markup: what would run, break out of an attribute, or become an element."""

from __future__ import annotations

import copy
import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

import yaml
from trees import Tree, small_survey

from survey.catalogue.records.settings import read_layout
from survey.catalogue.views.described_files import fieldsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

#: Elements and attributes of this name come from nowhere else.
NAME = "x-evil"
_SHORT = f"\"><img src=x onerror=window.__p=1><{NAME}></script><script>window.__p=1</script>' onmouseover='{NAME}=1"
#: For the bibliography, where braces and dollar signs are markup of BibTeX.
PLAIN = (
    f'{_SHORT} " onfocus="window.__p=1" {NAME}="1 onload=window.__p=1 {NAME}=1 '
    f"</title></textarea></style></svg></math></p><svg onload=window.__p=1><{NAME}> --><{NAME}> ]]><{NAME}> "
    f"<!-- javascript:window.__p=1 &lt;{NAME}&gt; &#60;{NAME}&#62;"
)
MARKUP = (
    f"{PLAIN} {{{{6151*7}}}} ${{6151*7}} {{% print(6151*7) %}} [x](javascript:window.__p=1) <javascript:window.__p=1>"
)
#: As hostile as an address may be; others stand where facts are spoiled.
LINK = f"https://example.org/{NAME}?a=1&b=%22%27%3E%3C{NAME}%3E&amp;lt;{NAME}"
HEAD, STAGE, METHOD, FAMILY, MEMBER, SET = "hostile", "hostile-stage", "hostile-method", "hostile-family", "hm", "hset"
PAPER = "hostile2024markup"
#: What a survey's own facet is called and holds.
FACETS = '[[facets]]\nkind = "dataset"\nfolder = "datasets"\ntitle = {title}\nfields = ["size", "home"]\n'


def says(place: str, markup: str = MARKUP) -> str:
    """Return the text of a field, which is told apart by the field's name."""
    return f"{place} {markup}"


def escaped(text: str) -> str:
    """Return Markdown that shows a text as it is."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]<>#$&!|~^:'\"()" else letter for letter in text)


_PLACES = {"model": MEMBER, "head": HEAD, "at": ["1.2", "3.4"], "source": says("source"), "scores": [0.5, 0.25]}
_LIST = {name: says(name) for name in ("called", "measure", "criterion", "caveat")} | {"url": LINK, "ranked": True}
_SAID = _LIST | {"inferred": True, "automatic": True, "scores": [1.0], "of": 9, "kv": True}
_PATTERN = {
    "tokens": [says("token"), says("another token")],
    "attends": [{"from": 1, "to": 0, "weight": 0.5}],
    "caption": says("caption"),
    "bidirectional": True,
}
#: The front matter of each kind: every field that takes a text has markup in it.
FACTS: dict[str, dict[str, Any]] = {
    "paper": {
        "published": "2024-05-05",
        "date_note": says("date note"),
        "preprinted": "2024-04-04",
        "added": "2024-06-06",
        "heads": [HEAD],
        "models": [MEMBER],
        "models_note": says("models note"),
        "methods": [METHOD],
        "datasets": [SET],
        "tasks": [says("task"), says("another task")],
        "takeaway": says("takeaway", _SHORT),
        "read": ["abstract"],
        "relations": [{"to": "wu2024retrieval", "kind": "extends", "about": says("about")}],
        "findings": [
            {"head": HEAD, "models": [MEMBER], "methods": [METHOD], "says": "supports", "result": says("result")},
            {"head": HEAD, "causal": True, "says": "disputes", "result": says("another result")},
        ],
        "links": {name: [f"{LINK}-{name}"] for name in ("code", "demo", "data", "project")},
        "positions": [
            _PLACES | _LIST,
            {**_PLACES, "at": ["5.2"], **_SAID},
            {"model": MEMBER, "called": says("role of no type"), "at": ["2.2"], "source": says("source")},
            {"model": MEMBER, "head": "memory", "table": f"{PAPER}.csv", "source": says("tabled")},
        ],
        "aliases": ["hostile2022alias"],
    },
    "head": {
        "name": says("head"),
        "aliases": [says("head alias"), says("another head alias")],
        "hatnote": says("hatnote"),
        "reads": says("reads"),
        "reads_kind": ["entity"],
        "writes": says("writes"),
        "writes_kind": ["copy", "mark"],
        "stage": STAGE,
        "category": "hostile-category",
        "parent": "memory",
        "related": ["retrieval"],
        "first_described_in": PAPER,
        "pattern": _PATTERN,
        "positions": [
            {"model": MEMBER, "at": ["7.1"], "source": says("outside source"), "url": LINK} | _SAID,
            {"model": MEMBER, "table": f"{HEAD}.csv", "source": says("tabled")},
        ],
    },
    "stage": {
        "name": says("stage"),
        "aliases": [says("stage alias")],
        "abbreviation": says("abbreviation"),
        "order": 7,
        "categories": [{"id": "hostile-category", "name": says("category"), "definition": says("definition")}],
    },
    "method": {
        "name": says("method"),
        "aliases": [says("method alias")],
        "group": says("group"),
        "subgroup": says("subgroup"),
    },
    "model": {
        "name": says("family"),
        "aliases": [says("family alias")],
        "members": [
            {
                "id": MEMBER,
                "name": says("member"),
                "parameters": says("parameters"),
                "layers": 12,
                "heads": 12,
                "kv_heads": 4,
                "huggingface": says("huggingface"),
                "transformer_lens": says("transformer_lens"),
                "aliases": [says("member alias")],
            }
        ],
    },
    "dataset": {
        "name": says("dataset"),
        "aliases": [says("dataset alias")],
        "size": says("size"),
        "home": says("home"),
    },
    "flow": {
        "title": says("flow"),
        "model": MEMBER,
        "nodes": [
            {"id": "a", "head": HEAD, "token": says("flow token"), "at": ["1.2"]},
            {"id": "b", "text": says("flow text"), "token": says("another flow token")},
        ],
        "edges": [{"from": "a", "to": "b", "moves": says("moves")}],
    },
}
_FOLDERS = {
    "paper": "papers",
    "head": "heads",
    "stage": "stages",
    "method": "methods",
    "model": "models",
    "dataset": "datasets",
}
_NAMES = {"paper": PAPER, "head": HEAD, "stage": STAGE, "method": METHOD, "model": FAMILY, "dataset": SET}
#: Every field of BibTeX that anything here reads, and some that nothing does.
_BIB = [
    "author",
    "editor",
    "journal",
    "booktitle",
    "publisher",
    "school",
    "institution",
    "howpublished",
    "series",
    "volume",
    "number",
    "pages",
    "month",
    "edition",
    "address",
    "note",
    "abstract",
    "keywords",
    "archiveprefix",
    "primaryclass",
    "eprint",
    "doi",
    "isbn",
    "issn",
    "url",
    "urldate",
    "language",
    "chapter",
    "type",
    "annote",
    "organization",
    "subtitle",
]
_TYPES = [
    "article",
    "book",
    "incollection",
    "inproceedings",
    "manual",
    "mastersthesis",
    "misc",
    "online",
    "phdthesis",
    "techreport",
    "unpublished",
    "xevil",
]
_SUMMARY = "\n".join(f"{term}\n: {{}}\n" for term in ("Innovation", "Tasks", "Significant result"))


def hostile_survey(root: Path) -> Tree:
    """Return a small survey with facts of each kind, works of each type and pages whose every text is hostile."""
    tree = small_survey(root)
    tree.write("docs/survey.toml", FACETS.format(title=json.dumps(says("title"), ensure_ascii=False)))
    _add_works(tree)
    for kind in _FOLDERS:
        _add_fact(tree, kind, _NAMES[kind], FACTS[kind])
    for number, (kind, fields) in enumerate(_spoiled(tree)):
        _add_fact(tree, kind, f"spoiled{2100 + number}x" if kind == "paper" else f"spoiled-{number}", fields)
    for name in (f'docs/page" {NAME}="1 &<{NAME}>', f"docs/heads/'><{NAME} onload=x>", "docs/{{6151*7}}"):
        tree.write(f"{name}.md", f"---\norphan: true\n---\n\n# {escaped(MARKUP)}\n\nText.\n")
    tree.write(f"docs/papers/{PAPER}.csv", f"model,head,layer,index,score,rank\n{MEMBER},memory,1,1,,\n")
    tree.write(f"docs/heads/{HEAD}.csv", f"model,head,layer,index,score,rank\n{MEMBER},{HEAD},2,1,,\n")
    tree.write("docs/prose.md", _prose())
    tree.write("docs/raw.md", _raw_prose())
    tree.write("docs/lists.md", _lists())
    tree.write("docs/explore.md", "---\norphan: true\n---\n\n# Explore\n\n```{survey:explore}\n```\n")
    tree.write("CITATION.bib", tree.works["hostile1982work"])
    tree.write("docs/cite.md", "---\norphan: true\n---\n\n# Cite\n\n```{survey:cite}\n```\n")
    return tree


def _add_works(tree: Tree) -> None:
    """Add a work of each type to the bibliography, with markup in all its fields."""
    for number, form in enumerate(_TYPES):
        key = f"hostile{1980 + number}work"
        given = (
            {"title": says(f"title {form}", PLAIN)}
            | {name: says(name, PLAIN) for name in _BIB}
            | {"year": str(1980 + number)}
        )
        fields = "".join(f"  {name} = {{{value}}},\n" for name, value in given.items())
        tree.works[key] = f"@{form}{{{key},\n{fields}}}\n"
    tree.work("hostile1970braces", title=MARKUP, author=f"{{{says('author')}}}", note=MARKUP, year=says("year", PLAIN))
    tree.write_works()


def _add_fact(tree: Tree, kind: str, key: str, fields: Mapping[str, Any]) -> None:
    if kind == "paper":
        title = says(key, PLAIN)
        tree.work(key, title=title, author=f"{{{says('author', PLAIN)}}}", journal=says("journal", PLAIN), year="2024")
        text = _SUMMARY.format(*[escaped(says(part)) for part in ("innovation", "tasks", "result")])
        tree.fact(f"docs/papers/{key}.md", kind, fields, escaped(title), text)
    else:
        tree.fact(f"docs/{_FOLDERS[kind]}/{key}.md", kind, fields, escaped(says(kind)), f"{escaped(MARKUP)}\n")


def places(tree: Tree) -> Iterator[tuple[str, str, str]]:
    """Yield every field that front matter and flows may have: where it stands, its name, and what it takes."""
    layout, _problems = read_layout(tree.root)
    for fieldset in fieldsets(layout):
        for field in fieldset.fields:
            yield fieldset.path, field.name, field.form


def values(path: str, name: str) -> Sequence[Any]:
    """Return what :data:`FACTS` have in a field."""
    kind, *inner = path.split(".")
    found = [FACTS[kind]]
    for step in inner:
        found = [part for one in found for part in (one[step] if isinstance(one[step], list) else [one[step]])]
    return [one[name] for one in found if name in one]


def _spoiled(tree: Tree) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield facts with a mapping in which texts stand where ids, dates and numbers belong; each mapping once."""
    for path, group in groupby(places(tree), key=lambda place: place[0]):
        kind, *inner = path.split(".")
        if kind not in _FOLDERS:
            continue
        fields = copy.deepcopy(FACTS[kind])
        target: Any = fields
        for step in inner:
            target = target[step][0] if isinstance(target[step], list) else target[step]
        for _path, name, form in group:
            if form not in {"text", "list of texts"}:
                target[name] = [says(name)] if form.startswith("list") else says(name)
        yield kind, fields


def _prose() -> str:
    """Return a page with all that text can be, its markup escaped as a careful author would."""
    text = escaped(MARKUP)
    return f"""\
---
orphan: true
---

# Prose {text}

{text} *{text}* [{text}](index.md) [{text}](https://example.org/?{NAME}) {{cite:t}}`{PAPER}` {{survey:head}}`{HEAD}`

| {text} | b |
|---|---|
| {text} | c |

> {text}

1. {text}

{text}[^1]

[^1]: {text}

{text}
: {text}

```{{admonition}} {text}
{text}
```

```{{list-table}} {text}
:widths: 30 70
* - {text}
  - b
```

```{{figure}} _static/x.png
:alt: {text}

{text}
```

```{{glossary}}
{text}
: {text}
```
"""


def _raw_prose() -> str:
    """Return a page whose author escapes nothing."""
    return f"""\
---
orphan: true
---

# Raw {MARKUP}

{MARKUP}

<script>window.__p=1</script>

<{NAME} onload=window.__p=1>

<div onclick="window.__p=1">x</div>

[x](javascript:window.__p=1) [x](<javascript:window.__p=1>) [x]: javascript:window.__p=1

![x](data:image/svg+xml,x "{NAME}")

<javascript:window.__p=1> <data:text/html,x>

`{MARKUP}` {{kbd}}`{_SHORT}` {{survey:head}}`{_SHORT}` {{cite:p}}`{NAME}`

```html
{MARKUP}
```

```{{code-block}} {NAME}"><{NAME}
{MARKUP}
```

```{{survey:flow}}
{yaml.safe_dump(FACTS["flow"], allow_unicode=True, width=10000)}```

```{{survey:pattern}}
:name: {json.dumps(MARKUP)}

{yaml.safe_dump(_PATTERN, allow_unicode=True, width=10000)}```

$<{NAME}> \\text{{<{NAME} onload=x>}} \\mathrm{{"'}}$
"""


def _lists() -> str:
    """Return a page with each directive, and with options whose values are hostile."""
    facets = ("head", "stage", "method", "model", "dataset", "year", "sort", "group-by", "limit", "show")
    wrong = "".join(f"```{{survey:papers}}\n:{name}: {json.dumps(_SHORT)}\n```\n\n" for name in facets)
    plain = ("papers", "chronology", "taxonomy", "atlas", "timeline", "counts", "depths")
    every = "".join(f"```{{survey:{name}}}\n```\n\n" for name in plain)
    kinds = (*list(_FOLDERS)[1:], _SHORT.replace(" ", ""))
    indexes = "".join(f"```{{survey:index}} {kind}\n```\n\n" for kind in kinds)
    grouped = "".join(f"```{{survey:papers}}\n:group-by: {kind}\n```\n\n" for kind in facets[:6])
    return f"---\norphan: true\n---\n\n# Lists\n\n{every}{indexes}{grouped}{wrong}"
