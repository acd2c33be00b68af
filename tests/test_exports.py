"""Briefings as files: the JSON's shape, Markdown that shows hostile text literally, CSV without formulas."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.exports import (
    briefing_markdown,
    briefing_object,
    comparison_csv,
    comparison_markdown,
    comparison_object,
    figures_csv,
)
from assistant.records import Citation, Tokens
from assistant.records.briefings import (
    Branch,
    Briefing,
    Bullet,
    Comparison,
    Conflict,
    ConflictKind,
    Coverage,
    Event,
    Figure,
    FigureRow,
    Reading,
    Theme,
    ThemeRow,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![图](http://evil.example/a.png)",
    "[点这里](javascript:alert(1))",
    "[1]: http://evil.example",
    "见 http://evil.example 和 www.evil.example 或 a@evil.example",
    "# 不是标题",
    "- 不是列表",
    "1. 不是列表",
    "> 不是引文",
    "=== ---",
    "一|二\\|三 | 四",
    "**粗** __粗__ *斜* _斜_ ~~删~~ `码` ```",
    "&lt;b&gt; &amp; R&D",
    "a\\*b $x^2$ <!-- c -->",
    '=HYPERLINK("http://evil.example")',
    "+cmd|' /C calc'!A0",
    "甲\n\n# 乙\n\n| 丙 | 丁 |\n| --- | --- |",
    "甲\r\x1b[31m乙\u202e丙\ud800",
)
OURS = {"概述", "主题", "数据", "时间线", "说法不同之处", "来源"}


def citation(n: int, text: str = "桐州银行发放贷款3.5亿元。", title: str = "年度公报") -> Citation:
    return Citation(
        n, "公报.txt", title, "2021-03-01", "桐州日报", 2, text, 0, len(text), 0, len(text), ("副本.txt",)
    )


def figure(value: str, unit: str, citations: tuple[int, ...] = (1,), indicator: str = "贷款") -> Figure:
    return Figure(indicator, value, unit, "2021", citations, "桐州银行", value + unit)


def briefing(text: str = "桐州银行发放贷款3.5亿元。", figures: Sequence[Figure] = ()) -> Briefing:
    """One that has the text in every part."""
    reading = Reading("3.5", "亿元", "2021", "2021-03-01", text, (1,))
    return Briefing(
        company="桐州银行",
        engine="quoting",
        headline=(Bullet(text, (1,), "桐州银行"), Bullet("设网点12个；", (1, 2), "桐州银行")),
        themes=(Theme(text, (Bullet(text, (1,), "桐州集团", grounded=False),)),),
        figures=tuple(figures) or (figure("3.5", "亿元", (1, 2), text),),
        timeline=(Event("2021-03", text, (2,), "桐州银行"),),
        conflicts=(Conflict(text, ConflictKind.CHANGE, (reading, reading)),),
        coverage=Coverage(2, 9, 7, 1),
        citations=(citation(1, text, text), citation(2)),
        group="桐州集团",
        branches=(Branch("桐州银行东城支行", 3),),
        seconds=0.12345,
        notices=(text,),
        tokens=Tokens(1, 2),
    )


def comparison(text: str) -> Comparison:
    return Comparison(
        companies=("桐州银行", "青州银行"),
        themes=(ThemeRow(text, ((Bullet(text, (1,), "桐州银行"),), ())),),
        figures=(FigureRow(text, ((figure("3.5", "亿元"),), (figure("4", "亿元", (2,)),))),),
        coverages=(Coverage(2, 9, 7, 1), Coverage(1, 1, 1, 0)),
        citations=(citation(1, text), citation(2)),
    )


def parsed(markdown: str) -> list[Token]:
    """All tokens of a document as GitHub would read it, those within lines after the line's own."""
    found: list[Token] = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown):
        found += [token, *(token.children or ())]
    return found


def shown(markdown: str) -> str:
    """What a reader sees, without blanks and joiners."""
    text = "".join(t.content for t in parsed(markdown) if t.type in ("text", "text_special"))
    return "".join(text.replace("\u2060", "").split())


def test_a_briefing_becomes_json_of_the_agreed_shape() -> None:
    value = json.loads(json.dumps(briefing_object(briefing()), ensure_ascii=False))
    assert list(value)[:8] == [
        *(
            "company",
            "headline",
            "headline_sentences",
            "themes",
            "figures",
            "timeline",
            "conflicts",
            "coverage",
        )
    ]
    assert value["headline"] == "桐州银行发放贷款3.5亿元[1]。设网点12个[1][2]。"
    assert value["headline_sentences"][1]["text"] == "设网点12个；"
    assert value["themes"][0]["bullets"][0] == {
        "text": "桐州银行发放贷款3.5亿元。",
        "citations": [1],
        "company": "桐州集团",
        "grounded": False,
    }
    assert {"indicator", "value", "unit", "as_of", "citations", "company", "text"} <= set(value["figures"][0])
    assert value["timeline"] == [
        {"date": "2021-03", "text": "桐州银行发放贷款3.5亿元。", "citations": [2], "company": "桐州银行"}
    ]
    assert value["conflicts"][0]["kind"] == "change"
    assert value["conflicts"][0]["readings"][0]["published"] == "2021-03-01"
    assert value["coverage"] == {"documents": 2, "passages": 9, "used": 7, "reprints": 1}
    assert value["citations"][0]["quote"] == "桐州银行发放贷款3.5亿元。"
    assert (value["group"], value["branches"]) == ("桐州集团", [{"name": "桐州银行东城支行", "passages": 3}])
    assert (value["seconds"], value["tokens"]) == (0.123, {"prompt": 1, "completion": 2})


