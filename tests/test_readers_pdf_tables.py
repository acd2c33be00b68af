from __future__ import annotations

from pdf_making import Pdf

from assistant.readers import pdf
from assistant.records import Paragraph, Table

XS: list[float] = [70, 270, 400, 530]
HEADS = ["项目", "本报告期", "变动幅度(%)"]
PROSE = "本公司是经国务院批准设立的控股公司，经营范围为电信业的投资，对子公司保持实际的控制权。"


def rows(made: Pdf) -> list[Paragraph]:
    return [p for p in pdf.read(made.data(), "a.pdf").paragraphs or () if p.table is not None]


def table(made: Pdf, top: float, lines: list[list[str]], heights: list[float] | None = None) -> None:
    """A drawn table; a cell of two lines has a line feed between them."""
    heights = heights or [20.0] * len(lines)
    ys = [top]
    for height, cells in zip(heights, lines, strict=True):
        for x, cell in zip(XS, cells, strict=False):
            parts = cell.split("\n")
            for number, part in enumerate(parts):
                middle = ys[-1] + height / 2 + 4 + 14 * (number - (len(parts) - 1) / 2)
                made.text(part, x + 4, middle, 10)
        ys.append(ys[-1] + height)
    made.grid(XS, ys)


def test_rows_carry_caption_unit_and_heads() -> None:
    made = Pdf()
    made.line("（一）主要会计数据", step=24)
    made.line("单位：元 币种：人民币", 390)
    table(
        made,
        130,
        [
            HEADS,
            ["营业收入", "89,021,517,630", "8.2"],
            ["归属于股东的扣除非经常\n性损益的净利润", "2,006,994,311", "-7.1"],
        ],
        [20, 20, 36],
    )
    found = rows(made)
    assert [p.text.text for p in found] == [
        "项目\t本报告期\t变动幅度(%)",
        "营业收入\t89,021,517,630\t8.2",
        "归属于股东的扣除非经常性损益的净利润\t2,006,994,311\t-7.1",
    ]
    assert [p.heading for p in found] == [True, False, False]
    assert {p.table for p in found} == {Table("（一）主要会计数据", "元 币种：人民币", tuple(HEADS))}


def test_an_empty_cell_keeps_its_place() -> None:
    made = Pdf()
    table(made, 100, [HEADS, ["营业收入", "", "8.2"], ["净利润", "2,006", ""]])
    assert [p.text.text for p in rows(made)][1:] == ["营业收入\t\t8.2", "净利润\t2,006"]


def test_a_table_goes_on_over_the_page() -> None:
    made = Pdf()
    made.line("主要指标")
    table(made, 740, [HEADS, ["营业收入", "89,021", "8.2"]])
    made.next_page()
    table(made, 60, [HEADS, ["净利润", "2,006", "-7.1"]])
    made.y = 120
    made.paragraph(PROSE)
    found = rows(made)
    assert [p.text.text.split("\t")[0] for p in found] == ["项目", "营业收入", "净利润"]
    assert found[-1].table == found[0].table
    assert found[-1].table is not None and found[-1].table.caption == "主要指标"


def test_a_table_without_heads_below_the_break_is_the_same_table() -> None:
    made = Pdf()
    table(made, 740, [HEADS, ["营业收入", "89,021", "8.2"]])
    made.next_page()
    table(made, 60, [["净利润", "2,006", "-7.1"], ["总资产", "589,363", "-0.7"]])
    assert {p.table for p in rows(made)} == {Table("", "", tuple(HEADS))}


def test_heads_of_two_levels_are_named_from_the_top() -> None:
    made = Pdf()
    for text, x, y in (
        ("项目", 80, 125),
        ("本年", 340, 115),
        ("金额", 290, 135),
        ("比例", 420, 135),
        ("云业务", 80, 155),
        ("361.2", 290, 155),
        ("12.5", 420, 155),
    ):
        made.text(text, x, y, 10)
    for edge in (XS[0], XS[1], XS[3]):
        made.rule(edge, 100, edge, 160)
    made.rule(XS[2], 120, XS[2], 160)
    for level in (100, 140, 160):
        made.rule(XS[0], level, XS[3], level)
    made.rule(XS[1], 120, XS[3], 120)
    found = rows(made)
    assert found[-1].table is not None
    assert found[-1].table.heads == ("项目", "本年 金额", "本年 比例")
    assert found[-1].text.text == "云业务\t361.2\t12.5"


