"""How tests are shared out to the processes of pytest-xdist: a file to each, the longest first.

Tests of one file share its fixtures, so those are made once. A file that takes half a minute and comes last would keep
one processor waiting; so files that take long come first, and the many that take a second fill what is left.
"""

from __future__ import annotations

import re

from xdist.scheduler import LoadScopeScheduling

#: Files by the time that they took in November 2026: from 40 s to 5 s in a browser, then page types, of which each is a
#: group of a few seconds; and from 64 s to 3 s of processor time of the others. What is not here takes less.
LONGEST = (
    *("browser/test_searching", "browser/test_hostile", "browser/test_exploring", "browser/test_details"),
    *("browser/test_tasks", "browser/test_heads_of_models", "browser/test_lengths", "browser/test_frame"),
    *("browser/test_accessibility", "browser/test_cards", "browser/test_content_policy", "browser/test_face"),
    *("browser/test_chinese", "browser/test_unfolding", "browser/test_comparing", "browser/test_citing"),
    *("browser/test_page_types",),
    *("test_rebuilding_random", "test_rebuilding_damaged", "test_rebuilding", "test_rebuilding_found"),
    *("test_rebuilding_mending", "test_rebuilding_unchanged", "test_new_killed", "test_languages", "test_reference"),
    *("test_workflow_add_paper", "test_problems", "test_hostile_surveys", "test_from_issue_hostile"),
    *("test_exports_site", "test_from_issue_bounds", "test_books", "test_command", "test_contributing_links"),
    *("test_policy", "test_explore", "test_fuzzing", "test_math", "test_exports_corpus", "test_figures_books"),
    *("test_pages_escaping", "test_hostile_fields", "test_hostile_pages", "test_citebox", "test_figures_pages"),
    *("test_contested", "test_from_issue", "test_bar_and_home", "test_lightening", "test_bibliography_page"),
    *("test_builders", "test_figures_wrong", "test_figures_counts", "test_roles", "test_listed"),
    *("test_contributing_walk", "test_package_built", "test_model_heads", "test_pages_heads", "test_directives_wrong"),
    *("test_new_lookups", "test_watch", "test_new_exported", "test_navigation", "test_exports_described"),
    *("test_exports", "test_recipes", "test_axes", "test_compare", "test_figures_made"),
)
_RANKS = {f"tests/{name}.py": rank for rank, name in enumerate(LONGEST)}
#: The tests of this file share what they open by the page that they are about.
_BY_PAGE = "tests/browser/test_page_types.py"


def rank(node: str) -> int:
    """Return the place of a test among all, given its address; many have the same."""
    return _RANKS.get(node.partition("::")[0], len(_RANKS))


def group(node: str) -> str:
    """Return the name of the group whose tests run in one process, given a test's address."""
    file, _, test = node.partition("::")
    if file != _BY_PAGE:
        return file
    parameters = test.partition("[")[2].removesuffix("]")
    return f"{file}: {re.sub('^chromium-|-chromium$', '', parameters)}"


class Scheduler(LoadScopeScheduling):
    """Keeps the tests of a group together, and groups in their order."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)
