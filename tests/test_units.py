"""A passage falls into the stretches that an answer can quote."""

from __future__ import annotations

from assistant.answering.evidence.units import Unit, units_of
from assistant.records import Metadata, Passage


def units(text: str, start: int = 100) -> list[Unit]:
    return units_of(Passage("id", "a.txt", 0, text, start, start + len(text), Metadata()))


def test_each_sentence_is_a_unit() -> None:
    assert [unit.text for unit in units("建成基站九座。投资三亿元！")] == ["建成基站九座。", "投资三亿元！"]


def test_an_enumeration_between_semicolons_is_taken_apart() -> None:
    found = units("新建基站九座；敷设光缆百里；服务村民千户。")
    assert [unit.text for unit in found] == ["新建基站九座；", "敷设光缆百里；", "服务村民千户。"]
    assert {unit.sentence for unit in found} == {(0, 21)}


def test_a_semicolon_inside_quotation_marks_takes_nothing_apart() -> None:
    assert len(units("他说：“先修路；再架线。”")) == 1


def test_places_count_in_the_whole_clean_text() -> None:
    [_, second] = units("建成基站九座。投资三亿元。")
    assert (second.start, second.end, second.sentence) == (107, 113, (7, 13))


def test_a_headline_without_an_end_is_a_unit() -> None:
    assert [unit.text for unit in units("山路上的信号\n林晓")] == ["山路上的信号", "林晓"]


def test_every_unit_is_its_own_place_in_the_passage() -> None:
    text = "一、建网；二、惠民。\n“真好！”村民说。投资3.6亿元；"
    for unit in units(text, start=0):
        assert text[unit.start : unit.end] == unit.text


def test_the_heads_of_a_table_are_no_unit_and_every_row_is_one() -> None:
    text = "项目\t变动比例（%）\t主要原因\n存货\t96.6\t终端到货增加。\n应付票据\t35.2\t统筹使用工具。"
    heads = "变动情况 项目 | 变动比例（%） | 主要原因"
    passage = Passage("id", "a.pdf", 0, text, 0, len(text), Metadata(), table=heads)
    assert [unit.text for unit in units_of(passage)] == [
        "存货\t96.6\t终端到货增加。",
        "应付票据\t35.2\t统筹使用工具。",
    ]


def test_the_heads_of_a_table_are_known_by_their_words_whatever_blanks_they_have() -> None:
    text = "\t一季度（1-3 月）\t二季度（4-6 月）\n营业收入\t89\t87"
    passage = Passage(
        "id", "a.pdf", 0, text, 0, len(text), Metadata(), table="一季度（1-3月） | 二季度（4-6月）"
    )
    assert [unit.text for unit in units_of(passage)] == ["营业收入\t89\t87"]


def test_a_row_is_whole_though_its_cells_hold_sentences_but_not_a_long_one() -> None:
    row = "应收账款\t67.1\t政企收入增加。回款期延长；票据减少。"
    long = f"说明\t{'施工队按期完成了全部线路的铺设工作。' * 12}"
    text = f"{row}\n{long}"
    passage = Passage("id", "a.pdf", 0, text, 0, len(text), Metadata(), table="变动情况")
    assert [unit.text for unit in units_of(passage)][0] == row
    assert len(units_of(passage)) == 13
    assert all(text[unit.start : unit.end] == unit.text for unit in units_of(passage))
