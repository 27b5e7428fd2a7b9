"""Entries as programs and people write them, made up for these tests, with what becomes of them.

Each is a name, the text, and either the fields that its entry has (None: it has none) or words of the refusal.
``_type``, ``_published`` and ``_preprinted`` are no fields.
"""

# ruff: noqa: E501  # entries stand as programs write them, often in one line
from __future__ import annotations

Row = tuple[str, str, dict[str, str | None] | tuple[str, ...]]

ZOTERO: list[Row] = [
    (
        "Zotero: braces around capitals",
        r"""@inproceedings{rowan_probing_2023,
	address = {Toronto, Canada},
	title = {Probing {Copy} {Heads} in {GPT}-2 {XL}},
	url = {https://aclanthology.example.org/2023.heads-1.7},
	doi = {10.18653/v1/2023.heads-1.7},
	urldate = {2024-02-11},
	booktitle = {Proceedings of the 1st {Workshop} on {Heads} ({HEADS} 2023)},
	publisher = {Association for Heads},
	author = {Rowan, Elke and {\'A}lvarez-Nu{\~n}ez, Jos{\'e}},
	month = jul,
	year = {2023},
	pages = {12--24},
}""",
        {
            "_type": "inproceedings",
            "title": "Probing Copy Heads in GPT-2 XL",
            "author": "Rowan, Elke and Álvarez-Nuñez, José",
            "booktitle": "Proceedings of the 1st Workshop on Heads (HEADS 2023)",
            "pages": "12--24",
            "doi": "10.18653/v1/2023.heads-1.7",
            "_published": "2023-07",
        },
    ),
    (
        "Zotero: a preprint with its number in the note",
        r"""@misc{lind_what_2024,
	title = {What {Do} {Heads} {Forget}?},
	url = {http://arxiv.org/abs/2405.01234},
	doi = {10.48550/arXiv.2405.01234},
	urldate = {2024-06-01},
	publisher = {arXiv},
	author = {Lind, Åsa and de Wit, Jan},
	month = may,
	year = {2024},
	note = {arXiv:2405.01234 [cs]},
	keywords = {Computer Science - Computation and Language},
}""",
        {
            "_type": "misc",
            "howpublished": "arXiv preprint",
            "eprint": "2405.01234",
            "archiveprefix": "arXiv",
            "url": "https://arxiv.org/abs/2405.01234",
            "author": "Lind, Åsa and de Wit, Jan",
            "publisher": None,
            "_published": "2024-05",
        },
    ),
    (
        "Zotero: signs that are LaTeX",
        r"""@article{holt_less_2022,
	title = {Less Is {\textless}More{\textgreater}: 5{\textasciitilde}10\% of a{\textbackslash}b \& {\textquotedblleft}c{\textquotedblright} \#1},
	journal = {J. Heads},
	author = {Holt, Ivo},
	year = {2022},
}""",
        ("{\\textbackslash}b", "LaTeX"),
    ),
    (
        "Zotero: signs that are words",
        r"""@article{holt_less_2022,
	title = {Less Is {\textless}More{\textgreater}: 5{\textasciitilde}10\% of a{\textbar}b \& {\textquotedblleft}c{\textquotedblright} \#1{\textendash}2},
	journal = {J. Heads},
	author = {Holt, Ivo},
	year = {2022},
}""",
        {"title": "Less Is <More>: 5~10% of a|b & “c” #1–2"},
    ),
    (
        "Zotero, biblatex: a thesis",
        r"""@thesis{moor_heads_2021,
	location = {Zürich},
	title = {Heads of {Small} {Models}},
	institution = {Example University},
	type = {phdthesis},
	author = {Moor, Nele},
	date = {2021-11-03},
	langid = {english},
}""",
        {"_type": "phdthesis", "school": "Example University", "year": "2021", "_published": "2021-11-03"},
    ),
    (
        "Zotero, biblatex: a master's thesis",
        "@thesis{a, title={Heads}, author={Moor, Nele}, institution={Example University}, type={Master's thesis}, date={2021}}",
        {"_type": "mastersthesis", "school": "Example University"},
    ),
    (
        "Zotero, biblatex: a report",
        r"""@report{bell_scaling_2022,
	title = {Scaling Heads},
	number = {{TR}-2022-4},
	institution = {Head Institute},
	author = {Bell, Ada},
	date = {2022-03/2022-04},
}""",
        {"_type": "techreport", "institution": "Head Institute", "number": "TR-2022-4", "_published": "2022-03"},
    ),
    (
        "Zotero, biblatex: a chapter of a book",
        r"""@incollection{pike_heads_2020,
	title = {Heads in Memory},
	booktitle = {Memory},
	booksubtitle = {A Handbook},
	publisher = {Example Press},
	author = {Pike, Ole},
	editor = {Reed, Una},
	date = {2020},
	pages = {3–19},
}""",
        {"_type": "incollection", "booktitle": "Memory: A Handbook", "pages": "3--19"},
    ),
    (
        "Zotero, biblatex: software",
        r"""@software{kite_headtools_2024,
	title = {headtools: Tools for Heads},
	url = {https://github.com/example/headtools},
	version = {1.2},
	author = {Kite, Sol},
	date = {2024-01-31},
	organization = {Example Lab},
}""",
        {"_type": "software", "howpublished": "Example Lab", "url": "https://github.com/example/headtools"},
    ),
    (
        "Zotero, biblatex: an institution with an and",
        "@report{a, title={Heads}, author={{Ministry of Heads and Tails}}, institution={Ministry}, date={2020}}",
        {"author": "{Ministry of Heads and Tails}"},
    ),
    (
        "Zotero, biblatex: the date of a later version",
        r"""@online{vance_heads_2023,
	title = {Heads, Revised},
	author = {Vance, Io},
	date = {2023-02-10},
	eprinttype = {arxiv},
	eprint = {2208.05432 [cs]},
	pubstate = {prepublished},
}""",
        {"eprint": "2208.05432", "year": "2022", "_published": "2022-08", "_preprinted": None},
    ),
]

