"""Documents, sources and tables as the page shows them."""

from __future__ import annotations

from array import array
from dataclasses import replace

import pytest
from ui_making import Reader, citation, hostile_texts, view

from assistant.mapped_text import MappedText
from assistant.records import Block, BlockKind, Citation, Metadata, PagePicture, Progress, Stage, Table
from assistant.ui.opening import filling_html
from assistant.ui.sources.page_view import picture_html
from assistant.ui.sources.panel import source_label
from assistant.ui.sources.reading import (
    PART_CHARACTERS,
    cited_article_html,
    cited_raw_html,
    part_count,
    part_html,
)
from assistant.ui.sources.view import head_html
from assistant.ui.words.chinese import CHINESE


def test_a_long_title_is_shortened_in_its_middle_and_no_number_is_cut() -> None:
    title = "某某网络通信股份有限公司关于二〇二二年的 2022年半年度报告摘要"
    assert (
        source_label(citation(title=title, published="")) == "**1** 某某网络通信股份有限…2022年半年度报告摘要"
    )
    assert source_label(citation(title="短标题", published="")) == "**1** 短标题"


def test_the_cited_place_is_marked_in_article_and_raw_file() -> None:
    raw = "标题\n\n第一句。投入\n280万元。最后一句。\n"
    kept = [i for i, c in enumerate(raw) if c != "\n"]
    clean = MappedText.identity(raw).keep(kept)
    start = clean.text.index("投入")
    end = clean.text.index("最后")
    raw_start, raw_end = clean.raw_span(start, end)
    where = citation(start=raw_start, end=raw_end, clean_start=start, clean_end=end)
    shown = view(raw, clean, Block(BlockKind.TITLE, 0, 2), Block(BlockKind.TEXT, 2, len(clean)))
    assert "<mark>投入280万元。</mark>" in cited_article_html(shown, where, CHINESE, whole=False)
    assert '<p class="title" role="heading" aria-level="1">标题</p>' in cited_article_html(
        shown, where, CHINESE, whole=False
    )
    assert "<mark>投入\n280万元。</mark>" in cited_raw_html(shown, where, CHINESE, whole=False)


def test_a_long_article_is_cut_around_the_place_between_sentences_and_can_be_shown_whole() -> None:
    text = "".join(f"这是第{i}句话。" for i in range(2000))
    sentence = "这是第1000句话。"
    start = text.index(sentence)
    end = start + len(sentence)
    where = citation(start=start, end=end, clean_start=start, clean_end=end)
    shown = view(text, MappedText.identity(text), Block(BlockKind.TEXT, 0, len(text)))
    cut = Reader(cited_article_html(shown, where, CHINESE, whole=False)).text
    assert len(cut) < 1200
    assert cut.startswith("…这是第")
    assert cut.endswith("句话。…")
    assert Reader(cited_article_html(shown, where, CHINESE, whole=True)).text == text
    assert f"<mark>{sentence}</mark>" in cited_raw_html(shown, where, CHINESE, whole=False)


def test_a_headline_that_stands_after_its_article_is_shown_before_it() -> None:
    text = "正文在前。\n题目在后"
    blocks = Block(BlockKind.TEXT, 0, 5), Block(BlockKind.TITLE, 6, 10)
    html = cited_article_html(
        view(text, MappedText.identity(text), *blocks), citation(end=5, clean_end=5), CHINESE, whole=False
    )
    assert html.index("题目在后") < html.index("正文在前")


def test_a_place_outside_every_article_is_shown_all_the_same() -> None:
    text = "甲。\n乙。"
    html = cited_article_html(
        view(text, MappedText.identity(text)), citation(end=2, clean_end=2), CHINESE, whole=False
    )
    assert "<mark>甲。</mark>" in html


