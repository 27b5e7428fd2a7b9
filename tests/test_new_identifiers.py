"""How a paper may be named: arXiv numbers, DOIs, addresses; anything else is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.adding.draft.faults import Refused
from survey.adding.draft.identifiers import Identifier, parse

FORMS = {
    ("arxiv", "2404.15574"): [
        *("2404.15574", " 2404.15574\n", "2404.15574v2", "arXiv:2404.15574", "arxiv: 2404.15574v1"),
        *("https://arxiv.org/abs/2404.15574", "http://arxiv.org/abs/2404.15574v3", "arxiv.org/pdf/2404.15574"),
        *("https://www.arxiv.org/pdf/2404.15574v1.pdf", "<https://arxiv.org/html/2404.15574v1>"),
        *("10.48550/arXiv.2404.15574", "https://doi.org/10.48550/ARXIV.2404.15574"),
        *("https://arxiv.org/abs/2404.15574?context=cs#top", "https://export.arxiv.org/abs/2404.15574/"),
    ],
    ("arxiv", "1404.1557"): ["1404.1557", "arXiv:1404.1557v1"],
    ("arxiv", "hep-th/9901001"): ["hep-th/9901001", "arXiv:hep-th/9901001v2", "https://arxiv.org/abs/hep-th/9901001"],
    ("arxiv", "math.GT/0309136"): ["math.GT/0309136", "https://arxiv.org/pdf/math.GT/0309136v1"],
    ("doi", "10.18653/v1/W19-4828"): [
        *("10.18653/v1/W19-4828", "doi:10.18653/v1/W19-4828", "DOI: 10.18653/v1/W19-4828"),
        *(
            "https://doi.org/10.18653/v1/W19-4828",
            "http://dx.doi.org/10.18653/v1/W19-4828",
            "doi.org/10.18653/v1/W19-4828",
        ),
        *("https://doi.org/10.18653%2Fv1%2FW19-4828",),
    ],
    ("doi", "10.1002/(SICI)1099-1379(199709)18:5<1::AID>3.0"): ["10.1002/(SICI)1099-1379(199709)18:5<1::AID>3.0"],
    ("openreview", "GtvuNrk58a"): [
        *("https://openreview.net/forum?id=GtvuNrk58a", "https://openreview.net/pdf?id=GtvuNrk58a"),
        *("openreview.net/forum?noteId=abcdefg&id=GtvuNrk58a",),
    ],
    ("acl", "2024.acl-long.1"): ["https://aclanthology.org/2024.acl-long.1/", "aclanthology.org/2024.acl-long.1.pdf"],
    ("acl", "W19-4828"): ["https://aclanthology.org/W19-4828.bib", "https://www.aclweb.org/anthology/W19-4828"],
}


@pytest.mark.parametrize(
    ("text", "scheme", "value"), [(text, *found) for found, texts in FORMS.items() for text in texts]
)
def test_every_usual_form_is_understood(text: str, scheme: str, value: str) -> None:
    assert parse(text) == Identifier(scheme, value)


def test_only_the_signs_around_an_identifier_are_taken_away() -> None:
    assert parse(" <10.1000/182X> ") == parse("10.1000/182X")
    assert parse("10.1000/182X").value.upper().endswith("182X")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "-",
            "retrieval heads",
            "2404",
            "2413.15574",
            "2404.155",
            "24041.5574",
            "hep-th/99",
            "10.1/x",
            "10.18653/",
        ),
        *("https://example.org/abs/2404.15574", "https://arxiv.org.evil.example/abs/2404.15574", "https://arxiv.org/"),
        *("https://arxiv.org/list/cs.CL", "https://arxiv.org@evil.example/abs/2404.15574", "file:///etc/passwd"),
        *(
            "https://openreview.net/forum?id=../../x",
            "https://openreview.net/forum",
            "https://[",
            "https://aclanthology.org/",
        ),
        *("https://aclanthology.org/../etc/passwd", "../../etc/passwd", "2404.15574\n2404.15575", "10.1234/a b"),
        *("10.1234/{x}", "2404.15574\u202e", "9" * 10_000, "https://doi.org/" + "a" * 10_000, "2404.15574v0"),
    ],
)
def test_what_names_no_paper_is_refused_with_what_would(text: str) -> None:
    with pytest.raises(Refused) as raised:
        parse(text)
    (fault,) = raised.value.faults
    assert "does not name a paper" in fault.message
    assert "2404.15574" in fault.hint
    assert len(str(fault)) < 600


@settings(max_examples=300, derandomize=True, deadline=None)
@given(
    st.sampled_from(["", "arXiv:", "doi:", "10.1234/", "https://arxiv.org/abs/", "https://openreview.net/forum?id="]),
    st.text(max_size=40),
)
def test_what_is_understood_holds_nothing_else(start: str, rest: str) -> None:
    try:
        found = parse(start + rest)
    except Refused:
        return
    if found.scheme == "doi":
        assert re.fullmatch(r"10\.[0-9]{4,9}/[^\s{}]+", found.value)
        assert found.value.isprintable()
    else:
        assert re.fullmatch(r"[A-Za-z0-9./_-]+", found.value)
        assert ".." not in found.value