BETTER_BIBTEX: list[Row] = [
    (
        "Better BibTeX: a date within the month of the number",
        "@online{a, title={T}, author={Elm, Kay}, date={2016-09-19}, eprint={1609.01234}, eprinttype={arxiv}, pubstate={prepublished}}",
        {"year": "2016", "_published": "2016-09-19", "_preprinted": None},
    ),
    (
        "Better BibTeX: an option of a name",
        "@misc{a, title={T}, author={family=Stone, given=Ann E., suffix=III, juniorcomma=true}, date={2019-05/unknown}}",
        {"author": "Stone III, Ann E.", "_published": "2019-05"},
    ),
    (
        "Better BibTeX: dollars and carets as text",
        r"@misc{a, title={Heads Using \$\textasciicircum 7\${{Be Decay}} and Ga{\textcommabelow t}a}, author={Elm, Kay}, date={2019}}",
        {"title": "Heads Using ^7Be Decay and Gața"},
    ),
    (
        "Better BibTeX: an institution of two full names",
        "@misc{a, title={T}, author={{National Heads and Space Administration}}, date={2019}}",
        {"author": "{National Heads and Space Administration}"},
    ),
    (
        "Better BibTeX: particles by parts",
        r"""@article{vanderbergHeadsHabits2019,
  title = {Heads and Habits},
  author = {family=Berg, given=Jo, prefix=van der, useprefix=true and Prins, Mo},
  date = {2019-05},
  journaltitle = {Journal of Heads},
}""",
        {"author": "van der Berg, Jo and Prins, Mo", "journal": "Journal of Heads", "_published": "2019-05"},
    ),
    (
        "Better BibTeX: a suffix and initials by parts",
        "@misc{a, title={T}, author={given=Ann, given-i=A, family=Stone, suffix=Jr., family-i=S}, date={2019}}",
        {"author": "Stone Jr., Ann"},
    ),
    (
        "Better BibTeX: an institution by parts",
        "@misc{a, title={T}, author={family={Stone, Inc.}}, date={2019}}",
        {"author": "{Stone, Inc.}"},
    ),
    (
        "Better BibTeX: words kept together",
        r"""@inproceedings{elmWhenHeads2021,
  title = {When {{Heads Attend}} to {{[SEP]}}},
  booktitle = {{{HeadConf}} '21},
  author = {Elm, Kay},
  year = {2021},
}""",
        {"title": "When Heads Attend to [SEP]", "booktitle": "HeadConf '21"},
    ),
    (
        "Better BibTeX: markup",
        r"@article{a, title = {\emph{{{In Vivo}}} Heads, {{H\textsubscript{2}O}}, 10\textsuperscript{6} and \mkbibquote{More}}, author={Elm, Kay}, journal={J}, year=2021}",
        {"title": "In Vivo Heads, H2O, 10^6 and “More”"},
    ),
    (
        "Better BibTeX: small capitals",
        r"@article{a, title = {The {\textsc{Copy}} Head and {\vphantom{x}}}, author={Elm, Kay}, journal={J}, year=2021}",
        ("\\vphantom", "LaTeX"),
    ),
    (
        "Better BibTeX: a title with its subtitle",
        "@book{a, title={Heads}, subtitle={What Are They?}, author={Elm, Kay}, publisher={P}, date={2020}}",
        {"title": "Heads: What Are They?"},
    ),
    (
        "Better BibTeX: a question in front of the subtitle",
        "@book{a, title={Heads?}, subtitle={A Survey}, author={Elm, Kay}, publisher={P}, date={2020}}",
        {"title": "Heads? A Survey"},
    ),
]

JABREF: list[Row] = [
    (
        "JabRef: header, groups, many fields",
        r"""% Encoding: UTF-8

@Article{Ash2020,
  author       = {Ash, R{\"{u}}diger and {\O}stby, Kari and Kub{\'\i}{\v{c}}ek, Jan},
  date         = {2020-09-01},
  journaltitle = {Neural Heads},
  title        = {On {$\alpha$}-Heads and $O(n \log n)$ Time},
  doi          = {10.1000/nh.2020.9},
  number       = {9},
  pages        = {1--9},
  volume       = {3},
  file         = {:Ash2020.pdf:PDF},
  groups       = {heads},
  priority     = {prio1},
}

@Comment{jabref-meta: databaseType:biblatex;}
""",
        {
            "author": "Ash, Rüdiger and Østby, Kari and Kubíček, Jan",
            "title": "On α-Heads and O(n log n) Time",
            "number": "9",
            "_published": "2020-09-01",
        },
    ),
    (
        "JabRef: a thesis of BibTeX",
        "@MastersThesis{Oak, author = {Oak, Rob}, school = {Example Institute}, title = {Heads}, year = {2018}, month = jun}",
        {"_type": "mastersthesis", "school": "Example Institute", "_published": "2018-06"},
    ),
    (
        "JabRef: dotless letters",
        r"@Misc{x, author = {Garc{\'{\i}}a, {\'I}{\~n}igo and {\.I}nce, Ay{\c{s}}e and Đ\dj uri\'c, \v Zeljko}, title={{T}}, year={2018}}",
        {"author": "García, Íñigo and İnce, Ayşe and Đđurić, Željko"},
    ),
    (
        "JabRef: a date in brackets",
        "@Article{x, author={Oak, Rob}, title={T}, journaltitle={J}, date={[2018]}}",
        ("date", "[2018]"),
    ),
]

