"""Lists of goals as people write them, read with the place of every letter."""

import codecs
import io
import zipfile

import openpyxl
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from plumbline_judge.lint.documents import Source, document_of, read_document, read_source
from plumbline_judge.lint.written import Unreadable

MARKDOWN = """\
---
owner: Ada
---
# OKRs Q3 2026

## Objective 1: Riders **love** the bikes

### Key results

1. KR1.1: Publish 10 blog articles
2. Raise retention from 31% to 45%
   by the [end of June](https://example.com)
   - a note below
3. [ ] Hold 12 `customer` interviews

### Initiatives

- Rewrite the onboarding guide

### Notes

- Nothing that is a goal

## O2 – Known in every city

- **KR1:** NPS from 30 to 45
* ~~KR2: Launch the old app~~

## Fast repairs

- KR: Cut repair time from 5 days to 2 days
- Hire 5 mechanics

```
- KR: no goal, but code
```
"""
NESTED = """\
- Objective: Be known to commuters
  - KR1: Publish 10 articles
  - KR2: Hold 3 events
    - with a note
  - Initiatives
    - Call the paper
- Objective: Keep them
  - Cut churn to 3%
"""
PLAIN = """\
Objective: Be known to commuters
KR1: Publish 10 articles
KR2 Cut churn to 3%

O2: Be fast
Key results:
Ship the new app
Page load under 1 s
Initiatives:
Rewrite the pages
"""
YAML = """\
# our goals
cycle: Q3
objectives:
  - objective: Riders love the bikes
    lead: Ada
    key_results:
      - Publish 10 blog articles   # soon
      - title: "Raise \\"retention\\" from 31% to 45%"
        lead: Ben
      - KR3: Hold 12
          interviews
      - Retention: from 31% to 45%
      - >
        Cut churn
        to 3%
    initiatives: [Write the guide, 'it''s a start']
  - title: Be known
    krs: {KR1: Launch the app, KR2: NPS to 45}
---
O1: Be fast
KR1: Hire 5 people
"""
SEPARATED = '''\
Exported on 1 May;;
Objective;Key Result;Owner
"Be ""known""";Publish 10 articles;Ada
;"Cut churn
to 3%";Ben
Be fast;"- Page load under 1 s
- Launch the app";Ben
'''
EXPLORER = """\
Id,Title,Owner,"Aligned To (weight, Objective ID)",Object Type
1,Be known,Ada,,Objective
2,Be fast,Ada,,Objective
3,Publish 10 articles,"Ada, Ben","Be known(weight: 25.0%, Id: 1)",Key result
4,Page load under 1 s,Ada,"Be fast(weight: 25.0%, Id: 2)",Key result
5,Rewrite the pages,Ada,"Be fast(weight: 0.0%, Id: 2)",Deliverable
"""


def told(document):
    return [
        (
            one.objective.text if one.objective else "",
            [goal.text for goal in one.key_results],
            [goal.text for goal in one.initiatives],
        )
        for one in document.sets
    ]


def goals(document):
    for one in document.sets:
        yield from (*([one.objective] if one.objective else []), *one.key_results, *one.initiatives)


def where(document, text):
    goal = next(goal for goal in goals(document) if goal.text.startswith(text))
    return tuple(document.place(goal))[:4]


def test_markdown_with_headings():
    document = document_of(MARKDOWN, "markdown")

    assert told(document) == [
        (
            "Riders love the bikes",
            [
                "Publish 10 blog articles",
                "Raise retention from 31% to 45% by the end of June",
                "Hold 12 customer interviews",
            ],
            ["Rewrite the onboarding guide"],
        ),
        ("Known in every city", ["NPS from 30 to 45"], []),
        ("Fast repairs", ["Cut repair time from 5 days to 2 days", "Hire 5 mechanics"], []),
    ]
    assert where(document, "Publish") == (10, 11, 10, 35)
    assert where(document, "Raise") == (11, 4, 12, 23)
    assert where(document, "NPS") == (26, 12, 26, 29)


def test_markdown_with_nested_bullets():
    assert told(document_of(NESTED, "markdown")) == [
        ("Be known to commuters", ["Publish 10 articles", "Hold 3 events"], ["Call the paper"]),
        ("Keep them", ["Cut churn to 3%"], []),
    ]


