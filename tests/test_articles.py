"""A page is read as its articles, each with its own headline, author, date, companies and text."""

from __future__ import annotations

import re

import pytest
from plain_text import parse, split

from assistant.records import Article, BlockKind, ParsedDocument

NEWSPAPER = """ 果农的好帮手来了。今年，遵义
移动为黔北柑橘果园装上物联
网设备，投入资金三百万元，惠
及果农九百户。

果农老田说，从前浇水靠人挑，
现在手机上点一下，果园

就自动浇水，省下的工钱够孩
子上学。

林晓

走进遵义移动的服务厅，老人专席格外醒目。
工作人员手把手教老人使用智能手机，今年以
来已开课八十场，服务老人三千人次。

遵义移动还上门为老人办业务，得到了街坊邻
里的称赞。

在高山之上，

总有一群年轻

人攀爬铁架。

遵义移动的巡

线员走过三千

里山路。

老人专席 温情服务

果农用上智慧果园

遵义移动 山路上的巡线员
"""
SEVERAL_COMPANIES = """20192019全省信息通信业稳步前行全省信息通信业稳步前行
收入增长收入增长99..55%%

2019年，全省信息通信业保持良好
势头，业务收入达到三百亿元，同
比增长9.5%，用户满意度再创新高，
位居西部前列。

林晓

遵
义
电
信

去年，遵义电信推进云网融合，新
建机房二十座，服务企业三百家，
云上用户翻了一番。

云网融合上台阶
 铁塔共享护青山

去年，遵义铁塔承接需求九百个，
共享率达到八成，少占林地五十亩，
为守护青山出了力。
"""
REPORT = """
本资料为竞赛语料，部分内容由模型改写，可能与事实不符，仅供学习使用。

以网强基谱新篇——遵义联通服务乡村建设综述

发布时间：2022-03-05 发布人：综合部

2021 年以来，遵义联通把服务乡村作为重大任务，全年投入建设资金 6.2 亿元，覆盖一千八百个行政村，群众满意。

筑牢根基 织密乡村网络

遵义联通新建光缆 2300 公里，行政村光纤通达率达到百分之百，山区学校全部用上了千兆宽带，孩子们上网课不再卡顿。

倾听民声、解决难题——

公司开通民情热线，受理诉求 860 件，办结率百分之九十九，件件有回音，村民纷纷点赞。
"""
TRADITIONAL = """日前,遵義聯通林曉在《通信縱橫》(2021年第5期)上發(fā)表《以網(wǎng)絡(luò) 助鄉(xiāng)村》。
以網(wǎng)絡(luò) 助鄉(xiāng)村
遵義聯(lián)通總經(jīng)理 林曉
鄉(xiāng)村要振興,網(wǎng)絡(luò)先行。遵義聯(lián)通新建基站九百座,讓我們(men)的鄉(xiāng) 親用上好網(wǎng)。
遵義聯(lián)通總經(jīng)理林曉(右二)在山村調(diào)研
一、勇?lián)責(zé)任,建好網(wǎng)絡(luò)
全年新增用戶(hù)六萬戶(hù),當(dāng)?shù)丶用(chēng)贊不已,學(xué)校和醫(yī)院都用上了千兆寬帶。
"""


def article(parsed: ParsedDocument, title: str) -> Article:
    [found] = [article for article in parsed.articles if article.metadata.title == title]
    return found


def text_of(parsed: ParsedDocument, article: Article, kind: BlockKind = BlockKind.TEXT) -> list[str]:
    return [parsed.clean.text[b.start : b.end] for b in article.blocks if b.kind is kind]


def test_articles_whose_headlines_stand_at_the_end_are_told_apart() -> None:
    titles = [article.metadata.title for article in parse(NEWSPAPER).articles]
    assert titles == ["果农用上智慧果园", "老人专席 温情服务", "遵义移动 山路上的巡线员"]


def test_each_article_has_its_own_sentences_whole() -> None:
    parsed = parse(NEWSPAPER)
    assert text_of(parsed, article(parsed, "果农用上智慧果园")) == [
        "果农的好帮手来了。今年，遵义移动为黔北柑橘果园装上物联网设备，投入资金三百万元，惠及果农九百户。",
        "果农老田说，从前浇水靠人挑，现在手机上点一下，果园就自动浇水，省下的工钱够孩子上学。",
    ]
    assert text_of(parsed, article(parsed, "遵义移动 山路上的巡线员")) == [
        "在高山之上，总有一群年轻人攀爬铁架。",
        "遵义移动的巡线员走过三千里山路。",
    ]


def test_the_author_between_articles_is_the_authors_of_the_page() -> None:
    parsed = parse(NEWSPAPER)
    assert {article.metadata.author for article in parsed.articles} == {"林晓"}
    assert parsed.metadata.author == "林晓"


def test_a_page_of_several_articles_is_called_by_the_headline_that_names_its_company() -> None:
    assert parse(NEWSPAPER).metadata.title == "遵义移动 山路上的巡线员"