MENDELEY: list[Row] = [
    (
        "Mendeley: escapes in the DOI and the address",
        r"""@article{Fir2019,
abstract = {An abstract with \unknown{commands} in it.},
author = {Fir, Max and Tan, Li},
doi = {10.1007/978-3-030-12345-6{\_}7},
journal = {Heads {\&} Tails},
mendeley-groups = {heads},
title = {{Heads: A first look}},
url = {http://link.example.com/10.1007/978-3-030-12345-6{\_}7},
year = {2019}
}""",
        {
            "doi": "10.1007/978-3-030-12345-6_7",
            "url": "https://link.example.com/10.1007/978-3-030-12345-6_7",
            "journal": "Heads & Tails",
            "title": "Heads: A first look",
        },
    ),
    (
        "Mendeley: an old DOI",
        r"@article{x, author={Fir, Max}, title={T}, journal={J}, year={1998}, doi={10.1002/(SICI)1097(199812)1:1{\textless}1::AID-A1{\textgreater}3.0.CO;2-{\#}}}",
        {
            "doi": "10.1002/(SICI)1097(199812)1:1<1::AID-A1>3.0.CO;2-#",
            "url": "https://doi.org/10.1002/(SICI)1097(199812)1:1%3C1::AID-A1%3E3.0.CO;2-%23",
        },
    ),
    (
        "Mendeley: dollars in an old DOI",
        r"@article{x, author={Fir, Max}, title={T}, journal={J}, year={1998}, doi={10.1002/1097(199812)1:1$<$1::AID-A1$>$3.0.CO;2-A}}",
        {"doi": "10.1002/1097(199812)1:1<1::AID-A1>3.0.CO;2-A"},
    ),
    (
        "Mendeley: an address in a formula",
        r"@misc{x, author={Fir, Max}, title={T}, year={1998}, url={http://www.example.edu/$\sim$fir/a{\%}20b.pdf}}",
        {"url": "https://www.example.edu/~fir/a%20b.pdf"},
    ),
]

DBLP: list[Row] = [
    (
        "DBLP: a conference with its namesakes",
        r"""@inproceedings{DBLP:conf/heads/LiuY23,
  author       = {Yang Liu 0001 and
                  Wei Wang 0047 and
                  J{\"{u}}rgen M{\"{u}}ller},
  editor       = {Una Reed},
  title        = {Heads that Copy},
  booktitle    = {Proceedings of HeadConf 2023, Lund, Sweden, June 4-8, 2023},
  series       = {{LNCS}},
  volume       = {14000},
  pages        = {1--12},
  publisher    = {Example},
  year         = {2023},
  url          = {https://doi.org/10.1000/978-3-031-0\_1},
  doi          = {10.1000/978-3-031-0\_1},
  timestamp    = {Mon, 05 Jun 2023 12:00:00 +0200},
  biburl       = {https://dblp.org/rec/conf/heads/LiuY23.bib},
  bibsource    = {dblp computer science bibliography, https://dblp.org}
}
""",
        {
            "author": "Liu, Yang and Wang, Wei and Müller, Jürgen",
            "doi": "10.1000/978-3-031-0_1",
            "url": "https://doi.org/10.1000/978-3-031-0_1",
            "volume": "14000",
        },
    ),
    (
        "DBLP: CoRR",
        r"""@article{DBLP:journals/corr/abs-2301-00001,
  author       = {Ada Bell},
  title        = {Heads, Again},
  journal      = {CoRR},
  volume       = {abs/2301.00001},
  year         = {2023},
  url          = {https://doi.org/10.48550/arXiv.2301.00001},
  doi          = {10.48550/ARXIV.2301.00001},
  eprinttype    = {arXiv},
  eprint       = {2301.00001},
}""",
        {"_type": "misc", "howpublished": "arXiv preprint", "journal": None, "volume": None, "eprint": "2301.00001"},
    ),
    (
        "DBLP: two entries of one work",
        "@inproceedings{a, title={T}, author={Bell, Ada}, crossref={b}, year=2020}\n@proceedings{b, title={P}, year=2020}",
        ("2 entries",),
    ),
]

