"""What a page holds that it may not: one judgement for the checks, which report it, and the build, which drops it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.catalogue.markup import allowed, link_targets
from survey.catalogue.markup.allowed import DIRECTIVES, PAGE_KEYS, Content
from survey.catalogue.markup.body import split_target
from survey.catalogue.markup.link_targets import RefusedError
from survey.catalogue.markup.parts import DirectiveText, Formula, Image, Link, RoleText
from survey.catalogue.problems import Problem, did_you_mean
from survey.catalogue.texts import formulas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from survey.catalogue.markup.parts import Part
    from survey.catalogue.schema.facets import Layout
    from survey.catalogue.schema.frontmatter import FrontMatter

_TEXTS = "see the reference for what pages may use"


@dataclass(frozen=True)
class Judge:
    """What the pages of one survey may hold."""

    root: Path
    roles: frozenset[str]

    @classmethod
    def of(cls, root: Path, layout: Layout) -> Judge:
        """Return the judge of a survey."""
        return cls(root, allowed.roles(layout))

    def problems(self, parts: Iterable[Part], path: str) -> Iterator[Problem]:
        """Yield what is wrong with the parts of a page."""
        for part in parts:
            for fault in self.faults(part, path):
                yield Problem(path, part.line, fault.code, fault.message, fault.hint)

    def faults(self, part: Part, path: str) -> Iterator[RefusedError]:
        """Yield why a part of the page with this path is refused."""
        try:
            if isinstance(part, RoleText):
                self.role(part.name, part.content)
            elif isinstance(part, DirectiveText):
                self.directive(part, path)
            elif isinstance(part, Link):
                link_targets.link(part.address, path, self.root)
            elif isinstance(part, Image):
                link_targets.image(part.address, path, self.root)
            else:
                _formula(part)
        except RefusedError as fault:
            yield fault

    def role(self, name: str, content: str) -> None:
        """Refuse a role that pages may not use, or that would link to anything.

        :raises RefusedError: if it is one.
        """
        if name not in self.roles and not allowed.is_external(name):
            raise RefusedError(
                "refused-role", f"pages may not use the role '{name}'", did_you_mean(name, self.roles, _TEXTS)
            )
        if name == "survey:file" and link_targets.DATA_FILE.fullmatch(split_target(content)[1]) is None:
            message = f"'{content[:100]}' is no data file of the survey"
            raise RefusedError("bad-link", message, "the reference lists their addresses")

    def directive(self, found: DirectiveText, path: str) -> None:
        """Refuse a directive that pages may not use, or not so.

        :raises RefusedError: if it is one.
        """
        form = found.form
        if form is None:
            message = f"pages may not use the directive '{found.name}'"
            raise RefusedError("refused-directive", message, did_you_mean(found.name, DIRECTIVES, _TEXTS))
        if form.own:
            return
        for name, value in found.options.items():
            _option(found, name, value)
        if form.argument is Content.IMAGE:
            link_targets.image(found.argument, path, self.root)
        elif form.argument is Content.NOTHING and found.argument:
            message = f"the directive '{found.name}' takes nothing behind its name"
            raise RefusedError("refused-directive", message, f"remove '{found.argument[:100]}'")
        if form.content is Content.PAGES:
            for line in filter(None, map(str.strip, found.content.splitlines())):
                _entry(line)


def _option(found: DirectiveText, name: str, value: str) -> None:
    options = found.form.options if found.form is not None else {}
    if name not in options:
        known = f"it has {', '.join(sorted(options))}" if options else "it has none"
        message = f"pages may not use the option '{name}' of the directive '{found.name}'"
        raise RefusedError("refused-directive", message, did_you_mean(name, options, known))
    if options[name].form.fullmatch(value.strip()) is None:
        message = f"the option '{name}' of the directive '{found.name}' cannot be '{value[:100]}'"
        raise RefusedError("refused-directive", message, "mend it, or remove it")


def _entry(line: str) -> None:
    """Refuse a line of a table of contents that names anything but a page."""
    name = line.rpartition("<")[2].removesuffix(">") if line.endswith(">") else line
    if ":" in name or name.startswith("//") or "*" in name or "\\" in name:
        message = f"a table of contents lists pages of the survey, and '{name[:100]}' is none"
        raise RefusedError("refused-directive", message, "name a page by its path without '.md'")


def _formula(part: Formula) -> None:
    fault = formulas.fault(part.latex)
    if fault is not None:
        raise RefusedError("math", f"this formula cannot be turned into MathML ({fault})", "simplify it")


def front_matter(front: FrontMatter, path: str, kind: str = "") -> Iterator[Problem]:
    """Yield the keys of front matter that a page, of a kind if it is a file of facts, may not have."""
    for key, value in front.values.items():
        line = front.line((key,))
        if key == kind:
            continue
        if key not in PAGE_KEYS:
            otherwise = f"put the fields under '{kind}:'" if kind else f"pages may set {', '.join(PAGE_KEYS)}"
            hint = did_you_mean(key, PAGE_KEYS, otherwise)
            yield Problem(path, line, "unknown-field", f"there is no field '{key}'", hint)
        elif not isinstance(value or "", str) or PAGE_KEYS[key].form.fullmatch(value or "") is None:
            shown = value if isinstance(value, str) else "a list or mapping"
            hint = (
                "remove it" if key == "tocdepth" else "remove it, unless it is 'true': being there, it has its effect"
            )
            yield Problem(path, line, "bad-value", f"'{key}' cannot be '{shown}'", hint)


def settings(front: FrontMatter) -> dict[str, str]:
    """Return the keys that take effect."""
    found = {key: value or "true" for key, value in front.values.items() if isinstance(value or "", str)}
    return {key: value for key, value in found.items() if key in PAGE_KEYS and PAGE_KEYS[key].form.fullmatch(value)}
