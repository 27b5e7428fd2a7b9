"""Printing that ends well: whoever reads may stop reading, and the disk that takes the lines may be full."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable


def say(lines: Iterable[str]) -> bool:
    """Print lines for whoever reads the output; return False, and say why, if they have nowhere to go."""
    return _print(lines, sys.stdout)


def warn(*lines: str) -> None:
    """Print lines for the person at the keyboard."""
    _print(lines, sys.stderr)


def finish() -> None:
    """Write what is still to be written; then nothing is left that could fail while Python ends."""
    for stream in (sys.stdout, sys.stderr):
        _print((), stream)


def _print(lines: Iterable[str], stream: TextIO) -> bool:
    try:
        for line in lines:
            # Names of files may be no text.
            print(line.encode("utf-8", "backslashreplace").decode(), file=stream)
        stream.flush()
    except BrokenPipeError:  # 'check | head': whoever read it has read enough, which is no fault
        _let_go(stream)
    except OSError as error:
        _let_go(stream)
        if stream is sys.stdout:
            warn(f"the output cannot be written: {error.strerror}")
        return False
    return True


def _let_go(stream: TextIO) -> None:
    """Send what else is printed nowhere: Python would write the rest when it ends, and fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