def test_a_table_in_markdown():
    rows = ("| Objective | Key Result |", "|---|:--|", "| Be known | Publish 10 articles |", "| | Cut `churn` to 3% |")
    table = "\n".join(rows)
    document = document_of(f"# Goals\n\n{table}", "markdown")

    assert told(document) == [("Be known", ["Publish 10 articles", "Cut churn to 3%"], [])]
    assert where(document, "Publish") == (5, 14, 5, 33)


def test_plain_text_with_labels():
    assert told(document_of(PLAIN, "text")) == [
        ("Be known to commuters", ["Publish 10 articles", "Cut churn to 3%"], []),
        ("Be fast", ["Ship the new app", "Page load under 1 s"], ["Rewrite the pages"]),
    ]


def test_plain_lines_are_key_results():
    assert told(document_of("Publish 10 articles\n\n- Cut churn to 3%\n", "text")) == [
        ("", ["Publish 10 articles", "Cut churn to 3%"], [])
    ]


def test_german_labels():
    text = "## Ziel 1: Räder begeistern\n\nSchlüsselergebnisse:\n\n- 10 Artikel schreiben\n\nMaßnahmen\n\n- Anrufen\n"

    assert told(document_of(text, "markdown")) == [("Räder begeistern", ["10 Artikel schreiben"], ["Anrufen"])]


def test_yaml_in_the_ways_people_write_it():
    document = document_of(YAML, "yaml")

    assert told(document) == [
        (
            "Riders love the bikes",
            [
                "Publish 10 blog articles",
                'Raise "retention" from 31% to 45%',
                "Hold 12 interviews",
                "Retention: from 31% to 45%",
                "Cut churn to 3%",
            ],
            ["Write the guide", "it's a start"],
        ),
        ("Be known", ["Launch the app", "NPS to 45"], []),
        ("Be fast", ["Hire 5 people"], []),
    ]
    assert where(document, "Publish") == (7, 9, 7, 33)
    assert where(document, "Hold") == (10, 14, 11, 21)
    assert where(document, "Cut") == (14, 9, 15, 14)


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ("objectives:\n  - objective: 'never closed\n", 2),
        ("a: [1, 2\n", 1),
        ("a:\n\t- b\n", 2),
        ("a: b\n   c: d\n", 2),
        ("a: 'b' c\n", 1),
        ("- " * 80 + "a", 1),
        ("[" * 200, 1),
        ("a: b\nc: *nowhere\n", 2),
        ("- &a\n  - *a\n", 2),
    ],
)
def test_yaml_that_is_not_understood_is_refused_with_its_line(broken, line):
    with pytest.raises(Unreadable) as refused:
        document_of(broken, "yaml")
    assert refused.value.line == line


def test_what_an_alias_repeats_is_read_where_it_is_written():
    text = """\
objectives:
  - objective: &title Be known
    key_results: &common
      - &first Publish 10 articles
      - Cut churn to 3%
  - objective: *title
    key_results: *common
  - objective: Be fast
    key_results: [*first]
"""
    document = document_of(text, "yaml")

    assert told(document) == [
        ("Be known", ["Publish 10 articles", "Cut churn to 3%"], []),
        ("Be known", ["Publish 10 articles", "Cut churn to 3%"], []),
        ("Be fast", ["Publish 10 articles"], []),
    ]
    assert [document.place(one.key_results[0])[:2] for one in document.sets] == [(4, 16)] * 3
    assert [goal.block is None for goal in document.sets[0].key_results] == [True, False]


BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]\n" for at in range(1, 12))
CHAIN = "- &a0 [x]\n" + "".join(f"- &a{at} [*a{at - 1}]\n" for at in range(1, 90))


@pytest.mark.parametrize(
    ("text", "why"),
    [(BOMB, "aliases"), (CHAIN, "too deeply"), ("x\n" * 500_001, "a million letters"), ("a: \x07", "does not allow")],
    ids=["bomb", "chain", "long", "bell"],
)
def test_yaml_that_would_take_for_ever_is_refused(text, why):
    with pytest.raises(Unreadable, match=why):
        document_of(text, "yaml")


