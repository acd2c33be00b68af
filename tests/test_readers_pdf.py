from __future__ import annotations

from io import BytesIO

import pytest
from pdf_making import HEIGHT, LEFT, WIDTH, Pdf
from PIL import Image

from assistant.errors import DocumentError
from assistant.readers import pdf
from assistant.records import Extract

LONG = (
    "公司持续加大网络基础能力的投入，精品网络建设卓有成效，新增三十一万个中频基站，"
    "行政村覆盖率达到百分之九十六，"
)
ENDED = LONG + "移动用户达到历史新高。"


def read(made: Pdf) -> Extract:
    return pdf.read(made.data(), "a.pdf")


def texts(extract: Extract) -> list[str]:
    assert extract.paragraphs is not None
    return [paragraph.text.text for paragraph in extract.paragraphs]


def levels(extract: Extract) -> dict[str, int]:
    return {p.text.text: p.level for p in extract.paragraphs or () if p.heading}


def test_pages_lines_and_paragraphs_count_in_one_raw_text() -> None:
    made = Pdf()
    made.paragraph(ENDED)
    made.paragraph("第二段很短。")
    made.next_page()
    made.paragraph("第二页写到 5G network 为止。")
    extract = read(made)
    assert extract.form == "pdf"
    assert texts(extract) == [ENDED, "第二段很短。", "第二页写到 5G network 为止。"]
    assert extract.pages == (0, extract.raw.index("\f") + 1)
    for paragraph in extract.paragraphs or ():
        mapped = paragraph.text
        assert mapped.text == "".join(extract.raw[i] for i in mapped.offsets)
        assert list(mapped.offsets) == sorted(mapped.offsets)


def test_a_sentence_goes_on_over_the_page_and_its_furniture() -> None:
    made = Pdf()
    for number, ending in enumerate(
        ("开头很短。", "全年计划完成。", "云业务增长较快。", "明年继续努力。"), 1
    ):
        made.text("某某通信股份有限公司年度报告", 220, 40, 9)
        made.text(f"{number} / 4", 290, 810, 9)
        made.paragraph(ending, indent=number == 1)
        if number < 4:
            made.line(LONG[number : number + 33], LEFT + 24)
            made.next_page()
    found = texts(read(made))
    assert found[1] == LONG[1:34] + "全年计划完成。"
    assert not [text for text in found if "年度报告" in text or "/" in text]


def test_furniture_stays_in_the_raw_text() -> None:
    made = Pdf()
    for number in range(3):
        made.text("内部资料", 260, 40, 9)
        made.paragraph(ENDED)
        made.text(f"- {number + 1} -", 290, 810, 9)
        if number < 2:
            made.next_page()
    extract = read(made)
    assert extract.raw.count("内部资料") == 3
    assert texts(extract) == [ENDED] * 3


def test_a_single_page_loses_only_its_number() -> None:
    made = Pdf()
    made.centred("通知", 18)
    made.paragraph(ENDED)
    made.line("2024")
    made.text("1", 297, 810, 9)
    assert texts(read(made)) == ["通知", ENDED, "2024"]


def test_what_repeats_within_the_text_stays() -> None:
    made = Pdf()
    for number in range(4):
        made.y += 25 * number
        made.paragraph("本章小结如下。")
        made.paragraph(ENDED)
        if number < 3:
            made.next_page()
    assert texts(read(made)).count("本章小结如下。") == 4


def test_watermarks_are_no_text() -> None:
    made = Pdf()
    wanted = [ENDED, ENDED[7:], ENDED[16:]]
    for number, text in enumerate(wanted):
        made.slanted("机密")
        made.paragraph(text)
        made.text("仅供审阅", 260, 600)
        if number < 2:
            made.next_page()
    assert texts(read(made)) == wanted


def test_two_columns_are_read_one_after_the_other() -> None:
    made = Pdf()
    left = ["左栏第一行写满了整整一栏的字数", "左栏第二行也写满了一栏的字数啊"] * 5
    right = ["右栏第一行写满了整整一栏的字数", "右栏第二行也写满了一栏的字数啊"] * 5
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        made.text(one, 80, 100 + 20 * number)
        made.text(other, 320, 100 + 20 * number)
    assert "".join(texts(read(made))) == "".join([*left, *right])


def test_a_turned_page_is_read_as_it_is_shown() -> None:
    made = Pdf()
    made.turn()
    made.upright("这一页是横着放的。", 100, 100)
    made.upright("第二行在它的下面。", 100, 130)
    assert "".join(texts(read(made))) == "这一页是横着放的。第二行在它的下面。"


