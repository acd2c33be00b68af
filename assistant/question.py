"""What a question asks for: its words, the kind of answer, the companies and years it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant import companies
from assistant.errors import QuestionError
from assistant.folding import fold, is_traditional, tag, tokenize


class Kind(StrEnum):
    """The kind of thing asked for."""

    AMOUNT = "amount"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    LIST = "list"
    DEFINITION = "definition"
    REASON = "reason"
    MANNER = "manner"
    YES_NO = "yes_no"
    OTHER = "other"


class Field(StrEnum):
    """What a question asks of an article itself rather than of its subject."""

    AUTHOR = "author"
    PUBLISHED = "published"
    PUBLISHER = "publisher"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Query:
    """A question, understood.

    `terms` are the words that evidence should hold, in question order; `focus` those of them next to the
    interrogative (the thing asked for); `anchors` words that must be matched exactly (5g, 10000, quoted names).
    `entities` are names of persons, places and things, which evidence must speak of. `phrase` is the noun phrase
    next to the interrogative. `unit` is a pattern of the units that an amount may have. `figures` are the numbers that the question gives.
    """

    text: str
    folded: str
    kind: Kind
    terms: tuple[str, ...]
    focus: frozenset[str]
    anchors: tuple[str, ...]
    companies: tuple[str, ...]
    brands: tuple[str, ...]
    years: tuple[str, ...]
    figures: frozenset[str]
    entities: tuple[str, ...] = ()
    phrase: str = ""
    unit: str = ""
    slots: int = 1
    field: Field | None = None
    traditional: bool = False


_KINDS: tuple[tuple[Kind, str], ...] = (
    (Kind.REASON, r"为什么|为何|为啥|什么原因|原因(?:是什么|何在|有哪些)|何以|因为什么"),
    (
        Kind.AMOUNT,
        r"多少|多大|多高|多远|多久|多长|多快|多重|[几]\s*(?:个|名|位|人|家|项|款|条|次|场|期|台|套|座|站|天|年|月|户|支|"
        r"艘|封|公里|岁|点|成|倍|种|类|届|件|份|篇|所|间|亿|万|元|层|级|辆|米|%)|百分之几|几分之|幅度|是几|增幅|降幅|占比|(?:数量|数目|金额|总额|总量|规模|比例|人数)$",
    ),
    (Kind.DATE, r"什么时候|何时|啥时候|什么时间|哪一?[年天日月]|几月|几号|几时|(?:时间|日期)(?:是|$)|哪个(?:年份|月份|日子)"),
    (Kind.PERSON, r"谁|哪些人|哪几个人|哪位|哪几位|何人|什么人|姓名"),
    (
        Kind.PLACE,
        r"哪里|哪儿|何处|什么地方|在哪|去哪|哪一?[个些几两三四五六七八九十]{0,2}[个座]?(?:省市?|市|区县?|县城?|乡镇?|村|镇|地方|地区|地点|小区|城市|国家)",
    ),
    (Kind.YES_NO, r"吗|是否|有没有|是不是|能否|会不会|可否"),
    (Kind.MANNER, r"如何|怎么|怎样|咋|哪些(?:措施|举措|做法|办法|行动|工作|方式)|采取了?什么|做了(?:什么|哪些)|什么(?:措施|办法|方式)"),
    (Kind.LIST, r"哪些|哪几|哪[两三四五六七八九十\d]+|有什么|分别|包括(?:什么|哪)|各(?:有|是|自)"),
    (Kind.DEFINITION, r"是什么|什么是|是啥|啥是|指(?:的是)?什么|指(?:的是)?啥|何谓|什么意思|介绍"),
)
_INTERROGATIVE = re.compile(
    r"为什么|为何|为啥|什么原因|何以|多少(?:平方公里|平方米|公里|人次|车次|个?百分点|人口(?=[?？]|$)|[个名位项家款条座户天年艘封支])?|多大|多高|多远|多久|多长(?:时间)?|多快|百分之几|第几|几(?=[^何乎])|什么时候|何时|啥时候|什么时间|哪一?[年天日月]|"
    r"谁|哪位|何人|哪里|哪儿|何处|什么地方|是否|有没有|是不是|能否|如何|怎么样?|怎样|咋|哪些|哪几|哪[两三四五六七八九十\d]*|有什么|是什么|什么是|什么|是啥|啥|吗|呢|"
    r"请问|请|告诉我|我想知道|想了解|一下|介绍|总结|说说|谈谈|分别|各自|各有|各(?=[派投获做])|一共|总共|共有|到底|究竟|具体|大概|大约|目前|现在|其中|"
    r"叫做?|名称|名字|称为|哪家|哪个|以及|还有|并且|或者|关于|对于|根据|按照|之中|当中|方面|情况|内容|时间|多少钱"
)
_STOP = frozenset(
    "的 了 是 在 和 与 及 有 为 对 由 被 把 向 从 到 于 以 用 将 就 都 也 还 而 且 或 等 这 那 个 名 位 家 项 款 条 次 场 期 户 支 封 元 钱 人 里 上 下 中 "
    "后 前 其 之 所 着 过 给 让 使 会 能 可以 可 应 该 要 我 你 您 他 她 它 我们 他们 它们 自己 多 大 小 年 月 日 天 几 不 没 没有 吧 啊 呀 去 来 说 做 干 "
    "进行 通过 已经 已 曾 曾经 正在 得到 属于 比 较 哪 这个 那个 这些 那些 一个 一些 成为 作为 当 时 个人 这样 那样 哪种 么 呢 吗 地方 地点 省市 职务 职位 身份 事情 东西 哪本 谁写".split()
)
_UNITS: tuple[tuple[str, str], ...] = (
    (r"多少钱|多少(?:万|亿)?元|多少(?:的)?(?:资金|投资|经费|费用|话费|金额|收入|利润)|金额|资金(?:是|有|为)?多少|(?:投资|投入|投|省|让利|收入|营收|利润|净利润|减免|出资|花费?|营业额|销售额)了?(?:是|有|为)?(?:多少|几)(?![个名项家人])|(?:便宜|值)多少钱|(?:收费|价格|售价|月租|资费标准)(?:是|有|为)?(?:多少|几)", r"元|块"),
    (r"多远|距离|多少公里|几公里|多少里|多少米|多长的|多长(?!时间)", r"公里|千米|里|米"),
    (r"多久|多长时间|用了?几(?:天|年|小时)|多少(?:天|小时|分钟)", r"天|小时|分钟|年|个?月|周|日"),
    (r"百分之几|占比|比例|[率幅](?:是|为|有|达)?(?:多少)?|(?:下降|降低|增长|上升|提高|减少|便宜|降|涨|增)了?(?:多少|几)(?:个百分点)?(?![个名项家款人元])|百分点|贡献率", r"%|个?百分点|倍|成"),
    (r"(?:多少|几)(?:名(?!称|字)|位)", r"人|名|位|户|个"),
    (r"(?:多少|几)(?:个)?(?:用户|客户|村民|渔民|农民|家庭)", r"人|名|位|户"),
    (r"(?:多少|几)(?:个)?(?:人(?!次|口)|(?:党员|员工|干部|学生|孩子|老人)(?![\u3400-\u9fff]*[岗队组]))|人数", r"人|名|位"),
    (r"多少人口|人口(?:是|有|为)?多少", r"人|口"),
    (r"(?:多少|几)人次", r"人次"),
    (r"(?:多少|几)车次", r"车次"),
    (r"(?:多少|几)户", r"户"),
    (r"(?:总量|总额|总值|产值|规模)(?:是|有|为|达|达到)?多少", r"(?!%|个?百分点|倍|成)."),
    (r"(?:连续|用|免费|过去)?(?:多少|几)(?:个)?年", r"年"),
    (r"(?:多少|几)(?:个)?月", r"月"),
    (r"(?:多少|几)岁", r"岁"),
    (r"第几", r"期|届|次|批|位|名|个|家|章|条"),
    (r"(?:多少|几)(?P<measure>[款条次场期台套座站支艘封项家件份篇所间层级辆吨本册届种类架头棵株亩元倍成])", r"\g<measure>"),
    (r"(?:多少|几)\s*(?P<latin>gb|mb|tb|g|mbps|gbps|kwh|mw|m|hz)", r"\g<latin>"),
)
_FIELDS: tuple[tuple[Field, str], ...] = (
    (Field.AUTHOR, r"作者|谁写的|(?:这篇|那篇|文章|报道).*谁写|谁撰写|撰稿人?|执笔|记者是谁|哪位记者|谁报道的|谁采写"),
    (Field.TITLE, r"(?:标题|题目)(?:是|叫|为)?(?:什么|啥|哪)|哪一?篇(?:文章|报道|稿)|什么(?:标题|题目)|(?:标题|题目)$"),
    (Field.PUBLISHER, r"哪[家个份本](?:报纸?|媒体|杂志|刊物|网站|平台发表)|(?:来源|出处)(?:是|于|为)?|出自哪|发表在哪|刊登在哪|刊载在哪|登在哪|(?:由谁|谁|哪个?(?:单位|部门|机构))(?:发布|发表)的?$|发布(?:人|单位|机构)"),
    (Field.PUBLISHED, r"(?:发布|发表|刊登|刊发|见报|报道|刊载|登)(?:的|于)?(?:时间|日期)|(?:什么时候|何时|哪一?[天年日]|几月几?[号日]?)(?:发布|发表|刊登|刊发|见报|报道|登)|第几期"),
)
_ARTICLE = re.compile(r"文章|报道|综述|稿件?|这篇|那篇|一文|新闻|《[^》]+》|那一?版|标题|题目|部分|作者|杂志|报纸|文中|署名")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|底|上半年|下半年|\D|$)")
_QUOTED = re.compile(r"[“\"「『《]([^”\"」』》]{2,40})[”\"」』》]")
_ANCHOR = re.compile(r"[a-z]*\d[a-z\d.+-]*[a-z][a-z\d+-]*|\d+[a-z]+|(?<!\d)\d{4,}(?!\d|年)")
_BRANDS = re.compile(r"(?<![\u3400-\u9fff])(联通|移动|电信|铁塔|广电)(?=[的有在是公与和推办共一组集资])|(?:全国)(联通|移动|电信)")
_NAME_TAGS = frozenset(("nr", "ns", "nt", "nz", "nrt", "nrfg"))
_WORD = re.compile(r"[\w\u3400-\u9fff]")


def understand(text: str, limit: int) -> Query:
    """Read a question.

    Args:
        text: the question as it was typed.
        limit: the longest question taken, in characters.

    Raises:
        QuestionError: nothing asked, no word in it, or longer than the limit.
    """
    question = re.sub(r"\s+", " ", text.encode("utf-8", "ignore").decode().replace("\0", " ")).strip()
    if not question:
        raise QuestionError("问题是空的；请输入一个问题。")
    if len(question) > limit:
        raise QuestionError(f"问题有 {len(question)} 个字符，最多 {limit} 个；请缩短后再问。")
    if not _WORD.search(question):
        raise QuestionError("问题里没有文字；请用中文或英文提问。")
    folded = fold(question)
    names = tuple(companies.find(folded))
    years = tuple(dict.fromkeys(_YEAR.findall(folded)))
    kind = _kind(folded)
    terms = _terms(folded, names, years)
    return Query(
        text=question,
        folded=folded,
        kind=kind,
        terms=terms,
        focus=_focus(folded, terms),
        anchors=tuple(dict.fromkeys([*_ANCHOR.findall(folded), *_QUOTED.findall(folded)])),
        companies=names,
        brands=() if names else tuple(a or b for a, b in _BRANDS.findall(folded)),
        years=years,
        figures=frozenset(re.findall(r"\d+(?:\.\d+)?", folded)),
        entities=_entities(folded, names),
        phrase=_phrase(folded, names),
        unit=_units(folded) if kind is Kind.AMOUNT else "",
        slots=max(1, len(re.findall(r"多少|几[^何乎]|分别|哪些|什么", folded))) if "多少" in folded else 1,
        field=_field(folded),
        traditional=is_traditional(question),
    )


def _kind(folded: str) -> Kind:
    return next((kind for kind, pattern in _KINDS if re.search(pattern, folded)), Kind.OTHER)


def _field(folded: str) -> Field | None:
    bare = folded.rstrip("?。!. ")
    found = next((field for field, pattern in _FIELDS if re.search(pattern, bare)), None)
    return found if found is Field.AUTHOR or _ARTICLE.search(bare) else None


def _units(folded: str) -> str:
    """The units of every amount asked for; none where one of them may have any."""
    parts = [part for part in re.split(r"[，,、；;]|和(?=[^，,]*[多几])", folded) if re.search(r"多少|几|多[大高远长久]|[率额量幅]", part)]
    units = [_unit(part) for part in parts] or [_unit(folded)]
    return "|".join(dict.fromkeys(units)) if all(units) else ""


def _unit(folded: str) -> str:
    for pattern, unit in _UNITS:
        if match := re.search(pattern, folded):
            return match.expand(unit) if "\\g" in unit else unit
    return ""


def _terms(folded: str, names: tuple[str, ...], years: tuple[str, ...]) -> tuple[str, ...]:
    """The words worth finding: no interrogatives, no company names, no years; those are looked at apart."""
    bare = folded
    for name in names:
        bare = bare.replace(name, " ")
    bare = _INTERROGATIVE.sub(" ", bare)
    words = (word for word in tokenize(bare) if word not in _STOP and word not in years)
    return tuple(dict.fromkeys(words))


def _entities(folded: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Names among the terms, as segmentation tags them; regions are no names here, they may be left unsaid."""
    named = [word for word, part in tag(folded) if len(word) > 1 and part in _NAME_TAGS]
    return tuple(
        word
        for word in dict.fromkeys(named)
        if word not in companies.BRANDS and word not in companies.regions() and not any(word in name for name in names)
    )


