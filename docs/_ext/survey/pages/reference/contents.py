"""The parts of the reference as plain data, each read off the code that it describes."""

from __future__ import annotations

import inspect
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

import survey
from survey.catalogue import CODES
from survey.catalogue.markup import allowed
from survey.catalogue.markup.allowed import Content
from survey.catalogue.problem_examples import EXAMPLES
from survey.catalogue.records import axis_settings, settings
from survey.catalogue.schema import dataset, watch_settings
from survey.catalogue.views.described_files import Described, Kinds
from survey.exports.published import PUBLISHED
from survey.pages.core.loading import app_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from survey.catalogue.schema.facets import Facet
    from survey.catalogue.views.described_files import Fieldset
    from survey.pages.core.directive import SurveyDirective

#: What begins the names of our configuration values.
_OURS = "survey_"
#: The docstring of a directive or role: ``{survey:index} method``: what it makes.
_DESCRIBES = re.compile(r"``(?P<usage>.+?)``(?!`):\s+(?P<meaning>.*)", re.DOTALL)
_PAGES = "survey.pages"
#: What hooks are connected to, in the order in which a build comes to it; transforms are no events, but hooks as well.
_EVENTS = (
    *("config-inited", "builder-inited", "env-get-outdated", "env-before-read-docs", "source-read", "transforms"),
    *("doctree-read", "survey-given", "survey-taken", "env-updated", "env-get-updated", "write-started"),
    *("post-transforms", "doctree-resolved", "html-page-context", "html-collect-pages", "build-finished"),
)
#: What follows when a configuration value changes, by its ``rebuild``.
_REBUILDS = {
    "env": "when it changes, every page is read again",
    "html": "when it changes, every page is written again",
    "": "a change makes no page be read or written again",
}
#: The codes of warnings that only a build gives: meaning and example.
BUILD_CODES: Mapping[str, tuple[str, str]] = {
    "bad-repository": (
        "``survey_repository`` is no address that can be linked to; pages have no links to their sources.",
        "survey_repository is 'https:/example.org', which is no https address; pages have no links to their sources; …",
    ),
    "bad-setting": (
        "A value ``survey_…`` of ``conf.py`` cannot be used, or names what there is not; it counts as not given.",
        "survey_footer is None, which is no list of texts, and counts as []; correct it, or take it out of conf.py",
    ),
    "bib-files": (
        "``bibtex_bibfiles`` names files of its own, which are not used: all works are in references.bib.",
        "bibtex_bibfiles names 'more.bib', which is not used; move its entries to references.bib, …",
    ),
    "image-format": (
        "An SVG image cannot be converted to what the format of a book takes; it is left out there.",
        "the image cannot be converted: …; mend the SVG, or give the image in another format",
    ),
    "fixed-setting": (
        "``conf.py`` sets what is the same for every survey: how pages are read. It has no effect.",
        "myst_url_schemes is the same for every survey, and what conf.py says of it has no effect; remove it there",
    ),
    "no-base-address": (
        "``html_baseurl`` is not set; a strict build without it says so in ``suppress_warnings``.",
        "html_baseurl is not set; without it there is no sitemap.xml, …",
    ),
}


