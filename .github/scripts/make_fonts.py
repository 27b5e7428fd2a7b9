# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "brotli>=1.1", "fonttools>=4.55", "fontpkg-source-sans-3==3.52", "fontpkg-source-serif-4==4.4", "ziamath==0.13",
# ]
# ///
"""Make the site's fonts anew (`uv run .github/scripts/make_fonts.py`): subsets of fonts under the OFL, from packages.

Builds have no network, so the results are committed, in docs/_ext/survey/pages/type/fonts with the license. The names
inside are the survey's: the license reserves "Source" for fonts that nobody changed. `fonts.css` beside them says which
letters stand in which file; a browser fetches only what a page needs.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

FONTS = Path(__file__).parents[2] / "docs/_ext/survey/pages/type/fonts"
SANS, SERIF = files("fontpkg_source_sans_3") / "files", files("fontpkg_source_serif_4") / "files"
STIX = files("ziamath") / "fonts" / "STIXTwoMath-Regular.ttf"

ASCII = set(range(0x20, 0x7F))
#: What English text has beside ASCII, and what figures and lists use.
SIGNS = {*map(ord, "\xa0·×÷±–—‘’“”…′″←→↑↓−≈≠≤≥•§©")}
#: What many authors' names have: a page of the survey seldom needs the files with the letters that are left.
NAMES = set(map(ord, "²ÁÉÖÜàáâäãåæçèéêëíîñóôöøùúüćčğłńșšžŁŠ"))
LATIN = ASCII | SIGNS | NAMES
EXTENDED = {*range(0xA0, 0x180), *map(ord, "ȘșȚțƒ")} - LATIN
#: What formulas of the survey are made of: letters as MathML shows them, operators, and what stretches. Rarer letters
#: come from the reader's machine.
MATH = {
    *(ASCII - set(map(ord, "\"#$%&'@\\`"))),
    *map(ord, "\xa0±·×′…ℓℝ→∂∈∑∏−∘√∞∣∥∩∪∼≈≠≤≥⊙⊤⋅⋯⌈⌉⌊⌋⟨⟩⏟¯ˆ˜ℎ"),
    *map(ord, "𝐀𝐁𝐇𝐊𝐌𝐎𝐏𝐐𝐑𝐓𝐔𝐕𝐖𝐗𝐚𝐛𝐡𝐤𝐦𝐨𝐪𝐮𝐯𝐰𝐱"),
    *range(0x1D434, 0x1D468),  # italic, of which h stands elsewhere
    *map(ord, "𝒞𝒟𝒢𝒦𝒱"),
    *map(ord, "ΔΣ"),
    *map(ord, "𝛼𝛽𝛾𝛿𝜀𝜂𝜃𝜅𝜆𝜇𝜋𝜌𝜎𝜏𝜑𝜓𝜔𝜖𝜙"),
}
SIZES = (0, 1, 2, 4)  #: Of a bracket.


@dataclass(frozen=True)
class Face:
    """A file to make: of which font, with which letters and features, at which weights."""

    file: str
    name: str
    source: Traversable
    letters: set[int]
    features: tuple[str, ...] = ("kern", "ccmp", "locl", "mark")
    axes: dict[str, float | tuple[float, float]] | None = None


FACES = (
    Face("sans", "Survey Sans", SANS / "SourceSans3[wght].ttf", LATIN, axes={"wght": (400, 700)}),
    # Names have these letters, and names are seldom bold: at one weight each they are half as large.
    Face("sans-extended", "Survey Sans", SANS / "SourceSans3[wght].ttf", EXTENDED, axes={"wght": 400}),
    Face("sans-extended-bold", "Survey Sans", SANS / "SourceSans3[wght].ttf", EXTENDED, axes={"wght": 600}),
    Face("sans-italic", "Survey Sans", SANS / "SourceSans3-Italic[wght].ttf", ASCII | SIGNS, axes={"wght": 400}),
    Face("serif", "Survey Serif", SERIF / "SourceSerif4[opsz,wght].ttf", ASCII | SIGNS, axes={"opsz": 28, "wght": 600}),
    Face("math", "Survey Math", STIX, MATH, features=()),
)


def main() -> None:
    """Make all files and say how large they are."""
    for face in FACES:
        font = _subset(_at_weights(face), face)
        _rename(font, face.name)
        font.flavor = "woff2"
        path = FONTS / f"{face.file}.woff2"
        font.save(path)
        print(f"{path.name}: {path.stat().st_size / 1024:.1f} KiB")


def _at_weights(face: Face) -> TTFont:
    with face.source.open("rb") as stream:
        font = TTFont(io.BytesIO(stream.read()), lazy=False, recalcTimestamp=False)
    if face.axes:
        font = instantiateVariableFont(font, face.axes)
        written = io.BytesIO()  # what is left of an instance is told apart from the whole only when it is read again
        font.save(written)
        written.seek(0)
        font = TTFont(written, lazy=False, recalcTimestamp=False)
    return font


def _thin(font: TTFont) -> None:
    """Leave out sizes of what stretches: of thirteen brackets four, since larger ones are made of pieces."""
    variants = font["MATH"].table.MathVariants if "MATH" in font else None
    for construction in (*variants.VertGlyphConstruction, *variants.HorizGlyphConstruction) if variants else ():
        records = construction.MathGlyphVariantRecord
        if len(records) > max(SIZES):
            kept = SIZES if construction.GlyphAssembly else (*SIZES, *range(max(SIZES) + 2, len(records), 2))
            construction.MathGlyphVariantRecord = [records[at] for at in kept]
            construction.VariantCount = len(kept)


def _subset(font: TTFont, face: Face) -> TTFont:
    _thin(font)
    options = Options(layout_features=list(face.features), hinting=False, name_IDs=[0, 1, 2, 4, 6, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=face.letters)
    subsetter.subset(font)
    return font


def _rename(font: TTFont, name: str) -> None:
    for record in font["name"].names:
        if record.nameID in {1, 4}:
            record.string = name
        elif record.nameID == 6:  # noqa: PLR2004  # the PostScript name, by its number in the format
            record.string = name.replace(" ", "")


if __name__ == "__main__":
    main()