def test_headings_have_the_rank_of_their_numbering() -> None:
    made = Pdf()
    made.centred("算力发展白皮书", 24, 50)
    for chapter in ("一、总体情况", "二、展望"):
        made.line(chapter, size=16, step=34)
        made.line("（一）规模", size=14, step=30)
        made.paragraph(ENDED)
        made.line("1.基础算力", LEFT + 24, step=30)
        made.paragraph(ENDED)
    found = levels(read(made))
    assert found["算力发展白皮书"] == 1
    ranks = [found["一、总体情况"], found["（一）规模"], found["1.基础算力"]]
    assert ranks == sorted(set(ranks)) and ranks[0] > 1
    assert found["二、展望"] == ranks[0]


def test_points_of_a_list_are_no_headings() -> None:
    made = Pdf()
    made.paragraph(ENDED)
    for point in ("1.语音业务", "2.数据业务", "3.专线业务"):
        made.line(point, LEFT + 24)
    assert levels(read(made)) == {}


def test_a_title_of_two_lines_is_one_heading() -> None:
    made = Pdf()
    made.centred("中国某通信公司全面推进数字化转型为经济社会高", 18, 30)
    made.centred("质量发展贡献力量", 18, 40)
    made.paragraph(ENDED)
    assert list(levels(read(made))) == ["中国某通信公司全面推进数字化转型为经济社会高质量发展贡献力量"]


def test_contents_are_no_text() -> None:
    made = Pdf()
    made.centred("目 录", 16)
    for number, entry in enumerate(("一、总则", "二、范围", "三、附则"), 1):
        made.line(f"{entry}{'.' * 60} {number}")
    made.next_page()
    made.line("一、总则", size=16, step=34)
    made.paragraph(ENDED)
    assert texts(read(made)) == ["一、总则", ENDED]


def test_a_footnote_does_not_interrupt_the_sentence_above_it() -> None:
    made = Pdf()
    made.paragraph(ENDED)
    made.line("本期利润同比增长百分之五点三", LEFT + 24)
    made.text("1", LEFT + 24 + 14 * 12, made.y - 24, 7)
    made.text("，公司认为这一增长的趋势是稳定的，这", LEFT + 24 + 14 * 12 + 4, made.y - 20)
    made.line("一增长主要来自创新业务的快速发展，其中云业务的贡献非常突出，而且还有很")
    made.text("1 利润指归属于母公司的净利润。", LEFT, 780, 9)
    made.text("1", 297, 815, 9)
    made.next_page()
    made.paragraph("大的空间。", indent=False)
    found = texts(read(made))
    assert "1 利润指归属于母公司的净利润。" in found
    assert (
        "本期利润同比增长百分之五点三，公司认为这一增长的趋势是稳定的，这一增长主要来自创新业务的快速发展，"
        "其中云业务的贡献非常突出，而且还有很大的空间。" in found
    )


def test_pages_without_text_are_named() -> None:
    made = Pdf()
    made.paragraph(ENDED)
    for _ in range(3):
        made.next_page()
        made.picture()
    assert read(made).notes == ("第2-4页只有图片，没有文字",)


def test_a_document_of_pictures_is_refused_with_advice() -> None:
    made = Pdf()
    made.picture()
    made.next_page()
    made.picture()
    with pytest.raises(DocumentError, match=r"^a\.pdf holds only pictures \(2 pages\); .*OCR"):
        read(made)


def test_an_empty_password_is_none() -> None:
    made = Pdf(user_password="")
    made.paragraph(ENDED)
    assert texts(read(made)) == [ENDED]


def test_a_real_password_is_asked_for() -> None:
    made = Pdf(user_password="secret")
    made.paragraph(ENDED)
    with pytest.raises(DocumentError, match=r"^a\.pdf is locked with a password; [^\n]+$"):
        read(made)


@pytest.mark.parametrize("data", [b"", b"no pdf at all", b"%PDF-1.7\n" + bytes(200)])
def test_what_is_no_pdf_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^b\.pdf is damaged or no PDF; [^\n]+$"):
        pdf.read(data, "b.pdf")