def test_separated_values_whatever_parts_them():
    document = document_of(SEPARATED, "csv")

    assert told(document) == [
        ('Be "known"', ["Publish 10 articles", "Cut churn\nto 3%"], []),
        ("Be fast", ["Page load under 1 s", "Launch the app"], []),
    ]
    assert where(document, "Cut") == (4, 3, 5, 6)
    assert told(document_of(SEPARATED.replace(";", "\t"), "csv")) == told(document)


def test_the_export_of_another_tool():
    assert told(document_of(EXPLORER, "csv")) == [
        ("Be known", ["Publish 10 articles"], []),
        ("Be fast", ["Page load under 1 s"], ["Rewrite the pages"]),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name,key_result_1_title,key_result_2_title\nBe fast,Page load under 1 s,\n", [("Be fast", 1)]),
        ("name,type\nBe fast,goal\nPage load under 1 s,milestone\nLaunch it,milestone\n", [("Be fast", 2)]),
        ("Row ID,Title,Parent\n1,Be fast,\n2,Page load under 1 s,1\n", [("Be fast", 1)]),
        ("Main,L1,L2\nHouse,Be fast,\n,,Page load under 1 s\n", [("Be fast", 1)]),
        ("Objective Title,Metric_Name\nBe fast,Page load\n", [("Be fast", 0)]),
        ("Publish 10 articles\nCut churn to 3%\n", [("", 2)]),
        ("Date,Value\n2026-01-01,4\n", []),
    ],
)
def test_tables_of_other_tools(text, expected):
    found = document_of(text, "csv").sets

    assert [(one.objective.text if one.objective else "", len(one.key_results)) for one in found] == expected


def a_workbook():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Team OKRs"
    sheet["A1"] = "Our OKRs"
    sheet.append([])
    sheet.append(["Objective", "Key Result", "Target"])
    sheet.append(["Be known to commuters", "Publish 10 blog articles", 10])
    sheet.append([None, "Raise retention from 31% to 45%", "=40+5"])
    sheet.merge_cells("A4:A5")
    other = book.create_sheet("Ünder & over")
    other.append(["name", "key_result_1_title"])
    other.append(["Be fast", "Page load under 1 s"])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_a_workbook_is_read_cell_by_cell():
    document = read_document(Source("okrs.xlsx", "workbook", a_workbook()))

    assert told(document) == [
        ("Be known to commuters", ["Publish 10 blog articles", "Raise retention from 31% to 45%"], []),
        ("Be fast", ["Page load under 1 s"], []),
    ]
    assert [str(goal.cell) for goal in goals(document)] == [
        "Team OKRs!A4",
        "Team OKRs!B4",
        "Team OKRs!B5",
        "Ünder & over!A2",
        "Ünder & over!B2",
    ]


