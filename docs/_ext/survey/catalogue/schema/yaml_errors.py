"""PyYAML's errors: where the fault is, in words for someone who has never met a YAML scanner."""

from __future__ import annotations

import contextlib
import re

import yaml

#: Contexts that begin where the mistake is: their end, which is missing, would be looked for as far as the file goes.
_OPEN = frozenset({"while scanning a quoted scalar", "while parsing a flow sequence", "while parsing a flow mapping"})
_TOKEN = re.compile(r"'?<([\w ]+)>'?")
_TOKENS = {"scalar": "a text", "block mapping start": "'key: value'", "block sequence start": "'- item'"}


def fault(error: yaml.YAMLError, source: str) -> tuple[int, str]:
    """Return the index in ``source`` of what is wrong, and what it is."""
    if isinstance(error, yaml.reader.ReaderError):
        return error.position, str(error).split("\n", maxsplit=1)[0]
    if not isinstance(error, yaml.MarkedYAMLError):
        return 0, str(error).split("\n", maxsplit=1)[0]
    problem, context = error.problem or "the front matter is not YAML", error.context
    mark = error.problem_mark or error.context_mark
    index = mark.index if mark is not None else 0
    if r"'\t'" in problem:
        return index, "a tab stands where YAML allows only spaces"
    if "mapping values are not allowed" in problem:
        return index, "a colon followed by a space inside a text that has no quotes"
    if context == "while parsing a block mapping" and (opened := _quote_before(source, index)) is not None:
        return opened, "the quote that opens here isn't closed where the value ends"
    if context in _OPEN and error.context_mark is not None:
        index = error.context_mark.index
    message = f"{context}, {problem}" if context else problem
    message = message.replace("quoted scalar", "text in quotes").replace("end of stream", "end of the front matter")
    return index, _TOKEN.sub(lambda token: _TOKENS.get(token[1], f"the {token[1]}"), message)


def _quote_before(source: str, index: int) -> int | None:
    """Return where the text in quotes begins that ends right before ``index`` and spans lines, if there's one.

    If a quote isn't closed, the next one closes it, lines below, and only what follows that is no YAML any more.
    """
    last = None
    with contextlib.suppress(yaml.YAMLError):
        for token in yaml.scan(source, Loader=yaml.SafeLoader):
            if token.start_mark.index >= index:
                break
            last = token
    if not isinstance(last, yaml.ScalarToken) or last.plain or last.start_mark.line == last.end_mark.line:
        return None
    return int(last.start_mark.index)
