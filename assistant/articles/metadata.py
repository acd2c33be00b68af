"""What the lines around an article say of it: title, date, publisher, author. Rules only, no model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from assistant.articles.dates import read_date, read_stated_date, without_date
from assistant.folding import fold, tag
from assistant.records import Metadata

_FIELD = {
    "published": r"(?:发布|发表|更新|刊发|出版|公告|发稿|发文|见报)?(?:时间|日期)",
    "publisher": r"(?:文章|新闻|信息)?(?:来源|稿源|出处|供稿|发布(?:人|者|单位|机构|部门)|主办单位|刊载)",
    "author": r"(?:本报|本网|本刊|特约|首席|见习)?(?:作者|记者|通讯员|撰文|撰稿|撰稿人|执笔)|文(?=\s*[/:])",
    "other": r"(?:责任|本文|美术|版面)?编辑|责编|审[核校]|摄影|(?:点击|浏览|阅读)(?:次数|量|数)?|字号|字体|"
    r"分享|图(?=\s*[/:])",
}
_LABEL = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _FIELD.items()))
_LABELLED = re.compile(rf"(?<![\u3400-\u9fff])(?:{'|'.join(_FIELD.values())})\s*[:/|]\s*")
"""Not inside a longer word: 活动时间 is no date of publication."""
_SAID = re.compile(r"[。！？!?]|[，,].{6,}")
_BODY = re.compile(r"(?:部|处|社|中心|公司|办公?室?|网|报|刊|委|局|院|组|队|小编|编辑部|通讯员)$")
_HAN = r"[\u3400-\u9fff]"
_OUTLET = (
    r"(?:[\u3400-\u9fffa-z0-9·]{1,12}?(?:日报|晚报|晨报|早报|商报|时报|都市报|电报|报|周刊|杂志|月刊|"
    r"新闻网|通讯社|新华社|网|在线|电视台|广播|客户端|公众号))"
)
_OUTLET_AND_NAMES = re.compile(
    rf"^《?(?P<outlet>{_OUTLET})》?\s*(?:(?:首席)?记者|"
    rf"通讯员)?\s+(?P<names>{_HAN}{{2,4}}(?:[\s、,]+(?:(?:记者|通讯员)\s*)?{_HAN}{{2,4}})*)$"
)
_REPORTERS = re.compile(
    rf"(?:本报|本刊|本网|本社)?(?:首席|特约|见习)?(?:记者|通讯员)\s*"
    rf"(?P<names>{_HAN}{{2,4}}?(?:[\s、,]+{_HAN}{{2,4}}?)*)(?![^通\W\d_a-z]|通(?!讯员))"  # no name goes on
    r"(?:\s+(?:文|图|摄|摄影|报道|[/&])+$)?"
)
_FOLIO = re.compile(r"星期[一二三四五六日天]|\b(?:第\s*)?[a-z]?\d{1,3}\s*版?(?=\s|$)|版次\s*:?")
_SHORT_NAME = 6
_CREDIT = (
    r"(?:责任?编辑?|美编|编辑|版式|组版|校对|审校|制图|视觉|摄影|统筹|监制|策划|主编|值班(?:主任|编委)|"
    r"[一二三初复终]审)"
)
_CREDITS = re.compile(rf"(?:{_CREDIT}\s*[:/|]?\s*{_HAN}{{2,4}}[\s;,]*){{2,}}")
"""Who made a page: 责编 某某 校对 某某."""
_PARTS = re.compile(r"[\s|/·;,()]+")
_DESK = re.compile(rf"{_HAN}{{0,6}}(?:报[道导]|[讯电])|{_HAN}{{2}}中心|发布于|发表于|更新于|文|图|摄")
_WRITER = re.compile(rf"(?:本[报网刊社台])?(?:首席|特约|见习|实习)?(?:记者|通讯员)(?P<name>{_HAN}{{2,4}})?")
_DATE_AND_OUTLET = re.compile(rf"[*]*[|·]\s*{_HAN}{{2,10}}|{_HAN}{{2,10}}\s*[|·]")
"""What a stroke parts from a date: 2024年5月9日 · 物流观察."""
_PUBLISHER = re.compile(rf"[{_HAN[1:-1]}a-z0-9]{{2,10}}")
_POST_AND_NAME = re.compile(
    rf"^(?P<post>.{{2,30}}(?:书记|董事长|总经理|经理|主任|主席|院长|教授|局长|部长|总裁|处长|社长|秘书长|院士|研究员|分析师|ceo|"
    rf"cto))\s+(?P<name>{_HAN}{{2,4}})$"
)
_DATELINE = re.compile(r"^.{0,24}?(?:讯|电|报道)\s*[(（]\s*(?P<body>[^)）]{2,40})[)）]")
_REPRINT = re.compile(
    r"在《(?P<outlet>[^》]{2,20})》(?P<kind>杂志|月刊|周刊|学报|报)?(?:\((?P<issue>[^()]*)\))?[上中]?(?:发表|刊发|刊登|刊载|撰文)"
)
_PRESS = re.compile(
    r"(?:发布|发表|刊发|更新)(?:时间|日期|人|单位|部门|机构)|来源|稿源|记者|通讯员|供稿|"
    r"(?:日报|晚报|早报|晨报|周刊|杂志|通讯社|新华社|新闻网|在线|电视台)|^by\s",
    re.MULTILINE,
)
_PRESS_LEAD = re.compile(
    r"^.{0,24}?(?:讯|电|报道)\s*[(（:]|^.{0,4}?[\u3400-\u9fff]{1,6}社[\u3400-\u9fff]{2,8}?\s*(?:\d+\s*月\s*)?\d+\s*日(?:电|讯)|^本[报网刊]讯"
)
_NO_ARTICLE = re.compile(
    r"(?:讲话|演讲|致辞|发言|讲稿|纪要|记录|合同|协议|简历|计划|论文|教案|手册|指南|标准|规范|函|"
    r"(?:公开|感谢|表扬|慰问|推荐|一封)信)(?:稿|\(.*\))?$|(?:minutes|speech|letter|agreement|contract|manual|guide)$"
)
_NO_PRESS = re.compile(
    r"(?:尊敬|敬爱|亲爱)的|各位|dear |to:|(?:内容)?摘\s*要|关键[词字]|abstract|甲\s*方|第一条|第一章\s*总"
)
_AROUND = " \t()[]【】□■●◎·"
_PERSON_SPLIT = re.compile(r"[\s、,，]+")


def is_person(text: str, *, labelled: bool = False) -> bool:
    """Whether the text is the name of a Chinese person: a known surname and one or two characters more.

    `labelled`: it stands where a name is expected, so that it may be an ordinary word as well.
    """
    name = fold(text).replace(" ", "")
    single, compound = _surnames()
    if not re.fullmatch(rf"{_HAN}{{2,4}}", name):
        return False
    if name[:2] in compound:
        return len(name) >= 3
    return name[0] in single and len(name) <= 3 and (labelled or not _is_common_word(name))


def read_byline(text: str) -> Metadata | None:
    """Read a line that names publisher, author or date and nothing else; None if it is no such line.

    The values keep the script that they were written in.
    """
    folded = fold(text)
    if len(folded) > 90:
        return None
    if _LABELLED.search(folded) and not _REPORTERS.fullmatch(folded):
        return _read_labels(text, folded)
    date = read_date(folded)
    rest = without_date(folded).strip(_AROUND)
    if date and "星期" in rest:
        rest = _outlet_of_page(_FOLIO.sub(" ", rest).split())
    if date and not rest:
        return Metadata(published=date)
    names, outlet = "", ""
    if match := _OUTLET_AND_NAMES.match(rest):
        outlet, names = re.sub("^本[报网刊社]$", "", match["outlet"]), match["names"]
    elif (match := _REPORTERS.fullmatch(rest)) or (match := _POST_AND_NAME.match(rest)):
        names = match["names"] if "names" in match.groupdict() else match["name"]
    elif all(is_person(part) for part in _PERSON_SPLIT.split(rest)) or is_person(rest):
        names = rest
    elif date and re.fullmatch(_OUTLET, rest):
        outlet = rest
    else:
        return _read_parts(text, folded, date)
    people = _people(names, labelled=_REPORTERS.fullmatch(rest) is not None)
    if names and not people:
        return None
    return Metadata(
        published=date,
        publisher=_original(text, folded, outlet),
        author=_original_names(text, folded, people),
    )


def read_lead(text: str) -> Metadata:
    """What a first paragraph says of its article: a dateline with its reporter, a journal it appeared in."""
    folded = fold(text)
    author, publisher, published = "", "", ""
    if (match := _DATELINE.match(folded)) and (names := _REPORTERS.search(match["body"])):
        author = _original_names(text, folded, _people(names["names"]))
    if match := _REPRINT.search(folded):
        publisher = text[match.start("outlet") : match.end("outlet")]
        published = read_date(match["issue"] or "")
    return Metadata(published=published, publisher=publisher, author=author)


def merge(first: Metadata, second: Metadata) -> Metadata:
    """Each field from the first that has it."""
    return Metadata(
        title=first.title or second.title,
        published=first.published or second.published,
        publisher=first.publisher or second.publisher,
        author=first.author or second.author,
        kind=first.kind or second.kind,
        period=first.period or second.period,
    )


def is_signed(byline: Metadata, lines: str, texts: Sequence[str]) -> bool:
    """Whether an article is signed as the press signs: an outlet, a reporter, a day of release, an author.

    Args:
        byline: what its byline says, and its title; `lines` is the byline as it stands.
        texts: its first paragraphs; a letter or a study has an author too, but is called so or begins so.
    """
    if any(_NO_PRESS.match(fold(text[:20])) for text in texts[:3]):
        return False
    if (
        byline.publisher
        or _PRESS.search(fold(lines))
        or _PRESS_LEAD.match(fold(texts[0][:60] if texts else ""))
    ):
        return True
    return bool(byline.author) and not _NO_ARTICLE.search(fold(byline.title))


def _read_parts(text: str, folded: str, date: str) -> Metadata | None:
    """A dated line whose parts, between blanks and strokes, are outlets, desks and reporters; else None.

    Beside a reporter one part may be anything short: it is the outlet.
    """
    if not date:
        return Metadata() if _CREDITS.fullmatch(folded) else None
    people: list[str] = []
    outlets, others = [], []
    is_signed = names_follow = False
    for part in filter(None, _PARTS.split(without_date(folded))):
        writer = _WRITER.fullmatch(part)
        is_person_here = names_follow and is_person(part, labelled=True)
        if writer and (not writer["name"] or is_person(writer["name"], labelled=True)):
            people += [writer["name"]] if writer["name"] else []
        elif is_person_here:
            people.append(part)
        elif re.fullmatch(_OUTLET, part):
            outlets.append(part)
        elif not _DESK.fullmatch(part):
            others.append(part)
            continue
        is_signed = True
        names_follow = bool(writer) or is_person_here
    if (
        len(others) == 1
        and not (outlets or people)
        and _DATE_AND_OUTLET.fullmatch(without_date(folded).strip())
    ):
        return Metadata(published=date, publisher=_original(text, folded, others[0]))
    is_loose = others and not (people and all(map(_PUBLISHER.fullmatch, others)))
    if not is_signed or is_loose or len(others) + bool(outlets) > 1:
        return None
    outlet = next(iter((*outlets, *others)), "")
    return Metadata(
        published=date,
        publisher=_original(text, folded, outlet),
        author=_original_names(text, folded, people),
    )


def _outlet_of_page(words: list[str]) -> str:
    """The outlet named in the line at the head of a newspaper page; all of a line that says more."""
    outlets = [word for word in words if re.fullmatch(_OUTLET, word)]
    short = all(len(word) <= _SHORT_NAME for word in words if word not in outlets)
    return outlets[0] if outlets and short else " ".join(words)


def _read_labels(text: str, folded: str) -> Metadata | None:
    found = {"published": "", "publisher": "", "author": ""}
    labels = list(_LABELLED.finditer(folded))
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        end = following.start() if following else len(folded)
        name = _LABEL.match(folded, label.start())
        value = text[label.end() : end].strip(" \t;；|,，()（）【】[]")
        field = name.lastgroup if name else None
        if field == "published":
            found["published"] = found["published"] or read_stated_date(fold(value))
        elif field in found and not found[field or ""]:
            value = re.split(r"\s{2,}|(?:19|20)\d{2}[-年/.]", value)[0].strip()
            found[field or ""] = value if _is_plausible(field or "", value) else ""
    found["published"] = found["published"] or read_date(folded)
    prefix = text[: labels[0].start()].strip() if labels else ""
    if prefix and not read_date(fold(prefix)) and len(prefix) > 12:
        return None
    return Metadata(**found) if any(found.values()) or _CREDITS.fullmatch(folded) else None


def _is_plausible(field: str, value: str) -> bool:
    """Whether a label's value can be a publisher or an author, and not what somebody says in an interview."""
    folded = fold(value)
    if not folded or len(folded) > 30 or _SAID.search(folded):
        return False
    return (
        field != "author" or bool(_people(folded)) or (len(folded) <= 15 and _BODY.search(folded) is not None)
    )


def _people(names: str, *, labelled: bool = False) -> list[str]:
    parts = [re.sub(r"^(?:记者|通讯员)\s*", "", part) for part in _PERSON_SPLIT.split(names.strip())]
    parts = [part for part in parts if part and part not in ("记者", "通讯员")]
    if 2 <= len(parts) <= 3 and all(len(part) == 1 for part in parts):
        parts = ["".join(parts)]
    return [part for part in parts if is_person(part, labelled=labelled)]


def _original(text: str, folded: str, value: str) -> str:
    at = folded.find(value) if value else -1
    return text[at : at + len(value)] if at >= 0 else ""


def _original_names(text: str, folded: str, people: list[str]) -> str:
    return " ".join(_original(text, folded, person) or person for person in people)


@lru_cache(maxsize=1)
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    single, compound = files("assistant").joinpath("data/surnames.txt").read_text("utf-8").split("\n")[:2]
    return frozenset(single), frozenset(compound[i : i + 2] for i in range(0, len(compound), 2))


def _is_common_word(name: str) -> bool:
    """Whether segmentation knows the characters as an ordinary word rather than a name."""
    tags = tag(name)
    return len(tags) == 1 and not tags[0][1].startswith("nr") and tags[0][1] != "x"
