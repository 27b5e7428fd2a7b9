"""For each code of :mod:`survey.catalogue.problems` what the checks say in one case, for the reference.

The tests provoke each of them, so that the reference quotes what the checks do say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: By code; of ``unknown-<kind>`` there is one for each facet that is built in.
EXAMPLES: Mapping[str, str] = {
    "alias-clash": "the alias 'Retrieval Head' already stands for docs/heads/retrieval.md; leave it out, or add what "
    "tells them apart",
    "avoided-words": "'5 pages' is among the words that this survey avoids; say it",
    "bad-address": "'https://github.com@evil.example/' has a user name in front of its host; write the host alone",
    "bad-alias": "'Old 2020' cannot be a paper's key; keys are a lower-case name, a year and a word: wu2024retrieval",
    "bad-character": "the value holds a character that changes the direction of the text (U+202E, right-to-left "
    "override); remove it, or type the value anew",
    "bad-date": "'2023-02-29' is not a date; write 2024-04-24, 2024-04 or 2024",
    "bad-directive": "the directive 'note' is empty; write what it shows, or remove it",
    "bad-file-name": "'my_head' cannot be an id; name the file like lower-case words joined by hyphens",
    "bad-identifier": "'2404.1557' is not a valid eprint; an arXiv number is 2404.15574",
    "bad-image": "the image 'https://evil.example/p.png' comes from elsewhere; put the image into docs/ and name it by "
    "its path",
    "bad-key": "'yu2025-later' is not a key of this bibliography; keys are a lower-case name, a year and a word: "
    "wu2024retrieval",
    "bad-link": "'../../conf.py' leads out of docs/; only files in docs/ are published; write a path from this page's "
    "folder",
    "bad-pattern": "'to: 2' is no token: there are 2; tokens are counted from 0, so the last is 1",
    "bad-position": "'32.0' lies outside 'llama-2-7b', which has 32 layers; layers and heads are counted from 0",
    "bad-table": "'=1+1' is not a number of a layer; layers and heads are counted from 0",
    "bad-takeaway": "the takeaway begins with 'They', which means nothing where it stands alone; begin with the "
    "head, the model or the finding",
    "bad-value": "'aliases' has a value that it cannot have (wanted: a list); write a list: [a, b]",
    "bibtex-syntax": "the value of 'journal' doesn't end where it should; end it with '},' (or '\",'); "
    "'wu2024retrieval' is not used until then",
    "broken-paragraph": "the line begins with '%', which makes a comment of it: it is not shown; move the '%' to the "
    "end of the line above, or put a blank line in front of a comment that is meant",
    "copied-words": "'the heads copy what they read long before' stands in the summary of 'ahn2025memory' too; "
    "say it in words of its own",
    "date-differs": "'published' is in the future (2999-01-01); give the day on which it was made public",
    "date-order": "preprinted (2024-05) is not earlier than published (2024-04-24); leave out 'preprinted' unless the "
    "first public version came before the publication",
    "duplicate-field": "'title' is given twice in one entry; keep one; the entry is not used until then",
    "duplicate-id": "'llama-2-7b' is already a member in docs/models/llama-2.md; the second is not used; rename one",
    "duplicate-key": "'wu2024retrieval' is already defined at line 30; the second entry is not used",
    "duplicate-target": "a bibliography is already given at docs/bibliography.md:3; keep one; every citation leads "
    "there",
    "duplicate-work": "'yu2025x' has the arXiv number of 'wu2024retrieval' (line 30); remove one of the two, "
    "or correct it",
    "empty-dispute": "the section names 1 work; cite both sides, or give it a heading that fits: 'Open' for a question "
    "that was asked",
    "empty-role": "the role 'cite:p' names nothing; write what it stands for, or remove it",
    "foreign-markup": "[@wu2024retrieval] is a citation of Pandoc, and is shown as it is written; write {cite:p}`key`",
    "ignored-file": "'doe2024facts.MD' is nearly the name of a page; the file is not used; name it '<name>.md', or "
    "move it out of docs/",
    "label-clash": "'vaswani2017attention' and 'shaw2017other' (line 23) are both cited as "
    "'Vaswani and Shazeer 2017a'; give one of them another 'yearsuffix'",
    "latex-markup": "the note holds LaTeX ('R\\&D'); write the character itself: the file is UTF-8",
    "math": "this formula cannot be turned into MathML (its braces don't pair up); simplify it",
    "missing-entry": "there is no entry 'ahn2025memory' in references.bib; add it to references.bib",
    "missing-field": "the field 'published' is missing; add 'published: …' under 'paper'",
    "missing-file": "the file is not there; a survey has references.bib and docs/ at its root",
    "missing-front-matter": "the file has no front matter 'head:'; begin it with '---', 'head:', its fields and '---'",
    "missing-models": "the paper names no model; name the models, or say in 'models_note' why there are none",
    "missing-reading": "the paper doesn't say what its page rests on; add 'read: […]' with what was read: full, code, "
    "abstract, second-hand",
    "missing-summary": "the summary has no part 'Tasks'; add a line 'Tasks' and below it ': …' (see CONTRIBUTING)",
    "missing-takeaway": "the paper has no takeaway; add 'takeaway: …', one sentence that stands alone: head, model, "
    "finding",
    "missing-text": "the page has a note to its author, and no text; say there what the head does, in one sentence to "
    "begin with (see CONTRIBUTING)",
    "missing-title": "the file has no heading; begin the text with a line '# Title'",
    "more-authors": "the list of authors of 'wu2024retrieval' ends in 'and others'; give all authors",
    "name-clash": "the name 'Retrieval Head' already stands for docs/heads/memory.md, or looks like its name; add "
    "what tells them apart",
    "no-heads": "the paper names no head; name one, or mark the paper with 'scope: background'",
    "not-https": "'http://example.org' is not an https address; use the address that starts with https://",
    "not-utf-8": "byte 0xe9 is not UTF-8; save the file as UTF-8; it is not used until then",
    "odd-character": "the note holds 'ﬃ' (U+FB03), which is a ligature of 'ffi'; write the character that is meant, or "
    "remove it",
    "opening-question": "the page opens with a question; begin with what is so",
    "refused-directive": "pages may not use the directive 'raw'; see the reference for what pages may use",
    "refused-role": "pages may not use the role 'download'; see the reference for what pages may use",
    "repeated-key": "'heads' is already given at line 4; keep one; the second is not used",
    "repeated-part": "the summary has a second part 'Tasks', which is shown nowhere else; make one part of the two",
    "self-reference": "the parents of 'memory' lead back to it (memory → retrieval → memory); remove one of these "
    "parents",
    "short-lead": "the page doesn't say what it is about; begin it with a sentence of 8 words or more",
    "symbolic-link": "a symbolic link stands in docs/; put the file itself there; the link is not followed",
    "text-as-formula": "'10 before and more' is read as a formula, from one dollar sign to the next; write '\\$' for "
    "the sign of a currency, and the words of a formula in \\text{…}",
    "title-differs": "the heading is not the title in references.bib:30; write '# Retrieval Heads' if that one is "
    "right",
    "too-deep": "more than 10 directives stand inside each other; the page is not used; take some of them apart",
    "too-large": "the file has more than 200,000 bytes; it is not used; divide it, or remove what doesn't belong there",
    "unexplained-year": "published 2023-04-24, and the entry in references.bib says 2024; mend one of them, or say in "
    "'date_note' why they differ",
    "unknown-category": "the stage 'knowledge-recalling' has no category 'recal'; did you mean 'recall'?",
    "unknown-citation": "there is no entry 'ahn2025memry' in references.bib; did you mean 'ahn2025memory'?",
    "unknown-field": "there is no field 'scoope'; did you mean 'scope'?",
    "unknown-head": "there is no head 'retreival'; did you mean 'retrieval'?",
    "unknown-kind": "the front matter is of the kind 'head'; files of this folder have the fields under 'paper:'",
    "unknown-method": "there is no method 'probin'; did you mean 'probing'?",
    "unknown-model": "there is no model 'llama-2'; did you mean 'llama-2-7b'?",
    "unknown-paper": "there is no paper 'wu2024retrival'; did you mean 'wu2024retrieval'?",
    "unknown-stage": "there is no stage 'knowledge'; did you mean 'knowledge-recalling'?",
    "unknown-target": "a footnote in a text that lists show on other pages, where the note is missing; say it in the "
    "text, or move it further down",
    "unlisted-page": "the page stands in no table of contents; add it to a {toctree}, or write 'orphan: true' in its "
    "front matter",
    "unnamed-entry": "no paper names the method 'patching'; add its id to 'methods' of a paper that is about it, or "
    "remove it",
    "unquoted-number": "YAML readers take 1.10 for the number 1.1; put it in quotes: '1.10'",
    "unrecorded-letter": "'vaswani2017attention' is cited as 'Vaswani and Shazeer 2017b', and nothing records the "
    "letter; add 'yearsuffix = {b},' to the entry: the letter stays when other works come",
    "unsorted": "'ahn2025memory' comes after 'wu2024retrieval'; move it in front of 'bell2023previous'",
    "unused-entry": "nothing surveys or cites 'yu2025x'; cite it, add docs/papers/yu2025x.md, or remove it",
    "unused-footnote": "nothing refers to the footnote 'lost'; put '[^lost]' where it belongs, or remove it",
    "unused-table": "no page names this table; it is not used; name it by 'table' in the page beside it, or remove it",
    "yaml-alias": "an alias (*name) stands for a value; write the value out",
    "yaml-syntax": "a colon followed by a space inside a text that has no quotes; mend the YAML; the file isn't used "
    "until it can be read",
    "yaml-tag": "a tag (!foo) stands in front of a value; write the value without it",
}
