"""Lines of a headline to the title of a document, and what is no title: names of bodies, of files."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant import kinds
from assistant.folding import fold, tag

LONGEST = 90
"""Characters of a title, its lines joined; more is text."""
_HAN = r"\u3400-\u9fff"
_GAP = re.compile(
    rf"(?<=[{_HAN}“”《》（）、，：]) +(?=[\da-zA-Z%])|(?<=[\da-zA-Z%]) +(?=[{_HAN}“”《》（）、，：])"
)
_INNER = re.compile(r"\s+")
_SPACED_OUT = re.compile(rf"[{_HAN}](?: +[{_HAN}])+")
_BODY_END = re.compile(
    r"(?:公司|集团|研究院|研究所|研究室|研究中心|设计院|科学院|工程院|规划院|智库|协会|学会|商会|联盟|联合会|促进会|基金会|"
    r"委员会|大学|学院|医院|中学|小学|学校|银行|出版社|报社|杂志社|通讯社|电视台|事务所|中心|编辑部|课题组|编写组|"
    r"工作组|领导小组|[\u3400-\u9fff]{2}部|[\u3400-\u9fff]{2}局|[\u3400-\u9fff]{2}厅|总署|国务院|办公[厅室]|政府|实验室|"
    r"董事会|监事会|股东大会|支部|党委|党组|工会|管委会|法院|检察院|network|inc\.?|ltd\.?|limited|corporation|"
    r"university|institute|association|group|committee|company|council)(?:\([^()]{2,20}\))?$"
)
_NO_BODY = re.compile(r"[。！？；，：:!?;]|的$|关于|《|与.*签|(?:19|20)\d{2}")
_VERBS = ("v", "vd", "d", "y", "r", "p", "uj", "ul", "uv")
_FILE_NAME = re.compile(
    r"^microsoft (?:word|powerpoint|excel|office)|\.(?:docx?|pdf|pptx?|xlsx?|wps|txt|html?|indd|cdr|dwg|tmp)\b|"
    r"^(?:untitled|无标题|未命名|新建|文档\s*\d*$|幻灯片\s*\d*|slide \d+|powerpoint|演示文稿|document\d*$|book\d*$|工作簿\d*|"
    r"sheet\d*$|scan|img|[\w-]+$|title$|标题$)|[\\/]|\d{8,}"
)
_LEADS_ON = re.compile(r"(?:[的与和及、，：:—\-“《(（/]|关于)$")
_CARRIES_ON = re.compile(r"^[，。、：:；;！？!?）)》”\]】—\-·%]|^[（(〔\[【]")
_WHOLE_LINE = 24
"""Characters from which a line may have been broken for lack of room, and not at a pause."""


def tidy(text: str) -> str:
    """A line as a title: one blank for several, none between Chinese and Latin or a number."""
    text = _INNER.sub(" ", text).strip()
    if len(text) < 24 and _SPACED_OUT.fullmatch(text) and all(len(part) == 1 for part in text.split()):
        return text.replace(" ", "")
    return _GAP.sub("", text)


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
