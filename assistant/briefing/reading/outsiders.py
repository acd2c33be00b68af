"""Sentences whose subject is said to be no company: a place, an authority, a trade, a whole country."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.companies import places
from assistant.companies.own_names import leading_name
from assistant.folding import fold, tag

_HAN = r"\u3400-\u9fff"
_TIME = re.compile(
    r"(?:(?:据[^,。]{0,8}|[^,。]{0,6}显示)[,，]|(?:截至|截止|自|到|至|从)?(?:目前|今年|去年|当前|近日|日前|近年来?|今天|当天|同年|同期|期间|此外|同时|其中|另外|"
    r"(?:(?:19|20)\d\d|[一二三四五六七八九〇零]{4})年?[^,，。]{0,8}?|\d{1,2}月(?:\d{1,2}日)?[^,，。]{0,4}?)"
    r"(?:以来|底|末|初|起|前后|上半年|下半年|年度)?[,，]?)+"
)
_REALM = re.compile(
    r"(?:我国|中国(?=已|的|目前|共|正|境内|网民|经济)|我[市省区州县]|本[市省区]|全行业|行业|同业|业界|业内|本行业|"
    r"(?:全[国球市省区州县]|中国|国[内际]|世界|海外|各[地省])(?=各|市场|形势|环境|社会|经济|人口|居民|网民|用户|gdp|生产总值|规模以上|"
    r"互联网|电话|[^,，。]{0,6}(?:业|企业|行业|运营商)(?!务)|"
    r"[^,，。]{0,8}(?:市场|产业)(?!部|化|园|链))|[三四]大(?:基础)?(?:电信)?运营商|(?:基础)?电信运营商|各?运营商|(?:电信|通信|信息通信|金融|银行|保险|证券|汽车|电力|钢铁|"
    r"煤炭|化工|医药|房地产|互联网|软件)(?:行业|业|市场|产业)|各级(?:党委)?政府|社会各界)"
)
_FIRST = re.compile(
    r"(?:首[个家批例次款座条单创张届]|第[一二三1-9]|唯一|率?先|领先|范围|最[大高早多先]|各地的?[\u3400-\u9fff]{0,4}公司|"
    r"规模最|知名|一流|性|化|级|网(?![民络友站购])|区域?内|[一1]盘棋)"
)
_AUTHORITY = re.compile(
    rf"(?:国务院|党中央|中共中央|国家(?:发展改革委|发改委|统计局|能源局|[{_HAN}]{{2,8}}[局委部署])|工信部|工业和信息化部|"
    rf"国资委|发改委|财政部|商务部|教育部|科技部|证监会|银保监会|央行|人民银行|习近平(?:总书记)?|总书记|"
    rf"[{_HAN}]{{0,6}}[省市区县州](?:[{_HAN}]{{1,8}}(?:局|厅|委员会)|委市政府|政府|人民政府|委(?![{_HAN}]?托))|"
    rf"[{_HAN}]{{0,6}}(?:通管局|通信管理局|人民政府|人民法院))"
)
_VERB = re.compile(
    r"(?:[^,，。]{0,6}?(?:组织|联合|印发|发布|出台|提出|要求|下发|召开|强调|指出|部署|公布|统计|数据|通报|启动|实施|开展|明确|批复|下达|作出))"
)
_BODY = re.compile(
    rf"(?P<name>[{_HAN}]{{2,12}}(?:海关|管委会|管理委员会|联合会|基金会|研究会|开发区|合作社|大学|医院|学会|协会|商会|法院|检察院|(?:金融|公安|税务|统计|教育|交通运输|水利|农业农村|文旅|卫健|"
    r"生态环境|应急管理|市场监管|海事|气象|自然资源|住建|财政|民政|人社|林业)局|(?:供电|电业|管理|公路|铁路|邮政|水文|监督|保障|[分总])局)(?:附属[\u3400-\u9fff]{2,8}?医院)?)(?![的等、和与及])"
)
_ISSUER = r"(?:局|厅|部|委|会|院|中心|机构|公司|咨询|组织)(?:[(][^()]{1,12}[)])?"
_SOURCE = re.compile(
    rf"(?:根据|据)[^,，。]{{2,24}}?{_ISSUER}[^,，。]{{0,6}}?(?:统计|数据|通报|测算|公布|发布|显示)[^,，。]{{0,6}}[,，]"
    rf"|[^,，。]{{1,10}}?{_ISSUER}(?:的|最新)?(?:统计|数据|网站|官网|报告|资料)[^,，。]{{0,4}}显示[,，]"
)
_WHOLE = re.compile(
    r"(?:[一二三四1-4]季度|[上下]半年|全年|[前1-9]\d?(?:至|-)\d{1,2}月)?(?:全[国球省市台区县州港澳行社]|我国|国内|行业)"
)
_THAT = re.compile(
    r"该(?P<kind>机场|医院|学校|大学|中学|小学|局|部门|机构|协会|学会|委员会|银行|企业|厂|店|矿|港|市|县|省|区|镇|乡|村)"
)
_SUBSIDIARY = re.compile(
    r"(?:(?:全资|控股|参股|联营|合营|关联)(?:子)?公司|子公司|竞争对手|同业|友商)(?!的|们|数|共|合计|已|均|等)"
)
_MEANWHILE = re.compile(
    r"(?:与此同时|此外|同时|另外|据悉|相[比较]之下|与之相比|反观|另一方面|无独有偶)[,，]?"
)
_BESIDE = re.compile(
    r"(?:同城|同省|邻近|另一家|另一|本地|当地|国内|业内|知名)+(?:的|[\u3400-\u9fff]{0,4}?(?:企业|公司|同行|对手)的?)"
)
"""What introduces somebody else of the same place or trade."""
_PEER = re.compile(
    r"另一(?:家|所|座|个)[^,，。]{0,6}?(?:企业|公司|同行|对手|医院|学校|银行)|"
    r"(?:同城|同省|本地|当地|国内|业内)[^,，。]{0,4}?(?:企业|公司|同行|对手)"
)
"""Another one of the same place or trade, whatever it is called."""
_SHOWN = re.compile(
    r"(?:行业|市场|公开|官方|第三方|业内)[^,，。]{0,6}(?:数据|统计|报告|资料)[^,，。]{0,4}显示[,，]"
)
_LEGAL = re.compile(r"(?:集团|总院|股份|控股)*(?:有限)?(?:责任)?(?:公司)?")
_NAMES = ("ns", "nz", "nr", "nt", "j", "x")
_EXAMPLE = re.compile(rf"以[{_HAN}]{{2,12}}为例[,，]")
_PLACE = re.compile(rf"(?:该|当)?(?P<name>[{_HAN}]{{1,10}}?[省市区县州盟旗乡镇村屯街地])")
_LIES = re.compile(
    r"域?[,，]?(?:是|位于|地处|距离?|毗邻|东临|属于?|辖|下辖|现?共?有[^限]|人口|面积|山高|地势|经济|交通|总面积|进出口|生产总值|gdp|市场(?!部)|政府|[,，]这[座个]|"
    r"[^,，。]{0,8}(?:出口|进口|生产总值|gdp|旅游收入|游客量)|"
    r"[^,，。]{0,8}(?:位于|地处|距离|海拔|总面积|常住人口|总人口))"
)
_PLACE_LENGTHS = (4, 3, 2)
_DISASTER = re.compile(
    r"(?:出现|遭遇|遭受|迎来|发生|突发|降下)[^,，。;]{0,14}(?:暴雨|强?降雨|洪水|洪涝|洪灾|地震|台风|山火|火灾|泥石流|冰雹|干旱|"
    r"雨雪|冰冻)|降雨量|降水量|超警"
)
_ACTS = re.compile(r"面对|应对|针对|防范|抢修|抢通|抢险|出动|投入|保障|派出|组织|启动|调集|修复")


def places_in(folded: str) -> frozenset[str]:
    """What a text may mean by places, since it puts 市 or 县 behind them."""
    ends = [match.start() for match in re.finditer("[市县]", folded)]
    return frozenset(folded[end - length : end] for end in ends for length in _PLACE_LENGTHS if end >= length)


def speaks_of_others(sentence: str, own: Sequence[str] = (), known: Collection[str] = frozenset()) -> bool:
    """Whether the folded sentence, which names no company as its subject, is about somebody else.

    Args:
        own: the companies that it would be of; a part of their names is nobody else.
        known: places that the text names, besides those known to everybody.
    """
    sentence, cites = _led(re.sub(r"\s+", "", sentence), own)
    if cites and _WHOLE.match(sentence):
        return True
    if realm := _REALM.match(sentence):
        return not _FIRST.match(sentence, realm.end())
    authority = _AUTHORITY.match(sentence)
    if authority and _VERB.match(sentence, authority.end()):
        return True
    body = _BODY.match(sentence)
    if body and not any(_is_same(body["name"], name) for name in own):
        return True
    if sentence.startswith(("该地", "当地")) or _PEER.match(sentence) or _is_other_body(sentence, own):
        return True
    if _DISASTER.search(sentence) and not _ACTS.search(sentence):
        return True
    place = _PLACE.match(sentence)
    if place and _LIES.match(sentence, place.end()):
        return True
    starts = (sentence[:length] for length in _PLACE_LENGTHS)
    region = next((name for name in starts if name in known or places.is_place(name)), "")
    return bool(region and _LIES.match(sentence, len(region)))


def tells_of_all(before: str, behind: str) -> bool:
    """Whether a sentence gives a figure of a whole region or trade, and then a company's share of it."""
    return bool(_WHOLE.match(before.lstrip()) and re.search(r"\d", before) and behind.startswith("其中"))


