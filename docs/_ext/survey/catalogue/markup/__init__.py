"""What a page's Markdown means to Sphinx, found without Sphinx: so ``check`` and the strict build refuse the same.

:mod:`outline` collects while a page is read; the other modules judge, page by page and then between pages.
"""

from __future__ import annotations
