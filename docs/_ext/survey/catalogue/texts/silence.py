"""Libraries that log what we report ourselves are silent while they read for us, and for nobody else."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def silent(name: str, below: int) -> Iterator[None]:
    """Let a library's loggers drop what is below a level."""
    logger = logging.getLogger(name)
    usual = logger.level
    logger.setLevel(below)
    try:
        yield
    finally:
        logger.setLevel(usual)
