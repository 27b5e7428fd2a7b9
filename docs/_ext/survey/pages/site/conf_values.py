"""The values ``survey_*`` of conf.py, looked at once, before anything reads them.

A value that cannot be used is reported and counts as not given, a redirect that can't be is left out: whoever reads
them afterwards finds what it expects. Names of pages and of tables of contents are known later, and are reported then.
"""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from reprlib import Repr
from typing import TYPE_CHECKING, Any

from survey.catalogue import Problem
from survey.catalogue.problems import did_you_mean
from survey.pages.core.builders import has_pages, site_of
from survey.pages.core.loading import place_in, warn
from survey.pages.frame.hubs import captions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

CODE = "bad-setting"
_TEXT = re.compile(r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff]*")  #: One line that can be written in UTF-8.
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
#: A piece of a page's name: no file system takes the other signs, or an address means something by them.
_PIECE = re.compile(r'(?!\.{1,2}$)[^\s/\\:*?"<>|#%]([^/\\:*?"<>|#%]*[^\s/\\:*?"<>|#%])?')
_LONGEST, _DEEPEST = 200, 10  #: Bytes of a piece, to which file systems add an ending, and pieces.
_ENDINGS = frozenset({".html", ".htm", ".md", ".rst", ".txt"})
_FILE = re.compile(r"\.[A-Za-z]+")  #: The ending of what is a file, and cannot be a folder.
#: Pages that Sphinx or the extension makes of no file.
_MADE = frozenset({"404", "genindex", "search"})
#: Shows values that conf.py may have made as long as it likes.
_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = 80


@dataclass(frozen=True, slots=True)
class _Form:
    """What a value has to be."""

    words: str  #: Behind "is no".
    fits: Callable[[Any], bool]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and _TEXT.fullmatch(value) is not None


