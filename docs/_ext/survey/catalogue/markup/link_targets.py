"""Where links and images of a page lead: to an https address, to a page, or to a file that may be published."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import unquote

from survey.catalogue.problems import did_you_mean
from survey.catalogue.texts import web_addresses
from survey.catalogue.texts.places import DOCS
from survey.catalogue.texts.symlinks import is_linked

if TYPE_CHECKING:
    from pathlib import Path

_STATIC = f"{DOCS}/_static/"
_PAGE = ".md"
#: Images that only show something; SVG and HTML can run scripts in the browser of who opens them.
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")

#: Files that may be linked to: browsers show or save them, and run nothing in them.
FILES = (*IMAGES, ".bib", ".csv", ".gz", ".json", ".pdf", ".tsv", ".txt", ".zip")

_NAME = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
#: Addresses in the site of what the role ``survey:file`` links to.
DATA_FILE = re.compile(rf"{_NAME}(?:/{_NAME})*")


class RefusedError(Exception):
    """A link or image that leads nowhere that it may lead: with code, message and hint."""

    def __init__(self, code: str, message: str, hint: str, *, missing: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint
        self.missing = missing  #: The file that isn't there, relative to the survey's root: it may come.


class Kind(Enum):
    """What a link leads to."""

    ADDRESS = "an address"
    ANCHOR = "an anchor of its page"
    PAGE = "a page"
    FILE = "a file in _static"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads."""

    kind: Kind
    address: str  #: The address, or the file, relative to the survey's root.
    anchor: str = ""


def link(address: str, page: str, root: Path) -> Target:
    """Return where a link on the page with the path ``page`` leads.

    :raises RefusedError: if it may not lead there.
    """
    if address.startswith("#"):
        return Target(Kind.ANCHOR, page, address[1:])
    if web_addresses.NAMES_A_HOST.match(address):
        return Target(Kind.ADDRESS, _checked(address))
    path, _, anchor = address.partition("#")
    file = _file(path, page, root, "bad-link")
    if file.endswith(_PAGE) and "/_" not in file:
        return Target(Kind.PAGE, file, unquote(anchor))
    if file.startswith(_STATIC) and file.lower().endswith(FILES):
        return Target(Kind.FILE, file)
    message = f"'{address}' is neither a page nor a file in {_STATIC} of a kind that is only shown"
    raise RefusedError("bad-link", message, f"link to a page, or to a file of one of the kinds {', '.join(FILES)}")


def image(address: str, page: str, root: Path) -> str:
    """Return the file of an image on the page with the path ``page``, relative to the survey's root.

    :raises RefusedError: if it is none that may be shown.
    """
    if web_addresses.NAMES_A_HOST.match(address):
        hint = f"put the image into {DOCS}/ and name it by its path"
        raise RefusedError("bad-image", f"the image '{address[:100]}' comes from elsewhere", hint)
    file = _file(address, page, root, "bad-image")
    if not file.lower().endswith(IMAGES):
        message = f"the image '{address}' is of a kind that pages don't show"
        raise RefusedError("bad-image", message, f"use one of {', '.join(IMAGES)}")
    return file


def _checked(address: str) -> str:
    fault = web_addresses.fault(address)
    if fault is not None:
        raise RefusedError(*fault)
    return address


def _file(address: str, page: str, root: Path, code: str) -> str:
    """Return the path, relative to the root, of the file that a page names."""
    path = unquote(address)
    base = DOCS if path.startswith("/") else posixpath.dirname(page)
    file = posixpath.normpath(posixpath.join(base, path.lstrip("/")))
    if not path or not path.isprintable() or "\\" in path or not file.startswith(f"{DOCS}/"):
        hint = f"only files in {DOCS}/ are published; write a path from this page's folder"
        raise RefusedError(code, f"'{address}' leads out of {DOCS}/", hint)
    if is_linked(root, file):
        raise RefusedError(code, f"'{address}' is reached by a symbolic link", "name the file itself")
    if not _is_file(root / file):
        hint = did_you_mean(posixpath.basename(path), _beside(root / file), "write its path from this page's folder")
        raise RefusedError(code, f"there is no file '{address}'", hint, missing=file)
    return file


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long for the system
        return False


def _beside(path: Path) -> list[str]:
    try:
        return [other.name for other in path.parent.iterdir()]
    except OSError:
        return []
