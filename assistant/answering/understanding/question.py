"""What a question asks for: its words, the kind of answer, the companies and years it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant import companies, wordlists
from assistant.answering.understanding.hints import YEAR, periods_in
from assistant.answering.understanding.interrogatives import (
    ARTICLE,
    FIELDS,
    INTERROGATIVE,
    KINDS,
    UNITS,
    Field,
    Kind,
)
from assistant.answering.understanding.mentions import NAME_TAGS
from assistant.companies import Catalogue
from assistant.errors import QuestionError
from assistant.folding import fold, is_traditional, tag, tidied, tokenize
from assistant.languages import Saying
from assistant.records import Passage


@dataclass(frozen=True, slots=True)
class Query:
    """A question, understood.

    `terms` are the words that evidence should hold, in question order; `focus` those of them next to the
    interrogative (the thing asked for); `anchors` words to be matched exactly (5g, 10000, quoted names).
    `entities` are names of persons, places and things, which evidence must speak of. `phrase` is the noun
    phrase next to the interrogative, `head` the word in it that names what is asked for (倡议 in 「提出了哪些
    倡议」), `counted` the noun after a measure word. `unit` is a pattern of the units that an amount may
    have. `periods` are the reporting periods named (`2022H1`). `figures` are the numbers that the question
    gives. `slots` counts the things asked for. `catalogue` is the list of companies that it was read with.
    """

    text: str
    folded: str
    kind: Kind
    terms: tuple[str, ...]
    focus: frozenset[str]
    anchors: tuple[str, ...]
    companies: tuple[str, ...]
    years: tuple[str, ...]
    figures: frozenset[str]
    catalogue: Catalogue
    periods: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    phrase: str = ""
    head: str = ""
    counted: str = ""
    unit: str = ""
    slots: int = 1
    field: Field | None = None
    traditional: bool = False

    def subjects(self, passage: Passage) -> tuple[str, ...]:
        """The companies that a passage is about, each under its one name.

        Where it was read without any, a company that was found elsewhere since may be one.
        """
        if not passage.companies:
            return self.catalogue.about([passage.text], passage.metadata.title)
        return tuple(dict.fromkeys(map(self.catalogue.name_of, passage.companies)))


_QUOTED = re.compile(r"[“\"「『《]([^”\"」』》]{2,40})[”\"」』》]")
_ANCHOR = re.compile(r"[a-z]*\d[a-z\d.+-]*[a-z][a-z\d+-]*|\d+[a-z]+|(?<!\d)\d{4,}(?!\d|年)")
_ASKED_AFTER = re.compile(
    r"(?:哪些|哪几[个家项种]?|哪[两三四五六七八九十\d]+[个家项种]?|多少[个名家项款条座]?|什么(?!时候|时间|地方))"
    r"([\u3400-\u9fffa-z\d]{2,10})"
)
_ASKED_BEFORE = re.compile(
    r"([^，,。的]{2,14}?)(?:一共|总共|分别|各自|各)?(?:是|有|为|达到?|包括|指|叫|了)?"
    r"(?:多少|几|什么|哪|谁|啥|多[大高远长])"
)
_HEAD_AFTER = re.compile(
    r"(?:哪些|哪几[个家项种大]?|哪[两三四五六七八九十\d]+[个家项种大款类]?|什么样的|什么(?!时候|时间|地方))([\u3400-\u9fffa-z\d]{2,14})"
)
_HEAD_BEFORE = re.compile(
    r"([\u3400-\u9fffa-z\d]{2,14}?)(?:一共|总共|分别|各自|各|主要|具体)?(?:是指|是|有|为|包括|指|在于|体现在)(?:什么|哪)"
)
_ASKS = r"多少|(?<!哪)几|什么|哪|谁|如何|怎|为何|何[时处地人]|多[大高远长久]"
_MOST_PARTS = 4
_JOINT = re.compile(rf"[？?；;]|[，,](?=[^，,]*(?:{_ASKS}))")
_COUNTED = re.compile(r"(?:多少|(?<!哪)几)[个名项家款条座台套艘]([\u3400-\u9fff]{2,4})(?=[?？。，,和]|$)")
_WORD = re.compile(r"[\w\u3400-\u9fff]")
_EMPTY = Saying("问题是空的；请输入一个问题。", "The question is empty; type one.")
_WORDLESS = Saying(
    "问题里没有文字；请用中文或英文提问。", "The question has no words; ask in Chinese or English."
)


def short_enough(text: str, limit: int) -> str:
    """What somebody typed, tidied. Raises QuestionError if it has more characters than the limit."""
    question = tidied(text)
    if len(question) > limit:
        raise QuestionError(
            Saying(
                f"问题有 {len(question)} 个字符，最多 {limit} 个；请缩短后再问。",
                f"The question has {len(question)} characters, at most {limit} are taken; shorten it.",
            )
        )
    return question


def understand(text: str, limit: int, catalogue: Catalogue | None = None) -> Query:
    """Read a question.

    Args:
        text: the question as it was typed.
        limit: the longest question taken, in characters.
        catalogue: the companies known; those that ship where none is given.

    Raises:
        QuestionError: nothing asked, no word in it, or longer than the limit.
    """
    question = short_enough(text, limit)
    if not question:
        raise QuestionError(_EMPTY)
    if not _WORD.search(question):
        raise QuestionError(_WORDLESS)
    folded = fold(question)
    catalogue = catalogue or companies.base()
    names = tuple(catalogue.asked(question))
    unnamed = catalogue.without(folded, "，")
    years = tuple(dict.fromkeys(YEAR.findall(folded)))
    kind = _kind(folded)
    terms = _terms(catalogue.without(folded, " "), years)
    return Query(
        text=question,
        folded=folded,
        kind=kind,
        terms=terms,
        focus=_focus(folded, terms),
        anchors=tuple(dict.fromkeys([*_ANCHOR.findall(folded), *_QUOTED.findall(folded)])),
        companies=names,
        years=years,
        periods=periods_in(folded),
        figures=frozenset(re.findall(r"\d+(?:\.\d+)?", folded)),
        entities=_entities(unnamed, catalogue),
        phrase=_phrase(catalogue.without(folded, "的")),
        head=_head(folded.replace("方面", "")),
        counted=_counted(folded) if kind is Kind.AMOUNT else "",
        unit=_units(folded) if kind is Kind.AMOUNT else "",
        slots=max(1, len(re.findall(r"多少|几[^何乎]|分别|哪些|什么", folded))) if "多少" in folded else 1,
        field=_field(folded),
        traditional=is_traditional(question),
        catalogue=catalogue,
    )


def parts_of(query: Query) -> list[str]:
    """The questions within a question, each with the companies and years it shares; none if it is just one.

    「投资多少？何时完工？」 asks twice, 「分别是多少」 once.
    """
    pieces = [piece.strip() for piece in _JOINT.split(query.text)]
    asking = list(dict.fromkeys(piece for piece in pieces if re.search(_ASKS, fold(piece))))[:_MOST_PARTS]
    if len(asking) < 2:
        return []
    shared = [*query.companies, *(f"{year}年" for year in query.years)]
    return ["".join(word for word in shared if word not in fold(piece)) + piece for piece in asking]


def _kind(folded: str) -> Kind:
    return next((kind for kind, pattern in KINDS if re.search(pattern, folded)), Kind.OTHER)


def _field(folded: str) -> Field | None:
    bare = folded.rstrip("?。!. ")
    found = next((field for field, pattern in FIELDS if re.search(pattern, bare)), None)
    return found if found is Field.AUTHOR or ARTICLE.search(bare) else None


def _units(folded: str) -> str:
    """The units of every amount asked for; none where one of them may have any."""
    split = re.split(r"[，,、；;]|和(?=[^，,]*[多几])", folded)
    parts = [part for part in split if re.search(r"多少|几|多[大高远长久]|[率额量幅]", part)]
    units = [_unit(part) for part in parts] or [_unit(folded)]
    return "|".join(dict.fromkeys(units)) if all(units) else ""


def _unit(folded: str) -> str:
    for pattern, unit in UNITS:
        if match := re.search(pattern, folded):
            return match.expand(unit) if "\\g" in unit else unit
    return ""


def _terms(unnamed: str, years: tuple[str, ...]) -> tuple[str, ...]:
    """The words worth finding: no interrogatives, no company names, no years; those are looked at apart."""
    bare = INTERROGATIVE.sub(" ", unnamed)
    words = (word for word in tokenize(bare) if word not in _stopwords() and word not in years)
    return tuple(dict.fromkeys(words))


def _entities(folded: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Names, as segmentation tags them; regions are left out, evidence may leave them unsaid."""
    named = [word for word, part in tag(folded) if len(word) > 1 and part in NAME_TAGS]
    return tuple(
        word
        for word in dict.fromkeys(named)
        if not any(brand in word for brand in catalogue.brands)
        and word not in companies.regions()
        and not re.search(rf"(?:哪一?[个些座类种项款]?|什么){word}", folded)
    )


