"""What a talk is about: the names in focus after its turns, the one most in focus first.

After centering: a name stays in focus until another one becomes the topic of a sentence. What stands in a
place or beside the topic (位于…, 与…, an address) or in a list does not; a list is kept for 「它们」.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.understanding.enumerations import enumerated
from assistant.answering.understanding.mentions import Mention, Names, Sort
from assistant.answering.understanding.references import ASKS, listing
from assistant.articles.metadata import is_person
from assistant.folding import fold, tag

_KEPT = 6
_STRONG = (Sort.TITLE, Sort.COMPANY)
_READ = 600
"""Characters of an utterance that are read."""
_MARKS = re.compile(r"\[\d+\]")
_LISTING = re.compile(r"(?:^|\s)· ")
"""Where the lines of a summary begin, if there are several: nothing they name is the topic of the talk."""
_CLAUSES = re.compile(r"[^。！？!?；;，,：:\n]+[。！？!?；;，,：:\n]*")
_QUESTION_MARK = re.compile(r"[?？]")
_BETWEEN = re.compile(r"\s*(?:[\d.,]+\s*[^\s、，,\d]{0,3})?\s*(?:[、，,]|和|与|及|以及|还有|或者?)\s*")
_GOVERNED = re.compile(
    r"(?:位于|坐落[于在]|地处|处于|在|于|[近临邻靠挨]|着|毗连|距离?|离|至|与|和|跟|同|比|由|被|给|向|从|含|包括|属于?)[（(“\"]?$"
)
_PRONOUN = re.compile(r"(?<![其吉])[他它她]|这[里儿个家]|那[里儿]|此处|该")
_OPENING = re.compile(
    r"(?:嗯|哦|啊|哇|噢|好|对了?|是的?|行|那么?|不过|而且|并且|还有?|另外|我们?|你|您|咱|这|附近|周边|旁边|也|就|都|可以?|"
    r"听说|知道|觉得|认为|决定|最|比较|推荐|了|呀|的话|\s|[“\"《（(])*$"
)
_PRESENTED = re.compile(
    r"(?:有[一几]?[个座家]?|[上近边围]的|去|叫|推荐|逛逛?|看看?|了解|知道|听说过?|喜欢|选|觉得|去过|称为?)[“\"《（(]?$"
)
_NAMED = re.compile(r"(?:是|为|即)[“\"《（(]?$")
_HEAD = re.compile(r"[”\"》）)]?(?:[，,。！!；;\s啊呀吧哦]|\[\d+\]|$)")
_FIGURE = re.compile(r"\s*(?:[:：\d¥￥]|镇|号)")
_THINGS = (
    "平台|系统|项目|工程|计划|活动|中心|基站|产品|套餐|模式|模型|行动|机制|服务|技术|网络|文章|报告|软件|应用|设备|基地|大会|论坛|协议|"
    "方案|政策|小组|团队|班组|部门|专线|学校|医院|会战|大赛|村|馆|园|站|奖|号|app|App|APP"
)
_THING = re.compile(rf"(?:{_THINGS})$")
_COUNTED = re.compile(
    r"(?:一共|总共|现在|目前|共|已经?|总数)*(?:是|有|为|达到?)?(?:多少|几)[个家座套项款条名台万亿元]*[?？。\s]*$"
)
_OWNED = 16
"""Characters after a name within which what it owns is looked for."""
_QUOTES = tuple('“”"「」『』')
_NOUNS = frozenset(("n", "nz", "nr", "ns", "nt", "nrt", "vn", "ng", "j", "b", "zg", "eng", "m", "a"))
_DEFINED = re.compile(
    r"(?:请问|什么是|啥是|何谓|介绍(?:一下|下)?|说说|谈谈|讲讲)?(?P<thing>[^，,。？?\s的]{2,14}?)(?:分别|各自|一共|总共)?"
    r"(?:(?:是|由|在|有|属于|位于|叫|指)[^，,。]{0,12}?(?:谁|哪|什么|啥|何|怎|多少|几)[^，,。]{0,12})?[?？。\s]*"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """Something spoken of: `name` as it was said, `phrase` with what of it is meant (重庆铁塔的渔政平台)."""

    name: str
    sort: Sort
    identity: str
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Focus:
    """The state of a talk.

    `topics`, the one most in focus first; `listed` are the names that the last turn enumerates; `question`
    is the last question, made to stand on its own. `summed_up` is the company that was summed up, or
    those that were compared, as long as no question names another.
    """

    topics: tuple[Topic, ...] = ()
    listed: tuple[str, ...] = ()
    question: str = ""
    summed_up: Topic | None = None

    def after(self, text: str, names: Names, *, is_answer: bool = False) -> Focus:
        """The focus after one utterance; an answer asks nothing without a question mark (相关介绍如下)."""
        asking = _QUESTION_MARK if is_answer else ASKS
        head, *lines = _LISTING.split(text, maxsplit=2)
        is_summary = is_answer and len(lines) > 1
        text = _MARKS.sub("", (head if is_summary else text)[:_READ])
        mentions = names.find(text)
        focus = _with_list(self, text, mentions)
        in_lists = {m for group in _groups(text, mentions) if len(group) > 1 for m in group}
        for clause in _CLAUSES.finditer(text):
            within = [m for m in mentions if clause.start() <= m.start < clause.end()]
            asks = asking.search(fold(clause.group())) is not None
            if focus.topics and not asks:
                within = [m for m in within if m not in in_lists]
            focus = _after_clause(focus, text, clause.span(), within, asks)
        if is_summary:
            return replace(focus, summed_up=_summed_up(mentions))
        other = any(m.sort in _STRONG and not _is_topic(m, focus.summed_up) for m in mentions)
        return replace(focus, summed_up=None) if other and not is_answer else focus


def _summed_up(mentions: Sequence[Mention]) -> Topic | None:
    """The company that a summary names at its head, or the companies of a comparison as one topic."""
    names = {mention.identity: mention.name for mention in mentions if mention.sort is Sort.COMPANY}
    name = listing(list(names.values())) if names else ""
    return Topic(name, Sort.COMPANY, "".join(names), name) if names else None


def _is_topic(mention: Mention, topic: Topic | None) -> bool:
    return topic is not None and mention.identity == topic.identity


def _with_list(focus: Focus, text: str, mentions: Sequence[Mention]) -> Focus:
    longest = max(_groups(text, mentions), key=len, default=[])
    named = tuple(dict.fromkeys(mention.name for mention in longest))
    listed = max(named, enumerated(text), key=len)
    return replace(focus, listed=listed) if len(listed) > 1 else focus


def _after_clause(
    focus: Focus, text: str, span: tuple[int, int], mentions: Sequence[Mention], asks: bool
) -> Focus:
    """The focus after a clause: a question may bring up anything, a statement companies and titles only."""
    clause = text[slice(*span)]
    current = focus.topics[0] if focus.topics else None
    if asks:
        fit = [m for m in mentions if _is_asked_of(text, span, m)]
        if not fit and not _PRONOUN.search(fold(clause)):
            fit = [m for m in mentions[-1:] if current is None or m.sort in _STRONG]
        if not mentions and not current and (defined := _defined(clause)):
            fit = [defined]
    else:
        fit = [m for m in mentions if _is_presented(text, span, m)]
        fit = [m for m in fit if current is None or m.sort in _STRONG]
        if current is None:
            fit = fit or list(mentions)
        for person in (m for m in mentions if current and m.sort is Sort.PERSON and m not in fit):
            focus = replace(
                focus, topics=(*focus.topics[:1], *_put(focus.topics[1:], _topic(text, person, asks)))
            )
    if not fit or (current and not asks and any(_is_part(m, current) for m in mentions)):
        return focus
    return replace(focus, topics=_put(focus.topics, _topic(text, fit[0], asks)))


def _groups(sentence: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Runs of mentions of one sort with nothing but 、 or 和 between them."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        last = groups[-1][-1] if groups else None
        if last and last.sort is mention.sort and _BETWEEN.fullmatch(sentence[last.end : mention.start]):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _is_asked_of(text: str, span: tuple[int, int], mention: Mention) -> bool:
    return not _GOVERNED.search(text[span[0] : mention.start]) and not _is_beside(text[mention.end : span[1]])


def _is_presented(text: str, span: tuple[int, int], mention: Mention) -> bool:
    left, right = text[span[0] : mention.start], text[mention.end :]
    if left.endswith("《") or _FIGURE.match(right) or _is_beside(text[mention.end : span[1]]):
        return False
    if _NAMED.search(left):
        return _HEAD.match(right) is not None
    return bool(_OPENING.fullmatch(left) or _PRESENTED.search(left))


def _is_beside(right: str) -> bool:
    """Whether a name is said to be with or near what is spoken of (…也在它附近)."""
    return right[:1] in tuple("也和与跟离在") and _PRONOUN.search(right) is not None


def _is_part(mention: Mention, topic: Topic) -> bool:
    return mention.identity == topic.identity or fold(mention.name) in fold(topic.name)


def _topic(text: str, mention: Mention, asks: bool) -> Topic:
    start, end = mention.start, mention.end
    quotes = int(text[max(start - 1, 0) : start] in _QUOTES and text[end : end + 1] in _QUOTES)
    owned = _owned(text[end + quotes : end + _OWNED]) if asks and mention.sort is not Sort.TITLE else ""
    phrase = text[start - quotes : end + quotes] + owned if owned else mention.name
    return Topic(mention.name, mention.sort, mention.identity, phrase)


def _owned(right: str) -> str:
    """What of a name is meant (的渔政平台), where it is a thing and not what is counted."""
    owned = ""
    for word, part in tag(right):
        if (
            part not in _NOUNS
            and word != "的"
            and word not in _QUOTES
            and not (part == "v" and owned[:1] == "的")
        ):
            break
        owned += word
    ends = (
        end
        for end in range(len(owned), 0, -1)
        if _THING.search(owned[:end]) and right[end : end + 1] not in tuple("了过着到”")
    )
    found = next(ends, 0)
    return "" if _COUNTED.match(right[found:]) else owned[:found]


def _defined(clause: str) -> Mention | None:
    """What a question asks the meaning or place of, though nothing knows it for a name."""
    match = _DEFINED.fullmatch(clause)
    if not match or match.end("thing") == len(clause.rstrip("?？。")) == len(match["thing"]):
        return None
    sort = Sort.PERSON if "谁" in clause and is_person(match["thing"], labelled=True) else Sort.THING
    return Mention(*match.span("thing"), match["thing"], sort, fold(match["thing"]))


def _put(topics: Sequence[Topic], new: Topic) -> tuple[Topic, ...]:
    return new, *[old for old in topics if old.identity != new.identity][: _KEPT - 1]
