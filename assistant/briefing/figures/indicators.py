"""What a quantity is a quantity of, in the words of the sentence around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.briefing.figures import phrases
from assistant.briefing.figures.clause_words import BARE, GENERIC, LIGHT
from assistant.briefing.figures.quantities import Quantity, quantities
from assistant.briefing.figures.sharing import distributed
from assistant.briefing.material import Statement
from assistant.folding import fold, tag

_MOVED = (
    r"(?:(?:同比|环比|年均|月均|日均|复合|分别|平均|较|比|与).{0,10}?)?(?:累计|平均|名义|实际|年|月|季)?"
    "(?:增长|下降|上升|增加|减少|提高|提升|降低|回落|增幅|降幅|增速|涨幅|跌幅|增长率|扩大|缩短|延长|收窄|下滑|上涨"
    "|下跌|降|升|增|净增)(?:了|幅度|率)?(?:达|近|超)?"
)
_CHANGE, _CHANGE_BEHIND = re.compile(_MOVED), re.compile(rf"{_MOVED}$")
"""By how much something has changed, and that behind the name of what has."""
_SHARE = re.compile(r"(?:占|占比|约占|仅占|占到|比例|比重|份额).{0,12}")
_GENERAL = re.compile(r"[量数额]$|人员$|设备$|用户$|收入$|投资$|人次$|资金$|客户$|规模$")
_SCALE = re.compile(r"^[百千万亿]+")
_SENTENCE = re.compile(r"[。!?\n]")
_COUNTED = re.compile(r"\d\s*[万亿%户家个名位人元]")
_CLAUSES = re.compile(r",(?!\d{3})|[;。!?:]")
_DIGIT = re.compile(r"\d")
_OF_THING = re.compile(r"(?:投资|面积|价值|产值|总长|全长|海拔|容量|造价|身价|规模|总额|金额)$")
"""What stands before its value and behind the thing that has it: 投资5亿元的大桥 is 大桥投资."""
_GOING = re.compile(r"[走进赴往入]")
_LEADING = re.compile(r"(?:居|位居|夺|称|领先|垫底|并列)")
"""Behind a value, how it compares: 以500万户居首."""
_THAT = re.compile(r"(?:这一|这个|该|此|上述)(?:数字|数据|数值|指标|比例|比率|数)(?:还|仅|只|就|才)?[是为]?")
"""What stands for the name of the figure before."""
_SERVING_AS = re.compile(r"^[担出]任(?=.)")
_OF_ALL = re.compile("^全[国省市区县州球](?=..)")
_THEN = re.compile(r"(?:较|比|与)?(?:去年|上年|前年|上期|年初|(?:19|20)\d\d年)?(?:同期|[底末初])?的?")
_INVOLVED = re.compile(r"(?P<what>[\u3400-\u9fff]{2})(?:共?涉及)$")
_MOST = 30
"""Characters of a name that is put together."""
_WHOLE_WORDS = "村县市省校区乡镇人户站店"
"""Single characters that name what is counted."""
_SHORT_FOR = "站户线店校村桩列"
"""Units that a noun of two characters is counted by: 站 does for 站点."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """What the sentence has said so far, for a quantity that names nothing itself."""

    base: str = ""
    topic: str = ""


def indicators(statement: Statement, folded: str, found: Sequence[Quantity]) -> Iterator[str]:
    """For each of a statement's quantities the phrase that names it; words of the source, never empty."""
    said = _Clause()
    given = dict(distributed(folded, found, statement.company))
    for at, quantity in enumerate(found):
        last = _end_of_last(folded, found, at)
        if at and _SENTENCE.search(folded, last, quantity.start):
            said = _Clause()
        following = found[at + 1].start if at + 1 < len(found) else len(folded)
        lead = phrases.before(folded, quantity.start, last)
        if not at and statement.before and not lead.strip():
            lead = fold(statement.before)
        behind = phrases.after(folded, quantity.end, following)
        said = replace(said, topic=_topic(lead, said.topic, statement.company))
        name = (
            given.get(at)
            or _of_before(quantity, lead, statement)
            or _name(quantity, lead, behind, said, statement)
        )
        is_relative = _is_relative(name) or (said.base and said.base in name)
        said = _Clause(said.base if is_relative and said.base else name, said.topic)
        yield _restored(name, statement.text, folded)


