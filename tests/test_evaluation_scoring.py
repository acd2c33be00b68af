"""The scores of an answer and of what was found, each against a value worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from passage_making import passage

from assistant.evaluation import finding_scores, metrics, scoring, wording
from assistant.evaluation.naming import is_one_of
from assistant.records import Answer, AnswerSentence, Citation, ScoredPassage, Verdict
from assistant.records.evaluation import Metric, Outcome, Question, RowResult

ASKED = Question(1, "1", "投资多少？", answerable=True)


def answered(text: str, verdict: Verdict = Verdict.ANSWER, engine: str = "quoting") -> Answer:
    return Answer("问", text, verdict, engine, 0.1)


@pytest.mark.parametrize(
    ("text", "keyword", "is_held"),
    [
        ("投入３，２００ 万元。", "3200万元", True),
        ("投入13200万元", "3200万元", False),
        ("下降1.5%", "5%", False),
        ("共2020个", "202", False),
        ("版本为2.0.1", "2.0", False),
        ("為貧困戶提供5G服務", "贫困户提供5g", True),
        ("共1,2号楼", "12号", False),
        ("没有", "", False),
        ("2019/1/22 14:56", "2019/1/22", True),
        ("2019 280万元", "280万元", True),
        ("共1 680万元", "1680万元", True),
    ],
)
def test_a_keyword_is_found_in_its_folded_form_and_a_number_only_whole(
    text: str, keyword: str, is_held: bool
) -> None:
    assert wording.holds_any(text, [keyword]) is is_held


def test_plain_text_has_no_marks_and_a_models_prose_no_markup() -> None:
    citation = Citation(1, "a.txt", "", "", "", None, "q", 0, 1, 0, 1)
    quoted = replace(answered("见**注[2]**，共3个[1]。"), citations=(citation,))
    assert wording.plain(quoted) == "见**注[2]**，共3个。"
    assert wording.plain(replace(quoted, engine="llm", text="# 题\n- **3**个[1]\n")) == "题\n3个"


def test_short_answers_compare_by_characters_whatever_the_punctuation() -> None:
    assert wording.exact("“４２个”。", ["43个", "42 个"])
    assert not wording.exact("共42个", ["42个"])
    assert not wording.exact("", ["—"])
    assert wording.contains_any("共四十二个，即42个。", ["42个。"])
    assert wording.character_f1("共42个", ["42个"]) == pytest.approx(2 * 3 / (4 + 3))
    assert wording.character_f1("", ["42个"]) == 0.0
    assert wording.contains_any("有3、4、5号楼", ["4"])
    assert not wording.contains_any("有3.4亿", ["4亿"])


def test_bigram_f1_counts_each_pair_as_often_as_both_hold_it() -> None:
    assert wording.bigram_f1("ababab", "abab") == pytest.approx(2 * 3 / (5 + 3))
    assert wording.bigram_f1("一", "一") == 1.0
    assert wording.bigram_f1("", "一二") == 0.0


@pytest.mark.parametrize(("length", "factor"), [(15, 1.0), (16, 0.9), (25, 0.9), (26, 0.75)])
def test_the_contest_score_falls_with_the_length_of_the_answer(length: int, factor: float) -> None:
    question = replace(ASKED, gold="金" * 10, keywords=(("甲",), ("乙",)), keyword_weight=0.6)
    text = "甲" + "丙" * (length - 1)
    scores = scoring.text_scores(question, text, scoring.held(question, text), lambda one, other: 0.5)
    assert scores["keyword_share"] == 0.5
    assert scores["contest"] == pytest.approx((0.6 * 0.5 + 0.4 * 0.5) * factor)


def test_what_a_row_does_not_give_is_not_scored() -> None:
    assert scoring.text_scores(ASKED, "答", (), wording.bigram_f1) == {}
    with_gold = scoring.text_scores(replace(ASKED, gold="金句"), "答", (), wording.bigram_f1)
    assert with_gold == {"similarity": 0.0}
    assert "contest" not in scoring.text_scores(
        replace(ASKED, gold="金句", keywords=(("金",),)), "金", (True,), wording.bigram_f1
    )
    assert finding_scores.document_scores(ASKED, [], (1, 3)) == {}
    assert finding_scores.passage_scores(ASKED, [], (1, 3)) == {}
    assert scoring.citation_scores(ASKED, answered("答"), lambda citation: True) == {}


@pytest.mark.parametrize(
    ("answerable", "verdict", "has", "outcome", "scores"),
    [
        (True, Verdict.ANSWER, (True,), Outcome.RIGHT, {"right": 1.0, "wrong": 0.0, "refused": 0.0}),
        (True, Verdict.PARTIAL, (False,), Outcome.WRONG, {"right": 0.0, "wrong": 1.0, "refused": 0.0}),
        (True, Verdict.REFUSE, (False,), Outcome.REFUSED, {"right": 0.0, "wrong": 0.0, "refused": 1.0}),
        (True, Verdict.ANSWER, (), Outcome.UNGRADED, {"refused": 0.0}),
        (False, Verdict.REFUSE, (), Outcome.RIGHT, {"unanswerable_refused": 1, "unanswerable_answered": 0}),
        (False, Verdict.PARTIAL, (), Outcome.WRONG, {"unanswerable_refused": 0, "unanswerable_answered": 1}),
        (None, Verdict.REFUSE, (), Outcome.UNGRADED, {}),
    ],
)
def test_an_outcome_depends_on_whether_there_is_an_answer(
    answerable: bool | None,
    verdict: Verdict,
    has: tuple[bool, ...],
    outcome: Outcome,
    scores: dict[str, float],
) -> None:
    question = replace(ASKED, answerable=answerable, keywords=(("甲",),) if has else ())
    assert scoring.outcome(question, answered("答", verdict), has) is outcome
    assert scoring.outcome_scores(question, outcome) == scores


def test_citations_are_precise_by_document_else_by_keyword() -> None:
    one = Citation(1, "集/AY01.pdf", "", "", "", 3, "投资3亿元", 0, 5, 0, 5)
    other = replace(one, n=2, document="b.txt", quote="别的", reprints=("c.txt",))
    sentences = (AnswerSentence("甲", (1,), True), AnswerSentence("乙", (2,), False))
    answer = replace(answered("甲乙"), citations=(one, other), sentences=sentences)

    def scores(question: Question) -> dict[str, float]:
        return scoring.citation_scores(question, answer, lambda citation: citation.n == 1)

    assert scores(ASKED) == {"citation_valid": 0.5, "grounded": 0.5}
    assert scores(replace(ASKED, documents=("ay01",)))["citation_precision"] == 0.5
    assert scores(replace(ASKED, documents=("AY01.pdf",), alternatives=("c",)))["citation_precision"] == 1.0
    assert scores(replace(ASKED, keywords=(("3亿",),)))["citation_precision"] == 0.5


def test_a_document_is_named_with_or_without_folder_and_ending() -> None:
    assert is_one_of("2024/报告v1.2.pdf", ["报告V1.2"])
    assert is_one_of("2024/报告v1.2.pdf", ["2024/报告v1.2.pdf"])
    assert not is_one_of("报告v1.2.pdf", ["报告v1"])
    assert is_one_of("2024/报告v1.2.pdf", ["2024/报告v1.2"])
    assert is_one_of("报告.pdf", ["corpus\\2024\\报告.pdf"])
    assert not is_one_of("2024/报告.pdf", ["2023/报告.pdf"])
    assert not is_one_of("2024/报告.pdf", ["2024", ""])


def found(*entries: tuple[str, str]) -> list[ScoredPassage]:
    return [ScoredPassage(passage(text, name), 1.0, None, None) for name, text in entries]


def test_passages_are_scored_by_when_each_keyword_first_comes() -> None:
    question = replace(ASKED, keywords=(("甲",), ("乙",), ("丙",)))
    hits = found(("a", "有甲"), ("b", "无"), ("c", "甲乙"))
    passages = finding_scores.found_passages(question, hits)
    assert [p.bears for p in passages] == [(0,), (), (0, 1)]
    scores = finding_scores.passage_scores(question, passages, (1, 3))
    assert scores["passage_recall@1"] == pytest.approx(1 / 3)
    assert scores["passage_recall@3"] == pytest.approx(2 / 3)
    assert (scores["passage_hit@1"], scores["passage_hit@3"]) == (0.0, 0.0)
    assert scores["passage_mrr"] == pytest.approx((1 + 1 / 3) / 3)
    assert scores["passage_ndcg"] == pytest.approx((1 + 1 / math.log2(4)) / 3)


def test_without_keywords_a_passage_holds_a_short_answer() -> None:
    question = replace(ASKED, short_answers=("42个。", "四十二个"))
    passages = finding_scores.found_passages(question, found(("a", "无"), ("b", "共四十二个")))
    scores = finding_scores.passage_scores(question, passages, (1, 2))
    assert (scores["passage_hit@1"], scores["passage_hit@2"], scores["passage_mrr"]) == (0.0, 1.0, 0.5)


def test_documents_are_ranked_by_their_first_passage_and_alternatives_count_once() -> None:
    question = replace(ASKED, documents=("a", "b"), alternatives=("c",))
    hits = found(("x", "1"), ("x", "2"), ("a", "3"), ("a", "4"), ("c", "5"), ("b", "6"))
    scores = finding_scores.document_scores(question, hits, (1, 2, 3, 4))
    assert [scores[f"document_recall@{k}"] for k in (1, 2, 3, 4)] == [0.0, 0.5, 1.0, 1.0]
    assert [scores[f"document_hit@{k}"] for k in (1, 2)] == [0.0, 1.0]
    assert scores["document_mrr"] == 0.5
    assert scores["document_ndcg"] == pytest.approx((1 / math.log2(3) + 1 / 2) / (1 + 1 / math.log2(3)))


def test_a_document_stands_for_the_expected_ones_that_it_reprints() -> None:
    (hit, other) = found(("a", "1"), ("d", "2"))
    both = finding_scores.document_scores(
        replace(ASKED, documents=("a", "b")), [replace(hit, reprints=("b",)), other], (1, 2)
    )
    assert (both["document_recall@1"], both["document_ndcg"]) == (1.0, 1.0)
    spelled = replace(ASKED, documents=("a", "b"), alternatives=("c",))
    one = finding_scores.document_scores(spelled, [replace(hit, reprints=("c",)), other], (1, 2))
    assert (one["document_recall@2"], one["document_mrr"]) == (0.5, 1.0)


def rows_with(name: str, *scores: tuple[float, float | None]) -> list[RowResult]:
    return [
        RowResult(replace(ASKED, id=str(n), difficulty=weight), Outcome.UNGRADED, scores={name: score})
        for n, (score, weight) in enumerate(scores)
    ]


def one(rows: list[RowResult], name: str) -> Metric:
    return next(metric for metric in metrics.metrics(rows, (1,)) if metric.name == name)


def test_a_metric_has_its_mean_standard_error_and_number_of_rows() -> None:
    found = one(
        [*rows_with("right", (1, None), (1, None), (0, None), (1, None)), *rows_with("f1", (1, 1))], "right"
    )
    assert (found.value, found.count) == (0.75, 4)
    assert found.error == pytest.approx(math.sqrt(0.75 * 0.25 / 3))
    assert one(rows_with("right", (1, None)), "right").error is None
    assert one([], "right") == Metric("right", None, None, 0)


def test_the_contest_score_alone_is_weighted_by_difficulty() -> None:
    assert one(rows_with("contest", (1, 3), (0, 1)), "contest").value == 0.75
    assert one(rows_with("similarity", (1, 3), (0, 1)), "similarity").value == 0.5


def test_every_metric_is_defined_and_a_latency_is_one_that_was_measured() -> None:
    names = [name for group in metrics.groups((1, 5)).values() for name in group]
    assert names == list(metrics.definitions((1, 5)))
    assert len(set(names)) == len(names)
    assert metrics.quantile([3, 1, 2, 4], 0.5) == 2
    assert metrics.quantile([3, 1, 2, 4], 0.95) == 4
