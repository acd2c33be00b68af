"""How Chinese refers back: pronouns, 「其中」, 「那…呢」 and what a question leaves unsaid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant import wordlists
from assistant.answering.understanding.interrogatives import INTERROGATIVE
from assistant.answering.understanding.mentions import Mention, Sort
from assistant.folding import fold, is_word, tag

ASKS = re.compile(
    r"[?？]|吗|呢$|多少|几[^乎何十百千]|什么|啥|哪|谁|怎|咋|如何|何[时处人]|是否|有没有|是不是|多[大高远长久]|介绍|说说|谈谈|讲讲|"
    r"(?:^|[请我])(?:总结|概括|概述|归纳|综述|梳理|汇总|对比|比较)(?![了过着会])|(?:小结|简报|概况)[。！!]?$|"
    r"^(?:please )?(?:summari[sz]e|compare) "
)
_AMONG = re.compile(
    r"(?:其中|这其中|这当中|这里面|在这[些之]中)|[比较](?:上[一年]|去年|前一?年|(?:19|20)\d{2}年)|"
    r"[与和跟同](?:上[一年]|去年|前一?年|(?:19|20)\d{2}年)[^,，]{0,6}比"
)
COUNTS = re.compile(
    r"(?:一共|总共|共|总计)?(?:有|是)?(?:多少|几)[个家座项款条名台位次种]?[?？。\s]*$|(?:同比|环比|较上年|增[长加速幅]|下降|降[低幅了]|上升|涨|占比?)[^，,。的]{0,6}(?:多少|几|[?？]|$)"
)
MEASURED = re.compile(
    r"(?:比例|占比|比重|增速|[率额润本]|收入|费用|支出|开支|规模)(?:同比|环比)?(?:是|为|有|达)?多少"
)
EACH = re.compile(r"各自|分别|各(?=[有是占为自投建])")
AMOUNT = re.compile(r"多少|几|多[大高远长]|幅|率|额")
PERIOD = re.compile(
    r"(?:19|20)\d{2}年?(?:第?[一二三四1-4]季度|前三季度|[上下]半年|[qQ][1-4]|\d{1,2}月份?)?|第?[一二三四]季度|前三季度|"
    r"[上下]半年|[去今前明]年"
)
YEAR = re.compile(r"(?:19|20)\d{2}年?")
_GREETING = re.compile(
    r"(?:(?:[你您]好|早上好|晚上好|谢谢|多谢|感谢|辛苦了|再见|拜拜|嗨|好的|明白了?|知道了|"
    r"hi|hello|ok|okay|thanks?(?: you)?|bye)"
    r"(?:[你您](?:的(?:回答|帮助|解答))?)?[啊呀吧了！!。.~，,\s]*)+",
    re.I,
)
_INTERJECTION = re.compile(
    r"^(?:(?:嗯+|哦+|噢|喔|啊+|哎+|哇+|呀|好(?:的|啊|吧|哒)?|行|可以|对(?:了|啊|的)?|是(?:的|吗|啊)?|真的吗?|明白|知道|了解|收到|原来如此|"
    r"谢谢|太好了|不错)(?:了|啊|呀|呢|吧)?[，,。！!？?~\s]+)+"
)
_OPENER = re.compile(r"^(?:那么?(?![里儿个些家])|还有(?=[，,\s])|然后|另外|此外|以及|再说)[，,\s]*")
_OTHER = re.compile(r"^(?P<rest>.{0,30}?)(?:呢|怎么样|怎样|如何|是?多少|有多少|几何)[?？。!！\s]*$")
_OWNER = re.compile(r"(?:它们?|该公司|这家公司)的")
"""A thing of what is spoken of (它的5G建设呢) takes no other thing's place."""
_LINKS = re.compile(r"[它其的在和与、,，\s年“”\"「」《》]|方面|情况|的话")
_PERSON_HEAD = re.compile(r"人|书记|员工|干部|专家|作者|记者|领导|同志|先生|女士|老师|院士")
_COMPANY_HEAD = re.compile(r"公司|企业|集团|运营商|单位|银行|厂商|机构")
_SAYING_HEAD = re.compile(
    r"数[字据值]?|金额|价[格钱位]?|时[间候]|比例|说法|问题|原因|结果|名[字称]|规定|电话|消息|情况|变化|增[长幅]|样"
)
_GENERIC = re.compile(
    r"公司|企业|集团|单位|机构|平台|系统|项目|工程|计划|活动|文章|报道|报告|产品|套餐|业务|服务|技术|方案|政策|标准|"
    r"地方|地区|地点|城市|景[点区]|学校|医院|村子?|基站|馆|园|寺|楼|山|人|书记|专家|作者"
)
_PRONOUN = re.compile(
    r"(?P<which>前者|后者)|(?P<many>它们|(?:这|那)(?:些|几[个家项]|[两三四五六][个家项者])|[两二]者|双方)(?P<kind>[\u3400-\u9fff]{0,4})|"
    r"(?P<one>(?<!其)它|(?<![其吉])[他她]们?家?|这[里儿]|那[里儿]|此[处地]|当地|该地)|"
    r"(?P<own>(?<![极尤与])其(?![中他它她次余实间]))|"
    r"(?:(?P<near>(?<!的)[这那][个家座所种款项篇次处位件条场份部本批套块])|上述|(?<![应活本])该|(?<![因如彼在对为就从])此(?![意外前后时间致]))"
    r"(?P<noun>[\u3400-\u9fff]{1,6})"
)
_ONE_OF_ITS_OWN = re.compile(
    r"^(?:什么|啥)[是叫]|是什么意思|何谓|哪(?:一|几|些|两)?(?:家|个?(?:公司|企业|运营商|省|城市|地区|平台|系统|文章))|全(?:国|省|市|行业|球|网|县|区|社会)|^其[他它余]|各(?:地|省|市)"
)
_CHAT = re.compile(r"[啊呢呀吧哇嗯哦哈我你您咱]|不错|还行|这么|[真挺太]")
_PLACE = re.compile(
    r"^(?:[\u3400-\u9fff]{2,7}(?:省|自治区|市|州))?(?P<bare>[\u3400-\u9fff]{2,}?)(?:自治[县州区]|[县市区省乡镇村])$"
)
STANDS_ALONE, NAMED = 3, 4
"""Content words with which a question that names nothing is taken to say all of what it asks, and what a
name or a scope of its own counts for."""


