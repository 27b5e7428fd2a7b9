"""Venues of several years and volumes are one venue to choose."""

from __future__ import annotations

import pytest

from survey.catalogue.bibliography.venues import series, slug

ACL = "Annual Meeting of the Association for Computational Linguistics"
ICML = "International Conference on Machine Learning"


@pytest.mark.parametrize(
    ("venue", "name"),
    [
        (f"Proceedings of the 62nd {ACL} (Volume 1: Long Papers)", ACL),
        (ACL, ACL),
        (f"Proceedings of the 41st {ICML}", ICML),
        (f"The Forty-Second {ICML}", ICML),
        (f"Twelfth {ICML} (ICML)", ICML),
        (f"{ICML}, ICML-24", ICML),
        (
            "Findings of the Association for Computational Linguistics: ACL 2024",
            "Findings of the Association for Computational Linguistics",
        ),
        ("Workshop on Heads at NeurIPS 2023", "Workshop on Heads"),
        ("XLLM workshop (2025)", "XLLM workshop"),
        ("arXiv preprint", "arXiv preprint"),
        ("2024", "2024"),
        ("", ""),
    ],
)
def test_what_is_of_one_year_is_left_out(venue: str, name: str) -> None:
    assert series(venue) == name


@pytest.mark.parametrize(
    ("name", "word"),
    [("Journal of Heads", "journal-of-heads"), ("Études & <b>", "etudes-b"), ("IEEE/CVF", "ieee-cvf"), ("&&", "")],
)
def test_a_name_becomes_one_word(name: str, word: str) -> None:
    assert slug(name) == word
