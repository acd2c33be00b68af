"""A slow source never keeps the page waiting, and is closed when the page goes on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from threading import Event

import pytest

from assistant.errors import QuestionError
from assistant.records import Answer, Delta, Notice, Verdict
from assistant.records.conversations import Exchange
from assistant.ui.session import history
from assistant.ui.streaming import ticking


def test_items_arrive_in_order() -> None:
    assert [item for item in ticking(iter(range(100))) if item is not None] == list(range(100))


def test_a_silent_source_ticks() -> None:
    ticked = Event()

    def slow() -> Iterator[str]:
        assert ticked.wait(60)
        yield "到了"

    items = ticking(slow(), 0.02)
    assert [next(items) for _ in range(3)] == [None] * 3
    ticked.set()
    assert [item for item in items if item is not None] == ["到了"]


def test_what_the_source_raises_is_raised_here() -> None:
    def failing() -> Iterator[str]:
        yield "一"
        raise QuestionError("不能这样问")

    items = ticking(failing())
    assert next(items) == "一"
    with pytest.raises(QuestionError, match="不能这样问"):
        next(items)


def test_closing_closes_the_source() -> None:
    closed = Event()

    def endless() -> Iterator[int]:
        try:
            while True:
                time.sleep(0.01)
                yield 1
        finally:
            closed.set()

    items = ticking(endless())
    next(items)
    items.close()
    assert closed.wait(60)


def test_a_notice_sets_aside_what_came_before_it() -> None:
    exchange = Exchange("问")
    for item in (Delta("半"), Delta("句"), Notice("端点中断"), Delta("引文")):
        exchange.take(item)
    assert (exchange.superseded, exchange.text, exchange.notices) == ("半句", "引文", ["端点中断"])
    assert not exchange.finished
    exchange.take(Answer("问", "引文", Verdict.ANSWER, "quoting", 0.1))
    assert exchange.finished


def test_the_history_keeps_what_was_answered_and_what_was_interrupted() -> None:
    answered = Exchange("一", answer=Answer("一", "答", Verdict.ANSWER, "quoting", 0.1))
    turns = history([answered, Exchange("二", text="半句"), Exchange("三", error="不能这样问")])
    assert [(turn.question, turn.answer) for turn in turns] == [("一", "答"), ("二", "半句")]
