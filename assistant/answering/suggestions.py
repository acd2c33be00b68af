"""Sample questions made from the corpus itself: a stated amount becomes the question that asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant import companies
from assistant.folding import to_simplified
from assistant.index.ledger import Ledger
from assistant.passages import sentences
from assistant.records import Passage

_TRIED = 60
_STATED = re.compile(
    r"^(?P<before>[^，。；、：“”（）\d\s]{6,26}?)(?:约|达到|达|近|超过|超|为|是|"
    r"了)?(?P<number>\d[\d,.]*)\s*(?P<scale>[万亿千百]*)[余多]?"
    r"(?P<unit>元|个|人次|人|户|名|项|家|公里|条|款|座|艘|场|期|支|封)(?P<after>[^，。；、：“”（）\d\s]{0,14})[，。；]"
)


def suggest(ledger: Ledger, n: int, is_answered: Callable[[str], bool]) -> list[str]:
    """Up to n questions, from different documents and companies as far as there are, each one answered."""
    chosen: list[str] = []
    tried = 0
    queues = [_questions(ledger.passages(info.document)) for info in ledger.documents() if info.passages]
    while queues and len(chosen) < n and tried < _TRIED:
        for queue in list(queues):
            question = next(queue, None)
            tried += 1
            if question is None:
                queues.remove(queue)
            elif question not in chosen and len(chosen) < n and is_answered(question):
                chosen.append(question)
    return chosen


def _questions(passages: list[Passage]) -> Iterator[str]:
    for passage in passages:
        for start, end in sentences(passage.text):
            for clause in re.finditer(r"[^，；。]+[，；。]", passage.text[start:end]):
                question = _question(to_simplified(clause.group()).replace(" ", ""))
                if question:
                    yield question
                    break


def _question(clause: str) -> str:
    """「重庆铁塔全年累计投资5460万元，」 gives 「重庆铁塔全年累计投资多少钱？」; only of a named company."""
    match = _STATED.match(clause)
    if match is None or not companies.find(match["before"]):
        return ""
    unit = "钱" if match["unit"] == "元" and not match["after"] else match["unit"]
    return f"{match['before']}多少{unit}{match['after']}？"
