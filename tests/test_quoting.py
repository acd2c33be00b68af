"""Evidence shown in the sources' own words: verbatim, in the question's script, within the limit."""

from __future__ import annotations

import pytest
from passage_making import passage

from assistant.answering.blocks.runs import Run
from assistant.answering.bylines import Line
from assistant.answering.engines.quoting import Quotation, QuotingEngine, in_script_of, quotation_of_line
from assistant.answering.understanding.question import understand


def run(text: str, quote: str = "", *values: str) -> Run:
    """The stretch of a passage that is to be quoted, the whole where none is named, and the values in it."""
    quote = quote or text
    start = text.index(quote)
    spans = tuple((quote.index(value), quote.index(value) + len(value)) for value in values)
    return Run(passage(text), quote, start, start + len(quote), spans)


def quoted(question: str, *runs: Run, limit: int = 300) -> list[Quotation]:
    return QuotingEngine(limit).quote(understand(question, 200), runs)


def test_a_quote_is_verbatim_with_its_place_and_the_value_marked() -> None:
    text = "天气寒冷。青海联通投入资金３，２００万元；新建基站215个。"
    stretch = run(text, "青海联通投入资金３，２００万元；", "３，２００万元")
    (quotation,) = quoted("青海联通投入多少资金？", stretch)
    assert quotation.quote == "青海联通投入资金３，２００万元"
    assert quotation.text == "青海联通投入资金３，２００万元。"
    assert text[quotation.start : quotation.end] == quotation.quote
    assert [quotation.text[start:end] for start, end in quotation.emphasis] == ["３，２００万元"]


def test_the_same_words_are_quoted_once() -> None:
    words = "青海联通投入资金3,200万元。"
    copies = [run(words), run(words.replace("，", ",")), run("青海联通投入资金50万元。")]
    assert [q.quote for q in quoted("投入多少资金？", *copies)] == [words, "青海联通投入资金50万元。"]


def test_quotations_together_stay_within_the_limit_and_the_first_is_always_there() -> None:
    runs = [run(f"第{n}村修路投入资金{n}0万元而且乡亲们都说好" + "真的很好" * 8 + "。") for n in range(1, 8)]
    quotations = quoted("修路投入资金多少？", *runs, limit=300)
    assert 1 <= len(quotations) < 7
    assert sum(len(q.text) + 4 for q in quotations) <= 300
    assert len(quoted("修路投入资金多少？", *runs, limit=10)) == 1


@pytest.mark.parametrize(
    ("question", "text", "shown"),
    [
        ("投入多少资金？", "聯通投入資金五十萬元。", "联通投入资金五十万元。"),
        ("投入多少資金？", "联通投入资金五十万元。", "聯通投入資金五十萬元。"),
        ("投入多少資金？", "聯通投入資金五十萬元。", "聯通投入資金五十萬元。"),
        ("Unicom 5G?", "聯通建5G。", "聯通建5G。"),
    ],
)
def test_a_text_is_shown_in_the_script_of_the_question(question: str, text: str, shown: str) -> None:
    assert in_script_of(understand(question, 200), text) == shown


def test_a_quote_keeps_the_script_of_its_source() -> None:
    (quotation,) = quoted("投入多少资金？", run("聯通投入資金五十萬元。", "", "五十萬元"))
    assert quotation.quote == "聯通投入資金五十萬元。"
    assert [quotation.text[s:e] for s, e in quotation.emphasis] == ["五十万元"]


@pytest.mark.parametrize("end", ["。", "！", "？", "…", "”"])
def test_a_sentence_that_is_closed_gets_no_further_full_stop(end: str) -> None:
    (quotation,) = quoted("投入多少资金？", run(f"投入资金五十万元{end}"))
    assert quotation.text.endswith(f"元{end}")


def test_no_evidence_gives_no_quotation() -> None:
    assert QuotingEngine(300).quote(understand("投入多少？", 200), []) == []


def test_a_row_keeps_its_tabs_and_gets_no_full_stop() -> None:
    (quotation,) = quoted("营业收入是多少？", run("营业收入\t100\t80", "", "100"))
    assert quotation.text == "营业收入\t100\t80"


@pytest.mark.parametrize(("opens", "closes"), ["[]", "［］", "【】"])
def test_a_document_s_own_numbers_in_brackets_do_not_look_like_the_answer_s_marks(
    opens: str, closes: str
) -> None:
    text = f"注册用户500万户{opens}1{closes}，活跃用户200万户{opens}2{closes}。"
    (quotation,) = quoted("活跃用户是多少万户？", run(text, "", "200万户"))
    assert quotation.quote == text[quotation.start : quotation.end]
    assert f"200万户{opens}2{closes}" in quotation.quote
    assert "200万户〔2〕" in quotation.text
    assert opens not in quotation.text
    assert "200万户" in [quotation.text[s:e] for s, e in quotation.emphasis]


def test_a_byline_is_shown_with_single_blanks_and_a_full_stop_and_quoted_verbatim() -> None:
    text = "2021-06-15\xa0 山城日报 \u3000记者\xa0陈某"
    line = Line(passage(text), 0, len(text), text, (text.index("陈"), len(text)))
    quotation = quotation_of_line(understand("作者是谁？", 200), line)
    assert quotation.quote == text
    assert quotation.text == "2021-06-15 山城日报 记者 陈某。"
    assert [quotation.text[s:e] for s, e in quotation.emphasis] == ["陈某"]
