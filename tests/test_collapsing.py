"""One hit for the passage of several reprints: which of them stays, and what is no reprint."""

from __future__ import annotations

from assistant.answering.retrieving.collapsing import collapse, say_the_same
from assistant.records import Metadata, Passage, ScoredPassage

TEXT = "昂拉基站于九月二十八日开通，比原计划提前了两个月，惠及牧民1.6万户。"
GROUPS = {(name, 0): ("a", 0) for name in "abc"}


def hit(
    document: str, score: float = 1.0, text: str = TEXT, published: str = "", ordinal: int = 0
) -> ScoredPassage:
    place = Passage(
        f"{document}{ordinal}", document, ordinal, text, 0, len(text), Metadata(published=published)
    )
    return ScoredPassage(place, score, None, None)


def shown(found: list[ScoredPassage]) -> list[tuple[str, tuple[str, ...]]]:
    return [(item.passage.id, item.reprints) for item in found]


def test_the_best_of_the_reprints_stays_and_names_the_others() -> None:
    found = collapse([hit("b", 3.0), hit("x", 2.5), hit("c", 2.0), hit("a", 1.0)], GROUPS)
    assert shown(found) == [("b0", ("a", "c")), ("x0", ())]
    assert [item.score for item in found] == [3.0, 2.5]


def test_of_equally_good_ones_the_earliest_published_stays_then_the_first_by_name() -> None:
    dated = [hit("a"), hit("b", published="2022-03-01"), hit("c", published="2022-02")]
    assert shown(collapse(dated, GROUPS)) == [("c0", ("a", "b"))]
    assert shown(collapse([hit("c"), hit("b")], GROUPS)) == [("b0", ("c",))]
    assert (
        shown(collapse([hit("c", 2.0, published="2022"), hit("b", published="2020")], GROUPS))[0][0] == "c0"
    )


def test_the_same_words_in_articles_that_are_no_reprints_are_two_hits() -> None:
    assert shown(collapse([hit("a"), hit("b")], {})) == [("a0", ()), ("b0", ())]


def test_other_passages_of_reprints_are_hits_of_their_own() -> None:
    other = "青海联通开办了牧民夜校、云课堂和远程门诊三项服务。"
    assert shown(collapse([hit("a"), hit("b", text=other)], GROUPS)) == [("a0", ()), ("b0", ())]


def test_two_passages_of_one_article_are_never_one_hit() -> None:
    assert shown(collapse([hit("a"), hit("a", ordinal=1)], GROUPS)) == [("a0", ()), ("a1", ())]


def test_a_passage_shown_before_stays_also_when_a_reprint_is_better() -> None:
    earlier = hit("c", 0.1).passage
    assert shown(collapse([hit("b", 3.0), hit("c", 2.0)], GROUPS, [earlier])) == [("c0", ("b",))]
    assert shown(collapse([hit("b", 3.0)], GROUPS, [earlier])) == [("c0", ("b",))]
    assert shown(collapse([hit("x", 3.0)], GROUPS, [earlier])) == [("x0", ())]


def test_the_same_is_said_but_for_script_punctuation_and_a_few_words() -> None:
    assert say_the_same(TEXT, TEXT.replace("，", ",\n") + "（完）")
    assert say_the_same(TEXT, "據悉，昂拉基站於九月二十八日開通，比原計劃提前了兩個月，惠及牧民1.6萬戶。")
    assert say_the_same(TEXT, f"另一段话放在它的前面，说的是别的事情。{TEXT}后面也还有一些。")


def test_another_figure_is_not_the_same() -> None:
    assert not say_the_same(TEXT, TEXT.replace("1.6", "1.7"))
    assert not say_the_same("营业收入1,234.5亿元，同比增长3.1%。", "营业收入1,234.5亿元，同比增长3.2%。")
    assert say_the_same("营业收入1,234.5亿元，同比增长3.1%。", "营业收入1234.5亿元，同比增长3.1%。")


def test_texts_without_a_letter_are_the_same_only_as_each_other() -> None:
    assert say_the_same("——", "……")
    assert not say_the_same("——", TEXT)
