"""Words found in texts: as they stand, by a synonym, in part."""

from __future__ import annotations

from assistant.answering.evidence.matching import contains, hit, occurrences


def test_a_word_itself_counts_more_than_a_synonym_and_a_synonym_more_than_a_part() -> None:
    itself = hit("投入", "全年投入三百万元")
    synonym = hit("投入", "全年出资三百万元")
    part = hit("普遍服务点", "电信普遍服务")
    assert itself == 1.0
    assert itself > synonym > part > hit("投入", "全年下雨") == 0.0


def test_a_short_word_is_not_found_in_part() -> None:
    assert hit("基站", "基地") == 0.0


def test_latin_words_and_numbers_are_found_as_a_whole_only() -> None:
    assert contains("5g", "建5g基站")
    assert not contains("5g", "建15g基站")
    assert not contains("5g", "建5ghz基站")
    assert not contains("22", "增长22.6%")
    assert contains("22.6", "增长22.6%")
    assert contains("5g-a", "开通5g-a网络")


def test_every_place_of_a_word_and_of_its_synonyms_is_told() -> None:
    text = "投入三百万元，又出资二百万元"
    assert {match.group() for match in occurrences("投入", text)} >= {"投入", "出资"}
    assert [match.start() for match in occurrences("三百万", text)] == [2]
