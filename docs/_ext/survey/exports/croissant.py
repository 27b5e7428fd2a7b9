"""``data/croissant.json``: the data in the words of Croissant (https://docs.mlcommons.org/croissant/docs/croissant-spec.html).

The context is the one that the specification gives; a reader of JSON-LD needs all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from survey.exports.columns import Column
    from survey.exports.described import Described, File

_CONFORMS = "http://mlcommons.org/croissant/1.0"
_TYPES = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean"}
_TYPED = ("dataType", "@vocab")
#: What the words of a description are to Croissant; words with a second item have values of that type.
_CR: dict[str, str | tuple[str, str]] = {
    **{
        name: f"cr:{name}"
        for name in (
            *("column", "equivalentProperty", "extract", "fileObject", "fileProperty", "fileSet", "format", "includes"),
            *("isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex"),
            *("repeated", "replace", "samplingRate", "separator", "source", "subField", "transform", "field"),
        )
    },
    "data": ("cr:data", "@json"),
    "dataType": ("cr:dataType", "@vocab"),
    "examples": ("cr:examples", "@json"),
}


def croissant(data: Described) -> dict[str, Any]:
    """Return the description."""
    dataset = data.dataset
    known = {
        "url": data.base,
        "version": dataset.version,
        "datePublished": dataset.month,
        "license": dataset.license_address,
        "creator": {"@type": "sc:Organization", "name": dataset.creator} if dataset.creator else None,
        "keywords": list(dataset.keywords),
        "citeAs": ". ".join(filter(None, (dataset.creator, data.title, dataset.version, data.base))),
    }
    return {
        "@context": _context(),
        "@type": "sc:Dataset",
        "conformsTo": _CONFORMS,
        "name": data.name,
        "alternateName": data.title,
        "description": data.description,
        **{key: value for key, value in known.items() if value},
        "distribution": [_file(file) for file in data.files],
        "recordSet": [_records(file) for file in data.tables],
    }


def _context() -> dict[str, Any]:
    terms: dict[str, Any] = {
        name: {"@id": value[0], "@type": value[1]} if isinstance(value, tuple) else value for name, value in _CR.items()
    }
    return {
        "@language": "en",
        "@vocab": "https://schema.org/",
        "citeAs": "cr:citeAs",
        "conformsTo": "dct:conformsTo",
        "cr": "http://mlcommons.org/croissant/",
        "dct": "http://purl.org/dc/terms/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "sc": "https://schema.org/",
        **terms,
    }


def _file(file: File) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.address,
        "name": file.name,
        "description": file.meaning,
        "contentUrl": file.address,
        "contentSize": f"{len(file.content)} B",
        "encodingFormat": file.form,
        "sha256": file.sha256,
    }


def _records(file: File) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": file.name,
        "name": file.name,
        "description": file.meaning,
        "field": [_field(file, column) for column in file.columns],
    }


def _field(file: File, column: Column) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{file.name}/{column.name}",
        "name": f"{file.name}/{column.name}",
        "description": column.meaning,
        "dataType": _TYPES[column.type],
        "source": {"fileObject": {"@id": file.address}, "extract": {"column": column.name}},
    }
