"""Markdown: structure without marks, and every character where it stands in the file."""

from __future__ import annotations

import pytest
from reading import read, shown, tables

from assistant import articles, readers
from assistant.records import Table


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# 题\n\n## 一、节 ##\n\n正文。", ["# 题", "## 一、节", "正文。"]),
        ("题目\n====\n\n正文。", ["# 题目", "正文。"]),
        ("一句**粗**话*斜*`码`。", ["一句粗话斜码。"]),
        ("看[这里](http://a.b/c(1))吧，![图](x.png)好。", ["看这里吧，好。"]),
        ("<http://a.b/c> 是网址。", ["http://a.b/c 是网址。"]),
        ("中文\n换行。\nend of\nline", ["中文换行。end of line"]),
        ("第一行  \n第二行", ["第一行", "第二行"]),
        ("甲<br>乙", ["甲", "乙"]),
        ("- 甲\n- 乙\n  - 丙", ["甲", "乙", "丙"]),
        ("1. 甲\n2. 乙", ["1. 甲", "2. 乙"]),
        ("> 引用\n> 继续。", ["引用继续。"]),
        ("**小标题**\n\n正文。", ["? 小标题", "正文。"]),
        ("**整句都是粗体。**", ["整句都是粗体。"]),
        ("```py\na = 1\n\nb = 2\n```", ["a = 1", "b = 2"]),
        ("A&amp;B\\*C", ["A&B*C"]),
        ("<div>\n<p>一<b>句</b>话。</p>\n<script>\nx()\n</script>\n</div>", ["一句话。"]),
        ("<!-- 注 -->\n\n正文。", ["正文。"]),
        ("甲\r\n\r\n# 题\r\n\r\n乙\r\n", ["甲", "# 题", "乙"]),
    ],
)
def test_marks_are_dropped_and_words_are_kept(text: str, lines: list[str]) -> None:
    assert read(text.encode(), "a.md") == lines


def test_tables_are_rows_with_caption_unit_and_heads() -> None:
    text = "表1 收入（单位：亿元）\n\n| 项目 | **2022年** |\n|:--|--:|\n| 收入 | 3549 |\n| | 甲\\|乙 |\n"
    extract = readers.read(text.encode(), "a.md")
    assert shown(extract) == ["表1 收入（单位：亿元）", "? 项目\t2022年", "收入\t3549", "\t甲|乙"]
    assert tables(extract) == [Table("表1 收入", "亿元", ("项目", "2022年"))]


def test_every_character_knows_its_place_in_the_file() -> None:
    text = (
        "---\ntitle: 题\n---\n# 题**目**\n\n1. 甲[乙](http://乙)乙\n\n> 丙\n> 丁\n\n"
        "| 戊 | 己 |\n|---|---|\n| | 庚 |\n\n甲乙。\n"
    )
    extract = readers.read(text.encode(), "a.md")
    assert extract.raw == text
    places: list[int] = []
    for paragraph in extract.paragraphs or ():
        for character, at in zip(paragraph.text.text, paragraph.text.offsets, strict=True):
            assert character == "\t" or text[at] == character or character == " "
            places.append(at)
    assert places == sorted(places)


def test_fields_before_the_text_are_properties() -> None:
    text = "---\ntitle: '年报摘要'\ndate: 2022-03-01 08:00\nauthor: 林晓\nsource: 通信产业报\n---\n正文。\n"
    extract = readers.read(text.encode(), "a.md")
    about = extract.properties
    assert (about.title, about.published) == ("年报摘要", "2022-03-01")
    assert (about.author, about.publisher) == ("林晓", "通信产业报")
    assert shown(extract) == ["正文。"]


def test_footnotes_are_text_and_their_marks_are_not() -> None:
    text = "# 手册\n\n缓存默认为512兆[^1]。\n\n[^1]: 自第二版起。\n\n[官网]: https://example.com\n"
    assert read(text.encode(), "a.md") == ["# 手册", "缓存默认为512兆。", "自第二版起。"]


def test_what_stands_before_the_text_says_who_wrote_it_and_when() -> None:
    text = (
        "---\ntitle: 部署手册\nauthor: 平台组\ndate: 2023-11-02\n---\n\n# 部署手册\n\n本手册介绍如何部署。\n"
    )
    known = articles.parse(readers.read(text.encode(), "a.md")).metadata
    assert (known.author, known.published) == ("平台组", "2023-11-02")