@dataclass(frozen=True, slots=True)
class Term:
    """What is defined, and its definition."""

    name: str
    meaning: str  #: Paragraphs in the markup of docstrings.
    ident: str = ""  #: The anchor; nothing for options, which stand inside a directive's definition.
    note: str = ""  #: What stands behind the name.
    example: str = ""
    address: str = ""  #: Of a file of the site to which the name is a link.
    inner: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A list of terms, in a section of its own if it has a title."""

    terms: tuple[Term, ...]
    title: str = ""
    ident: str = ""
    lead: str = ""


def _ident(*words: str) -> str:
    return nodes.make_id("-".join(words))


def _fields(directive: SurveyDirective) -> Iterator[Part]:
    found: tuple[Fieldset, ...] = directive.domain.show(Described())
    for fieldset in found:
        terms = (
            Term(
                field.name,
                field.meaning,
                _ident("field", fieldset.path, field.name),
                f"{field.form}, required" if field.required else field.form,
            )
            for field in fieldset.fields
        )
        lead = f"{fieldset.meaning} In {fieldset.place}."
        yield Part(tuple(terms), fieldset.path, _ident("fields", fieldset.path), lead)


#: The tables of ``docs/survey.toml``: with what their anchors begin, what they hold, and what stands above that.
_SETTINGS: Mapping[str, tuple[str, Mapping[str, str], str]] = {
    "[[facets]]": ("setting", settings.KEYS, "One for each facet of the survey's own."),
    "[data]": ("setting-data", dataset.KEYS, "What archives are told of the data as a whole."),
    "[reads], [writes]": ("setting-kinds", axis_settings.KEYS, "What head types of another survey read and write."),
    "[watch]": ("setting-watch", watch_settings.KEYS, "Where new works are looked for."),
}


def _settings(_directive: SurveyDirective) -> Iterator[Part]:
    for title, (name, keys, lead) in _SETTINGS.items():
        terms = tuple(Term(key, meaning, _ident(name, key)) for key, meaning in keys.items())
        yield Part(terms, title, _ident("settings", title), lead)


def _markup(_directive: SurveyDirective) -> Iterator[Part]:
    keys = (Term(key, _sentence(value.words)) for key, value in allowed.PAGE_KEYS.items())
    yield Part(tuple(keys), "front matter", _ident("markup", "keys"), "Beside the fields of its kind a page may have:")
    directives = (Term(name, _written(form), inner=_inner(form)) for name, form in sorted(allowed.DIRECTIVES.items()))
    yield Part(tuple(directives), "directives", _ident("markup", "directives"), "Beside those of the survey's own:")
    roles = (Term(name, meaning) for name, meaning in sorted(allowed.ROLES.items()))
    yield Part(tuple(roles), "roles", _ident("markup", "roles"), "Beside those of kinds of entries:")


def _inner(form: allowed.Form) -> tuple[Term, ...]:
    return tuple(Term(f":{name}:", _sentence(value.words)) for name, value in sorted(form.options.items()))


def _written(form: allowed.Form) -> str:
    """Say what stands behind a directive's name, and inside it."""
    parts = {"Behind its name": form.argument, "Inside": form.content}
    return (
        " ".join(f"{where}: {what.value}." for where, what in parts.items() if what is not Content.NOTHING)
        or "Nothing."
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _roles(directive: SurveyDirective) -> Iterator[Part]:
    facets: tuple[Facet, ...] = directive.domain.show(Kinds())
    leads = {facet.kind: f"A link to an entry of docs/{facet.folder}" for facet in facets}
    leads |= {facet.kind: f"{leads[facet.kind]} or one of its members" for facet in facets if facet.by_member}
    leads["paper"] = "A link to a surveyed paper, or to another work of the bibliography"
    terms = []
    for name, role in sorted(directive.domain.roles.items()):
        if name in leads:
            own = f"``{{survey:{name}}}`text <id>```" if name != "paper" else "``{survey:paper}`text <key>```"
            target = own.replace("text <", "").replace(">", "")
            meaning = f"{leads[name]}: {target} shows its name, {own} another text."
        else:
            meaning = _usage(inspect.getdoc(role) or "", name)[1]
        terms.append(Term(f"{{survey:{name}}}", meaning, _ident("role", name)))
    yield Part(tuple(terms))


def _directives(directive: SurveyDirective) -> Iterator[Part]:
    terms = []
    for name, kind in sorted(directive.domain.directives.items()):
        usage, meaning = _usage(inspect.getdoc(kind) or "", f"{{survey:{name}}}")
        words: Mapping[str, str] = vars(kind).get("option_words", {})  # one with those of another says so
        options = tuple(Term(f":{option}:", words[option]) for option in kind.option_spec or () if option in words)
        terms.append(Term(usage, meaning, _ident("directive", name), inner=options))
    yield Part(tuple(terms))


def _usage(described: str, name: str) -> tuple[str, str]:
    """Split a docstring that begins with what it describes in code and a colon."""
    match = _DESCRIBES.fullmatch(described)
    if match is None:
        return name, described
    meaning = match["meaning"]
    return match["usage"], meaning[:1].upper() + meaning[1:]


def _configuration(directive: SurveyDirective) -> Iterator[Part]:
    options: Mapping[str, Any] = app_of(directive.env).config.values
    terms = (
        Term(
            name,
            f"{option.description} By default ``{option.default!r}``; {_REBUILDS[option.rebuild]}.",
            _ident("config", name),
        )
        for name, option in sorted(options.items())
        if name.startswith(_OURS)
    )
    yield Part(tuple(terms))


def _problems(directive: SurveyDirective) -> Iterator[Part]:
    facets: tuple[Facet, ...] = directive.domain.show(Kinds())
    meanings = {f"unknown-{facet.kind}": f"There is no such entry in docs/{facet.folder}." for facet in facets}
    codes = sorted({**CODES, **meanings}.items())
    yield Part(
        tuple(
            Term(code, meaning, _ident("problem", code), example=_line(code, EXAMPLES.get(code, "")))
            for code, meaning in codes
        )
    )


def _warnings(_directive: SurveyDirective) -> Iterator[Part]:
    yield Part(
        tuple(
            Term(code, meaning, _ident("problem", code), example=_line(code, example))
            for code, (meaning, example) in BUILD_CODES.items()
        )
    )


def _line(code: str, explanation: str) -> str:
    return f"{code}: {explanation}" if explanation else ""


def _files(_directive: SurveyDirective) -> Iterator[Part]:
    yield Part(
        tuple(
            Term(
                file.address,
                f"{file.holds} Only with the site." if file.site_only else file.holds,
                _ident("file", file.address),
                file.form,
                address="" if file.site_only or "<" in file.address else file.address,
            )
            for file in PUBLISHED
        )
    )


def _hooks(directive: SurveyDirective) -> Iterator[Part]:
    app = app_of(directive.env)
    found: dict[str, list[tuple[int, Any]]] = {
        "transforms": [(kind.default_priority or 0, kind) for kind in app.registry.transforms],
        "post-transforms": [(kind.default_priority or 0, kind) for kind in app.registry.post_transforms],
    }
    found |= {event: [(at.priority, at.handler) for at in at_event] for event, at_event in app.events.listeners.items()}
    for event in sorted(found, key=lambda event: _EVENTS.index(event) if event in _EVENTS else len(_EVENTS)):
        ours = [(priority, hook) for priority, hook in found[event] if hook.__module__.startswith(f"{_PAGES}.")]
        terms = (
            Term(
                f"{hook.__module__}.{hook.__name__}".removeprefix(f"{_PAGES}.").removesuffix(".<lambda>"),
                _first_line(hook) or _first_line(sys.modules[hook.__module__]),
                note=f"priority {priority}",
            )
            for priority, hook in sorted(ours, key=lambda at: at[0])  # those of one priority as they were connected
        )
        if ours:
            yield Part(tuple(terms), event, _ident("hooks", event))


def _first_line(described: object) -> str:
    return (inspect.getdoc(described) or "").partition("\n")[0]


PARTS: Mapping[str, Callable[[SurveyDirective], Iterator[Part]]] = {
    "fields": _fields,
    "settings": _settings,
    "markup": _markup,
    "roles": _roles,
    "directives": _directives,
    "configuration": _configuration,
    "problems": _problems,
    "warnings": _warnings,
    "files": _files,
    "hooks": _hooks,
}


def sources() -> list[str]:
    """Return the files of the extension's code, which the reference depends on."""
    return sorted(str(path) for path in Path(survey.__file__).parent.rglob("*.py"))
