"""``sitemap.xml`` and ``robots.txt``.

sphinx-sitemap collects the pages that a build writes, so that an incremental build would list only those that changed
(https://github.com/jdillard/sphinx-sitemap/issues/13).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.exports.site import Site

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(docnames: Iterable[str], site: Site) -> str:
    """Return the sitemap of some pages; its addresses are absolute, so the site's must be known."""
    root = ET.Element("urlset", xmlns=_NAMESPACE)
    for address in sorted({site.page(docname) for docname in docnames}):
        ET.SubElement(ET.SubElement(root, "url"), "loc").text = site.link(address)
    ET.indent(root, " ")
    return ET.tostring(root, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="utf-8"?>\n', "")
    )


def robots(site: Site) -> str:
    """Return what crawlers may do, which is everything, and where the sitemap is."""
    lines = ["User-agent: *", "Allow: /"]
    if site.base:
        lines += ["", f"Sitemap: {site.link('sitemap.xml')}"]
    return "\n".join(lines) + "\n"
