"""Passages are whole sentences under one heading, and each knows what it is about."""

from __future__ import annotations

import pytest
from plain_text import parse

from assistant.passages import sentences, split
from assistant.records import Passage

SENTENCE = "贵州移动在山区新建基站九十座，投资三千六百万元。"
OTHER = "村民们说，现在打电话、上网课都比从前方便多了。"


def spans(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def passages(raw: str, size: int = 80) -> list[Passage]:
    return split("a.txt", parse(raw), size)


def body(raw: str, size: int = 80) -> list[Passage]:
    return [passage for passage in passages(raw, size) if not passage.front]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("甲。乙！丙？", ["甲。", "乙！", "丙？"]),
        ("“真好。”他说。", ["“真好。”", "他说。"]),
        ("增长3.6%。完", ["增长3.6%。", "完"]),
        ("等等……还有", ["等等……", "还有"]),
        ("题\n甲。", ["题", "甲。"]),
        ("  甲。 \n 乙。", ["甲。", "乙。"]),
        ("没有结尾", ["没有结尾"]),
        ("", []),
        (" \n", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, parts: list[str]) -> None:
    assert spans(text) == parts


def test_sentences_count_from_where_their_text_begins() -> None:
    assert list(sentences("甲。乙。", 10)) == [(10, 12), (12, 14)]


def test_a_passage_is_its_place_in_the_clean_text() -> None:
    raw = f"山路上的信号\n\n{SENTENCE * 4}\n\n{OTHER}\n"
    clean = parse(raw).clean.text
    assert all(clean[p.start : p.end] == p.text for p in passages(raw))


def test_passages_hold_whole_sentences_up_to_the_size() -> None:
    found = body(f"山路上的信号\n\n{(SENTENCE + OTHER) * 5}\n")
    assert all(p.text.endswith("。") and len(p.text) <= 80 for p in found)
    assert "".join(p.text for p in found) == (SENTENCE + OTHER) * 5


def test_a_paragraph_that_fits_whole_is_not_broken() -> None:
    first, second = f"{SENTENCE}山里人乐开了花。", f"{OTHER}日子越过越红火。"
    found = body(f"山路上的信号\n\n{first}\n\n{second}\n", size=60)
    assert [p.text for p in found] == [first, second]


def test_one_sentence_may_be_longer_than_the_size() -> None:
    long = "贵州移动建网惠民，" * 12 + "成效显著。"
    assert [p.text for p in body(f"{long}{OTHER}")] == [long, OTHER]


def test_a_run_without_an_end_is_cut_behind_its_pauses() -> None:
    endless = "".join(f"第{n}批设备运抵山区，" for n in range(100, 200))
    found = body(endless)
    assert all(len(p.text) <= 160 and p.text.endswith("，") for p in found)
    assert "".join(p.text for p in found) == endless


def test_a_very_long_line_is_cut_at_once() -> None:
    found = body("".join(map(str, range(20_000))))
    assert max(len(p.text) for p in found) <= 160


def test_a_line_of_spaces_gives_no_passage_of_its_own() -> None:
    assert all(p.text.strip() for p in body(f"开头{' ' * 5000}结尾。"))


def test_a_cross_head_is_the_section_of_what_stands_below_it() -> None:
    long = SENTENCE * 3
    found = body(f"山路上的信号\n\n{long}\n\n筑牢根基\n\n{OTHER * 3}\n")
    assert [(p.section, p.text[:2]) for p in found] == [("", "贵州"), ("筑牢根基", "村民")]


def test_of_headings_in_a_row_the_last_is_the_section_and_none_is_lost() -> None:
    long = SENTENCE * 3
    found = body(f"山路上的信号\n\n{long}\n\n一、网络\n\n（一）基站\n\n{OTHER * 3}\n")
    assert found[-1].section == "（一）基站"
    assert any("一、网络" in p.text for p in found)


def test_what_stands_above_the_title_is_no_section() -> None:
    found = body(f"信号\n\n山路上的信号塔\n\n{SENTENCE * 3}\n")
    assert [p.section for p in found] == [""]


def test_a_list_without_a_sentence_is_kept() -> None:
    found = body("贵州移动资费表\n\n春晓套餐 每月29元\n\n夏荷套餐 每月59元\n")
    assert [p.text for p in found] == ["春晓套餐 每月29元\n夏荷套餐 每月59元"]


def test_title_and_byline_that_stand_together_are_one_front_passage() -> None:
    [front, _] = passages(f"山路上的信号\n\n通信产业报  林晓\n\n{SENTENCE}\n")
    assert (front.front, front.text) == (True, "山路上的信号\n通信产业报  林晓")


def test_every_passage_carries_what_is_known_of_its_article() -> None:
    for passage in passages(f"山路上的信号\n\n通信产业报  林晓\n\n{SENTENCE}\n"):
        about = passage.metadata
        assert (about.title, about.publisher, about.author) == ("山路上的信号", "通信产业报", "林晓")


def test_a_passage_that_names_no_company_is_the_articles() -> None:
    found = body(f"山路上的信号\n\n{SENTENCE * 3}\n\n{OTHER * 3}\n")
    assert [p.companies for p in found] == [("贵州移动",), ("贵州移动",)]


def test_a_passage_that_names_another_company_is_that_ones() -> None:
    other = "相邻的湖南电信也派人前来学习，两地约定共建共享，全年节约投资八百万元。"
    found = body(f"山路上的信号\n\n{SENTENCE * 3}\n\n{other * 2}\n")
    assert found[-1].companies == ("湖南电信",)


def test_ids_depend_on_document_place_and_text_alone() -> None:
    raw = f"山路上的信号\n\n{SENTENCE * 3}\n"
    again = split("a.txt", parse(raw), 80)
    assert [p.id for p in passages(raw)] == [p.id for p in again]
    assert not {p.id for p in again} & {p.id for p in split("b.txt", parse(raw), 80)}
    assert len({p.id for p in again}) == len(again)


def test_passages_are_numbered_in_text_order() -> None:
    found = passages(f"山路上的信号\n\n{SENTENCE * 9}\n")
    assert [p.ordinal for p in found] == list(range(len(found)))
    assert [p.start for p in found] == sorted(p.start for p in found)


@pytest.mark.parametrize("raw", ["", " \n", "\0", "\ufeff"])
def test_nothing_gives_no_passage(raw: str) -> None:
    assert passages(raw) == []


def test_one_character_is_a_passage() -> None:
    assert [p.text for p in passages("好")] == ["好"]
