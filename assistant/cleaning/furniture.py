"""What a page carries around its article: menus, votes, disclaimers, recommendations, footers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.articles.metadata import is_person, read_byline
from assistant.cleaning.lines import ends_sentence
from assistant.folding import fold
from assistant.records import Paragraph

_MORE = r"(?:\s*[:：(（>》|·\d].*)?"
"""What may follow a widget's word: a colon, a bracket, a number and their content, but no further word."""
_WIDGET = re.compile(
    rf"""^[\s【\[(（·•>»]*(?:
      首页|资讯|新闻(?:中心|频道)?|登录|注册|登录[/|]注册|设为首页|加入收藏|收藏(?:本[页站文])?|返回(?:首页|顶部|列表)|
      分享(?:到|至|本文|给(?:好友|朋友))?{_MORE}|打印(?:本页|本文)?|关闭(?:窗口|本页)?|(?:正文)?字(?:号|体){_MORE}|
      [大中小](?:\s+[大中小])+|上一[篇条页](?:文章|新闻)?{_MORE}|下一[篇条页](?:文章|新闻)?{_MORE}|
      相关(?:阅读|新闻|文章|推荐|链接|报道|资讯|专题){_MORE}|
      (?:热门|最新|精彩|今日|本周|推荐|编辑)(?:文章|视频|推荐|评论|标签|专题|资讯|新闻|排行|阅读|关注|图片){_MORE}|
      (?:热门|热搜)?排行榜?|热搜{_MORE}|为[您你]推荐|猜[您你]喜欢|大家都在[看搜]|阅读(?:原文|全文)|
      查看(?:更多|全文|原文|评论)[>》…]*|更多(?:资讯|新闻|内容)?[>》….]*|
      (?:发表|查看|网友|我要|全部|暂无)?评论{_MORE}|给(?:作者|本文|小编)点赞{_MORE}|点赞{_MORE}|
      写得(?:很|真|不太|还不)?(?:好|错)|\d+\s*(?:vs|:|/)\s*\d+|赞?\s*[(（]\s*\d+\s*[)）]|[顶踩]\s*\d*|
      扫(?:一扫|码|描)(?:二维码)?(?:关注|阅读|分享)?(?:我们)?{_MORE}|(?:长按|识别)+二维码\S{{0,8}}|关注(?:我们|公众号|微信){_MORE}|
      手机版|(?:移动)?客户端(?:下载)?|网站(?:地图|导航|声明)|联系(?:我们|方式){_MORE}|关于我们{_MORE}|
      (?:免责|版权|特别|郑重)声明{_MORE}|版权(?:所有|归).*|转载(?:请|须|自).*|举报(?:电话|邮箱|热线)?{_MORE}|
      (?:责任|本文|网页)?编辑\s*[:：].*|责编\s*[:：].*|审[核校]\s*[:：].*|标签\s*[:：].*|关键[词字]\s*[:：].*|
      (?:阅读|浏览|点击)(?:量|数|次数)?\s*[:：(（]?\s*\d+\S{{0,3}}|\d+\s*(?:人|次)?(?:阅读|浏览|评论|点赞)|
      您?(?:所在|当前|现在)的?位置\s*[:：是].*|当前位置{_MORE}|广告|搜索|简体|繁体|english|无障碍(?:浏览|阅读|模式|版)?|
      请输入(?:关键[词字]|内容|搜索).*|(?:看完|读完|阅读)(?:这篇|本篇|此).*(?:心情|感受|感觉).*|友情链接{_MORE}|招聘信息|广告服务
    )[\s】\])）>»]*$""",
    re.VERBOSE,
)
_LEGAL = re.compile(
    r"icp[备证]|公网安备|版权所有|all rights reserved|copyright\s*[©(\d]|©\s*\d{4}|违法和不良信息|"
    r"许可证(?:编号|号)?\s*[:：]"
)
_SEPARATORS = re.compile(r"[|｜>»/·]|\s{2,}")
_SITE_NAME = re.compile(r"^[\u3400-\u9fffa-z\d]{2,10}(?:网|网站|论坛|在线|频道|门户|之家)$")
_BESIDE_BYLINE = re.compile(r"(?<!\s)\s{2,}(?:浏览|阅读|点击|人气|字号|字体|评论|打印|收藏|分享)\S*.*$")
_ENDS_ARTICLE = re.compile(
    r"^[\s【\[(（]*(?:给(?:作者|本文)?点赞|相关(?:阅读|新闻|文章|推荐|链接|报道)|(?:热门|最新|推荐|猜[您你])|为[您你]推荐|"
    r"(?:免责|版权|特别|郑重)?声明\s*[:：]|上一篇|下一篇|责任?编辑?\s*[:：]|网友评论|分享到|扫一扫|关于我们|copyright|©)"
)
_SELF = re.compile(r"本文档|本文|本资料|本材料|本报告|本站|本网|本页|以上内容|文中(?:陈述|观点)")
_HEDGE = re.compile(
    r"免责声明|仅代表|不代表|仅供|不构成|不(?:作|做|负|承担)(?:出)?任何|与本(?:站|网|文|刊)?无关|可能(?:与|不)|仅(?:允许|限)|"
    r"自行(?:核实|承担)|侵权|版权归|转载|改写生成|不承担|原创性|未经(?:本站|授权)|联系(?:我们)?删除|如有(?:侵犯|异议|雷同)"
)
_AT_EDGE = 3
"""How many paragraphs from either end a disclaimer may stand in a document that is no web page."""
_PAGE_SHARE = 0.1
_REAL_TEXT = 60
"""A paragraph this long that ends its sentence is text of the article, not of the page around it."""