def test_the_parts_of_a_long_document_together_are_the_whole_of_it() -> None:
    raw = "".join(f"第{i}行文字\n" for i in range(9000))
    clean = MappedText(raw, array("I", range(len(raw))))
    shown = view(raw, clean, Block(BlockKind.TEXT, 0, len(raw)))
    assert part_count(shown) == -(-len(raw) // PART_CHARACTERS)
    parts = [part_html(shown, part, CHINESE) for part in range(part_count(shown))]
    assert "".join(Reader(raw_html).text for raw_html, _ in parts) == raw


def test_an_empty_document_is_one_empty_part() -> None:
    shown = view("", MappedText.identity(""))
    assert part_count(shown) == 1
    assert Reader("".join(part_html(shown, 0, CHINESE))).text == ""


HEADS = ("", "本期", "上期")
TABLE = Table("主要数据", "元", HEADS)
ROWS = "\t本期\t上期\n收入\t1,762.6\t1,641.7\n<b>利润\t47.9\t40.4\n"


def row_blocks(text: str, table: Table = TABLE) -> list[Block]:
    """A head and its rows, one a line of the text."""
    starts = [0, *(place + 1 for place, character in enumerate(text[:-1]) if character == "\n")]
    ends = [text.index("\n", start) for start in starts]
    kinds = [BlockKind.HEAD, *[BlockKind.ROW] * len(starts)]
    return [Block(kind, a, b, table=table) for kind, a, b in zip(kinds, starts, ends, strict=False)]


def place_of(text: str, quote: str) -> Citation:
    start = text.index(quote)
    end = start + len(quote)
    return citation(start=start, end=end, clean_start=start, clean_end=end)


def test_rows_are_one_table_with_caption_unit_and_the_cited_row_lit_up() -> None:
    shown = view(ROWS, MappedText.identity(ROWS), *row_blocks(ROWS))
    html = cited_article_html(shown, place_of(ROWS, "收入\t1,762.6"), CHINESE, whole=False)
    assert html.count("<table>") == 1
    assert "<caption><span>主要数据</span><span>单位：元</span></caption>" in html
    assert "<tr><th></th><th>本期</th><th>上期</th></tr>" in html
    assert html.count('<tr class="cited">') == 1
    assert (
        '<td><mark>收入</mark></td><td class="figure"><mark>1,762.6</mark></td><td class="figure">1,641.7'
        in html
    )
    assert "<td>&lt;b&gt;利润</td>" in html


def test_rows_without_their_heads_get_them_all_the_same() -> None:
    blocks = [block for block in row_blocks(ROWS) if block.kind is BlockKind.ROW]
    shown = view(ROWS, MappedText.identity(ROWS), *blocks)
    assert "<tr><th></th><th>本期</th><th>上期</th></tr>" in part_html(shown, 0, CHINESE)[1]


def test_a_caption_that_stands_before_the_table_is_not_said_again() -> None:
    lead = "主要 数据\n"
    text = lead + ROWS
    rows = [replace(b, start=b.start + len(lead), end=b.end + len(lead)) for b in row_blocks(ROWS)]
    shown = view(text, MappedText.identity(text), Block(BlockKind.HEADING, 0, 5, 2), *rows)
    html = part_html(shown, 0, CHINESE)[1]
    assert "<caption><span>单位：元</span></caption>" in html
    assert '<p class="heading" role="heading" aria-level="3">主要 数据</p>' in html


def test_two_tables_stand_apart() -> None:
    other = row_blocks(ROWS, Table("别的"))
    after = [replace(b, start=b.start + len(ROWS), end=b.end + len(ROWS)) for b in other]
    shown = view(ROWS * 2, MappedText.identity(ROWS * 2), *row_blocks(ROWS), *after)
    assert part_html(shown, 0, CHINESE)[1].count("<table>") == 2


def test_hostile_cells_captions_and_units_make_no_tag() -> None:
    for hostile in hostile_texts(100):
        text = f"{hostile.replace(chr(10), ' ').replace(chr(9), ' ')}\t{hostile.replace(chr(10), ' ')}\n"
        table = Table(hostile, hostile, (hostile, hostile))
        shown = view(text, MappedText.identity(text), Block(BlockKind.ROW, 0, len(text) - 1, table=table))
        tags = {tag for html in part_html(shown, 0, CHINESE) for tag, _ in Reader(html).tags}
        assert tags <= {"div", "section", "table", "caption", "tr", "th", "td", "span"}


def test_the_raw_text_says_where_its_pages_begin() -> None:
    raw = "第一页的话。\x0c第二页的话。"
    shown = view(raw, MappedText.identity(raw), Block(BlockKind.TEXT, 0, len(raw)), pages=(0, 7))
    whole = Reader(part_html(shown, 0, CHINESE)[0]).text
    assert whole == "第 1 页第一页的话。\n第 2 页第二页的话。"
    where = place_of(raw, "第二页的话")
    assert '<span class="leaf">第 2 页</span><mark>第二页的话</mark>' in cited_raw_html(
        shown, where, CHINESE, whole=True
    )


def test_the_head_of_a_source_says_everything_that_is_known() -> None:
    about = Metadata("标题", "2022-08-08", "某报", "李明", "report", "2022H1")
    text = "甲。"
    shown = view(
        text, MappedText.identity(text), Block(BlockKind.TEXT, 0, 2), metadata=about, pages=tuple(range(14))
    )
    cited = citation(page=3, section="第一节 › 收入", reprints=("b.pdf", "c<d>.pdf"), end=2, clean_end=2)
    said = Reader(head_html(cited, shown, CHINESE)).text
    for part in (
        "某报 · 2020-07-15 · 李明 · 报告 · 2022年上半年",
        "第一节 › 收入",
        "第 3 / 14 页",
        "+2 转载：b.pdf、c<d>.pdf",
    ):
        assert part in said


def test_a_quoted_row_shows_bars_between_its_cells() -> None:
    assert "收入 │ 1,762.6" in Reader(head_html(citation(quote="收入\t1,762.6"), None, CHINESE)).text


def test_the_picture_of_a_page_has_words_for_who_cannot_see_it() -> None:
    html = picture_html(PagePicture(b"png", 0.7, 0.25, 0.3), citation(page=3, title='"><script>'), CHINESE)
    read = Reader(html)
    assert [tag for tag, _ in read.tags] == ["div", "div", "img", "i"]
    assert 'alt="&quot;&gt;&lt;script&gt;第 3 页的图像，引文已标出"' in html
    assert 'src="data:image/png;base64,cG5n"' in html
    assert "top: 25.00%" in html


@pytest.mark.parametrize(
    ("progress", "line", "share"),
    [
        (Progress(Stage.EMBEDDING, 37, 100), "正在建立向量索引 37%（可以提问，暂以关键词检索为主）", "37%"),
        (Progress(Stage.FILES, 0, 0), "正在读取资料 0%", "0%"),
    ],
)
def test_the_line_of_the_filling_says_how_far_it_is(progress: Progress, line: str, share: str) -> None:
    html = filling_html(progress, CHINESE)
    assert line in Reader(html).text
    assert f'style="width: {share}"' in html
