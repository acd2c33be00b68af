"""Passages are whole sentences under one heading, and each knows what it is about."""

from __future__ import annotations

import pytest
from plain_text import parse, split

from assistant.mapped_text import MappedText
from assistant.passages import sentences
from assistant.records import Article, Block, BlockKind, Metadata, ParsedDocument, Passage, Table

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


TABLE = Table("表1 主要数据", "亿元", ("项目", "2022年", "2021年"))
HEAD = "项目\t2022年\t2021年"
Line = tuple[BlockKind, str, int]


def laid_out(*lines: Line, table: Table = TABLE, pages: tuple[int, ...] = ()) -> ParsedDocument:
    """A document of these lines: what each is, its text and, of a heading, its level."""
    blocks: list[Block] = []
    at = 0
    for kind, text, level in lines:
        own = table if kind in (BlockKind.HEAD, BlockKind.ROW) else None
        blocks.append(Block(kind, at, at + len(text), level, own))
        at += len(text) + 1
    clean = MappedText.identity("\n".join(text for _, text, _ in lines))
    return ParsedDocument(clean, Metadata(), (Article(Metadata(), tuple(blocks)),), pages)


def heading(text: str, level: int) -> Line:
    return (BlockKind.HEADING, text, level)


def prose(text: str) -> Line:
    return (BlockKind.TEXT, text, 0)


def rows(*texts: str) -> list[Line]:
    return [(BlockKind.ROW, text, 0) for text in texts]


def test_the_section_is_the_path_of_headings_by_level() -> None:
    parsed = laid_out(
        heading("第一章", 1), heading("第一节", 2), prose("甲。"), heading("第二节", 2), prose("乙。"),
        heading("小标题", 0), prose("丙。"), heading("另一小标题", 0), prose("丁。"),
        heading("第二章", 1), prose("戊。"),
    )  # fmt: skip
    assert [(p.section, p.text) for p in split("a.txt", parsed, 80)] == [
        ("第一章 › 第一节", "甲。"),
        ("第一章 › 第二节", "乙。"),
        ("第一章 › 第二节 › 小标题", "丙。"),
        ("第一章 › 第二节 › 另一小标题", "丁。"),
        ("第二章", "戊。"),
    ]


def test_a_deep_or_long_path_shows_its_lowest_headings() -> None:
    deep = laid_out(*(heading(f"第{level}层", level) for level in range(1, 7)), prose("甲。"))
    long = laid_out(*(heading(f"{level}" * 50, level) for level in range(1, 4)), prose("甲。"))
    assert split("a.txt", deep, 80)[-1].section == "第3层 › 第4层 › 第5层 › 第6层"
    assert split("a.txt", long, 80)[-1].section == f"{'2' * 50} › {'3' * 50}"


def test_rows_are_passages_of_their_own_with_what_they_share() -> None:
    parsed = laid_out(
        prose("甲。"), (BlockKind.HEAD, HEAD, 0), *rows("收入\t1\t2", "利润\t3\t4"), prose("乙。")
    )
    first, table, last = split("a.txt", parsed, 80)
    assert (first.text, last.text) == ("甲。", "乙。")
    assert table.text == f"{HEAD}\n收入\t1\t2\n利润\t3\t4"
    assert table.table == "表1 主要数据 单位：亿元 项目 | 2022年 | 2021年"
    assert (first.table, last.table) == ("", "")


def test_a_long_table_is_split_between_rows_and_each_part_knows_its_heads() -> None:
    lines = [f"第{n}项\t{n}\t{n}" for n in range(100, 140)]
    parsed = laid_out((BlockKind.HEAD, HEAD, 0), *rows(*lines))
    found = split("a.txt", parsed, 60)
    assert len(found) > 5
    assert "\n".join(p.text for p in found) == "\n".join([HEAD, *lines])
    assert all(len(p.text) <= 60 and p.table.endswith("项目 | 2022年 | 2021年") for p in found)


def test_column_heads_stay_with_the_first_row_however_long_it_is() -> None:
    row = "很长的一行" * 12
    [only] = split("a.txt", laid_out((BlockKind.HEAD, HEAD, 0), *rows(row)), 60)
    assert only.text == f"{HEAD}\n{row}"


def test_a_row_of_more_than_two_sizes_is_cut_between_cells() -> None:
    row = "\t".join(f"第{n}格的内容" for n in range(100, 130))
    found = split("a.txt", laid_out(*rows(row)), 40)
    assert "".join(p.text for p in found) == row
    assert all(len(p.text) <= 80 for p in found)
    assert all(p.text.endswith("\t") for p in found[:-1])


def test_the_line_of_a_table_is_bounded() -> None:
    wide = Table("表", "", tuple(f"第{n}列" for n in range(100)))
    [only] = split("a.txt", laid_out(*rows("甲\t乙"), table=wide), 80)
    assert len(only.table) == 200


def test_a_passage_knows_the_page_it_begins_on() -> None:
    parsed = laid_out(
        prose("甲" * 70 + "。"), prose("乙" * 70 + "。"), prose("丙" * 70 + "。"), pages=(0, 72, 72, 144)
    )
    assert [p.page for p in split("a.txt", parsed, 80)] == [1, 3, 4]
    assert [p.page for p in passages("没有页的一句话。")] == [None]


def test_a_passage_knows_its_article_and_what_the_document_is() -> None:
    clean = MappedText.identity("甲。\n乙。")
    articles = tuple(Article(Metadata(), (Block(BlockKind.TEXT, at, at + 2),)) for at in (0, 3))
    parsed = ParsedDocument(clean, Metadata(title="年报", kind="report", period="2022FY"), articles)
    found = split("a.txt", parsed, 80)
    assert [p.article for p in found] == [0, 1]
    assert {(p.metadata.title, p.metadata.kind, p.metadata.period) for p in found} == {
        ("年报", "report", "2022FY")
    }
