"""What the command line shows of records, without an index."""

from __future__ import annotations

from array import array
from dataclasses import replace

from assistant.cli.formatting import (
    answer_lines,
    document_lines,
    failure_lines,
    hit_lines,
    report_line,
    report_object,
    view_lines,
)
from assistant.exports.objects import answer_object, hit_object
from assistant.mapped_text import MappedText
from assistant.records import (
    Answer,
    AnswerSentence,
    Article,
    Block,
    BlockKind,
    Citation,
    DocumentInfo,
    DocumentView,
    FileResult,
    IngestReport,
    Metadata,
    ParsedDocument,
    Passage,
    ScoredPassage,
    Status,
    Verdict,
)

INFO = DocumentInfo(
    "公报.txt", "年度公报", "2021-03-01", "桐州日报", "", "news", "", ("桐州邮政",), 2, "added", ""
)
CITATION = Citation(
    1, "公报.txt", "年度公报", "2021-03-01", "桐州日报", 3, "投入350万元\n修缮。", 4, 14, 0, 9
)
HIT = ScoredPassage(
    Passage(
        "id",
        "公报.txt",
        0,
        "投入350万元。",
        0,
        8,
        Metadata("年度公报", "2021-03-01", "桐州日报", "", "report", "2020FY"),
        "一、概况",
        ("桐州邮政",),
        3,
    ),
    1.5,
    None,
    7.25,
    ("副本.txt",),
)
SENTENCE = AnswerSentence("投入350万元。", (1,), grounded=True)


def answer(**changes: object) -> Answer:
    values: dict[str, object] = {
        "question": "多少？",
        "text": "投入350万元[1]。",
        "verdict": Verdict.ANSWER,
        "engine": "quoting",
        "seconds": 0.123456,
        "citations": (CITATION,),
        "sentences": (SENTENCE,),
    }
    return Answer(**(values | changes))  # type: ignore[arg-type]


def test_a_source_shows_where_it_is_and_what_it_says() -> None:
    lines = list(answer_lines(answer()))
    assert lines[:4] == [
        "投入350万元[1]。",
        "",
        "[1] 年度公报 · 2021-03-01 · 桐州日报 · 公报.txt · 第3页",
        "    “投入350万元 修缮。”",
    ]


def test_a_source_and_a_hit_tell_how_many_reprints_there_are() -> None:
    lines = list(answer_lines(answer(citations=(replace(CITATION, reprints=("副本.txt", "转载.pdf")),))))
    assert lines[2] == "[1] 年度公报 · 2021-03-01 · 桐州日报 · 公报.txt · 第3页 · +2 转载"
    assert next(hit_lines(1, HIT)) == "1. 年度公报 · 公报.txt · +1 转载 · score 1.500 · lexical 7.250"
    assert (
        next(hit_lines(1, replace(HIT, reprints=())))
        == "1. 年度公报 · 公报.txt · score 1.500 · lexical 7.250"
    )


def test_the_object_of_a_hit_holds_what_a_filter_can_ask_for() -> None:
    shown = hit_object(HIT)
    about = {
        "title": "年度公报",
        "publisher": "桐州日报",
        "published": "2021-03-01",
        "author": "",
        "kind": "report",
    }
    place = {"document": "公报.txt", "page": 3, "section": "一、概况", "companies": ("桐州邮政",)}
    assert about | place | {"period": "2020FY", "reprints": ("副本.txt",)} == {
        name: shown[name] for name in (*about, *place, "period", "reprints")
    }


def test_what_is_not_grounded_is_never_shown_as_fact() -> None:
    ungrounded = AnswerSentence("惠及99个乡镇。", (1,), grounded=False)
    assert "！来源未能核实：惠及99个乡镇。" in answer_lines(answer(sentences=(SENTENCE, ungrounded)))


def test_notices_and_what_had_arrived_stand_before_the_answer() -> None:
    lines = list(answer_lines(answer(notices=("端点没有响应，改用引文回答。",), partial_text="投入了")))
    assert lines[:3] == ["！端点没有响应，改用引文回答。", "（已中断）投入了", "投入350万元[1]。"]


