"""Numbers and bullets of items, and how many items a sentence announces."""

from __future__ import annotations

import pytest

from assistant.answering.blocks.item_marks import bullet, marks
from assistant.answering.blocks.lists import count_in, is_announcing


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("一是开办夜校；二是上门办理；三则是远程门诊。", [1, 2, 3]),
        ("第一，开办夜校。第二，上门办理。", [1, 2]),
        ("（一）开办夜校；（2）上门办理③远程门诊", [1, 2, 3]),
        ("1. 开办夜校", [1]),
        ("2、开办夜校", [2]),
        ("十二、附则", [12]),
        ("首先，开办夜校；其次，上门办理；此外，远程门诊。", [1, 2, 9]),
        ("一方面开办夜校，另一方面上门办理。", [1, 2]),
    ],
)
def test_the_numbers_of_items_are_read_in_every_form(text: str, numbers: list[int]) -> None:
    assert [mark.number for mark in marks(text)] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "1.5万元",
        "第一季度",
        "第一大股东",
        "一是否同意",
        "占比约2.3%",
        "三、四线城市也通了",
        "排名第二",
        "统一是目标",
    ],
)
def test_a_number_that_counts_no_item_is_none(text: str) -> None:
    found = [mark.number for mark in marks(text)]
    assert found == ([3] if text.startswith("三、") else [])


def test_a_bullet_is_one_only_at_the_beginning() -> None:
    assert bullet("● 开办夜校") == "●"
    assert bullet("- 开办夜校") == "-"
    assert bullet("-5℃的低温") == "" == bullet("开办夜校·上门办理")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("实现了四个维度的升级", 4),
        ("打造三大特色", 3),
        ("提出12项措施", 12),
        ("历时三个月", 0),
        ("提高两个百分点", 0),
        ("第三个平台", 0),
        ("一个平台", 0),
        ("推进一系列工作", 0),
    ],
)
def test_the_number_of_items_announced_is_read(text: str, count: int) -> None:
    assert count_in(text) == count


def test_a_sentence_announces_a_list_by_its_colon_its_count_or_its_words() -> None:
    announcing = ("措施有：", "分为两类。", "有三大特色。", "采取了一系列措施。", "重点如下。")
    assert all(is_announcing(text) for text in announcing)
    assert not is_announcing("青海联通开办夜校。")
