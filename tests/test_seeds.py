"""What is read of the five documents that ship: articles, what they say of themselves, whole sentences."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
from plain_text import parse, split

from assistant.records import ParsedDocument, Passage

SEEDS = Path(__file__).parent.parent / "seeds"
NAMES = sorted(path.name for path in SEEDS.glob("*.txt"))
NEWSPAPER, COMPANIES, REPORT, TRADITIONAL, WEB_PAGE = NAMES


@lru_cache
def raw_of(name: str) -> str:
    return (SEEDS / name).read_text("utf-8")


@lru_cache
def parsed_of(name: str) -> ParsedDocument:
    return parse(raw_of(name))


@lru_cache
def passages_of(name: str) -> list[Passage]:
    return split(name, parsed_of(name), 320)


def body_of(name: str) -> list[Passage]:
    return [passage for passage in passages_of(name) if not passage.front]


@pytest.mark.parametrize(
    ("name", "title", "author", "published", "publisher"),
    [
        (NEWSPAPER, "重庆联通 党建引领助力“智慧”成长", "张婷", "", ""),
        (COMPANIES, "2020全市通信行业交出满意年考答卷", "谢恒", "", ""),
        (
            REPORT,
            "学深悟透强根基 实干笃行谱新篇——中国联通扎实开展主题教育推动高质量发展综述",
            "",
            "2024-02-06",
            "新闻宣传中心",
        ),
        (TRADITIONAL, "以聯通扶貧優勢 筑脫貧攻堅勝勢", "王曉初", "2020年第15期", "中國扶貧"),
        (WEB_PAGE, "重庆移动坚决打好脱贫攻坚战", "陈柄翰", "2019-01-22", "人民邮电报"),
    ],
)
def test_a_document_says_what_it_is(
    name: str, title: str, author: str, published: str, publisher: str
) -> None:
    about = parsed_of(name).metadata
    assert (about.title, about.author, about.published, about.publisher) == (
        title,
        author,
        published,
        publisher,
    )


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        (
            NEWSPAPER,
            [
                "主动作为紧跟脱贫攻坚新要求",
                "5G助推经济社会高质量发展",
                "深入落实提档降费政策有成效",
                "重庆联通 党建引领助力“智慧”成长",
            ],
        ),
        (
            COMPANIES,
            [
                "2020全市通信行业交出满意年考答卷",
                "打造值得信赖的服务口碑",
                "高质量完成脱贫攻坚答卷",
                "打造新平台助力成渝地区双城经济圈建设",
                "消弭数字鸿沟助力脱贫攻坚",
                "网络基础夯实打造优质视频业务",
            ],
        ),
    ],
)
def test_a_page_falls_into_its_articles(name: str, titles: list[str]) -> None:
    assert [article.metadata.title for article in parsed_of(name).articles] == titles


@pytest.mark.parametrize("name", [REPORT, TRADITIONAL, WEB_PAGE])
def test_a_single_article_stays_one(name: str) -> None:
    assert len(parsed_of(name).articles) == 1


@pytest.mark.parametrize(
    ("name", "words", "title", "company"),
    [
        (NEWSPAPER, "扶贫预算资金280万元", "主动作为紧跟脱贫攻坚新要求", "重庆联通"),
        (NEWSPAPER, "累计达到1.38万站", "5G助推经济社会高质量发展", "中国联通"),
        (NEWSPAPER, "让利话费50余万元", "深入落实提档降费政策有成效", "中国联通"),
        (NEWSPAPER, "飘扬的党旗", "重庆联通 党建引领助力“智慧”成长", "重庆联通"),
        (COMPANIES, "大服务体系", "打造值得信赖的服务口碑", "重庆电信"),
        (COMPANIES, "资金和物资700万元", "高质量完成脱贫攻坚答卷", "重庆联通"),
        (COMPANIES, "工业互联网标识解析体系建设", "打造新平台助力成渝地区双城经济圈建设", "重庆移动"),
        (COMPANIES, "累计投资5460万元", "消弭数字鸿沟助力脱贫攻坚", "重庆铁塔"),
        (COMPANIES, "确保基站投入运行正常", "消弭数字鸿沟助力脱贫攻坚", "重庆铁塔"),
        (COMPANIES, "192号段", "网络基础夯实打造优质视频业务", "中国广电"),
        (COMPANIES, "拓展4K/8K业务", "网络基础夯实打造优质视频业务", "重庆有线"),
        (REPORT, "16 项重点任务", parsed_of(REPORT).metadata.title, "中国联通"),
        (TRADITIONAL, "22.45億元", "以聯通扶貧優勢 筑脫貧攻堅勝勢", "中国联通"),
        (WEB_PAGE, "扶贫基站126个", "重庆移动坚决打好脱贫攻坚战", "重庆移动"),
    ],
)
def test_a_passage_knows_its_article_and_whose_it_is(name: str, words: str, title: str, company: str) -> None:
    [passage] = [passage for passage in body_of(name) if words in passage.text]
    assert passage.metadata.title == title
    assert passage.companies[:1] == (company,)


@pytest.mark.parametrize(
    ("name", "words", "section"),
    [
        (COMPANIES, "公益短信42亿条", "支撑防疫成效显"),
        (COMPANIES, "携号转网用户达62万", "普惠民生能力展"),
        (REPORT, "专项资金 2200 万元", "为员工纾难解困——"),
        (TRADITIONAL, "379人", "三、發揮精準優勢,激發脫貧內生動力"),
        (WEB_PAGE, "距离县城98公里", "建强网络基础设施 缩小城乡数字鸿沟"),
    ],
)
def test_a_passage_stands_under_its_cross_head(name: str, words: str, section: str) -> None:
    [passage] = [passage for passage in body_of(name) if words in passage.text]
    assert passage.section == section


@pytest.mark.parametrize(
    ("name", "noise"),
    [
        (COMPANIES, ["20202020", "2222..66", "77..66", "%GDP%GDP"]),
        (REPORT, ["语料", "大语言模型", "比赛"]),
        (TRADITIONAL, ["(lián)", "(fā)", "(men)", "?lián)"]),
        (
            WEB_PAGE,
            [
                "资讯",
                "点赞",
                "VS",
                "写得不太好",
                "免责声明",
                "热门",
                "为您推荐",
                "Copyright",
                "ICP",
                "举报",
                "家园",
                "C114",
            ],
        ),
    ],
)
def test_no_passage_holds_what_is_around_the_text(name: str, noise: list[str]) -> None:
    text = "\n".join(passage.text for passage in passages_of(name))
    assert [word for word in noise if word in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_passage_is_its_place_in_the_clean_text(name: str) -> None:
    clean = parsed_of(name).clean.text
    assert all(clean[p.start : p.end] == p.text for p in passages_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_a_passage_ends_with_a_sentence(name: str) -> None:
    lines = [line for passage in body_of(name) for line in passage.text.split("\n")]
    caption = "慰問貧困群眾"
    assert [line for line in lines if not re.search(rf"[。！？!…—:][”’）]*$|{caption}$", line)] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_map_leads_back_to_the_same_characters(name: str) -> None:
    raw, clean = raw_of(name), parsed_of(name).clean
    pairs = [(c, raw[at]) for c, at in zip(clean.text, clean.offsets, strict=True)]
    assert {(c, there) for c, there in pairs if c != there and not c.isspace() and c != "□"} == set()
    assert list(clean.offsets) == sorted(clean.offsets)
