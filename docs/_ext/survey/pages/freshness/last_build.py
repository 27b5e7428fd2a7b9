"""A build goes on from the last one only as far as that one is finished, and what it left is untouched.

Sphinx saves what it has read before it writes pages: once a build was killed in between, later ones take the pages for
written. It doesn't look at what is in its folders either: an empty file, left by a full disk, ends later builds in a
traceback, or stays. And it remembers nothing of a folder of output: neither that another builder has read pages since,
nor which pages, images and static files it wrote there that are gone.

So both folders have a note (:mod:`survey.pages.freshness.fingerprints`). Where it says that something is wrong, the
build begins anew: it reads everything, or writes everything. That is rare, and a build from nothing is the one that is
known to be right.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.application import ENV_PICKLE_FILENAME
from sphinx.util import logging

from survey.catalogue.texts import digests
from survey.catalogue.views import digest
from survey.pages.core.file_digests import FILE as DIGESTS
from survey.pages.core.file_digests import file_digests
from survey.pages.core.loading import made_from
from survey.pages.freshness import fingerprints
from survey.pages.freshness.fingerprints import Note
from survey.pages.freshness.frame_files import AROUND, inputs_of
from survey.pages.pace.write_pages import GIVEN, TAKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from docutils.nodes import document
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from survey.catalogue.texts.known_digests import Stamp

LOGGER = logging.getLogger(__name__)
#: In the folder of output, beside Sphinx's own ``.buildinfo``: it goes wherever the output goes.
NOTE = ".survey.buildinfo"
#: In the folder of doctrees, which several builders may share.
_TREES_NOTE = "survey/doctrees.json"
_BUILD_INFO, _SEARCH_INDEX = ".buildinfo", "searchindex.js"
#: Pages that Sphinx makes of no file after it has written all others, unless it is told not to.
_GENERATED = frozenset({"genindex", "search"})
#: Folders of the output that are Sphinx's own.
_FOLDERS = ("_static", "_sources", "_images", "_downloads")
#: In the notes: of what catalogue the pages are, and of what the files beside them.
_MADE_FROM, _WRITTEN = "made_from", "written"
_INDEX, _WRITE_INDEX = "genindex", "write_genindex"
_ATTRIBUTE = "survey_resuming"


@dataclass
class Resuming:
    """What a build found, and what it has to do about it."""

    trees: Note
    output: Note
    trees_before: dict[str, Stamp]
    output_before: dict[str, Stamp]
    write_all: str = ""  #: Why everything is to be written, if it is.
    due: set[str] = field(default_factory=set)  #: The pages that were read, or are written for another reason.
    written: set[str] = field(default_factory=set)
    generated: set[str] = field(default_factory=set)  #: Pages that were made of no file, like indices.
    planned: dict[str, Any] = field(default_factory=dict)


def resuming_of(app: Sphinx) -> Resuming:
    """Return what this build found."""
    found: Resuming = getattr(app, _ATTRIBUTE)
    return found


def _begin(app: Sphinx, config: Config) -> None:
    """Look at both folders before Sphinx does, and mark them as unfinished."""
    trees, output = (
        fingerprints.read_note(Path(app.doctreedir) / _TREES_NOTE),
        fingerprints.read_note(Path(app.outdir) / NOTE),
    )
    config.epub_exclude_files = [*config.epub_exclude_files, NOTE]
    reread = _fault_of_trees(app, trees)
    write_all = reread or _fault_of_output(app, trees, output)
    if reread:
        LOGGER.info("%s: everything is read and written again", reread)
        fingerprints.remove(Path(app.doctreedir), [*trees.files, ENV_PICKLE_FILENAME])
    elif write_all:
        LOGGER.info("%s: everything is written again", write_all)
    if write_all:
        spoilt = fingerprints.changed(Path(app.outdir), output, file_digests(app))
        fingerprints.remove(Path(app.outdir), [*spoilt, _BUILD_INFO, _SEARCH_INDEX])
    stamps = (
        fingerprints.stamps(Path(app.doctreedir), _not_trees(app)),
        fingerprints.stamps(Path(app.outdir), _not_output(app)),
    )
    setattr(app, _ATTRIBUTE, Resuming(trees, output, *stamps, write_all))
    fingerprints.write_note(Path(app.doctreedir) / _TREES_NOTE, Note(False, trees.files, trees.more))
    fingerprints.write_note(Path(app.outdir) / NOTE, Note(False, output.files, output.more))


def _fault_of_trees(app: Sphinx, note: Note) -> str:
    """Say why nothing of what was read can be used, if that is so."""
    if not note.finished:
        used = note.files or (Path(app.doctreedir) / ENV_PICKLE_FILENAME).exists()
        return "the last build was not finished" if used else ""
    spoilt = fingerprints.changed(Path(app.doctreedir), note, file_digests(app))
    return f"{spoilt[0]} of the doctrees is not as the last build left it" if spoilt else ""


def _fault_of_output(app: Sphinx, trees: Note, note: Note) -> str:
    """Say why nothing of what was written can be kept, if that is so."""
    if not note.finished:
        used = note.files or (Path(app.outdir) / _BUILD_INFO).exists()
        return "the last build of this output was not finished" if used else ""
    if spoilt := fingerprints.changed(Path(app.outdir), note, file_digests(app)):
        return f"{spoilt[0]} is not as the last build left it"
    if trees.table("outputs").get(_place(app), "") != _state(app, trees.files):
        return "what was read is not what this output was made of"
    return ""


def _place(app: Sphinx) -> str:
    """Return where the output is, as the note beside the doctrees names it."""
    return Path(os.path.relpath(app.outdir, app.doctreedir)).as_posix()


def _state(app: Sphinx, trees: Mapping[str, str]) -> str:
    """Return what tells of the pages as they were read, and of the settings, with which an output was made.

    It doesn't depend on the environment's own file, which builders save that have read nothing.
    """
    read = [at for at in sorted(trees.items()) if at[0].endswith((".doctree", ".bib"))]
    pages = digests.digest(json.dumps(read).encode())
    return f"{pages} {file_digests(app).found(Path(app.outdir) / _BUILD_INFO)}"


def _not_output(app: Sphinx) -> tuple[Path, ...]:
    """Return what may be in the folder of output, but isn't the same whenever the output is."""
    here = Path(app.outdir)
    return Path(app.srcdir), Path(app.doctreedir), here / NOTE, here / _BUILD_INFO, here / f"{_BUILD_INFO}.bak"


