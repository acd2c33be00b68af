"""Things as questions: what something is, what it consists of, what is done about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.asking.saying import BEGINS, DANGLING, Said, ends_in_noun, is_thing
from assistant.folding import tag

_MEANS = re.compile(
    r"(?P<thing>[^\d，。；：、（）()的][^，。；：、（）()]{2,13}?)(?:（[^）]{1,40}）)?(?:是指|指的是|是一种|是一类)"
)
_CONSISTS = re.compile(
    r"(?P<before>[^，。；：、“”（）()]{4,20}?)(?:主要)?(?:包括|涵盖)(?P<list>[^。；]*、[^。；]*[、和及])"
)
_ENDS = re.compile(r"(?:内容|对象|方面|指标|主题|类型|要素)$")
_KINDS = (
    "平台|系统|模式|体系|工程|计划|行动|机制|活动|品牌|课堂|热线|专区|格局|理念|服务队|突击队|APP|App|小程序|软件|应用|产品|中心|"
    "基地|大模型|架构|战略|专线|套餐|小组|工作法|总要求"
)
_NAMED = re.compile(
    rf"(?<![”、])“(?P<name>[^”“，。]{{2,12}})”"
    rf"(?P<kind>[^，。、；“”（）的和与及等暨]{{0,6}}?(?:{_KINDS}))(?!等|和|与|、)"
)
_VAGUE = re.compile(rf"具体|面向|主要|其他|各|{BEGINS.pattern}")
_TOPIC = re.compile(r"(?:^|[。；，])(?:在|围绕)?(?P<topic>[^，。；：、的“”（）\d]{3,10})方面，")


def means(said: Said) -> Iterator[str]:
    """「算力网络是指……」 gives 「什么是算力网络？」."""
    match = _MEANS.match(said.text)
    thing = re.sub(r"(?:本质上?|实质上?)$", "", match["thing"]) if match else ""
    if not BEGINS.match(thing) and is_thing(thing):
        yield f"什么是{thing}？"


def consists(said: Said) -> Iterator[str]:
    """「……平台包括甲、乙和丙」 gives 「……平台包括哪些内容？」."""
    match = _CONSISTS.match(said.text)
    if match is None or BEGINS.match(match["before"]) or DANGLING.search(match["before"]):
        return
    if ends_in_noun(match["before"]) and not re.search(r"(?:提供|需要|以及|应|须)$", match["before"]):
        yield f"{match['before']}包括哪些{'' if _ENDS.search(match['before']) else '内容'}？"


def named(said: Said) -> Iterator[str]:
    """「甲公司打造“先锋”服务平台」 gives 「甲公司的“先锋”服务平台是什么？」."""
    for match in _NAMED.finditer(said.text) if said.about else ():
        if not DANGLING.search(match.group()):
            yield f"{said.about}的{match.group()}是什么？"


def topics(said: Said) -> Iterator[str]:
    """「资金帮扶方面，……」 gives 「甲公司在资金帮扶方面做了哪些工作？」."""
    for match in _TOPIC.finditer(said.text) if said.about else ():
        topic = match["topic"]
        if not _VAGUE.match(topic) and not DANGLING.search(topic) and tag(topic)[0][1][0] in "nbj":
            yield f"{said.about}在{topic}方面做了哪些工作？"