SCHOLAR: list[Row] = [
    (
        "Google Scholar: a preprint",
        "@article{bell2021heads,\n  title={Heads and tails},\n  author={Bell, Ada and van Rijn, Jan},\n  journal={arXiv preprint arXiv:2104.05678},\n  year={2021}\n}",
        {"_type": "misc", "eprint": "2104.05678", "author": "Bell, Ada and van Rijn, Jan", "_published": "2021-04"},
    ),
    (
        "Google Scholar: cut short",
        "@article{bell2021heads, title={Heads}, author={Bell, Ada and Oak, Rob and others}, journal={J}, year={2021}}",
        ("'and others'", "give all authors"),
    ),
    (
        "Google Scholar: a thesis",
        "@phdthesis{bell2021heads,\n  title={Heads},\n  author={Bell, Ada},\n  year={2021},\n  school={Example University}\n}",
        {"_type": "phdthesis", "school": "Example University"},
    ),
    (
        "Google Scholar: a book of an organization",
        "@inproceedings{a, title={T}, author={Bell, Ada}, booktitle={HeadConf}, pages={1--2}, year={2021}, organization={IEEE}}",
        {"booktitle": "HeadConf", "publisher": None},
    ),
    (
        "Google Scholar: a name in capitals",
        "@article{a, title={T}, author={BELL, A and OAK, RJ}, journal={J}, year={2021}}",
        {"author": "BELL, A and OAK, RJ"},
    ),
]

SEMANTIC_SCHOLAR: list[Row] = [
    (
        "Semantic Scholar: ArXiv is no journal",
        "@article{Bell2021HeadsAT,\n  title={Heads and Tails},\n  author={Ada Bell and Jan van Rijn},\n  journal={ArXiv},\n  year={2021},\n  volume={abs/2104.05678},\n  url={https://api.semanticscholar.org/CorpusID:233000000}\n}",
        {
            "_type": "misc",
            "eprint": "2104.05678",
            "volume": None,
            "url": "https://api.semanticscholar.org/CorpusID:233000000",
        },
    ),
    (
        "Semantic Scholar: a name with a suffix",
        "@inproceedings{a, title={T}, author={John Oak Jr. and Ana de la Cruz and Rob Stone III}, booktitle={HeadConf}, year={2021}}",
        {"author": "Oak Jr., John and de la Cruz, Ana and Stone III, Rob"},
    ),
]

ACL: list[Row] = [
    (
        "ACL Anthology: accents, editors, an abstract",
        r"""@inproceedings{munoz-etal-2022-heads,
    title = "Heads in {S}{\~a}o {P}aulo: {BERT}ology for {P}ortuguese",
    author = "Mu{\~n}oz, Ana  and
      S{\o}rensen, Bj{\o}rn  and
      Nguy{\~{\^e}}n, V{\u{a}}n",
    editor = "Reed, Una",
    booktitle = "Proceedings of the 2022 Conference on Heads: {HEADS} 2022",
    month = jul # "/" # aug,
    year = "2022",
    address = "Online",
    publisher = "Association for Computational Linguistics",
    url = "https://aclanthology.org/2022.heads-1.1/",
    doi = "10.18653/v1/2022.heads-1.1",
    pages = "1--11",
    abstract = "We look at heads with {\textasciitilde}5{\%} more care."
}""",
        {
            "title": "Heads in São Paulo: BERTology for Portuguese",
            "author": "Muñoz, Ana and Sørensen, Bjørn and Nguyễn, Văn",
            "_published": "2022-07",
            "url": "https://aclanthology.org/2022.heads-1.1/",
        },
    ),
    (
        "ACL Anthology: quotes and a dash",
        r"""@inproceedings{a, title = "``Heads'' Don{'}t Copy --- They Move", author = "O{'}Brien, Sean", booktitle = "HeadConf", year = "2022"}""",
        {"title": "“Heads” Don't Copy — They Move", "author": "O'Brien, Sean"},
    ),
]

OPENREVIEW: list[Row] = [
    (
        "OpenReview: a key on its own line",
        "@inproceedings{\nmaple2024heads,\ntitle={Heads for {LLM}s: {\\$}k{\\$} Are Enough},\nauthor={Mia Maple and Zoë Oak},\nbooktitle={The Twelfth International Conference on Heads},\nyear={2024},\nurl={https://openreview.net/forum?id=AbCdEf1234}\n}",
        {"title": "Heads for LLMs: k Are Enough", "url": "https://openreview.net/forum?id=AbCdEf1234"},
    ),
    (
        "OpenReview: commands escaped once more",
        r"@misc{a, title={{\textbackslash}textsc{\{}Copy{\}} Heads: {\$}{\textbackslash}alpha{\$}-Scaling}, author={Mia Maple}, year={2024}}",
        {"title": "Copy Heads: α-Scaling"},
    ),
    (
        "OpenReview: a command that nobody knows",
        r"@misc{a, title={{\textbackslash}ourmethod{\{}{\}}: Copy Heads}, author={Mia Maple}, year={2024}}",
        ("{\\textbackslash}ourmethod", "LaTeX"),
    ),
    (
        "OpenReview: anonymous",
        "@inproceedings{\nanonymous2025heads,\ntitle={Heads},\nauthor={Anonymous},\nbooktitle={Submitted to HeadConf},\nyear={2025}\n}",
        {"author": "Anonymous"},
    ),
]

