"""Passages in the order of their best evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from passage_making import found, passage, rarity

from assistant.answering.evidence.order import by_evidence
from assistant.answering.evidence.ranked import rank
from assistant.answering.understanding.question import understand

SAID = passage("青海联通在高原建网。全年投入扶贫资金三百二十万元。", "甲")
ECHO = passage("扶贫资金是什么？扶贫资金如何申请？", "乙")
FRONT = replace(passage("2021-06-15 高原晨报 记者 孟繁星", "丙"), front=True)


def test_the_passage_that_answers_comes_before_one_found_first() -> None:
    hits = found(FRONT, ECHO, SAID)
    query = understand("青海联通投入扶贫资金多少？", 200)
    ordered = by_evidence(query, hits, rank(query, hits, rarity(SAID.text, ECHO.text)))
    assert [hit.passage for hit in ordered] == [SAID, ECHO, FRONT]
    assert ordered[0].score > ordered[1].score


def test_without_any_evidence_the_order_stays() -> None:
    hits = found(FRONT, ECHO)
    query = understand("青海联通投入扶贫资金多少？", 200)
    assert [hit.passage for hit in by_evidence(query, hits, [])] == [FRONT, ECHO]


@pytest.mark.parametrize(
    ("question", "second"), [("青海联通有哪些举措？", "后"), ("青海联通何时开始有举措？", "乙")]
)
def test_a_list_that_runs_on_into_the_next_passage_keeps_it_near(question: str, second: str) -> None:
    first = passage("青海联通的举措有以下几项：一是2021年建网。", "甲")
    after = replace(passage("二是办学。", "后"), document=first.document, ordinal=1)
    other = passage("青海联通去年的举措获奖。", "乙")
    hits = found(first, other, after)
    query = understand(question, 200)
    ordered = by_evidence(query, hits, rank(query, hits, rarity(*(hit.passage.text for hit in hits))))
    assert ordered[0].passage is first
    assert ordered[1].passage.metadata.title == second


def test_what_was_found_behind_stays_behind_with_lower_scores() -> None:
    hits, rest = found(ECHO, SAID), found(FRONT, passage("职工食堂。", "丁"))
    query = understand("青海联通投入扶贫资金多少？", 200)
    ordered = by_evidence(query, hits, rank(query, hits, rarity(SAID.text, ECHO.text)), rest)
    assert [hit.passage for hit in ordered[2:]] == [hit.passage for hit in rest]
    scores = [hit.score for hit in ordered]
    assert scores == sorted(scores, reverse=True)
