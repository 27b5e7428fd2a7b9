"""Structured data in the words of schema.org: what a page is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from survey.catalogue.bibliography import work_types
from survey.catalogue.texts.web_addresses import arxiv_address, doi_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.catalogue.views import PaperFacts, TermFacts
    from survey.exports.site import Site

_CONTEXT = "https://schema.org"
#: By what a work is; everything else is an article.
_TYPES = {
    work_types.PROCEEDINGS.name: "Book",
    work_types.BOOK.name: "Book",
    work_types.BOOKLET.name: "Book",
    work_types.CHAPTER.name: "Chapter",
    work_types.THESIS.name: "Thesis",
    work_types.REPORT.name: "Report",
    work_types.MANUAL.name: "TechArticle",
    work_types.SOFTWARE.name: "SoftwareSourceCode",
    work_types.DATASET.name: "Dataset",
    work_types.PATENT.name: "CreativeWork",
    work_types.PAGE.name: "WebPage",
    work_types.DOCUMENT.name: "CreativeWork",
}
#: What the data page offers, by address and media type.
_DISTRIBUTIONS = (
    ("data/survey.json", "application/json"),
    ("data/papers.csv", "text/csv"),
    ("data/heads.csv", "text/csv"),
    ("data/positions.csv", "text/csv"),
    ("references.bib", "application/x-bibtex"),
)


def article(paper: PaperFacts, docname: str, site: Site) -> dict[str, Any]:
    """Describe a paper, the main entity of its page."""
    doi = doi_address(paper.doi) if paper.doi else None
    arxiv = arxiv_address(paper.arxiv) if paper.arxiv else None
    named = (("DOI", paper.doi), ("arXiv", paper.arxiv))
    return _filled(
        {
            "@context": _CONTEXT,
            "@type": _TYPES.get(paper.kind, "ScholarlyArticle"),
            "mainEntityOfPage": _page(docname, docname, site),
            "name": paper.title,
            "headline": paper.title,
            "author": [
                _filled({"@type": "Person", "name": f"{name.given} {name.family}".strip()})
                | _filled({"givenName": name.given, "familyName": name.family if name.given else ""})
                for name in paper.authors
            ],
            "datePublished": paper.published,
            "isPartOf": {"@type": "CreativeWork", "name": paper.container} if paper.container else None,
            "publisher": {"@type": "Organization", "name": paper.publisher} if paper.publisher else None,
            "identifier": [
                {"@type": "PropertyValue", "propertyID": scheme, "value": value} for scheme, value in named if value
            ],
            "url": paper.url,
            "sameAs": [address for address in (doi, arxiv) if address],
            "about": [
                {"@type": "DefinedTerm", "name": name, "url": site.link(site.page(page), site.page(docname))}
                for page, name in paper.heads
            ],
        }
    )


def term(head: TermFacts, description: str, docname: str, survey: str, site: Site) -> dict[str, Any]:
    """Describe a head type, the main entity of its page."""
    here = site.page(docname)
    terms = {"@type": "DefinedTermSet", "name": survey, "url": site.link(site.page("heads/index"), here)}
    return _filled(
        {
            "@context": _CONTEXT,
            "@type": "DefinedTerm",
            "mainEntityOfPage": _page(docname, docname, site),
            "name": head.name,
            "alternateName": list(head.aliases),
            "termCode": head.key,
            "description": description,
            "inDefinedTermSet": terms,
            "url": site.link(here, here),
        }
    )


def dataset(
    name: str, description: str, docname: str, site: Site, *, creator: str, licence: str, keywords: Iterable[str]
) -> dict[str, Any]:
    """Describe the survey's data, on the page that documents them."""
    here = site.page(docname)
    return _filled(
        {
            "@context": _CONTEXT,
            "@type": "Dataset",
            "mainEntityOfPage": _page(docname, docname, site),
            "name": name,
            "description": description,
            "url": site.link(here, here),
            "creator": {"@type": "Organization", "name": creator},
            "license": licence,
            "isAccessibleForFree": True,
            "keywords": list(keywords),
            "citation": f"{creator}. {name}. {site.base}".strip(),
            "distribution": [
                {"@type": "DataDownload", "contentUrl": site.link(address, here), "encodingFormat": form}
                for address, form in _DISTRIBUTIONS
            ],
        }
    )


def _page(docname: str, place: str, site: Site) -> dict[str, str]:
    return {"@type": "WebPage", "@id": site.link(site.page(docname), site.page(place))}


def _filled(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value}