ARXIV: list[Row] = [
    (
        "arXiv: its own export",
        "@misc{bell2024heads,\n      title={Heads All the Way Down}, \n      author={Ada Bell and Jo van der Berg},\n      year={2024},\n      eprint={2404.01234},\n      archivePrefix={arXiv},\n      primaryClass={cs.CL},\n      url={https://arxiv.org/abs/2404.01234}, \n}",
        {"primaryclass": "cs.CL", "author": "Bell, Ada and van der Berg, Jo", "_published": "2024-04"},
    ),
    (
        "arXiv: a number of the old form",
        "@misc{a, title={T}, author={Ada Bell}, year={2002}, eprint={math.CO/0211159v2}, archivePrefix={arXiv}}",
        {"eprint": "math.CO/0211159", "primaryclass": None},
    ),
    *(
        (
            f"arXiv: {eprint}",
            f"@misc{{a, title={{T}}, author={{Ada Bell}}, year={{2024}}, eprint={{{eprint}}}, archiveprefix={{{prefix}}}}}",
            {"eprint": "2404.01234", "archiveprefix": "arXiv"},
        )
        for eprint, prefix in [
            ("arXiv:2404.01234", "arxiv"),
            ("2404.01234v3", "ArXiv"),
            ("https://arxiv.org/abs/2404.01234v1", "arXiv.org"),
            ("http://arxiv.org/pdf/2404.01234.pdf", "arXiv"),
            ("arXiv:2404.01234 [cs.CL]", "arXiv"),
            ("abs/2404.01234", "arXiv"),
        ]
    ),
    (
        "arXiv: no number",
        "@misc{a, title={T}, author={Ada Bell}, year={2024}, eprint={2413.01234}, archiveprefix={arXiv}}",
        ("eprint", "2413.01234"),
    ),
    (
        "another archive",
        "@article{a, title={T}, author={Ada Bell}, year={2024}, eprint={hal-0123}, archiveprefix={HAL}, journal={J}}",
        {"eprint": None, "archiveprefix": None, "journal": "J"},
    ),
]

PHYSICS: list[Row] = [
    (
        "INSPIRE: a suffix behind the given names",
        r"""@article{Stone:2008abc,
    author = "Stone, J. A., Jr. and Bell, A. and {\r A}kesson, T.",
    collaboration = "HEAD",
    title = "{Heads at $\sqrt{s}=13$ TeV}",
    eprint = "0803.1234",
    archivePrefix = "arXiv",
    primaryClass = "hep-ex",
    reportNumber = "HEAD-2008-1",
    doi = "10.1088/1748-0221/3/08/S08001",
    journal = "JINST",
    volume = "3",
    pages = "S08001",
    month = "8",
    year = "2008"
}""",
        {
            "author": "Stone Jr., J. A. and Bell, A. and Åkesson, T.",
            "title": "Heads at √s=13 TeV",
            "_type": "article",
            "eprint": "0803.1234",
            "_published": "2008-08",
            "_preprinted": "2008-03",
        },
    ),
    (
        "INSPIRE: formulas",
        r"""@article{Bell:2023abc,
    author = "Bell, A.",
    title = "{Search for $p_\mathrm{T}$ in $t\bar{t}$ at $ \sqrt{s} = 13\,\text{TeV} $, ${\cal CP}$ and $Z_2 \times Z_2$, D\O{}, 139 fb$^{-1}$}",
    journal = "J", year = "2023"
}""",
        {"title": "Search for p_T in tt̄ at √s = 13 TeV, CP and Z_2 × Z_2, DØ, 139 fb^-1"},
    ),
    (
        "ADS: a journal's macro, names in braces",
        r"""@ARTICLE{2019MNRAS.482.1234B,
       author = {{Bell}, Ada and {van Rijn}, Jan and {de la Cruz Su{\'a}rez}, Ana},
        title = "{Heads of Stars}",
      journal = {\mnras},
         year = "2019",
        month = "Jan",
       volume = {482},
        pages = {1234-1245},
          doi = {10.1093/mnras/sty1},
       eprint = {1810.01234},
       adsurl = {https://ui.adsabs.harvard.edu/abs/2019MNRAS.482.1234B},
}""",
        {
            "journal": "Monthly Notices of the Royal Astronomical Society",
            "_type": "article",
            "author": "Bell, Ada and van Rijn, Jan and de la Cruz Suárez, Ana",
            "pages": "1234--1245",
        },
    ),
    (
        "ADS: a macro that is none of theirs",
        r"@ARTICLE{a, author={{Bell}, Ada}, title={T}, journal={\jofheads}, year=2019}",
        ("journal", "\\jofheads"),
    ),
    (
        "ADS: a preprint",
        "@ARTICLE{a, author={{Bell}, Ada}, title={T}, journal={arXiv e-prints}, year=2021, eid={arXiv:2103.01234}, pages={arXiv:2103.01234}}",
        {"_type": "misc", "eprint": "2103.01234", "howpublished": "arXiv preprint", "pages": None},
    ),
]