def test_a_refusal_lists_the_nearest_titles_once() -> None:
    refusal = answer(text="没有，见《年度公报》。", verdict=Verdict.REFUSE, nearest=("年度公报", "季度公报"))
    assert [line for line in answer_lines(refusal) if line.startswith("相近的文章")] == [
        "相近的文章：季度公报"
    ]


def test_the_object_of_a_citation_counts_in_the_raw_file() -> None:
    shown = answer_object(answer(citations=(replace(CITATION, reprints=("副本.txt", "转载.pdf")),)))
    assert shown["citations"] == [
        {
            "n": 1,
            "document": "公报.txt",
            "title": "年度公报",
            "published": "2021-03-01",
            "publisher": "桐州日报",
            "page": 3,
            "quote": "投入350万元\n修缮。",
            "start": 4,
            "end": 14,
            "section": "",
            "reprints": ("副本.txt", "转载.pdf"),
        }
    ]
    assert shown["seconds"] == 0.123


def test_a_report_counts_every_outcome() -> None:
    report = IngestReport((FileResult("a", Status.ADDED, 2), FileResult("b", Status.FAILED, 0, "empty")), 1.0)
    shown = report_object(report)
    assert [shown[name] for name in ("added", "changed", "unchanged", "removed", "failed")] == [1, 0, 0, 0, 1]


def test_a_failed_document_shows_its_reason_on_a_second_line() -> None:
    failed = DocumentInfo("坏.txt", "", "", "", "", "", "", (), 0, "failed", "the file\nis empty")
    assert list(document_lines(failed))[1] == "    the file is empty"
    assert len(list(document_lines(INFO))) == 1


def test_a_long_name_is_listed_whole_since_show_wants_it() -> None:
    name = "二零二二年第一批材料.zip/分册/渠道清淤通报.txt"
    (line,) = document_lines(replace(INFO, document=name))
    assert line.startswith(f"{name} added")


def test_clean_paragraphs_stand_beside_the_raw_text_they_come_from() -> None:
    raw = "首页\n投入350\n万元。\n\n责任编辑\n"
    clean = MappedText("投入350万元。", array("I", [3, 4, 5, 6, 7, 9, 10, 11]))
    article = Article(Metadata(), (Block(BlockKind.TEXT, 0, 8),))
    view = DocumentView(INFO, raw, ParsedDocument(clean, Metadata(), (article,)))
    lines = [[cell.strip() for cell in line.split("│")] for line in view_lines(view, 43)]
    assert lines == [["首页", ""], ["投入350", "投入350万元。"], ["万元。", ""], ["责任编辑", ""]]


def test_a_document_without_clean_text_shows_its_raw_text() -> None:
    view = DocumentView(INFO, "首页\n", ParsedDocument(MappedText("", array("I")), Metadata(), ()))
    assert list(view_lines(view, 23)) == ["首页       │"]


def test_the_object_of_an_answer_ends_with_what_had_arrived_from_an_endpoint_that_failed() -> None:
    assert list(answer_object(answer(partial_text="投入了")).items())[-1] == ("partial_text", "投入了")


def test_the_summary_names_what_failed_and_what_could_not_be_read_of_the_others() -> None:
    results = (
        FileResult("a.pdf", Status.ADDED, 2, notes=("第3页只有图片，没有文字",)),
        FileResult("b.pdf", Status.FAILED, reason="b.pdf needs a password"),
        FileResult("c.txt", Status.FAILED, reason="the process was stopped"),
    )
    report = IngestReport(results, 9.0, searchable=0.5, embedded=2)
    assert list(failure_lines(report)) == [
        "note: a.pdf: 第3页只有图片，没有文字",
        "failed: b.pdf needs a password",
        "failed: c.txt: the process was stopped",
    ]
    assert "searchable after 0.5 s, 2 vectors, done in 9.0 s" in report_line(report)
