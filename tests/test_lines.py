"""Wrapped lines become paragraphs again, headlines stay alone."""

from __future__ import annotations

import pytest

from assistant.cleaning.lines import join_lines, split_lines
from assistant.mapped_text import MappedText
from assistant.records import Paragraph

COLUMN = """去年以来，青岛移动扎实推进网络
建设，先后投入资金三亿元，新建
基站九百座，城区覆盖率大幅提
升。
"""


def paragraphs(raw: str) -> list[Paragraph]:
    return join_lines(split_lines(MappedText.identity(raw)))


def texts(raw: str) -> list[str]:
    return [paragraph.text.text for paragraph in paragraphs(raw)]


def headings(raw: str) -> list[str]:
    return [paragraph.text.text for paragraph in paragraphs(raw) if paragraph.heading]


def test_lines_broken_in_the_middle_of_words_are_joined() -> None:
    assert texts(COLUMN) == [
        "去年以来，青岛移动扎实推进网络建设，先后投入资金三亿元，新建基站九百座，城区覆盖率大幅提升。"
    ]


def test_a_paragraph_broken_across_a_blank_line_is_joined() -> None:
    broken = COLUMN.replace("新建\n", "新建\n\n")
    assert texts(broken) == texts(COLUMN)


def test_a_number_broken_across_lines_is_joined() -> None:
    raw = "经过一年努力，公司累计投入资金共\n1680万元，建成机房86座，全部按期\n交付使用。"
    assert texts(raw) == ["经过一年努力，公司累计投入资金共1680万元，建成机房86座，全部按期交付使用。"]


def test_a_new_paragraph_behind_a_blank_line_is_apart() -> None:
    second = "今年，公司还将继续加大投入，计划\n新建基站一千二百座，让更多群众用\n上好网络。"
    assert len(texts(COLUMN + "\n" + second)) == 2


def test_an_indented_line_behind_a_sentence_begins_a_paragraph() -> None:
    raw = (
        "　　五月十七日是世界电信日，兰州联通举办了\n开放日活动，吸引市民三百余人参加，气氛热烈。\n"
        "　　活动现场展示了全息通话和云端机器人等产\n品，孩子们争相体验。\n"
        "　　据悉，公司今年计划投资两亿元用于网络建\n设，年底前覆盖全部乡镇。\n"
    )
    assert [text[:4] for text in texts(raw)] == ["五月十七", "活动现场", "据悉，公"]
    assert headings(raw) == []


def test_a_double_spaced_narrow_column_is_joined() -> None:
    raw = "在大山的深处，总有\n\n一些身影来回奔走，\n\n他们背着光缆翻过山\n\n梁，把信号送进每个\n\n村寨。"
    assert texts(raw) == ["在大山的深处，总有一些身影来回奔走，他们背着光缆翻过山梁，把信号送进每个村寨。"]


def test_latin_words_at_a_line_end_stay_two_words() -> None:
    raw = "公司在全省率先建成了一张面向未来的cloud\nnative核心网络，获得业界的广泛好评和认可，\n效果很好。"
    assert "cloud native核心" in texts(raw)[0]


def test_a_headline_above_a_column_stays_alone() -> None:
    assert headings("一张网连起千万家\n\n" + COLUMN) == ["一张网连起千万家"]


def test_a_headline_right_above_a_column_stays_alone() -> None:
    assert headings("网络更稳定\n" + COLUMN) == ["网络更稳定"]


def test_headlines_at_the_end_of_a_page_stay_apart() -> None:
    assert headings(COLUMN + "\n5G点亮新生活\n\n山村 接入“快车道”\n") == ["5G点亮新生活", "山村 接入“快车道”"]


def test_a_cross_head_between_long_paragraphs_is_a_heading() -> None:
    long = "公司把服务群众作为头等大事，" * 8 + "成效显著。"
    assert headings(f"{long}\n\n筑牢根基 凝聚力量\n\n{long}\n") == ["筑牢根基 凝聚力量"]


def test_a_cross_head_that_leads_on_is_a_heading() -> None:
    long = "公司把服务群众作为头等大事，" * 8 + "成效显著。"
    assert headings(f"{long}\n\n为群众办实事、解难题——\n\n{long}\n") == ["为群众办实事、解难题——"]


def test_cross_heads_between_one_line_paragraphs_are_headings() -> None:
    raw = (
        "为做好汛期通信保障工作，现将有关事项通知如下。\n一、加强组织领导\n"
        "各单位要成立工作专班，明确责任人，确保指令畅通。\n二、做好物资储备\n"
        "各单位要备足油机、光缆和卫星电话，确保随时可用。\n"
    )
    assert headings(raw) == ["一、加强组织领导", "二、做好物资储备"]


def test_a_name_set_vertically_is_one_heading() -> None:
    [name, *_] = paragraphs("兰\n州\n铁\n塔\n\n" + COLUMN)
    assert (name.text.text, name.heading, name.vertical) == ("兰州铁塔", True, True)


def test_a_page_of_single_characters_is_no_name() -> None:
    assert not any(
        paragraph.vertical for paragraph in paragraphs("\n".join("春眠不觉晓处处闻啼鸟夜来风雨声花落"))
    )


def test_a_bold_line_is_a_heading_read_once() -> None:
    assert headings("青岛移动交出满意答卷青岛移动交出满意答卷\n" + COLUMN) == ["青岛移动交出满意答卷"]


def test_a_doubled_word_makes_no_heading_of_its_line() -> None:
    raw = "去年甘肃电信甘肃电信建成基站三千座，\n服务山区用户两百万户，得到了广泛的\n好评。"
    assert headings(raw) == []
    assert texts(raw) == ["去年甘肃电信建成基站三千座，服务山区用户两百万户，得到了广泛的好评。"]


def test_a_decimal_point_ends_no_sentence() -> None:
    raw = "截至年底，公司在全市累计建成基站达3.\n8万座，覆盖全部乡镇，用户满意度达到\n了新高。"
    assert texts(raw) == ["截至年底，公司在全市累计建成基站达3.8万座，覆盖全部乡镇，用户满意度达到了新高。"]


def test_a_column_knows_its_width() -> None:
    assert [paragraph.column for paragraph in paragraphs(COLUMN)] == [15.0]


def test_each_character_leads_back_to_its_place() -> None:
    [paragraph] = paragraphs(COLUMN)
    assert all(COLUMN[at] == c for c, at in zip(paragraph.text.text, paragraph.text.offsets, strict=True))


@pytest.mark.parametrize("raw", ["", "\n\n", " \t\u3000\n"])
def test_nothing_gives_no_paragraph(raw: str) -> None:
    assert paragraphs(raw) == []


@pytest.mark.parametrize("line", ["没有结尾的一行", "没有结尾，", "以下是：", "有结尾。", "字", "甲\t乙"])
@pytest.mark.parametrize("end", ["\n", "\n\n"])
def test_five_thousand_short_lines_lose_nothing(line: str, end: str) -> None:
    joined = "".join(texts(end.join([line] * 5000)))
    assert len(joined) == 5000 * len(line)