@dataclass(frozen=True, slots=True)
class Other:
    """What 「那…呢」 puts in the place of something in the last question."""

    mention: Mention | None
    period: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Something in a question that points back.

    `head` is the noun pointed at (该平台), `sort` the sort of name that this can only be, `which` 0 or 1 for
    the former and the latter. `is_owner`: it stands for `…的`. `is_statement`: it points at what was said.
    """

    start: int
    end: int
    head: str = ""
    sort: Sort | None = None
    which: int | None = None
    is_plural: bool = False
    is_owner: bool = False
    is_statement: bool = False
    may_be_person: bool = False


def bare(question: str) -> str:
    """The question without interjections and 那 before it; empty for a greeting."""
    text = question.strip()
    folded = fold(text)
    if is_greeting(text):
        return ""
    return text[len(folded) - len(_opened(_INTERJECTION.sub("", folded))) :] or text


def is_greeting(question: str) -> bool:
    """Whether it asks nothing: 你好, 谢谢."""
    return _GREETING.fullmatch(fold(question.strip())) is not None


def points_within(question: str) -> bool:
    """Whether it is asked of a part of what was asked about, or beside it (其中…, 比2019年…)."""
    return _AMONG.match(fold(question)) is not None


def other(question: str, mentions: Sequence[Mention]) -> Other | None:
    """What else is asked about, where the question consists of nothing but one name or period or both."""
    match = _OTHER.match(fold(question))
    has_thing = any(mention.sort is Sort.THING for mention in mentions)
    if not match or (has_thing and ("多少" in match.group() or _OWNER.match(match["rest"]))):
        return None
    rest = match["rest"]
    named = [mention for mention in mentions if mention.end <= len(rest)]
    for mention in reversed(named):
        rest = rest[: mention.start] + rest[mention.end :]
    period = PERIOD.search(rest)
    if not (named or period) or len(named) > 1 or _LINKS.sub("", PERIOD.sub("", rest)):
        return None
    return Other(named[0] if named else None, period.group() if period else "")


def reference(question: str, mentions: Sequence[Mention]) -> Reference | None:
    """The first thing in the question that points back and is not explained by a name before it."""
    for match in _PRONOUN.finditer(fold(question)):
        if any(m.start <= match.start() and m.sort is not Sort.PLACE for m in mentions):
            return None
        if found := _reference(match):
            return found
    return None


def _reference(match: re.Match[str]) -> Reference | None:
    start, end = match.span()
    if match["which"]:
        return Reference(start, end, which=int(match["which"] == "后者"), is_plural=True)
    if match["many"]:
        head = _first_noun(match["kind"])
        return Reference(
            start,
            match.end("many") + len(head),
            head,
            is_plural=True,
            is_owner=not head and match["many"][0] in "这那",
            is_statement=bool(_SAYING_HEAD.match(head)),
        )
    if match["one"]:
        person = match["one"][0] in "他她"
        return Reference(start, end, may_be_person=person, sort=Sort.PERSON if person else None)
    if match["own"]:
        return Reference(start, end, is_owner=True)
    head = _first_noun(match["noun"])
    if not head or (match["near"] and not (_GENERIC.fullmatch(head) or _SAYING_HEAD.match(head))):
        return None
    sort = (
        Sort.COMPANY if _COMPANY_HEAD.search(head) else Sort.PERSON if _PERSON_HEAD.fullmatch(head) else None
    )
    return Reference(
        start,
        match.start("noun") + len(head),
        head,
        sort,
        is_statement=bool(_SAYING_HEAD.match(head)),
        may_be_person=True,
    )


def _first_noun(text: str) -> str:
    """The noun at the beginning of a text."""
    word, part = next(iter(tag(fold(text))), ("", ""))
    while len(word) > 1 and not is_word(word):  # a name that segmentation made up
        word, part = word[:-1], "n"
    if (general := _GENERIC.match(word)) and len(general.group()) > 1:
        word = general.group()
    return word if part[:1] == "n" or part in ("vn", "zg") else ""


def own_words(question: str, mentions: Sequence[Mention]) -> int:
    """How many words say what it is about, at most `STANDS_ALONE`; `NAMED` where a name or a scope does."""
    asked = asking(question)
    begun = len(question) - len(asked)
    named = any(m.start >= begun or m.sort in (Sort.TITLE, Sort.COMPANY) for m in mentions)
    if named or _ONE_OF_ITS_OWN.search(fold(asked)):
        return NAMED
    is_chat = _CHAT.search(fold(question[:begun])) is not None
    return min(len(words(asked if is_chat else question)), STANDS_ALONE)


def has_own_scope(question: str, mentions: Sequence[Mention]) -> bool:
    """Whether it says of whom it is asked: of a company, a person, a title, or of everybody."""
    scopes = (Sort.TITLE, Sort.COMPANY, Sort.PERSON)
    return any(m.sort in scopes for m in mentions) or bool(_ONE_OF_ITS_OWN.search(fold(asking(question))))


def asking(question: str) -> str:
    """The question from the clause on that asks."""
    folded = fold(question)
    clauses = re.finditer(r"[^，,。！!；;？?]+[，,。！!；;？?\s]*", folded)
    start = next((clause.start() for clause in clauses if ASKS.search(clause.group())), 0)
    return question[len(folded) - len(_opened(folded[start:])) :]


def _opened(folded: str) -> str:
    return _OPENER.sub("", folded)


def is_figure(question: str) -> bool:
    """Whether an amount is asked for, or just named (净利润呢)."""
    return AMOUNT.search(fold(question)) is not None or question.rstrip("?？").endswith("呢")


def listing(names: Sequence[str], which: int | None = None) -> str:
    """The names as one subject, or that one of them; places without what kind of place they are."""
    if which is not None:
        return names[min(which, len(names) - 1)]
    short = [_PLACE.sub(r"\g<bare>", name) for name in names]
    return "、".join(short[:-1]) + f"和{short[-1]}" if len(short) > 1 else "".join(short)


def words(question: str) -> set[str]:
    """The words that say what is asked about, folded."""
    tagged = tag(INTERROGATIVE.sub(" ", fold(question)))
    return {w for w, part in tagged if len(w) > 1 and part[:1] in "nvaeljzi" and w not in _light()}


@lru_cache(maxsize=1)
def _light() -> frozenset[str]:
    return frozenset(
        word for name in ("stopwords", "light_words") for group in wordlists.groups(name) for word in group
    )