def test_a_comparison_becomes_json_with_each_company_named() -> None:
    value = json.loads(json.dumps(comparison_object(comparison("贷款")), ensure_ascii=False))
    assert [entry["company"] for entry in value["companies"]] == ["桐州银行", "青州银行"]
    (row,) = value["figures"]
    assert [(cell["company"], cell["figures"][0]["value"]) for cell in row["companies"]] == [
        ("桐州银行", "3.5"),
        ("青州银行", "4"),
    ]
    assert value["themes"][0]["companies"][1] == {"company": "青州银行", "bullets": []}


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_documents_never_becomes_markdown(text: str) -> None:
    for markdown in (briefing_markdown(briefing(text)), comparison_markdown(comparison(text))):
        markdown.encode()
        tokens = parsed(markdown)
        kinds = {token.type for token in tokens}
        assert not {
            kind for kind in kinds if kind.startswith(("html", "link", "image", "code", "fence", "em_", "s_"))
        }
        assert not {"hr", "lheading_open", "ordered_list_open"} & kinds
        headings = [
            tokens[i + 1].content for i, t in enumerate(tokens) if t.type == "heading_open" and t.tag == "h2"
        ]
        assert set(headings) <= OURS
        assert "\x1b" not in markdown and "\u202e" not in markdown


@pytest.mark.parametrize("text", HOSTILE[:-2])
def test_text_of_documents_is_shown_as_it_stands(text: str) -> None:
    assert shown(briefing_markdown(briefing(text))).count("".join(text.split())) >= 6


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_opens_another_column_of_a_table(text: str) -> None:
    tokens = parsed(briefing_markdown(briefing(text)))
    assert sum(token.type == "th_open" for token in tokens) == 4
    assert sum(token.type == "td_open" for token in tokens) == 4


def test_no_address_of_a_document_becomes_a_link() -> None:
    markdown = briefing_markdown(briefing("见 http://evil.example 和 www.evil.example 或 a@evil.example"))
    assert not re.search(r"://\w|www\.\w|\w@\w", markdown)


def test_markdown_reads_well_as_it_is() -> None:
    lines = briefing_markdown(briefing("发放贷款3.5亿元（见file_1.txt）。")).splitlines()
    assert "| 发放贷款3.5亿元（见file_1.txt）。 | 3.5亿元 | 2021 | [1][2] |" in lines
    assert "- （桐州集团）发放贷款3.5亿元（见file_1.txt）[1]。（未核实）" in lines
    assert any(
        line.startswith("**[2]** 年度公报 · 桐州日报 · 2021-03-01 · 第 2 页 · 公报.txt") for line in lines
    )
    assert "通读 2 份资料中讲它的全部 9 段，引用 7 段，另 1 段内容重复。" in lines
    english = briefing_markdown(briefing(), "en")
    assert "## Figures" in english and "7 of 9 passages from 2 documents, 1 reprints." in english


def test_parts_without_a_line_have_no_heading() -> None:
    bare = Briefing("桐州银行", "quoting", (), (), (), (), (), Coverage(1, 1, 0, 0), ())
    assert briefing_markdown(bare).count("#") == 1


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_figure_is_one_row_with_all_its_sources() -> None:
    data = figures_csv(briefing(figures=[figure("3.5", "亿元", (2, 1)), figure("-1.2", "%")]))
    assert data.startswith(b"\xef\xbb\xbf")
    first, second = table(data)
    assert (first["indicator"], first["value"], first["unit"], first["as_of"]) == (
        "贷款",
        "3.5",
        "亿元",
        "2021",
    )
    assert first["citations"] == "2 | 1"
    assert first["documents"] == "公报.txt | 公报.txt"
    assert first["pages"] == "2 | 2"
    assert first["quotes"].count("桐州银行发放贷款3.5亿元。") == 2
    assert second["value"] == "-1.2"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_begins_a_formula(text: str) -> None:
    for data in (figures_csv(briefing(text)), comparison_csv(comparison(text))):
        for row in table(data):
            assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_thousands_of_figures_are_all_there() -> None:
    many = briefing(figures=[figure(str(n), "亿元", (1, 2)) for n in range(3000)])
    assert (
        len(table(figures_csv(many))) == len(json.loads(json.dumps(briefing_object(many)))["figures"]) == 3000
    )
    assert briefing_markdown(many).count("亿元 | 2021") == 3000
