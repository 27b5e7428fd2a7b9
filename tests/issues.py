"""Issues as GitHub writes them from the form "Add a paper"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from trees import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

FORM = ROOT / ".github" / "ISSUE_TEMPLATE" / "add-a-paper.yml"
ANSWERS = {
    "Title": "Retrieval Head Mechanistically Explains Long-Context Factuality",
    "Identifier": "https://arxiv.org/abs/2404.15574",
    "Published": "2025-01-22",
    "Head types": "Needle head, previous-token",
    "Models": "Llama-2-7B, llama-2-13b",
    "Takeaway": "In Llama-2-7B, masking the top 5% of retrieval heads makes the model miss the needle.",
    "Innovation": "Heads are found that copy from a *long* context, see {survey:paper}`bell2023previous`.",
    "Tasks": "`Llama-2-7B` looks for a needle.",
    "Significant result": "Under 5 % of all heads do it;\nmasking them lowers recall.",
    "Read": "full, code",
    "Code": "https://github.com/nightdessert/Retrieval_Head",
}
ENTRY = """\
@misc{wu24,
  title={Retrieval Head Mechanistically Explains Long-Context Factuality},
  author={Wenhao Wu and Yizhong Wang and Guangxuan Xiao and Hao Peng and Yao Fu},
  year={2024},
}"""


def issue(changes: Mapping[str, str] | None = None, **more: str) -> str:
    """Return the text of an issue with these answers, by label or by id of the field."""
    given = {**ANSWERS, **(changes or {}), **more}
    parts = []
    for field in yaml.safe_load(FORM.read_text("utf-8"))["body"]:
        if field["type"] == "markdown":
            continue
        answer = given.get(field["attributes"]["label"]) or given.get(field["id"])
        if answer and (language := field["attributes"].get("render")):
            answer = f"```{language}\n{answer}\n```"
        parts.append(f"### {field['attributes']['label']}\n\n{answer or '_No response_'}\n")
    return "\n".join(parts)
