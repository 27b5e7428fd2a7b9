"""Figures in books: builders that have no inline SVG get each figure as an image file, with its legend in it.

Like Sphinx's own converters, we write the files beside the doctrees; the builder copies them to its images.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.transforms.post_transforms.images import ImageConverter
from sphinx.util import logging

from survey.figures.standalone import MARGIN, picture
from survey.pages.core.loading import app_of, place_in
from survey.pages.figures.drawings import drawn, drawn_inline

if TYPE_CHECKING:
    import os
    from collections.abc import Set

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from survey.figures.standalone import Picture

LOGGER = logging.getLogger(__name__)
SVG, PDF, PNG = "image/svg+xml", "application/pdf", "image/png"
_CONVERTER = "typst"
_UNUSUAL = re.compile(r"[^\w-]+")  #: What names of images are better without.
_INLINE_MARGIN = 1


def takes_pictures(builder: Builder) -> bool:
    """Say whether a builder shows figures as image files: EPUB does, and LaTeX if they can be converted."""
    if builder.format == "html" and builder.name != "epub":
        return False
    return SVG in builder.supported_image_types or (_convertible(builder) and find_spec(_CONVERTER) is not None)


def _convertible(builder: Builder) -> bool:
    return SVG not in builder.supported_image_types and not {PDF, PNG}.isdisjoint(builder.supported_image_types)


class DrawnToImages(SphinxPostTransform):
    """Puts an image in the place of each drawing, where the builder takes images."""

    default_priority = ImageConverter.default_priority - 20

    def run(self, **kwargs: Any) -> None:
        """Write the files of the page, or of all pages that the builder has put into one tree."""
        builder = app_of(self.env).builder
        if not takes_pictures(builder):
            return
        counts: dict[str, int] = dict.fromkeys(self._pages(), 0)
        for kind, margin in ((drawn, MARGIN), (drawn_inline, _INLINE_MARGIN)):
            for node in list(self.document.findall(kind)):
                docname = self._page(node)
                found = picture(node["parts"], margin=margin)
                if found is None:
                    node.parent.remove(node)
                    continue
                node.replace_self(self._image(found, _file_name(docname, counts[docname])))
                counts[docname] += 1
        for docname, count in counts.items():
            forget(builder, docname, count)

    def _pages(self) -> list[str]:
        """Return the pages that the tree is made of: LaTeX has one tree for all."""
        inside = [str(node["docname"]) for node in self.document.findall(addnodes.start_of_file)]
        return [self.env.current_document.docname, *inside]

    def _page(self, node: nodes.Node) -> str:
        """Return the page that a node was written on: sections know it, where there is one tree for all."""
        while node.parent is not None:
            node = node.parent
            if isinstance(node, nodes.section) and "docname" in node:
                return str(node["docname"])
        return self.env.current_document.docname

    def _image(self, found: Picture, name: str) -> nodes.image:
        path = Path(self.env.doctreedir, "images", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found.svg, "utf-8", newline="\n")
        self.env.images.add_file(self.env.current_document.docname, str(path))
        return nodes.image(uri=str(path), candidates={SVG: str(path)}, alt=found.words)


def _file_name(docname: str, number: int, suffix: str = ".svg") -> str:
    return f"figure.{_UNUSUAL.sub('.', docname)}.{number}{suffix}"


def forget(builder: Builder, docname: str, count: int = 0) -> None:
    """Delete the images from the ``count``-th on that an earlier build made of a page, which has no more of them."""
    folder = Path(builder.outdir, builder.imagedir)
    for suffix in (".svg", ".pdf", ".png"):
        number = count
        while (path := folder / _file_name(docname, number, suffix)).is_file():
            path.unlink()
            number += 1


class SvgConverter(ImageConverter):
    """Converts SVG, our figures and all other, to what LaTeX and Texinfo take, by Typst if it is there.

    Latin and Greek are set in Typst's own fonts, so that the files are the same on every machine; the system's fonts
    have the rest. (https://typst.app/docs/reference/visualize/image)
    """

    conversion_rules: ClassVar[list[tuple[str, str]]] = [(SVG, PDF), (SVG, PNG)]  # type: ignore[misc]
    _SOURCE = (
        b"#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#set document(date: none)\n"
        b'#image(bytes(sys.inputs.svg), format: "svg")\n'
    )
    _fonts: ClassVar[Any] = None  #: Looked for once in a process.

    def is_available(self) -> bool:
        """Say whether Typst is installed."""
        return find_spec(_CONVERTER) is not None

    def convert(self, _from: str | os.PathLike[str], _to: str | os.PathLike[str]) -> bool:
        """Write the image in the format of its new name; what cannot be converted is reported."""
        import typst  # noqa: PLC0415  # may not be there

        if SvgConverter._fonts is None:
            SvgConverter._fonts = typst.Fonts()
        inputs = {"svg": Path(_from).read_text("utf-8")}
        compiler = typst.Compiler(self._SOURCE, font_paths=SvgConverter._fonts, sys_inputs=inputs)
        try:
            if Path(_to).suffix == ".pdf":
                compiler.compile(output=str(_to), pdf_standards="1.5", timestamp=0)  # the newest that pdfTeX expects
            else:
                compiler.compile(output=str(_to), ppi=288)
        except typst.TypstError as error:
            place = f"{place_in(app_of(self.env), str(_from))}:1"
            LOGGER.warning(
                "image-format: the image cannot be converted: %s; mend the SVG, or give the image in another format",
                error.message,
                location=place,
                type="survey",
                subtype="image-format",
            )
            return False
        return True


def _say_what_is_missing(app: Sphinx) -> None:
    builder = app.builder
    if builder.format != "html" and _convertible(builder) and find_spec(_CONVERTER) is None:
        LOGGER.info("figures are left out, their tables and lists stay: for both, install %s", _CONVERTER)


def _forget_removed(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> tuple[()]:
    for docname in removed:
        forget(app.builder, docname)
    return ()


def setup(app: Sphinx) -> None:
    """Register both transforms."""
    app.add_post_transform(DrawnToImages)
    app.add_post_transform(SvgConverter)
    app.connect("builder-inited", _say_what_is_missing)
    app.connect("env-get-outdated", _forget_removed)
