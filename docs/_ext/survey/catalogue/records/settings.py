"""``docs/survey.toml``: the facets that a survey declares itself, what it requires, and what its data are called.

The table ``[data]`` is that of :mod:`survey.catalogue.schema.dataset`.

::

    require = ["unnamed-entry"] # checks beyond those of every survey, by their codes

    [[facets]]
    kind = "dataset"            # the key of its front matter, its role and the option of listings
    folder = "datasets"         # under docs/, and the field by which papers name its entries
    title = "Data sets"
    fields = ["size", "home"]   # texts that an entry may give, beside name and aliases
    one = "data set"            # what one of them is called, and many, and none; left out where the rule does
    many = "data sets"
    none = "no data set"

    [avoid]                     # words that no page uses, each with what to write instead
    "it is reported that" = "begin with the finding"
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict, Field, create_model

from survey.catalogue.problems import Problem, did_you_mean
from survey.catalogue.records.reserved_names import OF_ENTRIES, has, reserved_names
from survey.catalogue.schema import avoided_words, dataset, fields
from survey.catalogue.schema.dataset import Dataset
from survey.catalogue.schema.facets import BUILT_IN, Facet, Layout, Words
from survey.catalogue.texts.text_files import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FILE = "docs/survey.toml"
_TABLE = "facets"
_REQUIRE = "require"
_SETTINGS = (_TABLE, _REQUIRE, avoided_words.TABLE, dataset.TABLE)
#: What a survey may require; :mod:`survey.catalogue.checks.required` has a check for each.
REQUIREMENTS = (
    *("copied-words", "empty-dispute", "missing-models", "missing-reading", "missing-takeaway", "opening-question"),
    *("short-lead", "unexplained-year", "unnamed-entry", "unrecorded-letter"),
)
#: What a facet's table may hold, with its meaning for the reference.
KEYS = {
    "kind": "The key of its front matter, its role and the option of listings.",
    "folder": "The folder of its files under docs/, and the field by which papers name its entries.",
    "title": "The heading of its entries, in the plural.",
    "fields": "The texts that an entry may give, beside name and aliases; none if it is left out.",
    "one": "What one entry is called; the kind, if it is left out.",
    "many": "What several entries are called; the title, if it is left out.",
    "none": "What stands over papers that name none; 'no' and the word for one, if it is left out.",
}
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_WORDS = ("one", "many", "none")
_HEADER = re.compile(rf"\s*\[\[\s*{_TABLE}\s*\]\]")
_AT_LINE = re.compile(r" \(at line ([0-9]+), column [0-9]+\)")
_AT_END = " (at end of document)"


def read_layout(root: Path) -> tuple[Layout, list[Problem]]:
    """Return the built-in facets and those that the survey at ``root`` declares, with its other settings."""
    problems: list[Problem] = []
    declared: list[Facet] = []
    required: frozenset[str] = frozenset()
    avoided: tuple[tuple[str, str], ...] = ()
    described = Dataset()
    text = read_text(root, FILE, problems) if (root / FILE).exists() else None
    if text is not None:
        settings = _Settings(text, problems)
        required, avoided = settings.required(), settings.avoided()
        described = settings.dataset()
        for number, table in enumerate(settings.tables()):
            facet = settings.facet(number, table, [*BUILT_IN, *declared])
            if facet is not None:
                declared.append(facet)
    fields_of_papers = _paper_fields(declared, whole=not problems)
    return Layout((*BUILT_IN, *declared), fields_of_papers, required, avoided, described), problems


class _Settings:
    """The text of the settings, read table by table."""

    def __init__(self, text: str, problems: list[Problem]) -> None:
        self._lines = text.split("\n")
        self._headers = [number for number, line in enumerate(self._lines) if _HEADER.match(line)]
        self._problems = problems
        self._values = self._parsed(text)

    def _parsed(self, text: str) -> dict[str, Any]:
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            message = str(error)
            place = _AT_LINE.search(message)
            line = int(place[1]) if place is not None else text.rstrip().count("\n") + 1
            self._report(line, f"the file is not TOML: {_AT_LINE.sub('', message).removesuffix(_AT_END)}", "mend it")
        except RecursionError:
            self._report(1, "the file is nested too deeply", "mend it")
        except ValueError:
            self._report(1, "the file holds a number that is too long", "mend it")
        return {}

    def tables(self) -> list[Any]:
        """Return the declarations of facets, whatever they are."""
        for key in self._values:
            if key not in _SETTINGS:
                hint = did_you_mean(key, _SETTINGS, f"remove it; a facet is declared under [[{_TABLE}]]")
                self._report(self._line_of(key, 0), f"there is no setting '{key}'", hint, "unknown-field")
        tables = self._values.get(_TABLE, [])
        if isinstance(tables, list):
            return tables
        self._report(
            self._line_of(_TABLE, 0), f"'{_TABLE}' is not a list of tables", f"declare each under [[{_TABLE}]]"
        )
        return []

    def required(self) -> frozenset[str]:
        """Return what the survey requires, by code; what doesn't exist is reported."""
        codes = self._values.get(_REQUIRE, [])
        if not isinstance(codes, list):
            codes = [codes]
        for code in codes:
            if code not in REQUIREMENTS:
                hint = did_you_mean(str(code), REQUIREMENTS, f"choose from {', '.join(REQUIREMENTS)}")
                self._report(self._line_of(_REQUIRE, 0), f"'{code}' cannot be required", hint)
        return frozenset(code for code in codes if code in REQUIREMENTS)

    def avoided(self) -> tuple[tuple[str, str], ...]:
        """Return the words that the survey avoids, each with its mend; what is wrong with the list is reported."""
        values = self._values.get(avoided_words.TABLE, {})
        if not isinstance(values, dict):
            hint = f'write [{avoided_words.TABLE}], and below it "words" = "what to write instead"'
            self._report(self._line_of(avoided_words.TABLE, 0), f"'{avoided_words.TABLE}' is not a table", hint)
            return ()
        start = self._line_of(avoided_words.TABLE, 0) - 1
        wrong = []
        for words, message, hint in avoided_words.faults(values):
            self._report(self._line_of(words or avoided_words.TABLE, start), message, hint)
            wrong.append(words)
        return () if "" in wrong else tuple((words, mend) for words, mend in values.items() if words not in wrong)

    def dataset(self) -> Dataset:
        """Return what the survey says of its data as a whole; a table with a fault says nothing."""
        table = self._values.get(dataset.TABLE, {})
        if not isinstance(table, dict):
            self._report(self._line_of(dataset.TABLE, 0), "'data' is not a table", f"write [{dataset.TABLE}] above it")
            return Dataset()
        start = self._line_of(dataset.TABLE, 0) - 1
        for key in (key for key in table if key not in dataset.KEYS):
            hint = did_you_mean(key, dataset.KEYS, f"[{dataset.TABLE}] has {', '.join(dataset.KEYS)}")
            self._report(self._line_of(key, start), f"there is no setting '{key}'", hint, "unknown-field")
        found = list(dataset.faults(table))
        for key, message, hint in found:
            self._report(self._line_of(key, start), message, hint)
        return Dataset() if found else dataset.dataset(table)

    def facet(self, number: int, table: Any, known: Iterable[Facet]) -> Facet | None:
        """Make a facet of a table, or report what is wrong with it."""
        header = self._headers[number] if number < len(self._headers) else 0
        if not isinstance(table, dict):
            self._report(self._line_of(_TABLE, 0), f"facet {number + 1} is not a table", f"write [[{_TABLE}]] above it")
            return None
        for key in table:
            if key not in KEYS:
                hint = did_you_mean(key, KEYS, f"a facet has {', '.join(KEYS)}")
                self._report(self._line_of(key, header), f"there is no setting '{key}'", hint, "unknown-field")
        for key, message, hint in _faults(table, known):
            self._report(self._line_of(key, header), message, hint)
            return None
        extra: dict[str, Any] = dict.fromkeys(table.get("fields", ()), (fields.Text | None, None))
        kind, folder, title = (str(table[key]) for key in ("kind", "folder", "title"))
        model = create_model(f"{kind.title()}Fields", __base__=fields.EntryFields, **extra)
        return Facet(kind, folder, title, model, _words(table), tag_field=folder)

    def _line_of(self, key: str, start: int) -> int:
        """Return the line of a key or table at or below the line with index ``start``, or that line if it has none."""
        form = re.compile(rf"""\s*\[*\s*["']?{re.escape(key)}["']?\s*[\]=.]""")
        for number in range(start, len(self._lines)):
            if number > start and number in self._headers:
                break
            if form.match(self._lines[number]):
                return number + 1
        return start + 1

    def _report(self, line: int, message: str, hint: str, code: str = "bad-value") -> None:
        self._problems.append(Problem(FILE, line, code, message, hint))


