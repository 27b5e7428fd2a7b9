"""``data/README.md``: the card of the data set, as the Hugging Face hub reads it and people do.

The front matter is that of https://huggingface.co/docs/hub/datasets-cards: it makes the hub show the tables.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.exports.described import Described, File

_MARKUP = re.compile(r"([\\`*_\[\]<>|#])")
#: The descriptions, of which this is one.
_OTHERS = (
    ("datapackage.json", "The description of the data as a data package."),
    ("croissant.json", "The same in the words of Croissant."),
)


def card(data: Described) -> str:
    """Return the card."""
    front = yaml.safe_dump(_front(data), sort_keys=False, allow_unicode=True, width=1_000)
    return f"---\n{front}---\n\n" + "\n".join(_lines(data)) + "\n"


def _front(data: Described) -> dict[str, Any]:
    dataset = data.dataset
    known = {
        "license": dataset.license.lower(),
        "tags": [re.sub(r"\s+", "-", keyword.strip().lower()) for keyword in dataset.keywords],
    }
    tables = [{"config_name": file.name, "data_files": file.address} for file in data.tables]
    named = {"pretty_name": data.title, "language": ["en"]}
    return named | {key: value for key, value in known.items() if value} | {"configs": tables}


def _lines(data: Described) -> Iterator[str]:
    dataset = data.dataset
    yield f"# {_text(data.title)}\n\n{_text(data.description)}\n"
    facts = (
        ("Version", dataset.version),
        ("Site", f"<{data.base}>" if data.base else ""),
        ("License", f"[{dataset.license}]({dataset.license_address})" if dataset.license else ""),
    )
    yield from (f"- {name}: {value}" for name, value in facts if value)
    yield "\n## Files\n"
    yield from (f"- `{file.address}`: {file.meaning}" for file in data.files)
    yield from (f"- `{address}`: {meaning}" for address, meaning in (*data.others, *_OTHERS))
    for file in data.tables:
        yield from _columns(file)
    yield "\n## Citation\n"
    yield "Cite a finding from the paper that made it. To cite the data:\n"
    yield f"> {_text('. '.join(filter(None, (dataset.creator, data.title, dataset.version, data.base))))}"


def _columns(file: File) -> Iterator[str]:
    yield f"\n## Columns of {file.address}\n\n{file.meaning}\n\n| column | type | holds |\n|---|---|---|"
    yield from (f"| `{at.name}` | {at.type} | {_text(at.meaning)} |" for at in file.columns)
    yield (
        "\nA cell that would begin with `=`, `+`, `-`, `@` or an apostrophe has an apostrophe in front, so that no "
        "spreadsheet takes it for a formula; take one away to have the value."
    )


def _text(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