def _phrase(folded: str, names: tuple[str, ...]) -> str:
    """The noun phrase before `是多少`, `有哪些` and the like, or after `哪些`, `多少个`."""
    bare = _YEAR.sub("的", folded)
    for name in names:
        bare = bare.replace(name, "的")
    if match := re.search(r"(?:哪些|哪几[个家项种]?|哪[两三四五六七八九十\d]+[个家项种]?|多少[个名家项款条座]?|什么)([\u3400-\u9fffa-z\d]{2,10})", bare):
        after = re.split(r"[的是了吗在]", match.group(1))[0]
        if len(after) >= 2:
            return after
    match = re.search(r"([^，,。的]{2,14}?)(?:一共|总共|分别|各自|各)?(?:是|有|为|达到?|包括|指|叫|了)?(?:多少|几|什么|哪|谁|啥|多[大高远长])", bare)
    return match.group(1) if match else ""


def _focus(folded: str, terms: tuple[str, ...]) -> frozenset[str]:
    """The terms within a few characters of the interrogative."""
    near: set[str] = set()
    for match in re.finditer(r"多少|几|什么|哪|谁|如何|怎", folded):
        window = folded[max(0, match.start() - 8) : match.end() + 6]
        near |= {term for term in terms if len(term) > 1 and term in window}
    return frozenset(near)