def _is_date(value: Any) -> bool:
    if not _is_text(value) or not _DATE.fullmatch(value):
        return bool(value == "")
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _are_texts(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(map(_is_text, value))


def _are_pairs(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_text(text) for pair in value.items() for text in pair)


_A_TEXT = _Form("text of one line", _is_text)
_SOME_TEXTS = _Form("list of texts", _are_texts)
_FORMS: Mapping[str, _Form] = {
    "survey_badge": _A_TEXT,
    "survey_book": _Form("dict from texts to texts", _are_pairs),
    "survey_branch": _Form("name of a branch", lambda value: _is_text(value) and bool(value.strip())),
    "survey_content_security_policy": _A_TEXT,
    "survey_footer": _SOME_TEXTS,
    "survey_licence": _A_TEXT,
    "survey_preview": _A_TEXT,
    "survey_redirects": _Form("dict from texts to texts", lambda value: isinstance(value, dict)),
    "survey_repository": _A_TEXT,
    "survey_root": _A_TEXT,
    "survey_search_examples": _SOME_TEXTS,
    "survey_text_language": _Form(
        "language as HTML names it, such as 'en' or 'zh-CN'",
        lambda value: value == "" or (_is_text(value) and _LANGUAGE.fullmatch(value) is not None),
    ),
    "survey_updated": _Form("day such as '2026-05-01'", _is_date),
}


def _check(app: Sphinx, config: Config) -> None:
    """Report what cannot be used, and let nobody meet it."""
    for name, form in _FORMS.items():
        if not form.fits(config[name]):
            given, default = _SHORT.repr(config[name]), config.values[name].default
            _say(app, name, f"is {given}, which is no {form.words}, and counts as {_SHORT.repr(default)}")
            config[name] = default
    config.survey_redirects = {
        former: page for former, page in config.survey_redirects.items() if _can_redirect(app, former, page)
    }
    if config.survey_badge and not any(_inside(app, config.html_static_path, config.survey_badge)):
        _say(app, "survey_badge", f"names '{config.survey_badge}', which is no file of html_static_path")
        config.survey_badge = ""
    if config.survey_preview and not _is_known_picture(app, config):
        where = "no https address, and no file of html_extra_path or, below _static/, of html_static_path"
        _say(app, "survey_preview", f"names '{config.survey_preview}', which is {where}")
        config.survey_preview = ""


def _say(app: Sphinx, name: str, message: str, hint: str = "") -> None:
    """Report a value with its place in conf.py."""
    path = Path(app.confdir, "conf.py")
    hint = hint or "correct it, or take it out of conf.py"
    warn(Problem(place_in(app, str(path)), _line(path, name), CODE, f"{name} {message}", hint))


def _line(path: Path, name: str) -> int:
    """Return where a value is set last, or the first line if it's set elsewhere, such as on the command line."""
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return 1
    return max((at for at, line in enumerate(lines, 1) if re.match(rf"\s*{name}\b\s*[:=]", line)), default=1)


def _can_redirect(app: Sphinx, former: Any, page: Any) -> bool:
    """Tell whether a redirect has two names, the first of which is one that a page inside the output can have."""
    if not _is_text(former) or not _is_text(page):
        _say(app, "survey_redirects", f"has {_SHORT.repr({former: page})[1:-1]}, which are no two names of pages")
        return False
    if former in _MADE:
        _say(app, "survey_redirects", f"has '{former}', which is a page that Sphinx makes")
        return False
    if not _is_name(former):
        own = _name_in(former)
        hint = f"did you mean '{own}'?" if _is_name(own) else "write it like 'survey/old'"
        _say(app, "survey_redirects", f"has '{former}', which is no page's path from docs/ without ending", hint)
        return False
    return True


def _is_name(name: str) -> bool:
    pieces = name.split("/")
    return (
        all(_PIECE.fullmatch(piece) and len(piece.encode()) <= _LONGEST for piece in pieces)
        and len(pieces) <= _DEEPEST
        and not any(_FILE.fullmatch(PurePosixPath(piece).suffix) for piece in pieces[:-1])
        and PurePosixPath(name).suffix.lower() not in _ENDINGS
    )


def _name_in(given: str) -> str:
    """Return the name of a page that is meant by an address or by the path of a file."""
    path = posixpath.normpath(f"/{given.partition('#')[0].partition('?')[0].strip()}").lstrip("/")
    ending = PurePosixPath(path).suffix
    return path.removesuffix(ending) if ending.lower() in _ENDINGS else path


def _inside(app: Sphinx, entries: list[str], name: str) -> Iterator[bool]:
    """Yield for each entry of a list of files and folders whether it is or holds the file; nothing is outside."""
    is_outside = PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts
    for entry in () if is_outside else entries:
        path = Path(app.confdir, entry)
        yield _is_file(path / name) if path.is_dir() else path.name == name and _is_file(path)


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113  # that of Path ends in an error at a name that is too long


def _is_known_picture(app: Sphinx, config: Config) -> bool:
    name: str = config.survey_preview
    if name.startswith(("https://", "_images/")):  # Sphinx knows the images of pages when it has read them
        return True
    static = name.removeprefix("_static/")
    return any(_inside(app, config.html_extra_path, name)) or (
        static != name and any(_inside(app, config.html_static_path, static))
    )


def _check_names(app: Sphinx, env: BuildEnvironment) -> None:
    """Report names that nothing has, once every page has been read."""
    pages = env.found_docs
    at = {site_of(app).page(page): page for page in sorted(pages)} if has_pages(app.builder) else {}
    for former, page in app.config.survey_redirects.items():
        taken = former if former in pages else at.get(site_of(app).page(former)) if at else None
        if taken is not None:
            _say(app, "survey_redirects", f"has '{former}', but there is the page '{taken}'", "take one of them away")
        elif page not in pages:
            own = _name_in(page)
            hint = did_you_mean(page, pages, "write its path from docs/ without ending")
            hint = f"did you mean '{own}'?" if own in pages else hint
            _say(app, "survey_redirects", f"leads from '{former}' to '{page}', and there is no such page", hint)
    known = captions(env)
    for name in ("survey_footer", "survey_book"):
        for caption in app.config[name]:
            if caption not in known:
                hint = did_you_mean(caption, known, "write it as it stands there")
                _say(app, name, f"names '{caption}', and no table of contents of the home page is called so", hint)


def setup(app: Sphinx) -> None:
    """Connect both steps."""
    app.connect("config-inited", _check, priority=0)  # before all that reads a value
    app.connect("env-updated", _check_names)
