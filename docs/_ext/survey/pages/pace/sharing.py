"""How several processes share pages: each takes the next one when it is done with the last.

Sphinx divides pages into pieces before it begins, and forks a process for each piece: each of them learns anew what
many pages have in common. Here each process is forked once, takes pages from one of two ends until they meet, and
hands over what it has found when there are no more. The processes, their errors and what they say are Sphinx's own
(:class:`sphinx.util.parallel.ParallelTasks`).
"""

from __future__ import annotations

import gc
import multiprocessing
from typing import TYPE_CHECKING, Any, TypeVar

from sphinx.util.parallel import ParallelTasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Found = TypeVar("Found")


class Shared:
    """Pages of which each is taken once, by whichever process comes first."""

    def __init__(self, pages: Sequence[str]) -> None:
        self._pages = pages
        self._taken: Any = multiprocessing.get_context("fork").Array("l", 2)  #: How many, from either end.

    def take(self, *, last: bool) -> Iterator[str]:
        """Yield pages from the first on, or from the last back, until the other end's are met.

        Nothing is left to do once the build that forked this process has been killed: the next may have begun.
        """
        build = multiprocessing.parent_process()
        while build is None or build.is_alive():
            with self._taken.get_lock():
                at, all_taken = self._taken[last], sum(self._taken) >= len(self._pages)
                self._taken[last] += 1
            if all_taken:
                return
            yield self._pages[-1 - at if last else at]


def share(pages: Sequence[str], processes: int, work: Callable[[Iterator[str]], Found]) -> list[Found]:
    """Have processes work on pages, and return what each of them found.

    The first process takes pages from the front, where costly ones may stand together; the others begin at the end.

    Raises:
        SphinxParallelError: One of them ended in an exception.
    """
    shared, found = Shared(pages), dict[int, Found]()
    tasks = ParallelTasks(processes)

    def begin(number: int) -> Found:
        gc.freeze()  # what is there by now belongs to the others too: looking at it would copy it
        return work(shared.take(last=number > 0))

    for number in range(processes):
        tasks.add_task(begin, number, found.__setitem__)
    tasks.join()
    return [found[number] for number in range(processes)]