def test_half_a_file_is_refused_or_read_but_never_crashes() -> None:
    made = Pdf()
    made.paragraph(ENDED)
    data = made.data()
    try:
        assert texts(pdf.read(data[: len(data) // 2], "a.pdf")) == [ENDED]
    except DocumentError as error:
        assert "\n" not in str(error)


def test_a_picture_of_the_page_shows_where_the_words_stand() -> None:
    made = Pdf()
    made.line("这一行没有标记。")
    made.line("这一行有标记的词在中间。")
    data = made.data()
    extract = pdf.read(data, "a.pdf")
    start = extract.raw.index("标记的词")
    shown = pdf.picture(data, "a.pdf", 1, 0, [(start, start + 4)], WIDTH)
    image = Image.open(BytesIO(shown.png)).convert("RGB")
    assert abs(image.width - WIDTH) <= 1
    yellow = [
        (x, y)
        for x in range(image.width)
        for y in range(image.height)
        if (colour := image.getpixel((x, y))) and isinstance(colour, tuple) and colour[2] < colour[0] - 40
    ]
    xs, ys = [x for x, _ in yellow], [y for _, y in yellow]
    assert min(xs) >= LEFT + 4 * 12 - 4
    assert max(xs) <= LEFT + 8 * 12 + 4
    assert min(ys) >= 100 - 16
    assert max(ys) <= 100 + 8
    assert shown.top * HEIGHT == pytest.approx(90, abs=8)


def test_spans_on_other_pages_are_left_out_of_the_picture() -> None:
    made = Pdf()
    made.line("第一页。")
    made.next_page()
    made.line("第二页。")
    data = made.data()
    extract = pdf.read(data, "a.pdf")
    whole = [(0, len(extract.raw))]
    second = pdf.picture(data, "a.pdf", 2, extract.pages[1], whole, 300)
    only = pdf.picture(data, "a.pdf", 2, extract.pages[1], [(extract.pages[1], len(extract.raw))], 300)
    assert second.png == only.png


def test_a_page_that_does_not_exist_has_no_picture() -> None:
    made = Pdf()
    made.line("只有一页。")
    with pytest.raises(DocumentError, match="has 1 pages"):
        pdf.picture(made.data(), "a.pdf", 2, 0, [], 300)


def test_lines_of_latin_words_are_joined_with_a_space() -> None:
    made = Pdf()
    made.line("Coverage of administrative villages reached 96 percent by the end of last", LEFT)
    made.line("year, and revenue grew.", LEFT)
    assert texts(read(made)) == [
        "Coverage of administrative villages reached 96 percent by the end of last year, and revenue grew."
    ]


def test_a_raised_figure_behind_a_unit_is_an_exponent_and_stays() -> None:
    made = Pdf()
    made.text("机房面积为500m", LEFT, 100)
    made.text("2", LEFT + 90, 95, 7)
    made.text("营业收入持续增长", LEFT, 130)
    made.text("3", LEFT + 97, 125, 7)
    found = "".join(texts(read(made)))
    assert "500m2" in found.replace(" ", "")
    assert "3" not in found


def test_an_indented_line_begins_a_paragraph_even_where_no_sentence_ended() -> None:
    made = Pdf()
    made.paragraph(ENDED + "以上数据")
    made.paragraph("第二段从缩进开始。")
    assert texts(read(made)) == [ENDED + "以上数据", "第二段从缩进开始。"]


def test_two_columns_below_a_line_across_both_are_joined_in_their_own_width() -> None:
    made = Pdf()
    made.centred("任务卸载方法研究", 20)
    made.paragraph("摘要：" + LONG * 2 + "结论可信。", size=11)
    left = [LONG[at : at + 16] for at in range(0, 48, 16)] * 3
    right = [ENDED[at : at + 16] for at in range(0, 48, 16)] * 5
    top = made.y + 20
    for at, one in enumerate(left):
        made.text(one, 90, top + 18 * at)
    for at, other in enumerate(right):
        made.text(other, 310, top + 18 * at)
    found = texts(read(made))
    assert "".join(left) in found[2] and "".join(right) in "".join(found[2:])


def test_a_raised_figure_of_five_sixths_stays_in_its_line() -> None:
    made = Pdf()
    made.text("李明", 200, 100)
    made.text("1", 224, 95, 10)
    made.text("，王芳", 232, 100)
    made.y = 140
    made.paragraph(ENDED)
    assert "".join(texts(read(made))[0].split()) == "李明，王芳"


def test_latin_words_keep_their_blank_at_a_line_end_beside_figures_and_marks() -> None:
    made = Pdf()
    for line in (
        "Revenue of the whole group in the year that is reported on increased by",
        "7.4% in the year 2022, driven by data centre services across all regions,",
        "and the board expects the growth of this business to go on next year.",
    ):
        made.line(line, size=12)
    found = " ".join(texts(read(made)))
    assert "increased by 7.4% in" in found and "regions, and the" in found


def test_lines_of_a_cover_are_read_from_top_to_bottom_whatever_the_order_of_the_file() -> None:
    made = Pdf()
    made.text("移动网络用户体验", 150, 260, 36)
    made.text("城南信息研究院", 200, 700, 22)
    made.text("2021年5月", 240, 730, 22)
    made.text("No.202105", 480, 140)
    made.text("质量白皮书", 200, 310, 36)
    assert read(made).raw.split("\n") == [
        "No.202105", "移动网络用户体验", "质量白皮书", "城南信息研究院", "2021年5月",
    ]  # fmt: skip
