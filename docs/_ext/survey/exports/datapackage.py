"""``data/datapackage.json``: the data as a data package (https://datapackage.org/standard/data-package/)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from survey.exports.columns import Column
    from survey.exports.described import Described, File

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def package(data: Described) -> dict[str, Any]:
    """Return the description."""
    dataset = data.dataset
    known = {
        "version": dataset.version,
        "homepage": data.base,
        "licenses": [{"name": dataset.license, "path": dataset.license_address}] if dataset.license else [],
        "contributors": [{"title": dataset.creator, "roles": ["author"]}] if dataset.creator else [],
        "keywords": list(dataset.keywords),
    }
    return {
        "$schema": _PROFILE,
        "name": data.name,
        "title": data.title,
        "description": data.description,
        **{key: value for key, value in known.items() if value},
        "resources": [_resource(file) for file in data.files],
    }


def _resource(file: File) -> dict[str, Any]:
    resource = {
        "name": file.name,
        "path": file.address,
        "description": file.meaning,
        "mediatype": file.form,
        "encoding": "utf-8",
        "bytes": len(file.content),
        "hash": f"sha256:{file.sha256}",
    }
    if not file.columns:
        return resource | {"format": "json"}
    return resource | {"type": "table", "format": "csv", "schema": {"fields": [_field(at) for at in file.columns]}}


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.always else {}
    if column.pattern:
        constraints["pattern"] = column.pattern
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.meaning}
    return field | ({"constraints": constraints} if constraints else {})