PUBLISHERS: list[Row] = [
    (
        "Crossref: tags and entities, escaped",
        " @article{Bell_2024, title={Heads &amp;amp; Tails: &lt;i&gt;In vivo&lt;/i&gt; results}, volume={12}, ISSN={1234-5678}, url={http://dx.doi.org/10.1000/j.h.2024.1}, DOI={10.1000/j.h.2024.1}, number={3}, journal={Heads &amp; Minds}, publisher={Example &amp; Sons}, author={Bell, Ada and Oak, Rob}, year={2024}, month=Mar, pages={1–18} }",
        {
            "title": "Heads & Tails: In vivo results",
            "journal": "Heads & Minds",
            "publisher": "Example & Sons",
            "_published": "2024-03",
        },
    ),
    (
        "Crossref: MathML",
        '@article{a, title={On <mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>k</mml:mi></mml:math>-Heads and H<sub>2</sub>O, 10<sup>6</sup>}, author={Bell, Ada}, journal={J}, year={2024}}',
        {"title": "On k-Heads and H2O, 10^6"},
    ),
    (
        "tokens that look like tags",
        "@article{a, title={The <BOS> and <s> Tokens: <think> & <0x0A>, a<b>c}, author={Bell, Ada}, journal={J}, year={2024}}",
        {"title": "The <BOS> and <s> Tokens: <think> & <0x0A>, ac"},
    ),
    (
        "Springer: formulas twice in dollars",
        r"@article{a, title={Heads in $$\mathcal {O}(n)$$ time}, author={Bell, Ada}, journal={J}, year={2024}, month={Mar}, day={05}}",
        {"title": "Heads in O(n) time", "_published": "2024-03-05"},
    ),
    (
        "PMLR: days in the month",
        "@InProceedings{pmlr-v999-bell24a,\n  title = \t {Heads in {F}light},\n  author =       {Bell, Ada and Oak, Rob},\n  booktitle = \t {Proceedings of HeadConf},\n  pages = \t {1--9},\n  year = \t {2024},\n  editor = \t {Reed, Una},\n  volume = \t {999},\n  series = \t {Proceedings of Heads},\n  month = \t {21--27 Jul},\n  publisher =    {PMLR},\n  pdf = \t {https://proceedings.example.org/bell24a.pdf},\n}",
        {"_published": "2024-07", "volume": "999", "title": "Heads in Flight"},
    ),
    (
        "NeurIPS: a key of its own",
        "@inproceedings{NEURIPS2022_0123abcd,\n author = {Bell, Ada and ichter, brian},\n booktitle = {Advances in Heads},\n title = {Heads},\n volume = {35},\n year = {2022}\n}",
        {"author": "Bell, Ada and ichter, brian"},
    ),
    (
        "Wiley: an address for a key",
        "@article{https://doi.org/10.1000/(SICI)1-2(199)4:6<3::AID-A1>3.0.CO;2-9,\nauthor = {Bell, Ada},\ntitle = {Heads},\njournal = {J},\nyear = {1999}\n}",
        {"title": "Heads"},
    ),
    (
        "IEEE: a title with its dash",
        r"@ARTICLE{1234567,  author={Bell, A. and Oak, R.},  journal={IEEE Trans. Heads},  title={Heads—Part {II}},  year={2020},  volume={1},  number={},  pages={1-10},  doi={10.1109/TH.2020.1234567}}",
        {"title": "Heads—Part II", "pages": "1--10", "number": None},
    ),
    (
        "ScienceDirect: an address for a DOI",
        "@article{BELL2020101,\ntitle = {Heads},\njournal = {J. Heads},\nvolume = {5},\npages = {101},\nyear = {2020},\nissn = {0000-0000},\ndoi = {https://doi.org/10.1016/j.h.2020.01.001},\nurl = {https://www.example.com/science/article/pii/S000},\nauthor = {Ada Bell and Rob Oak}\n}",
        {"doi": "10.1016/j.h.2020.01.001"},
    ),
    (
        "bioRxiv: an eprint that is an address",
        "@article {Bell2024.01.01.1,\n\tauthor = {Bell, Ada and Oak, Rob},\n\ttitle = {Heads},\n\telocation-id = {2024.01.01.1},\n\tyear = {2024},\n\tdoi = {10.1101/2024.01.01.1},\n\teprint = {https://www.biorxiv.org/content/early/2024/01/01/2024.01.01.1.full.pdf},\n\tjournal = {bioRxiv}\n}",
        {"_type": "article", "journal": "bioRxiv", "eprint": None, "doi": "10.1101/2024.01.01.1"},
    ),
    (
        "Zenodo: software",
        "@software{bell_2024_1234567,\n  author       = {Bell, Ada},\n  title        = {example/heads: v1.0},\n  month        = jan,\n  year         = 2024,\n  publisher    = {Zenodo},\n  version      = {v1.0},\n  doi          = {10.5281/zenodo.1234567},\n  url          = {https://doi.org/10.5281/zenodo.1234567},\n}",
        {"_type": "software", "howpublished": "Zenodo", "publisher": None, "_published": "2024-01"},
    ),
    (
        "GitHub: a dataset",
        "@dataset{a, author={Bell, Ada}, title={Heads1k}, year={2024}, publisher={Hugging Face}, url={https://huggingface.co/datasets/x/y}}",
        {"_type": "dataset", "howpublished": "Hugging Face"},
    ),
    (
        "a publisher's DOI in percent signs",
        "@article{a, author={Bell, Ada}, title={T}, journal={J}, year={2024}, doi={http://dx.doi.org/10.1000%2Fabc%3C1%3E}}",
        {"doi": "10.1000/abc<1>"},
    ),
    (
        "a DOI with its prefix and a full stop",
        "@article{a, author={Bell, Ada}, title={T}, journal={J}, year={2024}, doi={doi: 10.1000/abc.}}",
        {"doi": "10.1000/abc"},
    ),
    (
        "a DOI only in the address",
        "@article{a, author={Bell, Ada}, title={T}, journal={J}, year={2024}, url={https://dx.doi.org/10.1000/abc}}",
        {"doi": "10.1000/abc"},
    ),
]