def test_aligned_columns_without_lines_are_a_table() -> None:
    made = Pdf()
    made.paragraph(PROSE)
    made.line("主要业务收入", step=24)
    for cells in (
        ("", "2022年", "2021年"),
        ("语音业务", "169.4", "175.1"),
        ("非语音业务", "1,440.3", "1,311.6"),
        ("主营业务收入", "1,609.7", "1,486.7"),
    ):
        for x, cell in zip((90, 300, 420), cells, strict=True):
            if cell:
                made.text(cell, x, made.y)
        made.y += 20
    found = rows(made)
    assert [p.text.text for p in found if not p.heading] == [
        "语音业务\t169.4\t175.1",
        "非语音业务\t1,440.3\t1,311.6",
        "主营业务收入\t1,609.7\t1,486.7",
    ]
    assert found[-1].table == Table("主要业务收入", "", ("", "2022年", "2021年"))


def test_a_wrapped_name_joins_the_nearest_row_of_values() -> None:
    made = Pdf()
    for text, x, y in (
        ("营业收入", 90, 100),
        ("89,021", 400, 100),
        ("归属于股东的扣除非经常", 90, 124),
        ("2,006", 400, 131),
        ("性损益的净利润", 90, 138),
        ("总资产", 90, 162),
        ("589,363", 400, 162),
    ):
        made.text(text, x, y)
    assert [p.text.text for p in rows(made)] == [
        "营业收入\t89,021",
        "归属于股东的扣除非经常性损益的净利润\t2,006",
        "总资产\t589,363",
    ]


def test_prose_in_a_frame_stays_prose() -> None:
    made = Pdf()
    made.paragraph(PROSE)
    made.grid([70, 530], [60, 160])
    assert rows(made) == []


def test_a_drawing_of_many_lines_is_no_table() -> None:
    made = Pdf()
    made.paragraph(PROSE)
    for number in range(450):
        made.rule(100, 200 + number * 1.3, 100 + 7 * (number % 50), 200 + number * 1.3)
        made.rule(100 + number * 0.9, 300, 100 + number * 0.9, 300 + 5 * (number % 40))
    assert rows(made) == []


def test_new_heads_in_the_middle_name_the_rows_below_them() -> None:
    made = Pdf()
    table(
        made,
        100,
        [
            ["", "本期末", "上期末"],
            ["总资产", "616", "593"],
            ["", "本季度", "上季度"],
            ["营业收入", "89", "82"],
        ],
    )
    found = rows(made)
    assert [p.heading for p in found] == [True, False, True, False]
    assert [p.table.heads for p in found if p.table is not None][1::2] == [
        ("", "本期末", "上期末"),
        ("", "本季度", "上季度"),
    ]


def test_a_label_beside_several_rows_is_in_each_of_them() -> None:
    made = Pdf()
    table(made, 100, [HEADS])
    made.text("移动业务", 74, 150, 10)
    for y, cells in ((136, ("语音", "12")), (156, ("流量", "345"))):
        for x, cell in zip(XS[1:], cells, strict=False):
            made.text(cell, x + 4, y, 10)
    made.grid([XS[0], XS[-1]], [120, 162])
    made.grid(XS[1:], [120, 141, 162])
    assert [p.text.text for p in rows(made)][1:] == ["移动业务\t语音\t12", "移动业务\t流量\t345"]


def test_a_unit_in_brackets_above_columns_without_ruling_lines_is_no_head() -> None:
    made = Pdf()
    made.line("资产负债情况", step=24)
    made.line("（人民币亿元，百分比除外）", 380, 10, 18)
    for name, one, other in (
        ("项目", "2023年末", "增减"),
        ("资产", "12,004", "9.8"),
        ("负债", "11,020", "9.7"),
    ):
        for x, cell in ((90, name), (300, one), (450, other)):
            made.text(cell, x, made.y, 10)
        made.y += 18
    found = rows(made)
    assert found[0].table == Table("资产负债情况", "人民币亿元", ("项目", "2023年末", "增减"))
