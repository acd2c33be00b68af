"""Marks become citations with verbatim quotes, numbered in order of use."""

from __future__ import annotations

import random
import re

import pytest

from assistant.answering.verifying.citation_marks import (
    MARK,
    sentence_spans,
    split_marked,
    strip_marks,
    without_list_marker,
)
from assistant.answering.verifying.citations import best_quote, cite
from assistant.records import Metadata, Passage, Source

FIRST = "今年以来工作有力推进。甲公司投入280万元，建设42个基站。随后，乙公司投入300万元！群众满意。"
SECOND = "資費平均下降37.9%。聯絡順暢。"


def source(n: int, text: str, document: str = "a.txt", at: int = 50, **about: str) -> Source:
    passage = Passage(f"p{n}", document, n, text, at, at + len(text), Metadata(**about))
    return Source(n, passage, at, at + len(text), text)


SOURCES = (source(3, FIRST, published="2020-10-17"), source(5, SECOND, "b.txt"))


def no_names(text: str) -> list[str]:
    return []


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲[1]。乙。[2]", [("甲。", (1,)), ("乙。", (2,))]),
        ("甲[1][2]，乙[1]。", [("甲，乙。", (1, 2))]),
        ("甲。 [1] 乙。", [("甲。", (1,)), ("乙。", ())]),
        ("[1] 甲。[2] 乙。", [("甲。", (1,)), ("乙。", (2,))]),
        ("增长3.5%。[1]", [("增长3.5%。", (1,))]),
        ("1. 甲[1]\n2. 乙[2]", [("1. 甲", (1,)), ("2. 乙", (2,))]),
        ("他说：“好。”[1]走了。", [("他说：“好。”", (1,)), ("走了。", ())]),
        ("Sales were 3.5 billion [1]. A Co. Ltd. grew. [2]", [
            ("Sales were 3.5 billion.", (1,)),
            ("A Co. Ltd. grew.", (2,)),
        ]),
        ("In 2020. Then more. [1]", [("In 2020.", ()), ("Then more.", (1,))]),
        ("10. 甲[1]\n11. 乙", [("10. 甲", (1,)), ("11. 乙", ())]),
        ("It was 3.5. Then 4. [1]", [("It was 3.5.", ()), ("Then 4.", (1,))]),
        ("见http://h/?a=1和b！[1]", [("见http://h/?a=1和b！", (1,))]),
        ("甲（[1]）。", [("甲。", (1,))]),
        ("甲\n\n[1]\n", [("甲", ())]),
        ("", []),
    ],
)  # fmt: skip
def test_marks_belong_to_the_sentence_they_stand_at(
    text: str, sentences: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert [(s.text, s.marks) for s in split_marked(text)] == sentences


def test_sentences_cover_all_but_white_space() -> None:
    text = "甲。乙！？  丙……\n丁；戊"
    assert [text[a:b] for a, b in sentence_spans(text)] == ["甲。", "乙！？", "丙……", "丁；戊"]


def test_marks_are_taken_out_with_the_blanks_they_leave() -> None:
    assert strip_marks("投入280万元 [1] 。增长（[2]）。") == "投入280万元。增长。"


def test_each_citation_quotes_its_source_verbatim_and_is_numbered_in_order_of_use() -> None:
    cited = cite("资费下降37.9%[5]。甲公司投入280万元[3]。乙公司投入300万元。[3]", SOURCES, no_names)
    assert cited.text == "资费下降37.9%[1]。甲公司投入280万元[2]。乙公司投入300万元[3]。"
    assert [quote.text for quote in cited.quotes] == [
        "資費平均下降37.9%。",
        "甲公司投入280万元，建设42个基站。",
        "随后，乙公司投入300万元！",
    ]
    assert [sentence.citations for sentence in cited.sentences] == [(1,), (2,), (3,)]
    assert all(sentence.grounded for sentence in cited.sentences)
    for quote in cited.quotes:
        text = quote.source.text
        assert text[quote.start - quote.source.start : quote.end - quote.source.start] == quote.text


def test_one_place_has_one_number() -> None:
    cited = cite("甲公司投入280万元[3]。甲公司建设42个基站[3]。", SOURCES, no_names)
    assert len(cited.quotes) == 1
    assert [sentence.citations for sentence in cited.sentences] == [(1,), (1,)]


def test_two_sentences_are_quoted_where_one_does_not_hold_all_figures() -> None:
    start, end = best_quote("甲投入280万元，乙投入300万元。", FIRST)
    assert FIRST[start:end] == "甲公司投入280万元，建设42个基站。随后，乙公司投入300万元！"


def test_a_sentence_without_a_citation_is_not_grounded() -> None:
    (sentence,) = cite("甲公司投入280万元。", SOURCES, no_names).sentences
    assert (sentence.citations, sentence.grounded) == ((), False)


def test_a_figure_that_the_cited_source_does_not_hold_is_not_grounded() -> None:
    (sentence,) = cite("甲公司投入280万元[5]。", SOURCES, no_names).sentences
    assert (sentence.citations, sentence.grounded) == ((1,), False)


def test_words_in_quotation_marks_that_the_cited_source_does_not_hold_are_not_grounded() -> None:
    text = "甲公司“投入280万元”[3]。甲公司“建设九个基站”[3]。"
    assert [s.grounded for s in cite(text, SOURCES, no_names).sentences] == [True, False]


def test_a_company_that_the_cited_source_does_not_name_is_not_grounded() -> None:
    (sentence,) = cite("丙公司投入280万元[3]。", SOURCES, lambda text: re.findall("丙公司", text)).sentences
    assert not sentence.grounded


def test_what_is_known_of_the_passage_counts_as_evidence() -> None:
    (sentence,) = cite("2020年10月17日，甲公司投入280万元[3]。", SOURCES, no_names).sentences
    assert sentence.grounded


@pytest.mark.parametrize("marker", ["- ", "1. ", "12、", "（2）", "(3) ", "十一、", "（二）", "• "])
def test_a_list_marker_states_nothing(marker: str) -> None:
    assert without_list_marker(f"{marker}甲公司投入280万元") == "甲公司投入280万元"


@pytest.mark.parametrize("sentence", ["1.5亿元", "280万元", "-5%", "二十家", "2、3号线"])
def test_a_figure_at_the_beginning_is_no_list_marker(sentence: str) -> None:
    assert without_list_marker(sentence) == sentence


def test_a_list_keeps_its_numbers_and_lines() -> None:
    cited = cite("1. 甲公司投入280万元[3]\n2. 资费下降37.9%[5]\n", SOURCES, no_names)
    assert cited.text == "1. 甲公司投入280万元[1]\n2. 资费下降37.9%[2]"
    assert all(sentence.grounded for sentence in cited.sentences)


def test_a_mark_of_no_source_is_dropped() -> None:
    cited = cite("甲公司投入280万元[9]。", SOURCES, no_names)
    assert (cited.text, cited.quotes) == ("甲公司投入280万元。", ())


def test_a_source_without_sentence_marks_is_quoted_whole() -> None:
    assert best_quote("甲", "") == (0, 0)
    assert best_quote("甲", "甲乙丙") == (0, 3)


def test_whatever_the_reply_quotes_are_verbatim_and_marks_run_from_one() -> None:
    chance = random.Random(5)
    words = [
        "甲公司",
        "投入",
        "280万元",
        "37.9%",
        "。",
        "！",
        "\n",
        "[3]",
        "[5]",
        "[9]",
        " ",
        "300万元",
        ". ",
        "1. ",
        "（",
        "）",
    ]
    for _ in range(200):
        cited = cite("".join(chance.choices(words, k=20)), SOURCES, no_names)
        assert [quote.n for quote in cited.quotes] == list(range(1, len(cited.quotes) + 1))
        used = [int(n) for n in MARK.findall(cited.text)]
        assert list(dict.fromkeys(used)) == [quote.n for quote in cited.quotes]
        assert used == [n for sentence in cited.sentences for n in sentence.citations]
        for quote in cited.quotes:
            at = quote.start - quote.source.start
            assert quote.source.text[at : at + len(quote.text)] == quote.text
            assert quote.end - quote.start == len(quote.text) > 0
