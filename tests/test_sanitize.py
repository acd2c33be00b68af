"""What a model may write and what of it is shown, however it was cut up."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

import pytest

from assistant.answering.engines.sanitize import ReplyCleaner, clean

VALID = {1, 2, 3}


def streamed(chunks: Iterable[str]) -> str:
    cleaner = ReplyCleaner(VALID)
    shown = ""
    for piece in [*map(cleaner.feed, chunks), cleaner.close()]:
        shown = piece.text if piece.restart else shown + piece.text
    return shown


@pytest.mark.parametrize(
    ("reply", "shown"),
    [
        ("投入280万元。", "投入280万元。"),
        ("<think>先想[1]</think>\n\n投入280万元[1]。", "投入280万元[1]。"),
        ("<Thinking>想</Thinking>答", "答"),
        ("先想[1]。</think>答[2]。", "答[2]。"),
        ("答[1]。<think>没有想完", "答[1]。"),
        ("<think>甲<think>乙</think>丙</think>答", "答"),
        ("甲![图](http://h/a.png)乙", "甲乙"),
        ("甲![图][1]乙", "甲！［图］[1]乙"),
        ("甲![a[b]c](http://h)乙", "甲！［a［b］c］(http://h)乙"),
        ("见[官网](http://h/x(1))。", "见官网。"),
        ("见<https://h/x>。", "见https://h/x。"),
        ("甲<img src=x onerror=y>乙<br/>丙<!-- 丁 -->", "甲乙丙"),
        ("完<|im_end|>", "完"),
        ("3 < 5，占比<5%，a<b", "3 < 5，占比<5%，a＜b"),
        ("甲【1】乙［2］丙[来源3]丁[^1]戊[资料 2]", "甲[1]乙[2]丙[3]丁[1]戊[2]"),
        ("甲[1,9]乙[9]丙[0]丁[1-3]", "甲[1]乙丙丁[1][2][3]"),
        ("甲[1、2]乙【1†出处】", "甲[1][2]乙[1]"),
        ("文号〔2020〕15号、[2020]15号", "文号〔2020〕15号、［2020］15号"),
        ("[1](http://h)甲", "[1]甲"),
        ("[1]: http://h", "[1]： http://h"),
        ("【1】(http://h)", "[1]（http://h)"),
        ("好![1]", "好！[1]"),
        ("**280万元**[1]", "280万元[1]"),
        ("2*3=6", "2*3=6"),
        ("坏\x00字\ud83d符\u202e号", "坏字符号"),
        ("[注：没有合上", "［注：没有合上"),
        ("", ""),
    ],
)
def test_a_reply_is_shown_as(reply: str, shown: str) -> None:
    assert clean(reply, VALID) == shown
    assert streamed(reply) == shown


@pytest.mark.parametrize("seed", range(20))
def test_the_stream_joined_is_the_whole_reply_and_never_active_markdown(seed: int) -> None:
    chance = random.Random(seed)
    words = [
        *"<>![]()［］【】*: \n/1239a来源\u202e",
        "<think>",
        "</think>",
        "![",
        "](",
        "http://h",
        "<img src=x>",
    ]
    words += ["[1]", "【2】", "[1", "来源", "<https://h>", "[x](u)", "\n[1]:"]
    for _ in range(300):
        reply = "".join(chance.choices(words, k=chance.randint(1, 25)))
        whole = clean(reply, VALID)
        borders = sorted(chance.choices(range(len(reply) + 1), k=chance.randint(0, 8)))
        assert streamed(_cut(reply, borders)) == whole, reply
        assert not re.search(r"<[a-zA-Z/!?]|\]\(|\]:|!\[", whole), reply
        assert not re.search(r"[\[\]]", re.sub(r"\[[123]\]", "", whole)), reply


def test_plain_text_is_never_held_back() -> None:
    cleaner = ReplyCleaner(VALID)
    assert [cleaner.feed(character).text for character in "投入280万元，增长5.1%。"] == list(
        "投入280万元，增长5.1%。"
    )


def test_no_more_than_a_mark_is_held_back() -> None:
    cleaner = ReplyCleaner(VALID)
    assert [cleaner.feed(character).text for character in "元[1]。下"] == ["元", "", "", "", "[1]。", "下"]


def test_a_restart_says_that_what_was_shown_is_void() -> None:
    cleaner = ReplyCleaner(VALID)
    assert cleaner.feed("想一想").text == "想一想"
    piece = cleaner.feed("</think>答")
    assert (piece.restart, piece.text) == (True, "答")


def test_a_tag_without_an_end_is_shown_harmless_after_a_while() -> None:
    assert clean("<img src=" + "x" * 1000, VALID).startswith("＜img src=")


def _cut(text: str, borders: list[int]) -> list[str]:
    return [text[a:b] for a, b in zip([0, *borders], [*borders, len(text)], strict=True)]
