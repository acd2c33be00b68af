"""The searches for one answer: the meaning decides, the words as typed add to it, a named title counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from storing import put

from assistant.answering.retrieving.finding import Finding
from assistant.answering.retrieving.retrieval import HybridRetriever, LexicalRetriever
from assistant.answering.understanding.mentions import Names, Titles
from assistant.index.database import Database
from assistant.index.ledger import Ledger
from assistant.index.lexical import Lexical
from assistant.records import Metadata, Passage

PAGES = {
    "琴亭": "门票：十元。地址：湖边。",
    "琴亭茶社": "琴亭茶社在琴亭，琴亭边上的琴亭茶社门票全免。",
    "松风馆": "门票：二十元。门票可在门票处购买，门票当日有效。",
    "望月楼": "楼高三层，可以望远。",
}


@pytest.fixture
def retriever(storage: Path) -> HybridRetriever:
    database = Database(storage)
    for title, text in PAGES.items():
        put(database, Passage(title, f"{title}.txt", 0, text, 0, len(text), Metadata(title=title)))
    ledger, lexical = Ledger(database), Lexical(database)
    names = Names(titles=Titles(ledger.titles, ledger.generation), idf=lexical.idf)
    return HybridRetriever(LexicalRetriever(lexical, ledger), None, titled=names.titled)


def titles(retriever: HybridRetriever, *texts: str, k: int = 12) -> list[str]:
    return [item.passage.metadata.title for item in Finding(retriever).find(texts, k)]


def test_the_page_whose_title_is_named_stands_before_those_that_only_speak_of_it(
    retriever: HybridRetriever,
) -> None:
    assert titles(retriever, "琴亭的门票多少钱？")[0] == "琴亭"
    assert titles(retriever, "琴亭茶社的门票多少钱？")[0] == "琴亭茶社"


def test_what_is_meant_decides_and_what_was_typed_only_adds(retriever: HybridRetriever) -> None:
    assert titles(retriever, "那门票多少钱？")[0] == "松风馆"
    both = titles(retriever, "琴亭的门票多少钱？", "那门票多少钱？")
    assert both[0] == "琴亭"
    assert len(both) == len(set(both))


def test_what_only_the_typed_words_find_is_found_too(retriever: HybridRetriever) -> None:
    first, *others = titles(retriever, "琴亭的门票多少钱？", "楼高几层？")
    assert first == "琴亭"
    assert "望月楼" in others


def test_a_search_that_finds_nothing_leaves_the_other_s_finds(retriever: HybridRetriever) -> None:
    assert titles(retriever, "珍珠奶茶", "楼高几层？") == ["望月楼"]
    assert titles(retriever, "楼高几层？", "珍珠奶茶") == ["望月楼"]
