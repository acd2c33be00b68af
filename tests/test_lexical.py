"""The word index: Chinese words, whole numbers and mixed tokens, safe against any query."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from storing import put

from assistant.errors import QuestionError
from assistant.index import bookkeeping, lexical
from assistant.index.database import Database
from assistant.index.lexical import Lexical
from assistant.records import Filters, Metadata, Passage

TEXTS = {
    "network": "公司建成5G-A基站1,680个，覆盖全部区县。",
    "share": "净利润同比增长22.6%，营业收入320亿元。",
    "plain": "净利润同比增长22亿元，每股分红0.6元。",
    "traditional": "中國聯通發佈年度報告。",
    "repeat": "基站，基站，还是基站。",
}


@pytest.fixture
def index(storage: Path) -> Lexical:
    database = Database(storage)
    for n, (id, text) in enumerate(TEXTS.items()):
        about = Metadata(
            kind="news" if id == "repeat" else "report", period="2022FY" if id == "share" else ""
        )
        section = "党建工作" if id == "plain" else ""
        put(database, Passage(id, f"{id}.txt", n, text, 0, len(text), about, section))
    return Lexical(database)


def ids(found: list[tuple[str, float]]) -> list[str]:
    return [id for id, _ in found]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("5G-A", "network"),
        ("５ｇ－ａ基站", "network"),
        ("1680个", "network"),
        ("22.6%", "share"),
        ("２２．６％", "share"),
        ("中国联通的年度报告", "traditional"),
        ("党建", "plain"),
    ],
)
def test_words_numbers_and_mixed_tokens_find_their_passage(index: Lexical, query: str, first: str) -> None:
    assert ids(index.search(query, 5))[0] == first


def test_a_number_does_not_match_a_part_of_another(index: Lexical) -> None:
    assert ids(index.search("22.6%", 5)) == ["share"]
    assert ids(index.search("6%", 5)) == []
    assert ids(index.search("5g", 5)) == []


def test_scores_are_positive_descend_and_stop_at_k(index: Lexical) -> None:
    found = index.search("基站 净利润 增长", 3)
    scores = [score for _, score in found]
    assert len(found) == 3
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


@pytest.mark.parametrize("query", ["", "   ", "？！。", "😀🎉", "\0", "\ud800", "()\"'*:^-+"])
def test_query_without_a_word_finds_nothing(index: Lexical, query: str) -> None:
    assert index.search(query, 5) == []


@pytest.mark.parametrize(
    "query", ['基站" OR "', "基站 AND NOT", "NEAR(基站", "words:基站", "基站*", "基站\0'--", "基站\ud800"]
)
def test_query_syntax_is_text_and_nothing_else(index: Lexical, query: str) -> None:
    assert set(ids(index.search(query, 5))) == {"network", "repeat"}


def test_very_long_query_is_answered(index: Lexical) -> None:
    query = "".join(chr(0x4E00 + n) for n in range(10_000)) + "基站"
    assert isinstance(index.search(query, 5), list)
    assert "network" in ids(index.search("基站" * 5000, 5))


def test_a_filter_is_part_of_the_search_so_that_k_others_do_not_hide_what_it_lets_in(index: Lexical) -> None:
    assert ids(index.search("基站", 1)) == ["repeat"]
    assert ids(index.search("基站", 1, Filters(kinds=("report",)))) == ["network"]
    assert ids(index.search("净利润 增长", 5, Filters(periods=("2022",)))) == ["share"]
    assert ids(index.search("净利润 增长", 5, Filters(section="党建"))) == ["plain"]
    assert index.search("基站", 5, Filters(documents=("share.txt",))) == []


def test_a_filter_does_not_change_a_score(index: Lexical) -> None:
    limited = index.search("基站", 5, Filters(kinds=("report",)))
    assert limited == [pair for pair in index.search("基站", 5) if pair[0] == "network"]


def test_a_filter_that_cannot_be_is_refused(index: Lexical) -> None:
    with pytest.raises(QuestionError):
        index.search("基站", 5, Filters(kinds=("novel",)))


def test_frequency_counts_passages_not_occurrences(index: Lexical) -> None:
    counts = index.document_frequency(["基站", "净利润", "22.6%", "没有", '"'])
    assert counts == {"基站": 2, "净利润": 2, "22.6%": 1, "没有": 0, '"': 0}


def test_rare_tokens_weigh_more_and_no_weight_is_negative(index: Lexical) -> None:
    weights = index.idf(["没有", "22.6%", "基站"])
    assert weights["没有"] > weights["22.6%"] > weights["基站"] > 0
    assert weights["22.6%"] == pytest.approx(math.log(1 + (5 - 1 + 0.5) / 1.5))


def test_removed_document_is_found_no_more(index: Lexical, storage: Path) -> None:
    database = Database(storage)
    with database.writing() as connection:
        for id in TEXTS:
            lexical.remove(connection, f"{id}.txt")
            bookkeeping.remove(connection, f"{id}.txt")
    assert index.search("基站", 5) == []
    assert index.document_frequency(["基站"]) == {"基站": 0}


def test_empty_index_finds_nothing_and_weighs_without_error(storage: Path) -> None:
    empty = Lexical(Database(storage))
    assert empty.search("基站", 5) == []
    assert empty.idf(["基站"])["基站"] == pytest.approx(math.log(2))
