"""Cleaned text keeps the place of each character in the raw file."""

from __future__ import annotations

from array import array

import pytest

from assistant.mapped_text import MappedText


def test_identity_maps_each_character_to_itself() -> None:
    text = MappedText.identity("中国\n联通")
    assert list(text.offsets) == [0, 1, 2, 3, 4]
    assert text.raw_span(0, len(text)) == (0, 5)


def test_a_span_over_dropped_characters_covers_them_in_the_raw_text() -> None:
    raw = "扶\n贫 预算"
    clean = MappedText.identity(raw).keep(i for i, c in enumerate(raw) if not c.isspace())
    assert clean.text == "扶贫预算"
    start, end = clean.raw_span(0, 2)
    assert raw[start:end] == "扶\n贫"


def test_a_slice_keeps_the_raw_offsets() -> None:
    part = MappedText.identity("一二三四")[2:4]
    assert part.text == "三四"
    assert part.raw_span(0, 1) == (2, 3)


def test_joined_parts_keep_their_own_offsets() -> None:
    whole = MappedText.identity("甲乙丙丁")
    joined = MappedText.join([whole[:1], MappedText("\n", array("I", [1])), whole[2:]])
    assert joined.text == "甲\n丙丁"
    assert list(joined.offsets) == [0, 1, 2, 3]


def test_joining_nothing_gives_an_empty_text() -> None:
    assert len(MappedText.join([])) == 0


def test_characters_beyond_the_basic_plane_count_as_one() -> None:
    text = MappedText.identity("😀好")
    assert len(text) == 2
    assert text.raw_span(1, 2) == (1, 2)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 2), (0, 4), (3, 4)])
def test_a_span_that_is_empty_or_outside_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="outside a text of 3 characters"):
        MappedText.identity("一二三").raw_span(start, end)


def test_text_and_offsets_of_unlike_length_are_refused() -> None:
    with pytest.raises(ValueError, match="2 characters but 1 offsets"):
        MappedText("一二", array("I", [0]))


def test_stacked_parts_are_lines_of_their_own_and_keep_their_places() -> None:
    raw = MappedText.identity("甲乙丙丁")
    stacked = MappedText.stack([raw[0:2], raw[2:4]])
    assert stacked.text == "甲乙\n丙丁"
    assert list(stacked.offsets) == [0, 1, 2, 2, 3]