def _phrase(folded: str) -> str:
    """The noun phrase before `是多少`, `有哪些` and the like, or after `哪些`, `多少个`."""
    bare = YEAR.sub("的", folded)
    if match := _ASKED_AFTER.search(bare):
        after = re.split(r"[的是了吗在]", match.group(1))[0]
        if len(after) >= 2:
            return after
    match = _ASKED_BEFORE.search(bare)
    return match.group(1) if match else ""


def _head(folded: str) -> str:
    """The last word of what is asked for: after 哪些 and 什么, else before 是什么 and the like."""
    if match := _HEAD_AFTER.search(folded):
        nouns = [part for part in re.split(r"[的了来在与和]", match.group(1)) if part]
    elif match := _HEAD_BEFORE.search(folded):
        nouns = [part for part in match.group(1).split("的") if part]
    else:
        return ""
    words = [word for word in tokenize(nouns[-1] if nouns else "") if len(word) > 1]
    return words[-1] if words else ""


@lru_cache(maxsize=1)
def _stopwords() -> frozenset[str]:
    return frozenset(word for group in wordlists.groups("stopwords") for word in group)


def _counted(folded: str) -> str:
    """What an amount is asked of by its measure word: 机架 in 「多少个机架」; it must be spoken of."""
    match = _COUNTED.search(folded)
    return re.split(r"[的是了吗在和与有被]", match.group(1))[0] if match else ""


def _focus(folded: str, terms: tuple[str, ...]) -> frozenset[str]:
    """The terms within a few characters of the interrogative."""
    near: set[str] = set()
    for match in re.finditer(r"多少|几|什么|哪|谁|如何|怎", folded):
        window = folded[max(0, match.start() - 8) : match.end() + 6]
        near |= {term for term in terms if len(term) > 1 and term in window}
    return frozenset(near)