#: The key that is at fault, what is wrong, and what to do about it.
_Fault = tuple[str, str, str]


def _faults(table: dict[str, Any], known: Iterable[Facet]) -> Iterable[_Fault]:
    """Yield what is wrong with a declaration, beyond keys that don't exist; each relies on the ones before."""
    for key in ("kind", "folder", "title"):
        if not isinstance(table.get(key), str) or not table[key]:
            yield key, f"the facet has no text as its {key}", "give kind, folder and title"
    names = table.get("fields", [])
    if not isinstance(names, list):
        yield "fields", "the facet's fields are not a list", 'write fields = ["size", "home"]'
    for key, name in (("kind", table["kind"]), ("folder", table["folder"]), *(("fields", name) for name in names)):
        if not isinstance(name, str) or _NAME.fullmatch(name) is None:
            yield key, f"'{name}' cannot be the name of a facet or field", "write lower-case words joined by hyphens"
    taken = reserved_names() | {name for facet in known for name in (facet.kind, facet.folder)}
    for key in ("kind", "folder"):
        if table[key] in taken or (key == "folder" and has(fields.PaperFields, table[key])):
            yield key, f"the name '{table[key]}' is taken", "choose another name"
    for index, name in enumerate(names):
        if name in OF_ENTRIES or has(fields.EntryFields, name) or name in names[:index]:
            yield "fields", f"the name '{name}' is taken", "each entry has name and aliases; choose other names"
    for key in _WORDS:
        if key in table and (not isinstance(table[key], str) or not table[key].strip()):
            yield key, f"'{key}' is no word", f'write {key} = "…", or leave it out'


def _words(table: Mapping[str, Any]) -> Words:
    """Return what the entries of a declared facet are called, by its own words or by those that it has anyway."""
    one = str(table.get("one") or table["kind"].replace("-", " "))
    title = str(table["title"])
    many = str(table.get("many") or (title if title.isupper() else title[0].lower() + title[1:]))
    return Words(one, many, str(table.get("none") or f"no {one}"))


class _AnyPaperFields(fields.PaperFields):
    """The fields of papers where not every facet could be read: other fields may be those of a facet."""

    model_config = ConfigDict(extra="ignore")


def _paper_fields(declared: Iterable[Facet], *, whole: bool) -> type[fields.PaperFields]:
    base = fields.PaperFields if whole else _AnyPaperFields
    extra: dict[str, Any] = {
        facet.folder: (fields.Ids, Field((), description=f"Ids of docs/{facet.folder}.")) for facet in declared
    }
    return create_model("PaperFields", __base__=base, **extra) if extra else base
