"""Bytes as text: of an encoding that is known, or none."""

from __future__ import annotations

import codecs
import re

from survey.adding.draft.faults import Fault, Refused

MOST = 1_000_000  #: Bytes that are read.
#: What a file begins with that says how it is encoded, the longer marks first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: JabRef's first line, in files that are not UTF-8.
_HEADER = re.compile(rb"\s*%\s*Encoding:\s*(?P<name>[\w-]{1,30})", re.IGNORECASE)
#: Encodings that are named there, and every byte of which is a character or an error.
_NAMED = frozenset(
    {"utf-8", "iso8859-1", "iso8859-2", "iso8859-15", "cp1250", "cp1251", "cp1252", "cp1254", "mac-roman", "koi8-r"}
    | {"gbk", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"}
)


def text_of(data: bytes, place: str) -> str:
    """Return the text of a file or a stream: UTF-8, or what its mark or first line names.

    :param place: where it comes from, for messages.
    :raises Refused: if it is another encoding, or too long.
    """
    if len(data) > MOST:
        raise Refused(Fault(f"there are more than {MOST} bytes", "give one entry of BibTeX, or one issue", place))
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", _named(data)))
    try:
        text = data.removeprefix(mark).decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start + len(mark)) + 1
        message = f"byte 0x{error.object[error.start]:02x} is not {encoding.upper()}"
        raise Refused(Fault(message, "save the file as UTF-8", f"{place}:{line}")) from None
    return text


def _named(data: bytes) -> str:
    """Return the encoding that the first line names; of one that isn't known, only ASCII is."""
    match = _HEADER.match(data)
    try:
        name = codecs.lookup(match["name"].decode()).name if match is not None else "utf-8"
    except LookupError:
        return "ascii"
    return name if name in _NAMED else "ascii"
