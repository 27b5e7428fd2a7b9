"""Atom feeds of the papers that came last into the survey, of all of it and of each head type.

A paper of ten years ago whose page was written today is new to whoever follows the survey: entries are in the order in
which pages came, and those of one day by their publication. A page that doesn't say when it came goes by that alone.
"""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import TYPE_CHECKING, Any

from feedgenerator import Atom1Feed

from survey.catalogue.markup.summary_terms import TERMS
from survey.catalogue.views.plain_text import plain_text, shortened
from survey.exports.site import HOME
from survey.exports.text import one_line
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.catalogue import Catalogue, Entry, Paper, PartialDate
    from survey.exports.site import Site

STYLE_SHEET = "_static/feed.css"  #: From the site's root.
_MOST = 30
_SUBTITLE = 200


class _Feed(Atom1Feed):  # type: ignore[misc]  # feedgenerator has no types
    """feedgenerator's Atom, whose dates all come from the data, and whose entries may have many authors."""

    def latest_post_date(self) -> dt.datetime:
        """Return when the feed changed; the library takes the present for a feed without entries."""
        updated: dt.datetime = self.feed["updated"]
        return updated

    def add_item_elements(self, handler: Any, item: Any) -> None:
        """Add an entry with all its authors."""
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        super().add_item_elements(handler, item)


def survey_feed(catalogue: Catalogue, site: Site) -> str:
    """Return the feed of the survey's newest papers."""
    home = catalogue.documents.get(HOME)
    lead = plain_text(home.lead.text, catalogue) if home is not None and home.lead is not None else ""
    return _feed(catalogue, site, "feed.xml", site.page(HOME), _title(catalogue), lead, catalogue.papers.values())


def head_feed(head: Entry, catalogue: Catalogue, site: Site) -> str:
    """Return the feed of the newest papers that name a head type."""
    lead = plain_text(head.lead.text, catalogue) if head.lead is not None else ""
    title = f"{head.name} · {_title(catalogue)}"
    papers = catalogue.papers_of("head", head.id)
    return _feed(catalogue, site, head_feed_address(head.id), site.page(f"heads/{head.id}"), title, lead, papers)


def head_feed_address(head: str) -> str:
    """Return where the feed of a head type is, from the site's root."""
    return f"feeds/heads/{head}.xml"


def _title(catalogue: Catalogue) -> str:
    home = catalogue.documents.get(HOME)
    return home.title if home is not None else _("Survey")


def _feed(
    catalogue: Catalogue, site: Site, address: str, page: str, title: str, lead: str, papers: Iterable[Paper]
) -> str:
    newest = sorted(papers, key=_came, reverse=True)[:_MOST]  # a stable sort: of one day the newest publication
    feed = _Feed(
        title=one_line(title),
        link=site.link(page, address),
        description=None,
        subtitle=one_line(shortened(lead, _SUBTITLE)),
        language=None,
        author_name=one_line(_title(catalogue)),
        feed_url=site.link(address, address),
        feed_guid=f"{site.tag}{address.removesuffix('.xml')}",
        updated=max(map(_came, newest)) if newest else _last(catalogue),
    )
    for paper in newest:
        feed.add_item(
            title=one_line(paper.title),
            link=site.link(site.page(f"papers/{paper.key}"), address),
            description=one_line(_takeaway(paper) or _summary(paper, catalogue)),
            content=one_line(_summary(paper, catalogue)),
            unique_id=f"{site.tag}papers/{paper.key}",
            pubdate=_moment(paper.fields.preprinted or paper.published),
            updateddate=_came(paper),
            authors=[one_line(f"{name.given} {name.family}") for name in paper.entry.authors],
            categories=[one_line(catalogue.name("head", head)) for head in paper.tags.get("head", ())],
        )
    text: str = feed.writeString("utf-8")
    return _with_a_look(text, address)


def _with_a_look(text: str, address: str) -> str:
    """Return a feed that browsers show as a list, by a style sheet of the site; they don't read feeds otherwise."""
    declaration, rest = text.split("?>", 1)
    sheet = "../" * address.count("/") + STYLE_SHEET
    return f'{declaration}?>\n<?xml-stylesheet type="text/css" href="{sheet}"?>\n{rest.lstrip()}'


def _takeaway(paper: Paper) -> str:
    """Return what is shown of a paper in a list, as HTML."""
    return escape(paper.fields.takeaway or "")


def _summary(paper: Paper, catalogue: Catalogue) -> str:
    """Return the takeaway and the three parts of a summary as HTML."""
    term = _("{term}:")
    takeaway = f"<p>{escape(paper.fields.takeaway)}</p>" if paper.fields.takeaway else ""
    return takeaway + "".join(
        f"<p><b>{escape(term.format(term=_(TERMS[part])))}</b> {escape(plain_text(passage.text, catalogue))}</p>"
        for part, passage in paper.summary.items()
    )


def _moment(date: PartialDate) -> dt.datetime:
    """Return the beginning of a day, month or year."""
    return dt.datetime(max(date.year, 1), max(date.month, 1), max(date.day, 1), tzinfo=dt.UTC)


def _came(paper: Paper) -> dt.datetime:
    """Return when a paper was new to the survey: when its page came, or else when it was published."""
    return _moment(paper.fields.added or paper.published)


def _last(catalogue: Catalogue) -> dt.datetime:
    """Return when the survey's newest paper came; a survey without papers has always been so."""
    return max(map(_came, catalogue.papers.values()), default=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