def with_a_cell_in_the_far_corner():
    book = openpyxl.Workbook()
    book.active["A1"] = book.active["XFD1048576"] = "Publish 10 articles"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def packed(**parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/"), text)
    return data.getvalue()


REFUSED = {
    "locked.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
    "no.xlsx": (b"Objective,Key Result\n", "no workbook"),
    "cut.xlsx": (a_workbook()[:900], "damaged"),
    "other.xlsx": (packed(a="b"), "no workbook"),
    "entities.xlsx": (packed(**{"xl__workbook.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>",
                                "xl___rels__workbook.xml.rels": "<a/>"}), "damaged"),
    "sparse.xlsx": (with_a_cell_in_the_far_corner(), "2,000,000 cells"),
    "unpacked.xlsx": (packed(**{"xl__workbook.xml": "<a/>", "b": b"\0" * 100_000_001}), "100 MB"),
    "picture.md": (b"\x89PNG\r\n\x1a\n\0\0", "a picture"),
    "paper.txt": (b"%PDF-1.7", "a PDF"),
    "nuls.csv": (b"Objective\0", "no text"),
    "latin.md": ("# Ziel\n\n- KR: Größe\n".encode("latin-1"), "UTF-8"),
    "goals.docx": (b"PK", "are not read"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_can_not_be_read_says_why(tmp_path, name):
    data, why = REFUSED[name]
    (tmp_path / name).write_bytes(data)

    with pytest.raises(Unreadable, match=why):
        read_document(read_source(str(tmp_path / name)))


BOOK = a_workbook()


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.integers(0, len(BOOK) - 1), st.integers(0, 255), max_size=6))
def test_a_workbook_with_wrong_bytes_is_read_or_refused(changes):
    data = bytearray(BOOK)
    for at, byte in changes.items():
        data[at] = byte
    try:
        document = read_document(Source("okrs.xlsx", "workbook", bytes(data)))
    except Unreadable:
        return
    assert all(goal.text and goal.cell for goal in goals(document))


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    with (tmp_path / "huge.md").open("wb") as file:
        file.truncate(30_000_000)

    with pytest.raises(Unreadable, match="20 MB"):
        read_source(str(tmp_path / "huge.md"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marks_of_order_are_no_part_of_the_text(encoding):
    data = "KR1: Cut churn to 3%\r\nKR2: Größe 5\r\n".encode(encoding)
    mark = next((name for name in ("utf-8-sig", "utf-16") if encoding == name), "utf-8")
    document = read_document(Source("a.txt", "text", data, mark))

    assert told(document) == [("", ["Cut churn to 3%", "Größe 5"], [])]
    assert where(document, "Größe") == (2, 6, 2, 13)
    assert data.startswith(codecs.BOM_UTF8) == (encoding == "utf-8-sig")


ALL_LINES = [*MARKDOWN.splitlines(), *PLAIN.splitlines(), *NESTED.splitlines(), "| Objective | KR |", "|--|--|"]
LINES = st.lists(st.sampled_from(ALL_LINES))


@settings(max_examples=150, deadline=None)
@example(
    ["Objective: Be known to commuters", "   by the [end of June](https://example.com)", "owner: Ada"], "markdown", "\n"
)
@given(LINES, st.sampled_from(["markdown", "text"]), st.sampled_from(["\n", "\r\n"]))
def test_every_letter_stands_where_it_says(lines, kind, ending):
    document = document_of(ending.join(lines), kind)

    for goal in goals(document):
        assert len(goal.at) == len(goal.text)
        assert goal.text.split() == "".join(document.text[at] for at in goal.at).split()
        assert list(goal.at) == sorted(goal.at)


@settings(max_examples=150, deadline=None)
@example("&", "yaml")
@given(st.text(max_size=300), st.sampled_from(["markdown", "text", "yaml", "csv"]))
def test_any_text_is_read_or_refused(text, kind):
    try:
        document = document_of(text, kind)
    except Unreadable:
        return
    for goal in goals(document):
        place = document.place(goal)
        assert 1 <= place.line <= place.end_line <= len(document.starts)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=90).map(
    lambda text: " ".join(text.split())
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(WORDS.filter(lambda text: text.strip() and "\ufeff" not in text), min_size=1, max_size=5),
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.booleans(),
    st.integers(20, 120),
)
def test_yaml_of_another_program_is_read_as_it_means_it(texts, style, flow, width):
    data = {"objective": "Riders love the bikes", "key_results": [f"Raise {text}." for text in texts]}
    written = yaml.safe_dump(data, default_style=style, default_flow_style=flow, width=width, allow_unicode=True)
    document = document_of(written, "yaml")

    assert [goal.text for goal in document.sets[0].key_results] == data["key_results"], written
    for goal in goals(document):
        assert list(goal.at) == sorted(goal.at)
        for letter, at in zip(goal.text, goal.at, strict=True):
            stands = document.text[at]
            assert stands in (letter, "\\") or (letter + stands).isspace(), written


PIECES = "- ,a: ,b, c,&a ,*a ,[,],{,},',\",\\,|,>,#,? ,!t ,\n,\n  ,\n    ,%,---\n,\\n,\t,key_results:".split(",")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, ",", "Objective: "]), max_size=40).map("".join))
@example("krs: &a 'a\n\n  b'")
def test_every_letter_of_any_yaml_has_a_place(text):
    try:
        document = document_of(text, "yaml")
    except Unreadable:
        return
    for goal in goals(document):
        assert len(goal.at) == len(goal.text)
        assert all(0 <= at < len(text) for at in goal.at)
