"""What a page carries around its article goes; a text without a page around it stays as it is."""

from __future__ import annotations

import pytest

from assistant.cleaning.furniture import drop_furniture, is_disclaimer
from assistant.cleaning.lines import join_lines, split_lines
from assistant.mapped_text import MappedText

BODY = (
    "六月十七日，贵州移动宣布建成全省首条旅游公路网络，全长86公里，沿线开通基站112座，游客可以一边骑行一边直播沿途风景。\n\n"
    "据介绍，项目总投资4300万元，由贵州移动独立建设，项目建成以后，沿线12个村寨的上网速度提高了五倍，村民拍手称快。\n"
)
MENU_PAGE = f"""通信之窗  |  家园论坛

资讯

山路上的信号

贵州日报  林月

{BODY}
给作者点赞
3 VS 1
写得不太好

  免责声明：本文仅代表作者个人观点，与本站无关，请读者仅作参考。

热门文章
    为您推荐

      关于我们 | 联系我们 | 网站地图

      Copyright©2001-2021 All Rights Reserved | 黔ICP备00000000号
"""
PORTAL = f"""设为首页 | 加入收藏 | 手机版
首页 新闻 数据 5G专区 论坛 视频
您当前的位置：首页 > 新闻 > 正文
山路上的信号
来源：贵州日报    作者：林月    时间：2021-06-18 09:30    浏览：3682次
字号：大 中 小
收藏 打印
{BODY}
（责任编辑：王芳）
上一篇：光纤入户十年记
下一篇：小站大爱
看完这篇文章您的心情是：
版权声明：凡本网注明来源的作品，均转载自其他媒体，不代表本网观点，如有侵权请联系删除。
相关阅读
· 智慧水务上线
热门排行
1. 手机出货量回升
网友评论   共有0条评论
违法和不良信息举报电话：0000-00000000
"""


def kept(raw: str) -> list[str]:
    return [p.text.text for p in drop_furniture(join_lines(split_lines(MappedText.identity(raw))))]


def body() -> list[str]:
    return [line for line in BODY.split("\n") if line]


def test_of_a_page_with_menu_votes_and_footer_the_article_is_left() -> None:
    assert kept(MENU_PAGE) == ["山路上的信号", "贵州日报  林月", *body()]


def test_of_a_portal_page_the_article_is_left() -> None:
    byline = "来源：贵州日报    作者：林月    时间：2021-06-18 09:30"
    assert kept(PORTAL) == ["山路上的信号", byline, *body()]


@pytest.mark.parametrize(
    "line",
    [
        "登录 | 注册",
        "当前位置：首页 > 行业",
        "分享到：微信 微博",
        "点赞(12)",
        "5 VS 0",
        "写得很好",
        "上一篇：别的标题",
        "为您推荐",
        "热门评论",
        "暂无评论",
        "扫一扫关注我们",
        "版权所有 某某网站",
        "京ICP备00000000号-1",
        "阅读：320",
        "友情链接",
        "收藏 打印",
    ],
)
def test_a_widget_of_a_page_goes(line: str) -> None:
    assert line not in kept(f"返回首页\n\n{line}\n\n{BODY}")


@pytest.mark.parametrize(
    "line",
    [
        "首条旅游公路网络建成",
        "分享经济走进山村",
        "客户端升级让老人用得更顺手",
        "更多村民用上千兆光网",
        "搜索引擎背后的算力",
        "编辑部里的年轻人",
        "林月",
    ],
)
def test_a_headline_that_only_begins_like_a_widget_stays(line: str) -> None:
    assert line in kept(f"返回首页\n\n{line}\n\n{BODY}")


def test_a_disclaimer_above_a_report_goes() -> None:
    disclaimer = "本资料为竞赛语料，部分内容经过改写，可能与事实不符，仅供学习使用，请勿转载。"
    assert kept(f"{disclaimer}\n\n山路上的信号\n\n{BODY}") == ["山路上的信号", *body()]


def test_a_long_disclaimer_goes() -> None:
    disclaimer = "免责声明：" + "本文仅代表作者个人观点，本站不作任何保证或承诺，" * 5 + "请读者仅作参考。"
    assert kept(f"{BODY}\n{disclaimer}\n") == body()


def test_text_that_speaks_of_a_promise_is_no_disclaimer() -> None:
    text = (
        "公司郑重承诺，凡是因施工造成的损失由公司承担，不转嫁给村民，"
        "并且仅供电一项每年就为村里节省开支三十万元，得到乡亲们的称赞和信任。"
    )
    assert text in kept(f"返回首页\n\n{text}\n\n{BODY}")


def test_teasers_behind_the_end_of_the_article_go() -> None:
    raw = f"返回首页\n\n山路上的信号\n\n{BODY}\n相关阅读\n\n另一座城市的故事\n\n又一座城市的故事\n"
    assert kept(raw) == ["山路上的信号", *body()]


def test_a_plain_text_keeps_every_paragraph() -> None:
    raw = f"山路上的信号\n\n后记\n\n{BODY}\n附件\n"
    assert kept(raw) == ["山路上的信号", "后记", *body(), "附件"]


def test_nothing_but_furniture_leaves_nothing() -> None:
    assert kept("返回首页\n\n登录 | 注册\n\nCopyright 2021\n") == []


def test_a_line_with_very_many_spaces_is_done_at_once() -> None:
    assert kept(f"返回首页\n\n登录\n\n标题{' ' * 60_000}完。\n\n{BODY}")[1:] == body()


@pytest.mark.parametrize(
    "line",
    [
        "评论员王明表示，新套餐每年为每户节省话费20万元。",
        "关注公众号可领取流量100GB。",
        "全国首张5G许可证编号为001，由贵州移动持有。",
        "无障碍坡道共建成120处。",
        "分享会上，贵州移动介绍了三条经验。",
    ],
)
def test_a_sentence_that_begins_like_a_widget_stays_even_on_a_page(line: str) -> None:
    assert line in kept(f"返回首页\n\n登录\n\n{BODY}\n\n{line}\n\n{BODY}")


def test_one_line_that_looks_like_a_widget_stays_where_there_is_no_page() -> None:
    assert "搜索" in kept(f"搜索\n\n{BODY}")


def test_a_byline_that_ends_in_a_disclaimer_stays() -> None:
    line = "来源：通信观察　2022-11-24　转载：华讯网　（本文不代表本站立场）"
    assert not is_disclaimer(line)
    assert is_disclaimer("转载内容不代表本站立场，本文版权归原作者所有。")
