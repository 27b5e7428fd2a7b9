"""``python -m attention_heads gpt2 9.6``: what is known of a head, or of all heads of a model."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING

from attention_heads import Survey, cards
from attention_heads.errors import SurveyError

if TYPE_CHECKING:
    from collections.abc import Sequence


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="attention-heads", description="What is known of attention heads.")
    parser.add_argument("model", help="by any of its names: gpt2-small, gpt2, EleutherAI/pythia-70m")
    parser.add_argument("head", nargs="?", help="layer and head, counted from 0: 9.6 (default: all that are named)")
    parser.add_argument("--kv", action="store_true", help="count key-value heads")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--data", metavar="FILE", help="a survey.json, or its address (default: that of this package)")
    return parser


def _answer(options: argparse.Namespace) -> str:
    survey = Survey(options.data)
    if options.head is None:
        found = survey.heads.in_model(options.model)
        if options.json:
            return json.dumps([cards.record(head) for head in found], ensure_ascii=False, indent=1)
        return cards.listing(survey.model(options.model), found)
    head = survey.heads.at(options.model, options.head, kv=options.kv)
    if options.json:
        return json.dumps(cards.record(head), ensure_ascii=False, indent=1)
    return cards.text(head, survey.papers)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line, and return its exit status: 2 if there is no such model or head, or no data."""
    options = _parser().parse_args(arguments)
    try:
        answer = _answer(options)
    except SurveyError as error:
        print(f"attention-heads: {error}", file=sys.stderr)
        return 2
    try:
        print(answer, flush=True)
    except BrokenPipeError:  # who reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
