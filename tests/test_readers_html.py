"""Web pages: the article in its structure, what the page says of itself, and nothing of menus."""

from __future__ import annotations

import pytest
from reading import read, shown, tables

from assistant import readers
from assistant.errors import DocumentError
from assistant.records import Table

ARTICLE = """
<h1>山路上的信号塔</h1>
<p>贵州移动在山区新建基站九十座，投资三千六百万元，<a href="x.html">覆盖</a>了全部<b>行政村</b>。
村民们说，现在打电话、上网课都比从前方便多了。</p>
<h2>一、网络建设</h2>
<p>全年新建光缆一千二百公里，开通宽带用户三万户。<br>年底前全部完工。</p>
<ul><li>基站建设按期完成，质量合格。</li><li>用户满意度继续提高。</li></ul>
<p><strong>用户发展</strong></p>
<p>表1 用户数据（单位：万户）</p>
<table><tr><th>项目</th><th>2022年</th></tr><tr><td>移动用户</td><td>12.5</td></tr></table>
"""
MENU = '<nav><ul><li><a href="/">首页</a></li><li><a href="/n">新闻中心</a></li></ul></nav>'
FOOTER = '<div class="footer"><p>版权所有 某某网 备案号123</p></div>'
LINES = [
    "# 山路上的信号塔",
    "贵州移动在山区新建基站九十座，投资三千六百万元，覆盖了全部行政村。村民们说，现在打电话、上网课都比从前方便多了。",
    "## 一、网络建设",
    "全年新建光缆一千二百公里，开通宽带用户三万户。",
    "年底前全部完工。",
    "基站建设按期完成，质量合格。",
    "用户满意度继续提高。",
    "? 用户发展",
    "表1 用户数据（单位：万户）",
    "? 项目\t2022年",
    "移动用户\t12.5",
]


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "body",
    [
        f"{MENU}{ARTICLE}{FOOTER}",
        f"{MENU}<div class='main'>{ARTICLE}</div>{FOOTER}",
        f"<div id='w'>{MENU}<div id='c'><div class='txt'>{ARTICLE}</div>{MENU}</div>{FOOTER}</div>",
        f"<table><tr><td>{MENU}</td><td>{ARTICLE}</td></tr></table>{FOOTER}",
    ],
)
def test_the_article_is_read_and_menu_and_footer_are_not(body: str) -> None:
    extract = readers.read(page(body), "a.html")
    assert shown(extract) == LINES
    assert tables(extract) == [Table("表1 用户数据", "万户", ("项目", "2022年"))]


def test_a_headline_outside_the_article_is_read() -> None:
    text = ARTICLE.replace("<h1>山路上的信号塔</h1>", "").replace("h2>", "h3>")
    body = f"<div><h1>山路上的信号塔</h1><p>字号</p></div><div class='txt'>{text}</div>"
    assert read(page(body), "a.html")[0] == "# 山路上的信号塔"


def test_what_says_when_an_article_appeared_is_read_between_headline_and_article() -> None:
    text = ARTICLE.replace("<h1>山路上的信号塔</h1>", "").replace("h2>", "h3>")
    dated = "<div class='meta'>发布时间：2022-07-15　来源：综合部</div>"
    body = f"<h1>山路上的信号塔</h1><p>字号</p>{dated}<div class='txt'>{text}</div>{FOOTER}"
    assert read(page(body), "a.html")[:2] == ["# 山路上的信号塔", "发布时间：2022-07-15 来源：综合部"]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("gb2312", "gb18030"),
        ("GBK", "gbk"),
        ("gbk", "utf-8"),
        ("x-no", "utf-8"),
        ("", "gbk"),
    ],
)
def test_every_encoding_is_read_even_if_wrongly_declared(declared: str, encoding: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    data = page(ARTICLE, head).decode().encode(encoding)
    assert read(data, "a.html") == LINES


def test_a_page_with_a_byte_order_mark_and_a_declaration_is_read() -> None:
    data = ('<?xml version="1.0" encoding="gbk"?>' + page(ARTICLE).decode()).encode("utf-8-sig")
    assert read(data, "a.html") == LINES


def test_what_the_page_says_of_itself() -> None:
    head = (
        "<title>山路上的信号塔 - 某某网</title><meta name='PubDate' content='2023-03-08 10:00'>"
        "<meta name='ContentSource' content='通信产业报'><meta name='author' content='林晓'>"
    )
    about = readers.read(page(ARTICLE, head), "a.html").properties
    assert (about.title, about.published) == ("山路上的信号塔", "2023-03-08")
    assert (about.publisher, about.author) == ("通信产业报", "林晓")


@pytest.mark.parametrize(
    "body", ["<p>一句话。</p>", "一句话。", "<span>一<b>句</b>话。</span><script>x()</script>"]
)
def test_a_page_too_short_to_have_an_article_is_read_whole(body: str) -> None:
    assert read(page(body), "a.html") == ["一句话。"]


def test_cells_over_several_columns_or_rows_are_there_once() -> None:
    table = (
        "<table><tr><th rowspan=2>地区</th><th colspan=2>用户数</th></tr><tr><th>移动</th><th>固网</th></tr>"
        "<tr><td>北京</td><td>1</td><td>2</td></tr></table>"
    )
    extract = readers.read(page(f"<p>各地的用户数见下表。</p>{table}"), "a.html")
    assert shown(extract)[1:] == ["? 地区\t用户数", "? \t移动\t固网", "北京\t1\t2"]
    assert tables(extract)[0].heads == ("地区", "用户数 移动", "用户数 固网")


def test_no_entity_is_fetched() -> None:
    data = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>one &x; two.</p></html>'
    assert "root:" not in readers.read(data, "a.html").raw


@pytest.mark.parametrize("body", ["", "<script>var x = 1;</script>", "<img src='a.png'>"])
def test_a_page_without_text_is_refused(body: str) -> None:
    with pytest.raises(DocumentError, match="a.html holds no text"):
        readers.read(page(body), "a.html")


def test_broken_markup_is_read_as_a_browser_would() -> None:
    assert "没有收尾的标签。" in read(
        b"<html><body><div><p>" + "没有收尾的标签。".encode() + b"<table><td", "a.html"
    )


def test_a_label_over_several_rows_is_in_each_of_them_and_a_value_is_not() -> None:
    rows = (
        "<tr><th>行业</th><th>岗位</th><th>人数</th></tr><tr><td rowspan=2>制造业</td><td>焊工</td>"
        "<td rowspan=2>300</td></tr><tr><td>钳工</td></tr>"
    )
    data = f"<html><body><p>招聘会上的岗位分布如下所示。</p><table>{rows}</table></body></html>".encode()
    assert [p.text.text for p in readers.read(data, "a.html").paragraphs or ()][2:] == [
        "制造业\t焊工\t300", "制造业\t钳工",
    ]  # fmt: skip