def test_a_headline_printed_twice_is_read_once() -> None:
    parsed = parse(SEVERAL_COMPANIES)
    assert parsed.metadata.title == "2019全省信息通信业稳步前行"
    assert "收入增长9.5%" in text_of(parsed, parsed.articles[0], BlockKind.HEADING)


def test_the_whole_of_a_doubled_headline_is_highlighted() -> None:
    parsed = parse(SEVERAL_COMPANIES)
    start, end = parsed.clean.raw_span(0, len(parsed.metadata.title))
    assert SEVERAL_COMPANIES[start:end] == SEVERAL_COMPANIES.split("\n")[0]


def test_each_passage_of_a_page_about_several_companies_knows_whose_it_is() -> None:
    passages = split("a.txt", parse(SEVERAL_COMPANIES), 320)
    companies = {
        name: [p for p in passages if name in p.text and not p.front] for name in ("遵义电信", "遵义铁塔")
    }
    assert [p.companies for p in companies["遵义电信"]] == [("遵义电信",)]
    assert [p.companies for p in companies["遵义铁塔"]] == [("遵义铁塔",)]


def test_a_name_set_vertically_is_one_word() -> None:
    parsed = parse(SEVERAL_COMPANIES)
    assert "遵义电信" in [name for a in parsed.articles for name in text_of(parsed, a, BlockKind.HEADING)]


def test_a_report_keeps_date_and_office_and_loses_its_disclaimer() -> None:
    parsed = parse(REPORT)
    assert (parsed.metadata.published, parsed.metadata.publisher) == ("2022-03-05", "综合部")
    assert parsed.metadata.title == "以网强基谱新篇——遵义联通服务乡村建设综述"
    assert "语料" not in parsed.clean.text


def test_cross_heads_of_a_report_are_its_sections() -> None:
    sections = [p.section for p in split("a.txt", parse(REPORT), 80) if not p.front]
    assert list(dict.fromkeys(sections)) == ["", "筑牢根基 织密乡村网络", "倾听民声、解决难题——"]


def test_a_traditional_text_is_shown_in_its_script_without_noise() -> None:
    parsed = parse(TRADITIONAL)
    assert parsed.metadata.title == "以網絡 助鄉村"
    assert "讓我們的鄉親用上好網。" in parsed.clean.text
    assert not re.search(r"[(（][a-zā-ǜ]+[)）]", parsed.clean.text)


def test_a_traditional_text_tells_author_journal_issue_and_company() -> None:
    parsed = parse(TRADITIONAL)
    about = parsed.metadata
    assert (about.author, about.publisher, about.published) == ("林曉", "通信縱橫", "2021年第5期")
    assert [a.companies for a in parsed.articles] == [("遵义联通",)]


def test_a_lost_character_is_marked() -> None:
    assert "一、勇□責任,建好網絡" in parse(TRADITIONAL).clean.text


def test_the_words_below_a_picture_are_a_caption() -> None:
    parsed = parse(TRADITIONAL)
    assert text_of(parsed, parsed.articles[0], BlockKind.CAPTION) == ["遵義聯通總經理林曉(右二)在山村調研"]


def test_a_heading_at_the_foot_of_a_titled_text_begins_no_article() -> None:
    long = "各单位要高度重视，压实责任，把各项措施落到实处，" * 3 + "及时报告。"
    parts = ["关于加强汛期通信保障的通知", long, "一、加强领导", long, "二、备足物资", long, "遵义市通信办"]
    parsed = parse("\n\n".join(parts))
    assert [a.metadata.title for a in parsed.articles] == ["关于加强汛期通信保障的通知"]


def test_a_text_without_a_headline_is_called_by_its_first_sentence() -> None:
    raw = "遵义移动今年新建基站九百座，覆盖全部乡镇，投入资金三亿元，群众满意度持续提升，位居全省前列。完。"
    assert parse(raw).metadata.title.startswith("遵义移动今年新建基站九百座")


@pytest.mark.parametrize(
    "below",
    [
        "石桥横跨护城河，建于宋代。金水桥由此得名。\n",
        "石桥横跨护城河，建于宋代。\n\n历史沿革\n\n宋代始建，清代重修，至今仍在使用。\n",
        "金水桥横跨护城河，建于宋代。\n周边：城南市集、护城河公园、钟鼓楼、城南老街、古城墙遗址\n"
        "门票：免费开放。\n地址：城南大街15号\n",
    ],
)
def test_a_name_alone_above_the_text_is_its_title(below: str) -> None:
    parsed = parse(f"金水桥\n\n{below}")
    assert (parsed.metadata.title, parsed.metadata.author, parsed.metadata.kind) == ("金水桥", "", "other")
    assert text_of(parsed, parsed.articles[0], BlockKind.TITLE) == ["金水桥"]


@pytest.mark.parametrize(
    "raw",
    [f"林晓\n\n{NEWSPAPER}", "林晓\n林晓说山区通了千兆网\n\n今年，山区的村民用上了千兆网，纷纷点赞。\n"],
)
def test_a_name_alone_above_an_article_with_a_headline_is_its_author(raw: str) -> None:
    parsed = parse(raw)
    assert parsed.metadata.author == "林晓" and parsed.metadata.title not in ("", "林晓")