PEOPLE: list[Row] = [
    (
        "by hand: commas between authors",
        "@article{a, author={Ada Bell, Rob Oak, Sam Pine}, title={T}, journal={J}, year={2024}}",
        ("list of names", "Ada Bell, Rob Oak, Sam Pine"),
    ),
    (
        "by hand: two authors and a comma",
        "@article{a, author={Ada Bell, Rob Oak}, title={T}, journal={J}, year={2024}}",
        ("may be two people", "Ada Bell, Rob Oak"),
    ),
    (
        "by hand: commas, and an and",
        "@article{a, author={Ada Bell, Rob Oak and Sam Pine}, title={T}, journal={J}, year={2024}}",
        ("may be two people",),
    ),
    (
        "by hand: two family names, in braces",
        "@article{a, author={{Garc{\\'i}a M{\\'a}rquez}, Juan Gabriel}, title={T}, journal={J}, year={2024}}",
        {"author": "García Márquez, Juan Gabriel"},
    ),
    (
        "by hand: two family names among others",
        "@article{a, author={Sen Sharma, Arnab Kumar and Bell, Ada}, title={T}, journal={J}, year={2024}}",
        {"author": "Sen Sharma, Arnab Kumar and Bell, Ada"},
    ),
    (
        "by hand: an ampersand",
        r"@article{a, author={Bell, Ada \& Oak, Rob}, title={T}, journal={J}, year={2024}}",
        ("list of names", "\\&"),
    ),
    (
        "by hand: semicolons",
        "@article{a, author={Bell, Ada; Oak, Rob}, title={T}, journal={J}, year={2024}}",
        ("list of names", ";"),
    ),
    (
        "by hand: et al.",
        "@article{a, author={Bell, Ada and Oak, Rob et al.}, title={T}, journal={J}, year={2024}}",
        ("et al.", "give all authors"),
    ),
    (
        "by hand: initials without commas between",
        "@article{a, author={Bell A, Oak R}, title={T}, journal={J}, year={2024}}",
        ("list of names",),
    ),
    (
        "by hand: affiliations above the line",
        "@article{a, author={Ada Bell$^{1}$ and Rob Oak$^2$}, title={T}, journal={J}, year={2024}}",
        ("list of names",),
    ),
    (
        "by hand: all authors in one pair of braces",
        "@article{a, author={{Bell, Ada and Oak, Rob}}, title={{T}}, journal={{J}}, year={{2024}}}",
        {"author": "Bell, Ada and Oak, Rob"},
    ),
    (
        "by hand: all authors in one pair of braces, as they are spoken",
        "@article{a, author={{Ada Bell and Rob Oak}}, title={{T}}, journal={{J}}, year={{2024}}}",
        ("braces", "Ada Bell and Rob Oak"),
    ),
    (
        "by hand: a group and a person",
        "@article{a, author={{The Heads Team} and {OpenHeads} and Bell, Ada}, title={T}, journal={J}, year={2024}}",
        {"author": "{The Heads Team} and OpenHeads and Bell, Ada"},
    ),
    (
        "by hand: a suffix between commas",
        "@article{a, author={King, Jr., Martin L. and Sammy Davis, Jr.}, title={T}, journal={J}, year={2024}}",
        {"author": "King Jr., Martin L. and Davis Jr., Sammy"},
    ),
    (
        "by hand: an initial that is no suffix",
        "@article{a, author={Anand, V and Petrov, I. and Nguyen, Vi}, title={T}, journal={J}, year={2024}}",
        {"author": "Anand, V and Petrov, I. and Nguyen, Vi"},
    ),
    (
        "by hand: hard spaces",
        r"@article{a, author={Bell, A.~B. and Oak,~R.\,J. and Pine, S.\ T.}, title={T}, journal={J}, year={2024}}",
        {"author": "Bell, A. B. and Oak, R. J. and Pine, S. T."},
    ),
    (
        "by hand: an address in the note",
        r"@misc{a, author={Bell, Ada}, title={T}, year={2024}, note={Available at \url{https://example.org/a_b}, accessed May 3, 2024.}}",
        {"url": "https://example.org/a_b"},
    ),
    (
        "by hand: an address for how it was published",
        r"@misc{a, author={Bell, Ada}, title={T}, year={2024}, howpublished={\url{https://example.org/heads.html}. Accessed: 2024-05-03}}",
        {"url": "https://example.org/heads.html", "howpublished": None},
    ),
    (
        "by hand: a blog and its address",
        r"@misc{a, author={Bell, Ada}, title={T}, year={2024}, howpublished={Heads Blog, \href{https://example.org/heads}{here}}}",
        {"url": "https://example.org/heads", "howpublished": "Heads Blog, here"},
    ),
    (
        "by hand: an address of two words",
        "@misc{a, author={Bell, Ada}, title={T}, year={2024}, url={https://example.org/a b}}",
        ("url", "https://example.org/a b"),
    ),
    (
        "by hand: an address without its scheme",
        "@misc{a, author={Bell, Ada}, title={T}, year={2024}, url={www.example.org/a}}",
        {"url": "https://www.example.org/a"},
    ),
    (
        "by hand: no key",
        "@misc{ title={T}, author={Bell, Ada}, year={2024} }",
        {"title": "T"},
    ),
    (
        "by hand: a key of two words",
        "@misc{Bell and Oak 2024, title={T}, author={Bell, Ada}, year={2024} }",
        {"title": "T"},
    ),
    (
        "by hand: parentheses around the entry",
        "@misc(bell, title={T (or not)}, author={Bell, Ada}, year={2024})",
        {"title": "T (or not)"},
    ),
    (
        "by hand: a brace that isn't closed",
        "@misc{bell2024brace,\n  title={A {Brace},\n  author={Bell, Ada},\n  year={2024}\n}",
        ("here:1", "'@misc{bell2024brace,'"),
    ),
    (
        "by hand: a typing error in a formula",
        "@misc{a,\n  title={Heads of $\\sqrt$ Size},\n  author={Bell, Ada},\n  year={2024}\n}",
        ("here:2", "$\\sqrt$"),
    ),
    (
        "by hand: escaped quotes",
        r"@misc{a, title={\"Heads\" Matter}, author={Bell, Ada}, year={2024}}",
        ("LaTeX", '\\"'),
    ),
    (
        "by hand: line breaks of a program",
        r"@misc{a, title={Heads\nMatter}, author={Bell, Ada}, year={2024}}",
        ("LaTeX", "\\nMatter"),
    ),
    (
        "by hand: codes of JSON",
        r"@misc{a, title={Z\u00fcrich}, author={Bell, Ada}, year={2024}}",
        ("LaTeX", "\\u"),
    ),
    (
        "by hand: amounts of money",
        r"@misc{a, title={From \$5 to $10 a Head}, author={Bell, Ada}, year={2024}}",
        {"title": "From $5 to $10 a Head"},
    ),
    (
        "from a PDF: ligatures and hyphens that aren't seen",
        "@misc{a, title={Eﬃcient Atten\u00adtion in the ﬁeld}, author={Bell, Ada}, year={2024}}",
        {"title": "Efficient Attention in the field"},
    ),
    (
        "from a PDF: letters of a font",
        "@misc{a, title={Heads \uf0b7 Tails}, author={Bell, Ada}, year={2024}}",
        ("U+F0B7", "here:1"),
    ),
    (
        "misread: UTF-8 taken for Latin",
        "@misc{a, title={ZÃ¼rich}, author={Bell, Ada}, year={2024}}",
        ("another encoding", "'ü'"),
    ),
    (
        "misread: characters that are lost",
        "@misc{a, title={Z\ufffdrich}, author={Bell, Ada}, year={2024}}",
        ("U+FFFD",),
    ),
    (
        "by hand: an unknown type",
        "@blogpost{a, title={T}, author={Bell, Ada}, year={2024}, journal={Heads Blog}}",
        {"_type": "misc", "howpublished": "Heads Blog"},
    ),
    (
        "by hand: a bachelor's thesis",
        "@thesis{a, title={T}, author={Bell, Ada}, year={2024}, type={Bachelor's thesis}, school={Example University}}",
        {"_type": "misc", "howpublished": "Example University"},
    ),
    (
        "by hand: a chapter, as biblatex has it",
        "@inbook{a, title={T}, author={Bell, Ada}, year={2024}, booktitle={Handbook of Heads}, publisher={P}}",
        {"_type": "incollection", "booktitle": "Handbook of Heads"},
    ),
    (
        "by hand: too long",
        f"@misc{{a, title={{{'Heads ' * 400}}}, author={{Bell, Ada}}, year={{2024}}}}",
        ("title has more than",),
    ),
]

