"""Lines of a headline to the title of a document, and what is no title: names of bodies, of files."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.articles import kinds
from assistant.folding import fold, tag

LONGEST = 90
"""Characters of a title, its lines joined; more is text."""
_HAN = r"\u3400-\u9fff"
_GAP = re.compile(
    rf"(?<=[{_HAN}“”《》（）、，：]) +(?=[\da-zA-Z%])|(?<=[\da-zA-Z%]) +(?=[{_HAN}“”《》（）、，：])"
)
_BEFORE_MARK = re.compile(r" +(?=[，。、：；？！）》”])")
_INNER = re.compile(r"\s+")
_SPACED_OUT = re.compile(rf"[{_HAN}](?: +[{_HAN}])+")
_BODY_END = re.compile(
    r"(?:公司|集团|研究院|研究所|研究室|研究中心|设计院|科学院|工程院|规划院|智库|协会|学会|商会|联盟|联合会|促进会|基金会|"
    r"委员会|大学|学院|医院|中学|小学|学校|银行|出版社|报社|杂志社|通讯社|电视台|事务所|中心|编辑部|课题组|编写组|"
    r"工作组|领导小组|[\u3400-\u9fff]{2}(?:(?<![全内外局一干])部|(?<![布新全格结开大破僵时])局|(?<![客餐大展业舞])厅)|总署|国务院|办公[厅室]|政府|实验室|"
    r"董事会|监事会|股东大会|支部|党委|党组|工会|管委会|法院|检察院|network|inc\.?|ltd\.?|plc|llc|limited|corp\.?|corporation|"
    r"university(?: of \w+)?|institute|association|group|committee|company|council)(?:\([^()]{2,20}\))?$"
)
_NO_BODY = re.compile(
    r"[。！？；，：:!?;]|的$|关于|《|(?:19|20)\d{2}|走进|成立|入选|建成|聚力|推[动进]|赋能|擦亮|打造|携手|牵手|助力|[荣喜]获|获得|"
    r"落户|揭牌|签约|举办|召开|启用|亮相|守护|温暖|点亮|深化|加快|提升|强化|形成|建起|迎来|率先|首批|我[国们]|让|把|被|将|^[(（一二三四五六七八九十\d]"
)
"""What makes a headline of a line that ends with the name of a body."""
_VERBS = ("v", "vd", "d", "y", "r", "p", "uj", "ul", "uv")
_FILE_NAME = re.compile(
    r"^新建|^microsoft (?:word|powerpoint|excel|office)|[\\/]|\d{8,}|"
    r"\.(?:docx?|pdf|pptx?|xlsx?|wps|txt|html?|indd|cdr|dwg|tmp)\b|"
    r"^(?:untitled|无标题|未命名|文档|幻灯片|slide|powerpoint|演示文稿|document|book|工作簿|sheet|scan|img|title|标题)\s*\d*"
    r"(?:\s.{0,12})?$|^[\w-]*[\d_-][\w-]*$"
)
_LEADS_ON = re.compile(r"(?:[的与和及、，：:—\-“《(（/]|关于)$")
_CARRIES_ON = re.compile(r"^关于|^[，。、：:；;！？!?）)》”\]】—\-·%]|^[（(〔\[【]")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_WHO_TELLS = re.compile(r"(?:记者|通讯员|作者)[:：]?[^，。；：,;:)）]*")
_WHOLE_LINE = 24
"""Characters from which a line may have been broken for lack of room, and not at a pause."""


def tidy(text: str) -> str:
    """A line as a title: one blank for several, none between Chinese and Latin or a number."""
    text = _INNER.sub(" ", text).strip()
    if len(text) < 24 and _SPACED_OUT.fullmatch(text) and all(len(part) == 1 for part in text.split()):
        return text.replace(" ", "")
    return _BEFORE_MARK.sub("", _GAP.sub("", text))


def join(lines: Sequence[str]) -> str:
    """The lines of one title in one line, with a blank where one part ends and another begins."""
    title = ""
    for line in map(tidy, lines):
        title = f"{title}{_joint(title, line)}{line}" if title else line
    return title


def is_body(line: str) -> bool:
    """Whether a line is the name of an organisation or of one of its bodies, and nothing else."""
    text = fold(tidy(line))
    if not 3 <= len(text) <= 60 or _NO_BODY.search(text) or not _BODY_END.search(text):
        return False
    if text.isascii():
        return True
    words = text.split(" ")
    return len(words) <= 3 and all(len(word) <= 30 for word in words) and not _says_something(text)


def is_title_property(text: str) -> bool:
    """Whether the title in a file's properties was meant as one: no name of a file or of a body."""
    folded = fold(text).strip()
    named = 5 <= len(folded) <= LONGEST and not _FILE_NAME.search(folded)
    return named and not is_body(folded) and bool(re.search(rf"[{_HAN}]{{4}}|[a-z]+ [a-z]+", folded))


def is_spoken_of(name: str, text: str) -> bool:
    """Whether the first sentence of a text speaks of a name, other than as that of who reports."""
    sentence = _WHO_TELLS.sub("", fold(_SENTENCE_END.split(text)[0]))
    return _INNER.sub("", fold(name)) in _INNER.sub("", sentence)


def _joint(before: str, after: str) -> str:
    if _CARRIES_ON.match(after) or _LEADS_ON.search(before) or kinds.is_ending(after):
        return ""
    if before[-1].isascii() or after[0].isascii():
        return "" if len(before) >= _WHOLE_LINE and not (before[-1].isascii() and after[0].isascii()) else " "
    return "" if len(before) >= _WHOLE_LINE or len(after) <= 2 or _is_one_word(before, after) else " "


def _is_one_word(before: str, after: str) -> bool:
    """Whether a word begins in one line and ends in the next."""
    head, tail = before[-4:], after[:4]
    at = 0
    for word, _ in tag(fold(head + tail)):
        if at < len(head) < at + len(word):
            return True
        at += len(word)
    return False


def _says_something(text: str) -> bool:
    """Whether a verb in the middle makes a headline of it: 联通研究院走进中学."""
    tags = [name for word, name in tag(text) if len(word) > 1]
    return sum(name in _VERBS for name in tags) >= 2 and len(text) > 14