def _not_trees(app: Sphinx) -> tuple[Path, ...]:
    """Return what may be in the folder of doctrees, but is nothing that was read."""
    here = Path(app.doctreedir)
    return Path(app.outdir), here / _TREES_NOTE, here / DIGESTS


def _note_read(app: Sphinx, env: BuildEnvironment, docnames: Sequence[str]) -> None:
    """Note which pages are read: all of them are to be written."""
    resuming_of(app).due.update(docnames)


def _plan(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the pages to be written for what changed around them, and take away images and files that are gone.

    What will be there is noted before it is written: if the build is killed, the next one knows what to take away.
    """
    resuming = resuming_of(app)
    moved = _name_images(env)
    old, new = resuming.output, _planned(app, env)
    inputs = old.table("inputs")
    gone = [name for name in inputs if name not in new["inputs"] and not name.startswith(AROUND)]
    fingerprints.remove(Path(app.outdir), [*gone, *old.names("images").difference(new["images"])])
    both: dict[str, Any] = {key: sorted(old.names(key).union(new[key])) for key in ("pages", "images")}
    both["inputs"] = inputs | new["inputs"]
    both["generated"] = sorted(old.names("generated") | _GENERATED)
    fingerprints.write_note(Path(app.outdir) / NOTE, Note(False, old.files, both))
    resuming.planned = new
    settings = _settings(app)
    everything = bool(resuming.write_all) or inputs != new["inputs"] or old.more.get("settings") != settings
    new["settings"] = settings
    if everything and old.more and app.builder.format == "html":
        for name in _FOLDERS:  # Sphinx fills them again, as the settings have it now
            shutil.rmtree(Path(app.outdir) / name, ignore_errors=True)
        if not getattr(app.builder, "search", True):
            fingerprints.remove(Path(app.outdir), [_SEARCH_INDEX])
    again = env.found_docs if everything else moved
    resuming.due.update(again)
    _keep_index(app)
    return sorted(again)


def _keep_index(app: Sphinx) -> None:
    """Have the general index written only where a page is read or written: it's made of the pages, and framed as they.

    Sphinx writes it in every build (``StandaloneHTMLBuilder.write_genindex``), a tenth of one without a change.
    """
    write: Callable[[], None] | None = getattr(app.builder, _WRITE_INDEX, None)
    resuming = resuming_of(app)
    if write is None:
        return

    def write_unless_kept() -> None:
        indices = {name for name in resuming.output.names("generated") if name.partition("-")[0] == _INDEX}
        if indices and not resuming.due and not resuming.written:
            resuming.generated |= indices
        else:
            write()

    setattr(app.builder, _WRITE_INDEX, write_unless_kept)


def _settings(app: Sphinx) -> str:
    """Return what tells of the settings with which pages of HTML are made; other builders write everything anyway."""
    return str(getattr(getattr(app.builder, "build_info", None), "config_hash", ""))


def _planned(app: Sphinx, env: BuildEnvironment) -> dict[str, Any]:
    """Return the pages, the images and the other files that the output will have."""
    folder = getattr(app.builder, "imagedir", "") if app.builder.format == "html" else ""
    images = sorted(f"{folder}/{name}" for _docs, name in env.images.values()) if folder else []
    return {"pages": sorted(env.found_docs), "images": images, "inputs": inputs_of(app)}


def _name_images(env: BuildEnvironment) -> set[str]:
    """Name images of one name in different folders in a fixed order, and return the pages whose images moved.

    Sphinx numbers them in the order of reading, which is another after another history.
    """
    before = {path: (set(docs), name) for path, (docs, name) in env.images.items()}
    for docname in {docname for docs, _name in before.values() for docname in docs}:
        env.images.purge_doc(docname)
    for path in sorted(before):
        for docname in sorted(before[path][0]):
            env.images.add_file(docname, path)
    moved = (path for path, (_docs, name) in before.items() if path in env.images and env.images[path][1] != name)
    return {docname for path in moved for docname in before[path][0]} & env.found_docs


def _note_written(app: Sphinx, doctree: document, docname: str) -> None:
    """Note which pages are written."""
    resuming_of(app).written.add(docname)


def _give(app: Sphinx) -> dict[str, set[str]]:
    """Hand over which pages this process has written."""
    return {"written": resuming_of(app).written}


def _take(app: Sphinx, given: Mapping[str, set[str]]) -> None:
    """Note which pages another process has written."""
    resuming_of(app).written |= given["written"]


def _note_generated(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Note which pages are made of no file."""
    if doctree is None:
        resuming_of(app).generated.add(pagename)


def _remove_generated(app: Sphinx, exception: Exception | None) -> None:
    """Take away pages that an earlier build made of no file, like indices, and that are made no longer."""
    if exception is not None or app.builder.format != "html":
        return
    resuming = resuming_of(app)
    gone = resuming.output.names("generated") - resuming.generated - app.env.found_docs
    paths = (Path(app.builder.get_output_path(name)) for name in gone)  # type: ignore[attr-defined]
    fingerprints.remove(Path(app.outdir), (path.relative_to(app.outdir).as_posix() for path in paths))
    resuming.planned["generated"] = sorted(resuming.generated)


def _finish(app: Sphinx, exception: Exception | None) -> None:
    """Note what is there now; a build that failed, or that wrote some of the pages only, stays unfinished."""
    if exception is not None:
        return
    resuming = resuming_of(app)
    after = fingerprints.stamps(Path(app.outdir), _not_output(app))
    files = fingerprints.digests(Path(app.outdir), resuming.output_before, after, resuming.output, file_digests(app))
    whole = app.builder.format != "html" or not hasattr(app.builder, "out_suffix") or resuming.due <= resuming.written
    fingerprints.write_note(Path(app.outdir) / NOTE, Note(whole, files, resuming.planned))
    after = fingerprints.stamps(Path(app.doctreedir), _not_trees(app))
    trees = fingerprints.digests(Path(app.doctreedir), resuming.trees_before, after, resuming.trees, file_digests(app))
    outputs = resuming.trees.table("outputs") | {_place(app): _state(app, trees)}
    more = {"outputs": outputs, _MADE_FROM: made_from(app)}
    fingerprints.write_note(Path(app.doctreedir) / _TREES_NOTE, Note(True, trees, more))


def made_alike(app: Sphinx) -> bool:
    """Tell whether what was read before is of the catalogue of this build: then all pages show what it says."""
    return resuming_of(app).trees.more.get(_MADE_FROM) == made_from(app)


def written_alike(app: Sphinx, what: str, *of: object) -> bool:
    """Tell whether files that the last build wrote would be the same now: then nobody needs to make them again.

    ``what`` names them, ``of`` is what they are made of beside the catalogue, the pages with their titles, our code and
    the settings of HTML. It is noted, to be compared with the next build's.
    """
    resuming = resuming_of(app)
    made = digest((_common(app), of))
    known = resuming.output.table(_WRITTEN).get(what)
    resuming.planned.setdefault(_WRITTEN, {})[what] = made
    return not resuming.write_all and known == made


def _common(app: Sphinx) -> tuple[object, ...]:
    """Return what any file beside the pages may be made of; pages count when all have been read."""
    env, config = app.env, app.config
    titles = [(name, env.titles[name].astext() if name in env.titles else "") for name in sorted(env.found_docs)]
    search = getattr(app.builder, "search", False)
    around = sorted(resuming_of(app).planned.get("inputs", {}).items()), _settings(app), search, app.builder.name
    return made_from(app), config.html_baseurl, config.project, config.language, titles, around


def removed_pages(app: Sphinx) -> set[str]:
    """Return the pages that were written here and are no longer there, even if what was read of them is lost."""
    return set(resuming_of(app).output.names("pages") - app.env.found_docs)


def given_files(app: Sphinx) -> set[str]:
    """Return where in the output the survey's own static and extra files are."""
    return set(resuming_of(app).planned.get("inputs", ()))


def setup(app: Sphinx) -> None:
    """Connect the steps: the first before anything is loaded, the last when all has been written."""
    app.connect("config-inited", _begin, priority=1)
    app.connect("env-before-read-docs", _note_read)
    app.connect("env-updated", _plan, priority=900)
    app.connect("doctree-resolved", _note_written)
    app.connect(GIVEN, _give)
    app.connect(TAKEN, _take)
    app.connect("html-page-context", _note_generated)
    app.connect("build-finished", _remove_generated, priority=1)  # before others write files of these names
    app.connect("build-finished", _finish, priority=999)
