"""Headlines find the texts they belong to, wherever on the page they stand."""

from __future__ import annotations

import pytest

from assistant.articles.headlines import Piece, assign, can_assign

FARM = Piece("合作社的脐橙通过直播销往全国，果农增收明显。", 15.0)
FARM_TOO = Piece("村里的果农说，今年脐橙价格好，直播间天天有人下单。", 15.0)
PORT = Piece("码头上的无人集卡在专网指挥下装卸集装箱，港口效率提高三成。", 22.0)
SCHOOL = Piece("山区的孩子在远程课堂里跟着省城的老师学英语。", 15.0)
ORANGES, HARBOUR, CLASS = "直播卖脐橙 果农笑开颜", "智慧港口来了无人集卡", "远程课堂点亮山区孩子"


def test_headlines_at_the_end_find_their_texts_by_shared_words() -> None:
    assert assign([HARBOUR, ORANGES, CLASS], [FARM, FARM_TOO, PORT, SCHOOL]) == [1, 1, 0, 2]


def test_a_headline_right_above_a_text_without_its_words_begins_its_article() -> None:
    plain = Piece("这一天人们等了很久。", 15.0, preceded_by=(1,))
    assert assign([ORANGES, "春风"], [FARM, FARM_TOO, plain]) == [0, 0, 1]


def test_a_change_of_column_width_ends_an_article() -> None:
    plain, wide = Piece("众人纷纷叫好。", 15.0), Piece("大家都很期待。", 25.0)
    assert assign([ORANGES, HARBOUR], [FARM, plain, wide, PORT]) == [0, 0, 1, 1]


def test_another_company_speaks_for_another_article() -> None:
    pieces = [
        Piece(text, 0.0)
        for text in ("贵州移动服务果农。", "贵州移动再出发。", "贵州电信开新局。", "贵州电信建港口。")
    ]
    assert assign(["果农", "港口"], pieces) == [0, 0, 1, 1]


def test_a_hard_break_is_not_run_over() -> None:
    after = Piece("果农的脐橙直播还在继续。", 15.0, breaks=True)
    assert assign([ORANGES, HARBOUR], [FARM, after]) == [0, 1]


def test_one_headline_takes_everything() -> None:
    assert assign([ORANGES], [FARM, PORT, SCHOOL]) == [0, 0, 0]


def test_every_headline_gets_one_run_of_neighbours() -> None:
    owner = assign([ORANGES, HARBOUR, CLASS], [FARM, PORT, FARM_TOO, SCHOOL, PORT])
    runs = [number for at, number in enumerate(owner) if at == 0 or owner[at - 1] != number]
    assert sorted(runs) == [0, 1, 2]


@pytest.mark.parametrize(("headlines", "paragraphs"), [(0, 5), (3, 2), (9, 20), (2, 5000)])
def test_more_than_a_page_is_refused(headlines: int, paragraphs: int) -> None:
    assert not can_assign(headlines, paragraphs)
    with pytest.raises(ValueError, match=f"{headlines} headlines for {paragraphs} paragraphs"):
        assign([ORANGES] * headlines, [FARM] * paragraphs)


def test_a_full_page_is_done_at_once() -> None:
    owner = assign([f"{ORANGES}{n}" for n in range(8)], [FARM, PORT] * 100)
    assert (len(owner), len(set(owner))) == (200, 8)
