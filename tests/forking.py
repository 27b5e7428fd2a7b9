"""Builds in forked children of this process, which has imported everything: each as fresh as a command, and as quick.

A child has the state of no other build, and can be killed. It leaves the output on the disk and sends its warnings.
"""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import tempfile
import traceback
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.application import Sphinx, builtin_extensions
from sphinx.util.console import strip_colors
from trees import keep_templates, small_survey

import survey.pages
from survey.pages.core import citation_style

# What a build imports, once for all children.
for _name in (*builtin_extensions, "myst_parser.sphinx_ext.main", "sphinxcontrib.bibtex", "sphinx_book_theme"):
    import_module(_name)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

LIMIT = 120  #: Seconds; a build that takes longer hangs.
#: Files that tell of the build and not of the survey: Sphinx's and ours.
NOT_OUTPUT = (".buildinfo", ".buildinfo.bak")


@dataclass(frozen=True)
class Made:
    """What a child says of its build; it says nothing if it was killed."""

    status: int | None = None  #: What the builder returns to the shell, or None if the build raised an exception.
    warnings: str = ""
    log: str = ""
    traceback: str = ""


@dataclass(frozen=True)
class Started:
    """A build that runs in a child."""

    process: int
    answer: int  #: The end of a pipe.

    def wait(self) -> Made:
        """Return what comes of it."""
        with os.fdopen(self.answer, encoding="utf-8") as pipe:
            text = pipe.read()
        os.waitpid(self.process, 0)
        return Made(**json.loads(text)) if text else Made()

    def kill(self) -> None:
        """End it now, without a chance to tidy up."""
        os.kill(self.process, signal.SIGKILL)


def _nothing(_app: Sphinx) -> None:
    """Leave a build as it is."""


@dataclass(frozen=True)
class Job:
    """A build that a child shall do."""

    docs: Path
    output: Path
    builder: str = "html"
    parallel: int = 1
    doctrees: Path | None = None  #: By default beside the output.
    only: Sequence[Path] = ()  #: The files to be built, if not all.
    options: Mapping[str, Any] = field(default_factory=dict)  #: More of the application's own.
    before: Callable[[Sphinx], None] = _nothing  #: May connect to events when extensions are set up.
    prepare: Callable[[Sphinx], None] = _nothing  #: May connect to events before the build begins.

    def do(self) -> dict[str, object]:
        """Build, and return what comes of it."""
        log, warnings, fault, status = io.StringIO(), io.StringIO(), "", None
        sys.stdout = sys.stderr = io.StringIO()
        trees = self.doctrees or self.output.with_name(f"{self.output.name}.doctrees")
        try:
            options = {"status": log, "warning": warnings, "parallel": self.parallel, **self.options}
            app = _Application(self.before, self.docs, self.docs, self.output, trees, self.builder, **options)
            keep_templates(app)
            self.prepare(app)
            app.build(filenames=self.only)
            status = app.statuscode
        except BaseException:  # noqa: BLE001  # whatever it is, the test shall show it
            fault = traceback.format_exc()
        said = strip_colors(warnings.getvalue()).replace(f"{self.docs.parent.resolve()}{os.sep}", "")
        return {"status": status, "warnings": said, "log": strip_colors(log.getvalue()), "traceback": fault}


class _Application(Sphinx):
    def __init__(self, before: Callable[[Sphinx], None], *arguments: Any, **options: Any) -> None:
        self._before = before
        super().__init__(*arguments, **options)

    def preload_builder(self, name: str) -> None:
        """Let the test connect once all extensions are there."""
        self._before(self)
        super().preload_builder(name)


@cache
def _warm_up() -> None:
    """Build something once: what Python imports on demand, and schemas and templates, are there for all children then.

    Without it, each child makes them again, which is a quarter of its build.
    """
    with tempfile.TemporaryDirectory(prefix="warm-") as folder:
        small_survey(Path(folder)).build()


def start(docs: Path, output: Path, **options: Any) -> Started:
    """Begin to build a survey on top of what its folders hold; the options are those of :class:`Job`."""
    job = Job(docs, output, **options)
    citation_style.register()
    assert survey.pages
    _warm_up()
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return Started(process, reading)
    os.close(reading)
    signal.alarm(LIMIT)
    with os.fdopen(writing, "w", encoding="utf-8") as pipe:
        pipe.write(json.dumps(job.do()))
    os._exit(0)


def build(docs: Path, output: Path, **options: Any) -> Made:
    """Build a survey and wait for it."""
    return start(docs, output, **options).wait()


def output_of(folder: Path) -> Mapping[str, bytes]:
    """Return all output of a build, by its path from the folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(NOT_OUTPUT)
    }
