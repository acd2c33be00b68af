"""Evidence shown in the sources' own words: verbatim, in the question's script, within the limit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from passage_making import found, passage, rarity

from assistant.answering.bylines import Line
from assistant.answering.engines.quoting import Quotation, QuotingEngine, in_script_of, quotation_of_line
from assistant.answering.evidence import Evidence, rank
from assistant.answering.question import understand
from assistant.records import Passage


def quoted(question: str, *passages: Passage, limit: int = 300) -> list[Quotation]:
    query = understand(question, 200)
    evidence = rank(query, found(*passages), rarity(*(p.text for p in passages)))
    return QuotingEngine(limit).quote(query, evidence[: len(passages)])


def test_a_quote_is_the_unit_verbatim_with_its_place_and_the_value_marked() -> None:
    text = "天气寒冷。青海联通投入资金３，２００万元；新建基站215个。"
    (quotation,) = quoted("青海联通投入多少资金？", passage(text))
    assert quotation.quote == "青海联通投入资金３，２００万元"
    assert quotation.text == "青海联通投入资金３，２００万元。"
    assert text[quotation.start : quotation.end] == quotation.quote
    assert [quotation.text[start:end] for start, end in quotation.emphasis] == ["３，２００万元"]


def test_only_as_many_values_are_marked_as_are_asked_for() -> None:
    text = "投入资金50万元，新建基站215个，培训640人次。"
    (one,) = quoted("新建了多少个基站？", passage(text))
    (two,) = quoted("新建了多少个基站，培训了多少人次？", passage(text))
    assert [one.text[s:e] for s, e in one.emphasis] == ["215个"]
    assert [two.text[s:e] for s, e in two.emphasis] == ["215个", "640人次"]


def test_a_long_unit_is_cut_to_the_clauses_that_hold_the_value_and_keeps_its_place() -> None:
    text = (
        "，".join(["山村的老乡学会了用手机卖山货"] * 30)
        + "，网店销售额860万元，"
        + "，".join(["各方好评"] * 60)
    )
    (quotation,) = quoted("网店销售额是多少？", passage(text), limit=120)
    assert len(quotation.text) <= 120
    assert "销售额860万元" in quotation.text
    assert text[quotation.start : quotation.end] == quotation.quote
    assert [quotation.text[s:e] for s, e in quotation.emphasis] == ["860万元"]


def test_the_same_words_are_quoted_once() -> None:
    text = "青海联通投入资金3,200万元。"
    copies = [
        passage(text, "甲报"),
        passage(text.replace("，", ","), "乙报"),
        passage("青海联通投入资金50万元。", "丙报"),
    ]
    assert sorted(q.quote for q in quoted("青海联通投入多少资金？", *copies)) == [
        "青海联通投入资金3,200万元。",
        "青海联通投入资金50万元。",
    ]


def test_quotations_together_stay_within_the_limit_and_the_first_is_always_there() -> None:
    texts = [
        passage(f"第{n}村修路投入资金{n}0万元而且乡亲们都说好" + "真的很好" * 8 + "。") for n in range(1, 8)
    ]
    quotations = quoted("修路投入资金多少？", *texts, limit=300)
    assert 1 <= len(quotations) < 7
    assert sum(len(q.text) + 4 for q in quotations) <= 300
    assert len(quoted("修路投入资金多少？", *texts, limit=10)) == 1


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
    (quotation,) = quoted("投入多少资金？", passage("聯通投入資金五十萬元。"))
    assert quotation.quote == "聯通投入資金五十萬元。"
    assert [quotation.text[s:e] for s, e in quotation.emphasis] == ["五十万元"]


@pytest.mark.parametrize("end", ["。", "！", "？", "…", "”"])
def test_a_sentence_that_is_closed_gets_no_further_full_stop(end: str) -> None:
    (quotation,) = quoted("投入多少资金？", passage(f"投入资金五十万元{end}"))
    assert quotation.text.endswith(f"元{end}")


def test_no_evidence_gives_no_quotation() -> None:
    assert QuotingEngine(300).quote(understand("投入多少？", 200), []) == []


def test_values_outside_a_cut_are_not_marked() -> None:
    query = understand("投入多少资金？", 200)
    text = "投入资金50万元，" + "乡亲们都说好，" * 40
    (evidence, *_) = rank(query, found(passage(text)), rarity(text))
    outside: Evidence = replace(evidence, spans=((len(text) - 3, len(text) - 1),))
    (quotation,) = QuotingEngine(80).quote(query, [outside])
    assert all(end <= len(quotation.quote) for _, end in quotation.emphasis)


@pytest.mark.parametrize(("opens", "closes"), ["[]", "［］", "【】"])
def test_a_document_s_own_numbers_in_brackets_do_not_look_like_the_answer_s_marks(
    opens: str, closes: str
) -> None:
    text = f"注册用户500万户{opens}1{closes}，活跃用户200万户{opens}2{closes}。"
    (quotation,) = quoted("活跃用户是多少万户？", passage(text))
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
