"""What an answer would quote of a document, from its text to the runs."""

from __future__ import annotations

from passage_making import found, rarity

from assistant import articles, companies, passages, readers
from assistant.answering.blocks.runs import Run, runs
from assistant.answering.evidence.ranked import Evidence, rank
from assistant.answering.understanding.question import understand
from assistant.companies import subjects
from assistant.records import DocumentInfo, DocumentView, Passage

INTRODUCTION = "青海联通年度工作会议日前召开，会议回顾了过去一年的工作，也部署了今后一段时间的任务。"
CLOSE = "会议要求全体员工坚定信心、迎难而上，把各项部署落到实处。"


def document(*paragraphs: str, name: str = "a.txt") -> tuple[DocumentView, list[Passage]]:
    """A file of these paragraphs as it is stored, and its passages."""
    text = "\n\n".join(("青海联通工作会议", INTRODUCTION, *paragraphs, CLOSE))
    return read(text.encode(), name)


def read(data: bytes, name: str) -> tuple[DocumentView, list[Passage]]:
    """A file as it is stored, and its passages."""
    extract = readers.read(data, name)
    parsed, found = subjects.assigned(
        (whole := articles.parse(extract)), passages.split(name, whole, 320), companies.base()
    )
    info = DocumentInfo(name, "", "", "", "", "", "", (), len(found), "ready", "")
    return DocumentView(info, extract.raw, parsed), found


def evidence(question: str, unit: str, held: list[Passage]) -> Evidence:
    """The best evidence whose unit holds some words; of all evidence where they are empty."""
    ranked = rank(understand(question, 200), found(*held), rarity(*(passage.text for passage in held)))
    return next(one for one in ranked if unit in one.unit.text)


def quoted(question: str, unit: str, view: DocumentView, held: list[Passage], limit: int = 400) -> list[Run]:
    """What is quoted where the evidence is the unit that holds some words."""
    return runs(understand(question, 200), [evidence(question, unit, held)], lambda _: view, limit)


def texts(question: str, unit: str, *paragraphs: str, name: str = "a.txt", limit: int = 400) -> list[str]:
    """The words that are quoted of these paragraphs where the evidence is the unit that holds some words."""
    return [run.text for run in quoted(question, unit, *document(*paragraphs, name=name), limit)]
