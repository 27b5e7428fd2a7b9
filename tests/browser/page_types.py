"""One page of each type."""

from __future__ import annotations

PAGE_TYPES = {
    "home": "index.html",
    "paper": "papers/wu2024retrieval.html",
    "head": "heads/induction.html",
    "stage": "stages/in-context-identification.html",
    "method": "methods/zero-ablation.html",
    "model family": "models/llama.html",
    "heads of a model": "models/gpt2-small.html",
    "heads": "heads/index.html",
    "methods": "methods/index.html",
    "models": "models/index.html",
    "chronology": "chronology.html",
    "explore": "explore.html",
    "comparison": "compare.html",
    "contested claims": "contested.html",
    "taxonomy": "taxonomy.html",
    "timeline": "timeline.html",
    "atlas": "atlas.html",
    "chosen heads": "atlas-automatic.html",
    "data": "data.html",
    "bibliography": "bibliography.html",
    "chapter": "survey/developments.html",
    "chapter with a figure": "survey/collaboration.html",
    "search": "search.html",
}