def other_clause(text: str, own: Sequence[str]) -> int:
    """Where in the folded sentence, behind a comma, another organisation begins to do things; -1: nowhere."""
    for match in re.finditer(r"[,，](?!\d)", text):
        clause = text[match.end() :]
        first = tag(clause[:12])[:1]
        if not first or first[0][1] not in _NAMES or not re.search(r"\d", clause):
            continue
        body = _BODY.match(clause)
        name = body["name"] if body else leading_name(clause)
        if (
            name
            and not any(_is_same(name, one) for one in own)
            and tag(clause[len(name) :])[:1]
            and _DOES.match(clause, len(name))
        ):
            return match.end()
    return -1


_DOES = re.compile(r"[^,，。的]{0,6}?(?:\d|[\u3400-\u9fff]{2}\d)")


def _is_same(name: str, own: str) -> bool:
    """Whether a name is a company's own, or a part of it: not the school that it is named after."""
    name, own = fold(name), fold(own)
    if own in name:
        return True
    at = own.find(name)
    return at >= 0 and _LEGAL.fullmatch(own, at + len(name)) is not None


def _led(sentence: str, own: Sequence[str]) -> tuple[str, bool]:
    """A sentence without the source, time and example that it begins with; whether it cites somebody else."""
    if meanwhile := _MEANWHILE.match(sentence):
        sentence = sentence[meanwhile.end() :]
    if shown := _SHOWN.match(sentence):
        return sentence[shown.end() :], True
    source = _SOURCE.match(sentence)
    cites = source is not None and not any(name in source.group() for name in own)
    if source and cites:
        sentence = sentence[source.end() :]
    if lead := _TIME.match(sentence):
        sentence = sentence[lead.end() :]
    if example := _EXAMPLE.match(sentence):
        sentence = sentence[example.end() :]
    if not _PEER.match(sentence) and (beside := _BESIDE.match(sentence)):
        sentence = sentence[beside.end() :]
    return sentence, cites


def _is_other_body(sentence: str, own: Sequence[str]) -> bool:
    """Whether the folded sentence begins with another company, or with 该机场 and the like."""
    if that := _THAT.match(sentence):
        return not any(name.endswith(that["kind"]) or that["kind"] == "企业" for name in own)
    if _SUBSIDIARY.match(sentence):
        return True
    name = leading_name(sentence)
    return name != "" and not any(name in fold(one) or fold(one) in name for one in own)
