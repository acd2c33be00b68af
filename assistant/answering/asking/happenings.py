"""Events and posts as questions: when, where, who, and what honours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant import companies
from assistant.answering.asking.saying import CLAUSE, DANGLING, Said
from assistant.articles.metadata import is_person
from assistant.folding import tag

_EVENTS = "发布|启动|成立|签署|签订|召开|举办|举行|开通|上线|揭牌|投产|建成|荣获|推出|上市|入选|落成|设立"
_DATE = r"(?:(?:20|19)\d{2}年(?:\d{1,2}月(?:\d{1,2}日|底|初)?)?|\d{1,2}月\d{1,2}日)"
_WHO = r"(?P<who>[^，。；“”（）()]{2,16}?)"
_EVENT = rf"(?:正式|成功|联合)?(?P<event>(?:{_EVENTS})了?[^，。；：、]{{3,24}})(?=[，。；])"
_HAPPENED = re.compile(rf"{_DATE}，?{_WHO}{_EVENT}")
_WHERE = re.compile(rf"{_WHO}在(?P<place>[^，。；、的]{{2,12}}?){_EVENT}")
_POST = "党组书记|党委书记|董事长|总经理|总工程师|首席科学家|研究院院长|院长|总裁|总会计师|工会主席"
_HOLDS = re.compile(
    rf"(?:(?:党组书记|党委书记|党委副书记|董事长|执行董事)?[、兼]?)(?P<post>{_POST})(?P<name>[\u4e00-\u9fff]{{2,3}})"
)
_HONOURED = re.compile(
    r"[^，。；]{0,8}(?:获得|荣获|获评|被评为|被授予|斩获)[^。；]{2,40}(?:奖|奖项|称号|荣誉|金奖|银奖)(?=[，。；]|$)"
)


def when(said: Said) -> Iterator[str]:
    """「2020年5月，甲公司启动……」 gives 「甲公司是什么时候启动……的？」."""
    match = _HAPPENED.search(said.text)
    if match and _is_company(match["who"]) and (event := _whole(match["event"])):
        yield f"{match['who']}是什么时候{event}的？"


def where(said: Said) -> Iterator[str]:
    """「甲公司在桐州举办……」 gives 「甲公司是在哪里举办……的？」."""
    for clause in CLAUSE.finditer(said.text):
        match = _WHERE.match(f"{clause.group()}，")
        if match is None or not _is_company(match["who"]) or not (event := _whole(match["event"])):
            continue
        places = tag(match["place"])
        if places[0][1] == "ns" and places[-1][1][0] in "ns":
            yield f"{match['who']}是在哪里{event}的？"


def who(said: Said) -> Iterator[str]:
    """「甲公司总经理张三」 gives 「甲公司的总经理是谁？」."""
    for start, end, _ in companies.spans(said.text):
        match = _HOLDS.match(said.text, end)
        if match and is_person(match["name"]):
            yield f"{said.text[start:end]}的{match['post']}是谁？"


def honours(said: Said) -> Iterator[str]:
    """「甲公司荣获……称号」 gives 「甲公司获得了哪些荣誉？」."""
    for start, end, name in companies.spans(said.text):
        if said.about == name and _HONOURED.match(said.text, end):
            yield f"{said.text[start:end]}获得了哪些荣誉？"


def _is_company(name: str) -> bool:
    spans = companies.spans(name)
    return bool(spans) and spans[0][:2] == (0, len(name))


def _whole(event: str) -> str:
    """An event told to its end, without 了; empty where a quotation mark or connective is left open."""
    is_open = event.count("“") != event.count("”") or re.search(r"[的和与及、在于为将以]$", event)
    return "" if is_open or DANGLING.search(event) else event.replace("了", "", 1)
