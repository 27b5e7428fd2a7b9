"""Where a work is, in whatever notation an entry has it: its address, its DOI, its arXiv number."""

from __future__ import annotations

import pytest

from survey.adding.bibtex import work_links
from survey.adding.bibtex.work_links import UnclearPlaceError

AT = "https://example.org/a"


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, ""),
        ({"url": AT}, AT),
        ({"url": "http://example.org/a"}, AT),
        ({"url": "HTTP://example.org/a"}, AT),
        ({"url": f"<{AT}>."}, AT),
        ({"url": f" {AT}; "}, AT),
        ({"url": "www.example.org/a"}, "https://www.example.org/a"),
        ({"url": f"{AT}'."}, AT),
        ({"url": f"{AT})."}, AT),
        ({"url": f"{AT}_(b)"}, f"{AT}_(b)"),
        ({"url": f"{AT}_(b)."}, f"{AT}_(b)"),
        ({"url": rf"\url{{{AT}}}"}, AT),
        ({"url": f"{AT}, accessed on 3rd May 2024"}, AT),
        ({"url": f"Available at: {AT}"}, AT),
        ({"url": f"{AT} {AT}"}, AT),
        ({"howpublished": rf"\href{{{AT}}}{{the page}}"}, AT),
        ({"howpublished": f"Blog, {AT} and https://example.org/b"}, AT),
        ({"howpublished": "Blog"}, ""),
        ({"url": AT, "howpublished": "https://example.org/b"}, AT),
    ],
)
def test_an_address_is_found(fields: dict[str, str], found: str) -> None:
    assert work_links.url(fields) == found


@pytest.mark.parametrize(
    "url", ["XX", "somewhere", f"{AT} https://example.org/b", f"X {AT}", f"{AT} of the authors", "a b"]
)
def test_a_field_that_holds_more_than_an_address_is_unclear(url: str) -> None:
    with pytest.raises(UnclearPlaceError) as refused:
        work_links.url({"url": url})
    hint = "give one address that starts with https://, without spaces"
    assert (refused.value.name, refused.value.value, refused.value.hint) == ("url", url, hint)
    assert str(refused.value) == url


@pytest.mark.parametrize(
    ("value", "left"),
    [
        ("Blog post", "Blog post"),
        (f"Blog post, {AT}", "Blog post"),
        (f"Blog post ({AT})", "Blog post"),
        (f"[{AT}] Blog  post", "Blog post"),
        (f"{AT}: a  post.", "a post"),
        (f"Available online: {AT}, accessed 3 May 2024", ""),
        (AT, ""),
        (rf"\href{{{AT}}}{{A post}}", "A post"),
        ("(unpublished)", "(unpublished)"),
    ],
)
def test_beside_its_address_it_says_how_it_was_published(value: str, left: str) -> None:
    assert work_links.published_how(value) == left


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, ""),
        ({"doi": "10.1/a"}, "10.1/a"),
        ({"doi": "10.1/a."}, "10.1/a"),
        ({"doi": "doi: 10.1/a"}, "10.1/a"),
        ({"doi": "DOI:10.1/a"}, "10.1/a"),
        ({"doi": "info:doi/10.1/a"}, "10.1/a"),
        ({"doi": "urn:doi:10.1/a"}, "10.1/a"),
        ({"doi": "https://doi.org/10.1/a%28b%29"}, "10.1/a(b)"),
        ({"doi": "dx.doi.org/10.1/a"}, "10.1/a"),
        ({"doi": "https://doi.org/https://doi.org/10.1/a"}, "10.1/a"),
        ({"doi": "10.1%2Fa"}, "10.1/a"),
        ({"doi": "10.1/a%20b"}, "10.1/a%20b"),
        ({"url": "https://doi.org/10.1/a"}, "10.1/a"),
        ({"url": "http://www.doi.org/10.1/a"}, "10.1/a"),
        ({"url": "HTTPS://DOI.ORG/10.1/a"}, "10.1/a"),
        ({"url": "https://example.org/10.1/a"}, ""),
        ({"doi": "10.1/a", "url": "https://doi.org/10.1/b"}, "10.1/a"),
    ],
)
def test_a_doi_is_found(fields: dict[str, str], found: str) -> None:
    assert work_links.doi(fields) == found


def test_signs_of_an_old_doi_are_encoded_in_its_address() -> None:
    assert work_links.address_of("10.1/a<b>(c);2-d_e~f") == "https://doi.org/10.1/a%3Cb%3E(c);2-d_e~f"


NUMBER = "2404.15574"
NONE = ("", "")


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, NONE),
        ({"eprint": NUMBER}, (NUMBER, "")),
        ({"eprint": NUMBER, "archiveprefix": "arXiv", "primaryclass": "cs.CL"}, (NUMBER, "cs.CL")),
        ({"eprint": f"{NUMBER} [cs.CL]"}, (NUMBER, "")),
        ({"eprint": f"arXiv:{NUMBER}v3."}, (NUMBER, "")),
        ({"eprint": NUMBER, "primaryclass": "cs CL"}, (NUMBER, "")),
        ({"eprint": "math/0211159", "primaryclass": "math.DG"}, ("math/0211159", "")),
        ({"eprint": NUMBER, "archiveprefix": "hal"}, NONE),
        ({"eprint": "hal-1"}, NONE),
        ({"journal": f"arXiv preprint arXiv:{NUMBER}", "primaryclass": "cs.CL"}, (NUMBER, "cs.CL")),
        ({"journal": f"CoRR, abs/{NUMBER}"}, (NUMBER, "")),
        ({"volume": f"abs/{NUMBER}"}, (NUMBER, "")),
        ({"number": f"arXiv:{NUMBER}"}, (NUMBER, "")),
        ({"pages": f"arXiv:{NUMBER}"}, (NUMBER, "")),
        ({"eid": f"arXiv:{NUMBER}"}, (NUMBER, "")),
        ({"publisher": f"arXiv: {NUMBER}"}, (NUMBER, "")),
        ({"howpublished": f"https://arxiv.org/abs/{NUMBER}"}, (NUMBER, "")),
        ({"note": f"(arXiv e-print {NUMBER})"}, (NUMBER, "")),
        ({"note": f"extends arXiv:{NUMBER}"}, NONE),
        ({"doi": f"10.48550/arXiv.{NUMBER}"}, (NUMBER, "")),
        ({"url": f"http://arxiv.org/pdf/{NUMBER}v2"}, (NUMBER, "")),
        ({"title": f"arXiv:{NUMBER}"}, NONE),
    ],
)
def test_an_arxiv_number_is_found(fields: dict[str, str], found: tuple[str, str]) -> None:
    assert work_links.arxiv(fields) == found


def test_what_is_said_to_be_an_arxiv_number_is_one() -> None:
    with pytest.raises(UnclearPlaceError) as refused:
        work_links.arxiv({"archiveprefix": "arXiv", "eprint": "soon"})
    hint = "an arXiv number is 2404.15574, or math/0211159"
    assert (refused.value.name, refused.value.value, refused.value.hint) == ("eprint", "soon", hint)
