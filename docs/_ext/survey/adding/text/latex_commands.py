"""The commands of LaTeX that are read in bibliographies; any other is refused, since what it shows isn't known.

Symbols are those that pylatexenc knows by one character, apart from what stands here. Everything else that holds
letters in a source, and none in its text, is in one of these tables: so no word is lost by accident.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pylatexenc.latexencode import get_builtin_uni2latex_dict

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Commands that put a mark on the letter that follows, as the combining character of Unicode.
ACCENTS: Mapping[str, str] = (
    {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307"}
    | {"u": "\u0306", "v": "\u030c", "H": "\u030b", "r": "\u030a", "h": "\u0309", "c": "\u0327", "k": "\u0328"}
    | {
        "d": "\u0323",
        "b": "\u0331",
        "t": "\u0361",
        "G": "\u030f",
        "U": "\u030e",
        "f": "\u0311",
        "textcommabelow": "\u0326",
    }
)
#: Those of formulas.
MATH_ACCENTS: Mapping[str, str] = (
    {"hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304"}
    | {"overline": "\u0304", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "acute": "\u0301"}
    | {"grave": "\u0300", "breve": "\u0306", "check": "\u030c", "mathring": "\u030a", "slashed": "\u0338"}
)
#: What a mark shows that stands on nothing.
ALONE: Mapping[str, str] = {"~": "~", "^": "^", "'": "´", "`": "`", '"': "¨"}
_SPACES = (" ", "\n", ",", ";", ":", ">", "\\", "quad", "qquad", "enspace", "enskip", "thinspace", "space", "newline")
_NOTHING = (
    *("!", "/", "-", "@", "protect", "relax", "null", "nobreak", "allowbreak", "nolinebreak", "linebreak", "noindent"),
    *("left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "limits", "nolimits"),
    *("bf", "it", "em", "cal", "rm", "sc", "tt", "sf", "sl", "bfseries", "mdseries", "itshape", "scshape", "slshape"),
    *("upshape", "rmfamily", "sffamily", "ttfamily", "normalfont", "displaystyle", "textstyle", "tiny", "scriptsize"),
    *("small", "footnotesize", "normalsize", "large", "Large", "LARGE", "boldmath", "unboldmath", "xspace"),
    # Those that show their argument as it is: the group behind them is read like any other.
    *("emph", "textit", "textbf", "textsc", "texttt", "textrm", "textsf", "textsl", "textmd", "textup", "textnormal"),
    *("text", "mbox", "hbox", "fbox", "underline", "uline", "textulc", "textsubscript", "mkbibemph"),
    *("mkbibbold", "mkbibitalic", "mathrm", "mathcal", "mathbb", "mathbf", "mathsf", "mathit", "mathtt", "mathfrak"),
    *("mathscr", "mathnormal", "boldsymbol", "bm", "pmb", "operatorname", "operatorname*", "mathop", "mathbin"),
    *("mathrel", "mathord", "textcompwordmark", "underbar"),
)
#: Names of functions: words of a formula.
FUNCTIONS = (
    *("log", "ln", "exp", "max", "min", "sup", "inf", "lim", "sin", "cos", "tan", "arg", "det", "dim", "ker", "gcd"),
    *("deg", "hom", "Pr", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan"),
)
_OTHERS = (
    {sign: sign for sign in "%&#_${}"}
    | {"slash": "/", "backslash": "\\", "lbrace": "{", "rbrace": "}", "|": "‖", "i": "ı", "j": "ȷ", "aa": "å"}
    | {"AA": "Å", "le": "≤", "ge": "≥", "ne": "≠", "times": "×", "div": "÷", "to": "→", "gets": "←", "ast": "*"}
    | {"rightarrow": "→", "leftarrow": "←", "uparrow": "↑", "downarrow": "↓", "lnot": "¬", "neg": "¬", "land": "∧"}
    | {"lor": "∨", "emptyset": "∅", "setminus": "∖", "prime": "′", "ldots": "…", "dots": "…", "dotsc": "…"}
    | {"dotsb": "…", "lvert": "|", "rvert": "|", "vert": "|", "lVert": "‖", "rVert": "‖", "dag": "†", "dagger": "†"}
    | {"ddag": "‡", "ddagger": "‡", "S": "§", "P": "¶", "copyright": "©", "pounds": "£", "euro": "€", "degree": "°"}
    | {"textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_", "textdollar": "$"}
    | {"textbraceleft": "{", "textbraceright": "}", "textquotedbl": '"', "textquotesingle": "'", "textmu": "µ"}
    | {"textasciigrave": "`", "textnumero": "№", "textpm": "±", "texttildelow": "~", "textasteriskcentered": "*"}
    | {"lq": "‘", "rq": "’", "glqq": "„", "grqq": "“", "flqq": "«", "frqq": "»", "lt": "<", "gt": ">", "colon": ":"}
    | {"epsilon": "ε", "phi": "φ", "varepsilon": "ε", "varphi": "φ", "omicron": "ο", "hslash": "ℏ", "surd": "√"}
    | {"Re": "ℜ", "Im": "ℑ", "bigotimes": "⨂", "bigoplus": "⨁", "iff": "⟺", "implies": "⟹", "lbrack": "["}
    | {"rbrack": "]", "lparen": "(", "rparen": ")", "eth": "ð", "sim": "~", "mid": "|"}
    | {"TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX"}
)
#: How many arguments a command has of which only the last is shown.
LAST: Mapping[str, int] = {"textcolor": 2, "foreignlanguage": 2, "texorpdfstring": 2, "href": 2}
#: Commands whose argument is a length, a language or a color: it is not shown.
LENGTHS = frozenset({"hspace", "hspace*", "vspace", "vspace*"})
HIDDEN = frozenset({"selectlanguage", "color"})
FRACTIONS = frozenset({"frac", "tfrac", "dfrac", "nicefrac"})
#: Commands whose argument is an address, and no LaTeX.
VERBATIM = frozenset({"url", "path", "nolinkurl"})
#: Marks around what a command has for an argument.
AROUND: Mapping[str, tuple[str, str]] = {"enquote": ("“", "”"), "mkbibquote": ("“", "”"), "mkbibparens": ("(", ")")}
#: Journals of astronomy, as ADS writes them (https://ui.adsabs.harvard.edu/help/actions/journal-macros).
JOURNALS: Mapping[str, str] = {
    "aap": "Astronomy and Astrophysics",
    "aapr": "Astronomy and Astrophysics Reviews",
    "aaps": "Astronomy and Astrophysics, Supplement",
    "actaa": "Acta Astronomica",
    "aj": "The Astronomical Journal",
    "ao": "Applied Optics",
    "apj": "The Astrophysical Journal",
    "apjl": "The Astrophysical Journal, Letters",
    "apjlett": "The Astrophysical Journal, Letters",
    "apjs": "The Astrophysical Journal, Supplement",
    "apjsupp": "The Astrophysical Journal, Supplement",
    "apss": "Astrophysics and Space Science",
    "araa": "Annual Review of Astronomy and Astrophysics",
    "baas": "Bulletin of the American Astronomical Society",
    "gca": "Geochimica et Cosmochimica Acta",
    "grl": "Geophysical Research Letters",
    "icarus": "Icarus",
    "jcap": "Journal of Cosmology and Astroparticle Physics",
    "jcp": "The Journal of Chemical Physics",
    "jgr": "Journal of Geophysical Research",
    "jqsrt": "Journal of Quantitative Spectroscopy and Radiative Transfer",
    "jrasc": "Journal of the Royal Astronomical Society of Canada",
    "memras": "Memoirs of the Royal Astronomical Society",
    "mnras": "Monthly Notices of the Royal Astronomical Society",
    "na": "New Astronomy",
    "nar": "New Astronomy Review",
    "nat": "Nature",
    "nphysa": "Nuclear Physics A",
    "pasa": "Publications of the Astronomical Society of Australia",
    "pasj": "Publications of the Astronomical Society of Japan",
    "pasp": "Publications of the Astronomical Society of the Pacific",
    "physrep": "Physics Reports",
    "physscr": "Physica Scripta",
    "planss": "Planetary and Space Science",
    "pra": "Physical Review A",
    "prb": "Physical Review B",
    "prc": "Physical Review C",
    "prd": "Physical Review D",
    "pre": "Physical Review E",
    "prl": "Physical Review Letters",
    "procspie": "Proceedings of the SPIE",
    "qjras": "Quarterly Journal of the Royal Astronomical Society",
    "solphys": "Solar Physics",
    "ssr": "Space Science Reviews",
}
_WITH_ARGUMENT = frozenset({"sqrt"})  #: pylatexenc has a symbol of this name.
_SYMBOL = re.compile(r"\\ensuremath\{\\(?P<math>[A-Za-z]+)\}|\\(?P<text>[A-Za-z]+)")


@cache
def shown() -> Mapping[str, str]:
    """Return what each command shows that has no argument, or shows its argument as it is."""
    found: dict[str, str] = {}
    for number, latex in get_builtin_uni2latex_dict().items():
        if (match := _SYMBOL.fullmatch(latex)) is not None:
            found.setdefault(match["math"] or match["text"], chr(number))
    found |= dict.fromkeys(_SPACES, " ") | dict.fromkeys(_NOTHING, "") | {name: name for name in FUNCTIONS}
    return {name: text for name, text in (found | _OTHERS).items() if name not in _WITH_ARGUMENT}