def drop_furniture(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs that belong to an article. Page furniture goes, at the head, at the foot and between.

    One line that looks like a widget makes no page: it stays, and only disclaimers go.
    """
    text = [p for p in paragraphs if not is_disclaimer(p.text.text)]
    kept = [p for p in text if not _is_widget(p)]
    if len(paragraphs) - len(kept) < 2:
        return text
    kept = [p for p in _cut_tail(paragraphs, kept) if not _is_label(p)]
    return [_without_counters(p) for p in kept]


def drop_page_furniture(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs of a document whose layout is known, without what is certainly not its text.

    Disclaimers go at the head and at the foot only, and buttons and legal lines of a web page only where
    they make up a good part of it: a report may speak of both.
    """
    last = len(paragraphs) - _AT_EDGE
    kept = [
        p
        for at, p in enumerate(paragraphs)
        if _AT_EDGE <= at < last or p.table is not None or not is_disclaimer(p.text.text)
    ]
    buttons = {id(p) for p in kept if p.heading and p.table is None and _is_button(fold(p.text.text))}
    if len(buttons) < max(2, _PAGE_SHARE * len(kept)):
        return kept
    return [p for p in kept if id(p) not in buttons]


def is_disclaimer(text: str) -> bool:
    """Whether a paragraph speaks of the document's own reliability or rights rather than of its subject."""
    folded = fold(text)
    hedges = len(set(_HEDGE.findall(folded)))
    if folded.startswith("免责声明"):
        return True
    is_hedged = hedges >= 2 and _SELF.search(folded) is not None and len(folded) < 400
    return is_hedged and not ((byline := read_byline(text)) and byline.published)


def _is_widget(paragraph: Paragraph) -> bool:
    """A button, a menu or a legal line. What ends its sentence is text, whatever words it begins with."""
    text = fold(paragraph.text.text)
    if not paragraph.heading:
        is_text = _is_real(paragraph) or ends_sentence(paragraph.text.text)
        return not is_text and _LEGAL.search(text) is not None
    return _is_button(text) or _is_menu(text)


def _is_button(text: str) -> bool:
    """The words of buttons and nothing else, or a legal line."""
    words = all(map(_WIDGET.match, text.split())) or _WIDGET.match(text) is not None
    return words or _LEGAL.search(text) is not None


def _is_menu(text: str) -> bool:
    """Several short items in a row with separators between them."""
    items = [item.strip() for item in _SEPARATORS.split(text) if item.strip()]
    bars = len(re.findall(r"[|｜>»]", text))
    words = text.split()
    if len(words) >= 5 and all(len(word) <= 6 for word in words):
        return True
    return bars >= 1 and len(items) >= 2 and all(len(item) <= 12 for item in items)


def _is_real(paragraph: Paragraph) -> bool:
    return not paragraph.heading and len(paragraph.text) >= _REAL_TEXT


def _is_label(paragraph: Paragraph) -> bool:
    """On a page: the site's name, or a word too short for a headline that is not somebody's name."""
    text = fold(paragraph.text.text)
    short = len(text) <= 3 and not is_person(text)
    return paragraph.heading and (short or _SITE_NAME.match(text) is not None)


def _without_counters(paragraph: Paragraph) -> Paragraph:
    """A byline without the counters and buttons that share its line."""
    match = _BESIDE_BYLINE.search(paragraph.text.text) if paragraph.heading else None
    if match is None or match.start() == 0:
        return paragraph
    return replace(paragraph, text=paragraph.text[: match.start()])


def _cut_tail(paragraphs: Sequence[Paragraph], kept: Sequence[Paragraph]) -> list[Paragraph]:
    """Leave out what follows the end of the last article: recommended titles, teasers."""
    real = [i for i, p in enumerate(paragraphs) if _is_real(p) and not is_disclaimer(p.text.text)]
    last = real[-1] if real else -1
    for i in range(last + 1, len(paragraphs)):
        if _ENDS_ARTICLE.match(fold(paragraphs[i].text.text)):
            gone = {id(p) for p in paragraphs[i:]}
            return [p for p in kept if id(p) not in gone]
    return list(kept)