def _of_before(quantity: Quantity, lead: str, statement: Statement) -> str:
    """The name of the last figure of one unit in what stands before the statement, if this one has that.

    It has where 这一数字 stands for it, or where it is said to be the company's part of it.
    """
    if not statement.before:
        return ""
    bare = phrases.subject(lead.strip(" ,、").removeprefix("而"), statement.company)
    is_part = fold(lead).strip() == f"其中{fold(statement.company)}"
    if not (is_part or (bare and _THAT.fullmatch(bare))):
        return ""
    folded = fold(statement.before)
    earlier = replace(statement, text=statement.before, before="", end=statement.start)
    found = list(quantities(statement.before, folded))
    names = zip(found, indicators(earlier, folded, found), strict=True)
    unit = _SCALE.sub("", quantity.unit)
    name = next((name for one, name in names if _SCALE.sub("", one.unit) == unit), "")
    return _OF_ALL.sub("", name) if is_part else name


def _end_of_last(folded: str, found: Sequence[Quantity], at: int) -> int:
    """Where the quantity before and the noun that it counts end."""
    if not at:
        return 0
    behind = phrases.after(folded, found[at - 1].end, found[at].start)
    noun, is_said = phrases.counted(behind)
    takes = noun in behind and found[at - 1].counts and not is_said
    return found[at - 1].end + (behind.find(noun) + len(noun) if takes else 0)


def _name(quantity: Quantity, lead: str, behind: str, said: _Clause, statement: Statement) -> str:
    front = phrases.subject(lead, statement.company)
    front = "" if _THEN.fullmatch(front) or _THAT.fullmatch(front) else front
    if front in GENERIC and (involved := _INVOLVED.search(lead.rstrip().removesuffix(front))):
        front = involved["what"] + front
    behind = "" if behind.lstrip()[:1] in ("”", '"', "」", "』") else behind
    measured = not quantity.counts
    if not front and _CHANGE.fullmatch(behind.strip()):
        name = ""  # 较上年的5亿元增长3%: the value of then
    elif measured:
        name = front if quantity.is_rank else _measured(front, behind, "%" in fold(quantity.unit))
    else:
        name = _counted(front, lead, behind, said)
    if len(name) == 1 and (measured or name not in _WHOLE_WORDS):
        name = ""
    if not name or _is_relative(name) or name in BARE or (quantity.unit == "列" and _is_verb(name)):
        return _completed(name, quantity, said, statement)
    actor = phrases.actor(lead, statement.company)
    if not actor and len(name) <= 4 and (measured or _GENERAL.search(name)):
        actor = _actor_before(quantity, statement)
    if actor and actor not in name and name not in actor and len(actor) + len(name) <= _MOST - 6:
        name = actor + name
    return phrases.shortened(name)


def _actor_before(quantity: Quantity, statement: Statement) -> str:
    """What the clauses before speak of, in the same sentence, the nearest first."""
    text = fold(statement.text[: quantity.start])
    clauses = _CLAUSES.split(_SENTENCE.split(text)[-1])[:-1]
    found = (phrases.actor(clause, statement.company) for clause in reversed(clauses[-3:]))
    return next(filter(None, found), "")


def _measured(front: str, behind: str, is_share: bool) -> str:
    """The name of money, a share, a length of time: it stands in front, rarely behind."""
    noun, is_said = phrases.counted(behind)
    if behind.lstrip().startswith("的") and noun and (len(front) <= 4 or front in LIGHT):
        front = front if front not in LIGHT else ""
        return noun + front if _OF_THING.search(front) else front + noun
    if front and front not in LIGHT:
        tail = behind.strip()
        goes_on = (
            noun and not is_said and 1 < len(tail) <= 6 and tail not in GENERIC and tail[0] not in "的大以"
        )
        return front + tail if goes_on and is_share else front
    return noun or front


def _counted(front: str, lead: str, behind: str, said: _Clause) -> str:
    """The name of what is counted: the noun behind, or in front where nothing or a verb is behind."""
    noun, is_said = phrases.counted(behind)
    if _LEADING.match(noun):
        return ""
    if noun == behind.strip() and len(front) > 2 and front not in LIGHT and _is_done_with(noun, lead):
        return front
    if is_said:
        if noun[:1] in ("为", "是"):
            return _joined(said.topic or (front if len(front) > 2 else ""), noun)
        if front and front not in LIGHT and front not in BARE:
            return front
        return _SERVING_AS.sub("", noun)
    if not noun:
        if said.base and len(front) == 2 and front not in BARE and _is_verb(front):
            return front + _without_verb(said.base)
        return front if front not in LIGHT else ""
    if noun in GENERIC:
        return _joined(_tip(front), noun) if front not in LIGHT else noun
    verb = phrases.last_verb(lead) if len(noun) <= 12 else ""
    return noun if len(noun) == 1 and _GOING.search(verb) else verb + noun


