"""Whatever happens to the files between builds, they give what a clean build gives, in one process or in two.

A state machine edits a small survey. By default it takes the same 200 steps each time; ``SURVEY_STEPS=5000`` takes as
many others. A failure names the edits that lead to it: they belong below as a test of their own, once it is mended.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from random import Random

from comparing import differences
from edits import EDITS, survey_at
from forking import output_of, start
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

#: Edits, and how many of them one survey lives through.
STEPS, LIFE = int(os.environ.get("SURVEY_STEPS", "200")), 25
#: Every so many comparisons, two processes build as well.
PARALLEL = 3


class Edited(RuleBasedStateMachine):
    """A survey that is edited and built, again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="edited-")).resolve()
        self.tree = survey_at(self.folder / "survey")
        self.count = 0
        self.build()

    @rule(edits=st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=3), seed=st.integers(0, 2**24))
    def edit(self, edits: list[str], seed: int) -> None:
        """Change some files, and compare what comes of them."""
        chance = Random(seed)
        for name in edits:
            EDITS[name](self.tree, chance)
        self.build()

    def build(self) -> None:
        """Build on what is there, and anew, at the same time."""
        self.count += 1
        modes = {"clean": 1, "serial": 1} | ({"parallel": 2} if self.count % PARALLEL == 1 else {})
        for name in ("clean", "clean.doctrees"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        docs = self.tree.root / "docs"
        started = {name: start(docs, self.folder / name, parallel=count) for name, count in modes.items()}
        made = {name: build.wait() for name, build in started.items()}
        assert [build.traceback for build in made.values() if build.status is None] == []
        clean = output_of(self.folder / "clean")
        for name in modes:
            assert differences(output_of(self.folder / name), clean) == [], name

    def teardown(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.folder, ignore_errors=True)


def test_builds_agree_after_any_edits() -> None:
    chosen = settings(
        max_examples=max(1, STEPS // (2 * LIFE)),
        stateful_step_count=LIFE,
        deadline=None,
        derandomize="SURVEY_STEPS" not in os.environ,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    run_state_machine_as_test(Edited, settings=chosen)
