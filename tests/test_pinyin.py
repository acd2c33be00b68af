"""Readings in brackets go where a text is littered with them, and nowhere else."""

from __future__ import annotations

import pytest

from assistant.cleaning.pinyin import LOST, strip_readings
from assistant.mapped_text import MappedText

LITTERED = "聯(lián)通發(fā)展網(wǎng)絡(luò),"


def stripped(raw: str) -> str:
    return strip_readings(MappedText.identity(raw)).text


def test_readings_go_where_a_text_is_littered_with_them() -> None:
    assert stripped(LITTERED + "當(dāng)天完成。") == "聯通發展網絡,當天完成。"


def test_readings_in_full_width_brackets_go_too() -> None:
    assert stripped(LITTERED + "業（yè）務") == "聯通發展網絡,業務"


def test_a_reading_without_a_tone_goes_too() -> None:
    assert stripped(LITTERED + "我們(men)的") == "聯通發展網絡,我們的"


@pytest.mark.parametrize(
    "kept",
    [
        "“曌”(zhào)字怎么读？",
        "單于(chán)與閼氏(yān)",
        "重庆联通(chongqing)公司(gongsi)网络(wangluo)",
        "使用手机(app)和电视(tv)观看(live)",
    ],
)
def test_a_few_readings_that_are_meant_stay(kept: str) -> None:
    assert stripped(kept) == kept


def test_brackets_that_hold_no_reading_stay() -> None:
    kept = "王某(右三)在縣城(5G)投資(100萬元)"
    assert stripped(LITTERED + kept) == "聯通發展網絡," + kept


def test_a_latin_word_in_brackets_behind_latin_letters_stays() -> None:
    assert stripped(LITTERED + "AI(model)") == "聯通發展網絡,AI(model)"


def test_what_is_left_of_a_lost_character_becomes_one_mark() -> None:
    assert stripped(LITTERED + "勇?lián)起責任") == f"聯通發展網絡,勇{LOST}起責任"


def test_a_letter_in_the_place_of_a_lost_character_becomes_one_mark() -> None:
    assert stripped(LITTERED + "承W(wǎng)格") == f"聯通發展網絡,承{LOST}格"


def test_a_plain_question_mark_is_no_lost_character() -> None:
    assert stripped(LITTERED + "誰?我。(ok)?") == "聯通發展網絡,誰?我。(ok)?"


def test_the_map_leads_over_dropped_readings() -> None:
    raw = LITTERED
    text = strip_readings(MappedText.identity(raw))
    start, end = text.raw_span(0, 2)
    assert (text.text[0:2], raw[start:end]) == ("聯通", "聯(lián)通")


def test_a_mark_maps_to_where_the_remains_began() -> None:
    raw = LITTERED + "勇?lián)起"
    text = strip_readings(MappedText.identity(raw))
    assert raw[text.offsets[text.text.index(LOST)]] == "?"


@pytest.mark.parametrize("raw", ["", "(lián)", "()", "((("])
def test_odd_texts_come_back_as_they_are(raw: str) -> None:
    assert stripped(raw) == raw