def _is_done_with(verb: str, lead: str) -> bool:
    """Whether what is behind a quantity says what the things in front of it are for: 调集发电车40台支援."""
    tokens = tag(lead.strip())
    is_thing = bool(tokens) and tokens[-1][1].startswith(("n", "eng", "zg"))
    return is_thing and len(verb) == 2 and verb not in GENERIC and tag(verb)[0][1] == "v"


def _without_verb(name: str) -> str:
    return re.sub(r"^(?:新[建增设开招]|建[成设]|净增|累计)(?=..)", "", name)


def _joined(first: str, second: str) -> str:
    return first + second if first and len(first) + len(second) <= _MOST else second


def _tip(front: str) -> str:
    """The last member of an enumeration in front of a generic noun: 「A、B等7个方面」."""
    return front.removesuffix("等") if len(front) <= 12 else re.split(r"[、,]", front)[-1].removesuffix("等")


def _is_verb(front: str) -> bool:
    if not 2 <= len(front) <= 4 or front in LIGHT:
        return False
    tokens = tag(front)
    return len(tokens) <= 2 and tokens[0][1] in ("v", "vn") and all(p in ("v", "vn", "d") for _, p in tokens)


def _is_relative(name: str) -> bool:
    return _CHANGE.fullmatch(name) is not None or _SHARE.fullmatch(name) is not None


def _completed(name: str, quantity: Quantity, said: _Clause, statement: Statement) -> str:
    """A name that says nothing by itself together with what the sentence, its heading or title speak of."""
    noun = _counted_by(_SCALE.sub("", quantity.unit), statement)
    if noun and len(name) == 2 and _is_verb(name):
        return name + noun
    if noun and name in ("", "累计", "合计") and noun[0] not in said.base:
        return _joined(name, noun)
    clauses = _CLAUSES.split(fold(statement.before + statement.text[: quantity.start]))[:-1]
    last = clauses[-1] if clauses else ""
    is_new = _DIGIT.search(last) is None and (name or said.base not in last)
    if said.base and not (is_new and phrases.head(last, statement.company)):
        base = _CHANGE_BEHIND.sub("", said.base).strip() or said.base
        return base if not name or name in base else _joined(base, name)
    for clause in reversed([clause for clause in clauses if not _COUNTED.search(clause)]):
        names = phrases.subject(clause, statement.company), phrases.head(clause, statement.company)
        subject = next(filter(None, names if quantity.counts else names[::-1]), "")
        if 2 < len(subject) <= 20 and not _is_relative(subject):
            return _joined(subject, name)
    heading = statement.passage.section.split(" › ")[-1] or statement.passage.metadata.title
    return name or phrases.shortened(fold(heading)) or quantity.unit or statement.company


def _counted_by(unit: str, statement: Statement) -> str:
    """A noun of the passage that the unit abbreviates, as 站 does 站点; the nearest one."""
    if len(unit) != 1 or unit not in _SHORT_FOR:
        return ""
    near = fold(statement.text if unit != "列" else statement.passage.text)
    tokens = tag(near)
    for at, (word, part) in enumerate(tokens):
        if len(word) == 2 and unit in word and part.startswith("n") and word != "系列":
            first = at
            while first and tokens[first - 1][1] in ("eng", "b"):
                first -= 1
            return "".join(word for word, _ in tokens[first : at + 1])
    return ""


def _topic(lead: str, topic: str, company: str) -> str:
    words = phrases.topic(lead, company)
    if not lead.strip().startswith("在") and topic:
        return topic
    return words if len(words) > 3 else topic


def _restored(name: str, text: str, folded: str) -> str:
    """The name as the text writes it, piece by piece where it is not one stretch of it."""
    pieces: list[str] = []
    first = 0
    while first < len(name):
        last = len(name)
        while last > first + 1 and name[first:last] not in folded:
            last -= 1
        at = folded.find(name[first:last])
        pieces.append(text[at : at + last - first] if at >= 0 else name[first:last])
        first = last
    words = " ".join("".join(pieces).split()).strip("，。；、：: ,;·|/")
    return _balanced(words) or text.strip()[:12]


def _balanced(words: str) -> str:
    """The phrase without a quotation mark or bracket at either end that has no partner."""
    for opening, closing in ("“”", "（）", "()", "《》", "「」"):
        if words.count(opening) != words.count(closing):
            words = words.removeprefix(closing).removesuffix(opening)
            words = words.removeprefix(opening) if words.count(opening) > words.count(closing) else words
            words = words.removesuffix(closing) if words.count(closing) > words.count(opening) else words
    return words.strip("，。；、：: ,;·|/")