DATES: list[Row] = [
    (
        f"a date: {fields}",
        f"@article{{a, title={{T}}, author={{Bell, Ada}}, journal={{J}}, {fields}}}",
        {"year": published[:4], "_published": published},
    )
    for fields, published in [
        ("date={2021-05-03}", "2021-05-03"),
        ("date={2021-05-03/2021-05-07}", "2021-05-03"),
        ("date={2021-05/..}", "2021-05"),
        ("date={2021-05-03T10:00:00+02:00}", "2021-05-03"),
        ("date={2021?}", "2021"),
        ("date={2021~}", "2021"),
        ("date={2021-22}", "2021"),
        ("date={2021-05-uu}", "2021-05"),
        ("date={2021-5-3}", "2021-05-03"),
        ("date={2021-13-01}, year={2021}", "2021"),
        ("year={2021}, month=may", "2021-05"),
        ('year=2021, month="10--15 " # may', "2021-05"),
        ("year={2021}, month=may # {~3--7}", "2021-05"),
        ("year={2021}, month={May 3–7}", "2021-05"),
        ("year={2021}, month={May/June}", "2021-05"),
        ("year={2021}, month={Sept.}", "2021-09"),
        ("year={2021}, month={05}, day={3}", "2021-05-03"),
        ("year={2021}, month={Spring}", "2021"),
        ("year={2021}, month={Mayor}", "2021"),
    ]
]
DATES += [
    (
        f"no date: {value}",
        f"@article{{a, title={{T}}, author={{Bell, Ada}}, journal={{J}}, date={{{value}}}}}",
        (value,),
    )
    for value in ["in press", "20 May", "199X", "/2021", "-0044"]
]

ROWS = [
    *(*ZOTERO, *BETTER_BIBTEX, *JABREF, *MENDELEY, *DBLP, *SCHOLAR, *SEMANTIC_SCHOLAR, *ACL, *OPENREVIEW, *ARXIV),
    *(*PHYSICS, *PUBLISHERS, *PEOPLE, *DATES),
]
