"""Clauses around a quantity to the noun phrase that it is a quantity of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant import companies
from assistant.briefing.figures.clause_words import ADVERBS, CHANGES, HEAD, LIGHT, NOMINAL, PREDICATES, TAIL
from assistant.briefing.figures.leads import TRIMMED, undated
from assistant.folding import tag

_ENDS = re.compile(
    r"^[其该本此](?=[^\W\d_]{3})|^(?:包括|其中)?[于在](?=[《“\d])"
    r"|(?:已|将)?(?:逐步)?(?:[由从至到]|[增升降提减缩扩预下上][加到至少低高大测]{1,3}|[升降](?:至|到))\s*(?:19|20)\d\d\s*年(?:度|[底末初]"
    r"|第?.季度|[上下]半年)?的?(?:占比)?$|(?:已|将)?[由从](?:原来|原先|上年|去年|年初|过去|此前|最初|.{0,3}年)?[底末初]?的?$"
    r"|[一二两三四五六七八九十\d]+年[内后]可?$|(?<=[^\W\d_]{2})和$|(?:第|(?<![附最邻])近|超多?|约|逾|(?<![直到])达)$"
)
_AT_FIRST = re.compile(r"(?:已|将)?[由从](?:成立|建立|创立|创建|建设|投产|开业|改革)?(?:之初|初期|最初)的?$")
"""What a value was risen from: 由成立之初的1户提升到2户."""
_INNER_DATE = re.compile(
    r"^.{2,}?(?:[今去]年(?:\d{1,2}月(?:份)?|[上下]半年|[一二三四]季度)?|[上下]半年|[一二三四]季度)(?=[^\W\d]{2})(?!同期)"
)
_COPULA = ("为", "是")
_BROKEN = ("的", "和", "及", "与", "等", "以及", "并")
"""What no noun phrase goes on over."""
_ROUNDING = re.compile(r"^\s*(?:以[上内下]|左右|之[多久]|不等|大关|以来|[余多的来间内]|人民币)+")
"""What stands between a value and the noun that it counts."""
_LOOSE_END = re.compile(r"(?:之[一外]|以外|过程中|期间|[和及与](?:[近超约])?|等)$")
_LONGEST = 24
_SHORT = 14
"""Characters up to which a name keeps for whom something was done."""
_FRAME = re.compile(r"^在(?:[^,;。]{1,24}?)(?:方面|过程中|期间|范围内|之[中内后]|中|上|里|内|下)(?:的)?,?")
_AFTER = re.compile(r"^.{2,14}(?<![以之今])[后后]$")
"""遥达合并远方后: what happened before the value was reached."""
_PAUSE = ",;。!?:\n\t"
_RUN = re.compile(r"(?:\([^()\d,]{1,6}\)(?=[^,;。!?:、()\n\t])|[^,;。!?:、()\n\t])*")
_LISTED = re.compile(r"(?:\([^()\d,]{1,6}\)(?=[^,;。!?:()\n\t])|[^,;。!?:()\n\t])*")
_CLAUSE = re.compile(r"[^,;。!?:\n\t]*")
_OWN = re.compile(
    r"(?:公司|集团|党委|党组|支部|团队|本部|单位|企业|部门|人员|员工|干部|双方|各地|工会|全国|全省|全市|全年|银行|局|委|院|部|我市|全系统|方面|同时|期间|时间)$"
)
_AUXILIARIES = ("了", "出", "起", "到", "着")
"""What may stand between a verb and what it is done to."""
_Tokens = Sequence[tuple[str, str]]
"""Words, each with its part of speech."""


def before(folded: str, end: int, last: int) -> str:
    """The words of the clause in front of a quantity, from the end of the one before it on.

    Args:
        end: where the quantity begins.
        last: where the one before it ends.
    """
    depth, at = 0, end
    while at > last:
        character = folded[at - 1]
        if character == ")":
            depth += 1
        elif character == "(":
            if not depth:
                break
            depth -= 1
        elif not depth and character in _PAUSE:
            break
        at -= 1
    return folded[at:end]


def after(folded: str, start: int, end: int) -> str:
    """The words behind a quantity up to the next pause, at most up to `end`, where the next one begins.

    An enumeration that no quantity follows is one run: 「86个国家、省、市级场馆」.
    """
    clause = _CLAUSE.match(folded, start)
    is_last = clause is not None and clause.end() < end
    match = (_LISTED if is_last else _RUN).match(folded, start, end)
    return match.group() if match else ""


def subject(words: str, company: str = "") -> str:
    """The phrase that a clause ends with before its quantity: 「对贫困地区投入扶贫资金」 says 扶贫资金."""
    words = words.rstrip(TRIMMED + '“"「『')
    if words.count("“") > words.count("”"):
        words = words.rpartition("“")[2]
    words = _AT_FIRST.sub("", undated(words.strip(TRIMMED), company))
    if match := _FRAME.match(words):
        rest = undated(words[match.end() :].strip(TRIMMED), company)
        words = (
            rest if len(_without_ends(rest)) > 1 else match.group()[1:].removesuffix("中").removesuffix("内")
        )
    name = _without_ends(words)
    name = _INNER_DATE.sub("", name)
    return "" if _AFTER.match(name) else shortened(name)


def actor(words: str, company: str = "") -> str:
    """What a clause begins with and goes on to say something of, unless that is whom the text is about."""
    words = undated(words.strip(TRIMMED), company)
    if match := _FRAME.match(words):
        words = undated(words[match.end() :].strip(TRIMMED), company)
    tokens = tag(words)
    first = _behind_head(tokens, 0, len(tokens))
    end, open_quotes = first, 0
    while end < len(tokens):
        word, part = tokens[end]
        open_quotes += (word == "“") - (word == "”")
        if not open_quotes and not part.startswith(("n", "eng", "x", "j", "l", "b", "k")) and word != "”":
            break
        end += 1
    name = "".join(word for word, _ in tokens[first:end]).strip(TRIMMED)
    said_of = end < len(tokens) and tokens[end][1] in ("v", "vn", "d", "vd", "ad")
    if not said_of or not 2 <= len(name) <= 12 or _OWN.search(name) or "、" in name or _is_company(name):
        return ""
    return name if name.count("“") == name.count("”") else ""


def head(words: str, company: str = "") -> str:
    """The noun phrase that a clause without a quantity begins with: 「研发投入持续加强」."""
    words = undated(words.strip(TRIMMED), company)
    tokens = tag(words)
    first, end = _behind_head(tokens, 0, len(tokens)), 0
    for at in range(first, len(tokens)):
        word, part = tokens[at]
        if (
            (at > first and (part == "m" or word in TAIL))
            or word in PREDICATES
            or word in CHANGES
            or (word in HEAD and at > first)
            or part in ("d", "ad", "p", "vd")
            or word in LIGHT
        ):
            break
        end = at + 1
    name = "".join(word for word, _ in tokens[first:end]).strip(TRIMMED)
    is_noun = end > first and end < len(tokens) and tokens[end - 1][1].startswith(("n", "v"))
    return name if is_noun and 2 < len(name) <= 16 and not _OWN.search(name) and not _is_company(name) else ""


@lru_cache(maxsize=4096)
def _is_company(name: str) -> bool:
    """Whether a phrase is no more than the name of a company."""
    return len(name) <= 3 or any(end - start >= len(name) - 2 for start, end, _ in companies.spans(name))


def last_verb(words: str) -> str:
    """The verb right before a quantity, if it says more than that there is something."""
    tokens = [token for token in tag(words) if token[0].strip(TRIMMED)]
    if tokens and tokens[-1][0] in ("的", "等"):
        return ""
    while tokens and (tokens[-1][0] in TAIL or tokens[-1][0] in _AUXILIARIES):
        tokens.pop()
    if not tokens or tokens[-1][1] not in ("v", "vn") or tokens[-1][0] in LIGHT or len(tokens[-1][0]) != 2:
        return ""
    return tokens[-1][0]


def topic(words: str, company: str = "") -> str:
    """What a clause speaks of, for a quantity that says of it only what it is judged to be."""
    words = undated(words.strip(TRIMMED), company)
    words = re.sub(r"^在|[中内上]$", "", words).split("的")[-1]
    return shortened(undated(words, company))


def _without_ends(words: str) -> str:
    tokens = tag(words)
    first, last = 0, len(tokens)
    while last and (tokens[last - 1][0] in TAIL or not tokens[last - 1][0].strip(TRIMMED)):
        last -= 1
        if last and tokens[last][0] in ("到", "至", "为") and tokens[last - 1][0] in CHANGES:
            last -= 1
    first = _behind_head(tokens, first, last)
    if first + 1 < last and tokens[first][0] in ("集团", "实际") and tokens[first + 1][1] in ("v", "d", "p"):
        first += 1
    first = _behind_light_verb(tokens, first, last)
    first = _behind_frame(tokens, first, last)
    first = _behind_head(tokens, first, last)
    words = "".join(word for word, _ in tokens[first:last]).strip(TRIMMED)
    return _ENDS.sub("", words)


def _behind_head(tokens: _Tokens, first: int, last: int) -> int:
    """Behind the words that a clause may begin with before a name begins."""
    while first < last and (tokens[first][0] in HEAD or not tokens[first][0].strip(TRIMMED)):
        first += 1
    return first


def _behind_light_verb(tokens: _Tokens, first: int, last: int) -> int:
    """Behind the last verb that says no more than that there is something, unless the phrase has a 的."""
    for at in range(last - 1, first - 1, -1):
        word = tokens[at][0]
        if word == "的":
            return first + (tokens[first][0] in LIGHT)
        if word in LIGHT and at + 1 < last and tokens[at + 1][0] not in NOMINAL:
            return at + 1 + (tokens[at + 1][0] in _AUXILIARIES and at + 2 < last)
    return first


def _behind_frame(tokens: _Tokens, first: int, last: int) -> int:
    """Behind 为…, 对…, 向… up to the verb that it belongs to."""
    if first < last and tokens[first][0] in ("为", "对", "向", "给", "与", "从", "以", "用", "按", "在"):
        for at in range(first + 1, last - 1):
            if tokens[at][1] in ("v", "vn") and at > first + 1:
                whole = sum(len(word) for word, _ in tokens[first + 1 : last])
                return first + 1 if tokens[first][0] in ("为", "向", "给") and whole <= _SHORT else at
    return first


def shortened(words: str) -> str:
    """A phrase cut on its left to what a table has room for, at a place where a phrase may begin."""
    if len(words) <= _LONGEST:
        return words
    cuts = [match.end() for match in re.finditer(r"[的、]|(?:以及|[和及与对为在将])(?=..)", words)]
    fitting = [cut for cut in cuts if 4 <= len(words) - cut <= _LONGEST]
    return words[fitting[0] :] if fitting else words


def counted(words: str) -> tuple[str, bool]:
    """The noun phrase behind a quantity, or what is said of what it counts; and whether it is the latter."""
    words = _ROUNDING.sub("", words).strip(TRIMMED)
    if not re.search(r"\w", words):
        return "", False
    tokens = tag(words)
    first, part = tokens[0]
    if (first in LIGHT or first in PREDICATES or part == "v" or first in '“‘"') and "的" in words:
        described, is_said = counted(words.partition("的")[2])
        if len(described) > 1 and not is_said:
            return described, False
    if part == "ad" or first in _COPULA or any(first in said for said in (PREDICATES, ADVERBS, CHANGES)):
        return words, True
    return _LOOSE_END.sub("", _first_noun(words, tokens)), False


def _first_noun(words: str, tokens: _Tokens) -> str:
    """The noun phrase that words begin with; where that is very short, with what goes on from it."""
    end = _noun_end(tokens)
    phrase = "".join(word for word, _ in tokens[:end]).strip(TRIMMED)
    if 0 < len(phrase) <= 2 and end < len(tokens):
        word, part = tokens[end]
        is_open = part.startswith(("n", "v", "zg")) and word not in PREDICATES and word not in LIGHT
        phrase += word if is_open else ""
    most = {1: 14, 2: 8}.get(len(phrase), 0)
    return words if len(words) <= most and words[len(phrase) :][:1] not in _BROKEN else phrase


def _pairs(tokens: _Tokens) -> bool:
    """Whether one more noun ends the phrase: 国家和地区."""
    is_noun = bool(tokens) and tokens[0][1].startswith("n") and len(tokens[0][0]) > 1
    return is_noun and (len(tokens) == 1 or tokens[1][0] == "的" or len(tokens[0][0]) == 2)


def _noun_end(tokens: _Tokens) -> int:
    """How many tokens make the first noun phrase."""
    end = 0
    for at, (word, part) in enumerate(tokens):
        if part == "c" and end and (tokens[at - 1][0][-1] in "级性型类" or _pairs(tokens[at + 1 :])):
            continue
        if end and at + 1 == len(tokens) and len(word) == 1 and part == "v":
            end = at + 1
        if at and (word in PREDICATES or word in ADVERBS or word in LIGHT or (word in _BROKEN and end)):
            if end > 1 and word in ADVERBS and tokens[end - 1][1] in ("ns", "nr", "v") and end == at:
                end -= 1
            break
        if part not in ("v", "ul", "uz", "uj", "d", "p", "c", "a"):
            end = at + 1
        elif end and part in ("v", "ul", "uz"):
            following = [tag for word, tag in tokens[at + 1 : at + 3] if word not in PREDICATES]
            if not any(tag.startswith(("n", "vn")) and tag != "ns" for tag in following):
                break
    return end or len(tokens)
