"""Retrieval: both legs fused by score, one leg alone when the other fails, and always the same order."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from character_embedding import CharacterEmbedding
from llama_index.core.vector_stores.types import VectorStoreQuery
from storing import put

from assistant.answering.retrieving import retrieval
from assistant.answering.retrieving.retrieval import DenseRetriever, HybridRetriever, LexicalRetriever
from assistant.errors import EmbeddingError, QuestionError
from assistant.index import bookkeeping, lexical, locks, reprints
from assistant.index.database import Database
from assistant.index.dense import DenseParts
from assistant.index.indexed_text import search_text
from assistant.index.ledger import Ledger
from assistant.index.lexical import Lexical
from assistant.index.nodes import to_node, to_passage
from assistant.index.vectors import VectorIndex
from assistant.records import Filters, Metadata, Passage, Progress

TEXTS = {
    "stations.txt": "甲地公司今年建成5G基站一千二百个，网络覆盖全部乡镇。",
    "profit.txt": "甲地公司全年净利润同比增长22.6%，营业收入稳步提高。",
    "canteen.txt": "职工食堂每周三供应红烧肉，受到大家的欢迎。",
    "traditional.txt": "丙地聯通發佈鄉村振興報告，幫扶資金達到三百萬元。",
}


class Corpus:
    """A small index and its two legs."""

    def __init__(self, storage: Path) -> None:
        self.database = Database(storage)
        self.storage = storage
        self.ledger = Ledger(self.database)
        self.parts = DenseParts.of(storage, CharacterEmbedding())
        self.store = self.parts.store
        self.lexical = LexicalRetriever(Lexical(self.database), self.ledger)
        self.dense = DenseRetriever(self.store, CharacterEmbedding(), self.ledger)
        groups = reprints.Groups(self.ledger.generation, self.ledger.signatures)
        self.hybrid = HybridRetriever(self.lexical, self.dense, groups=groups)

    def add(self, name: str, text: str, about: Metadata | None = None, *, embed: bool = True) -> None:
        put(self.database, Passage(f"id {name}", name, 0, text, 0, len(text), about or Metadata()))
        if embed:
            self.embed()

    def embed(self) -> None:
        VectorIndex(self.database, self.ledger, self.parts).complete(_silent)

    def documents(self, query: str, k: int = 8, filters: Filters | None = None) -> list[str]:
        return [item.passage.document for item in self.hybrid.search(query, k, filters=filters)[0]]


def _silent(progress: Progress) -> None:
    pass


@pytest.fixture
def corpus(storage: Path) -> Corpus:
    corpus = Corpus(storage)
    for name, text in TEXTS.items():
        corpus.add(name, text, embed=False)
    corpus.embed()
    return corpus


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("建成了多少个5G基站？", "stations.txt"),
        ("净利润增长22.6%", "profit.txt"),
        ("食堂供应什么", "canteen.txt"),
        ("联通帮扶资金多少万元", "traditional.txt"),
        ("聯通幫扶資金", "traditional.txt"),
    ],
)
def test_the_passage_that_answers_comes_first(corpus: Corpus, query: str, first: str) -> None:
    assert corpus.documents(query)[0] == first


def test_scores_of_both_legs_are_told_and_descend(corpus: Corpus) -> None:
    found, notices = corpus.hybrid.search("基站净利润", 8)
    assert notices == []
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
    assert all(item.dense is not None and -1 <= item.dense <= 1.0001 for item in found)
    assert any(item.lexical is None for item in found) and any(item.lexical is not None for item in found)


def test_k_bounds_the_number_of_passages(corpus: Corpus) -> None:
    assert len(corpus.documents("公司", 2)) == 2
    assert corpus.documents("公司", 0) == []


@pytest.mark.parametrize("query", ["", "？！", "😀", "\0", "\ud800"])
def test_query_without_a_word_finds_nothing_in_either_leg(corpus: Corpus, query: str) -> None:
    assert corpus.hybrid.search(query, 5) == ([], [])


def test_nul_and_surrogates_inside_a_query_do_no_harm(corpus: Corpus) -> None:
    assert corpus.documents("食堂\0供应\ud800什么")[0] == "canteen.txt"


def test_without_a_dense_leg_the_words_decide_and_nothing_is_said(corpus: Corpus) -> None:
    found, notices = HybridRetriever(corpus.lexical, None).search("食堂", 5)
    assert [item.passage.document for item in found] == ["canteen.txt"]
    assert found[0].dense is None and notices == []


class Failing(CharacterEmbedding):
    """An embedder whose endpoint is down."""

    def _get_query_embedding(self, query: str) -> list[float]:
        raise EmbeddingError("the endpoint is down")


def test_failing_embedder_leaves_the_lexical_leg_and_a_notice_in_chinese(corpus: Corpus) -> None:
    dense = DenseRetriever(corpus.store, Failing(), corpus.ledger)
    found, notices = HybridRetriever(corpus.lexical, dense).search("食堂", 5)
    assert [item.passage.document for item in found] == ["canteen.txt"]
    assert notices == [retrieval.NO_EMBEDDING]


def test_lost_vectors_leave_the_lexical_leg_and_a_notice(corpus: Corpus) -> None:
    shutil.rmtree(corpus.storage / "chroma")
    found, notices = corpus.hybrid.search("食堂", 5)
    assert [item.passage.document for item in found] == ["canteen.txt"]
    assert notices == [retrieval.LOST]


def test_busy_vectors_leave_the_lexical_leg_and_a_notice(corpus: Corpus) -> None:
    with locks.VectorLock(corpus.storage).exclusive():
        found, notices = corpus.hybrid.search("食堂", 5)
    assert [item.passage.document for item in found] == ["canteen.txt"]
    assert notices == [retrieval.BUSY]


def test_damaged_vectors_leave_the_lexical_leg_and_a_notice(corpus: Corpus) -> None:
    corpus.store.close()
    (corpus.storage / "chroma" / "chroma.sqlite3").write_bytes(b"no database" * 500)
    found, notices = corpus.hybrid.search("食堂", 5)
    assert [item.passage.document for item in found] == ["canteen.txt"]
    assert notices == [retrieval.DAMAGED]


def test_vectors_of_an_unfinished_ingestion_are_not_shown(corpus: Corpus) -> None:
    text = "职工食堂供应什么"
    stranger = to_node(Passage("stranger", "x.txt", 0, text, 0, len(text), Metadata()))
    stranger.embedding = CharacterEmbedding().get_query_embedding(text)
    corpus.store.add([stranger])
    assert "x.txt" not in corpus.documents(text)


def test_same_query_gives_the_same_order_from_many_threads(corpus: Corpus) -> None:
    expected = corpus.documents("公司")
    with ThreadPoolExecutor(6) as threads:
        assert all(found == expected for found in threads.map(corpus.documents, ["公司"] * 30))


def test_every_retriever_serves_llama_index(corpus: Corpus) -> None:
    for retriever in (corpus.lexical, corpus.dense, corpus.hybrid):
        found = retriever.retrieve("食堂供应红烧肉")
        assert found[0].node.metadata["document"] == "canteen.txt"
        assert to_passage(found[0].node) == corpus.ledger.passages("canteen.txt")[0]
    query = VectorStoreQuery(
        query_embedding=CharacterEmbedding().get_query_embedding("食堂"), similarity_top_k=1
    )
    (node,) = corpus.store.query(query).nodes or ()
    assert to_passage(node).document in TEXTS


REPRINT = "昂拉基站于九月二十八日开通，比原计划提前了两个月，惠及牧民1.6万户，这是高原上海拔最高的基站。"


def test_the_same_passage_of_reprints_is_one_hit_and_k_counts_different_hits(corpus: Corpus) -> None:
    for n in range(5):
        corpus.add(f"copy{n}.txt", REPRINT, Metadata(publisher=f"第{n}日报"), embed=False)
    corpus.embed()
    found, _ = corpus.hybrid.search("昂拉基站惠及牧民多少户", 3)
    assert len({item.passage.text for item in found}) == 3
    assert sorted((found[0].passage.document, *found[0].reprints)) == [f"copy{n}.txt" for n in range(5)]
    assert all(item.reprints == () for item in found[1:])


def test_more_reprints_than_candidates_leave_k_different_hits(corpus: Corpus) -> None:
    for n in range(12):
        corpus.add(f"copy{n}.txt", REPRINT, embed=False)
    corpus.embed()
    found, _ = corpus.hybrid.search("昂拉基站惠及牧民多少户", 4, candidates=4)
    assert len({item.passage.text for item in found}) == 4
    assert len(found[0].reprints) == 11


def test_a_removed_reprint_is_named_no_more(corpus: Corpus) -> None:
    corpus.add("one.txt", REPRINT)
    corpus.add("two.txt", REPRINT)
    assert corpus.hybrid.search("昂拉基站", 1)[0][0].reprints == ("two.txt",)
    with corpus.database.writing() as connection:
        lexical.remove(connection, "two.txt")
        bookkeeping.remove(connection, "two.txt")
    assert corpus.hybrid.search("昂拉基站", 1)[0][0].reprints == ()


def test_a_filter_limits_both_legs_and_hides_nothing_that_it_lets_in(corpus: Corpus) -> None:
    for n in range(60):
        corpus.add(f"canteen{n}.txt", f"食堂第{n}号通知：职工食堂供应红烧肉。", embed=False)
    corpus.embed()
    only = Filters(documents=("stations.txt", "profit.txt"))
    found, notices = corpus.hybrid.search("职工食堂供应什么", 8, filters=only)
    assert {item.passage.document for item in found} == {"stations.txt", "profit.txt"}
    assert notices == [] and all(item.dense is not None for item in found)


def test_a_filter_that_lets_nothing_in_finds_nothing_and_says_nothing(corpus: Corpus) -> None:
    assert corpus.hybrid.search("食堂", 5, filters=Filters(documents=("absent.txt",))) == ([], [])


def test_a_filter_that_cannot_be_is_refused(corpus: Corpus) -> None:
    with pytest.raises(QuestionError):
        corpus.hybrid.search("食堂", 5, filters=Filters(since="昨天"))


def test_a_filter_serves_although_chroma_has_lost_a_vector(corpus: Corpus) -> None:
    corpus.store.delete_nodes(["id profit.txt"])
    only = Filters(documents=("stations.txt", "profit.txt"))
    found, notices = corpus.hybrid.search("净利润", 5, filters=only)
    assert notices == []
    assert {i.passage.document: i.dense is None for i in found} == {"profit.txt": True, "stations.txt": False}


def test_without_any_vector_the_words_decide_and_the_reader_is_told_calmly(storage: Path) -> None:
    corpus = Corpus(storage)
    for name, text in TEXTS.items():
        corpus.add(name, text, embed=False)
    found, notices = corpus.hybrid.search("职工食堂的营业收入", 5)
    words, _ = HybridRetriever(corpus.lexical, None).search("职工食堂的营业收入", 5)
    assert found == words != []
    assert notices == [retrieval.BUILDING.filled(percent=0)]


@pytest.mark.parametrize("embedded", [0, 2])
def test_who_follows_the_building_of_the_vectors_is_not_told_of_it_again(
    storage: Path, embedded: int
) -> None:
    corpus = Corpus(storage)
    for place, (name, text) in enumerate(TEXTS.items()):
        corpus.add(name, text, embed=place < embedded)
    followed = HybridRetriever(corpus.lexical, corpus.dense, is_building_seen=lambda: True)
    found, notices = followed.search("职工食堂的营业收入", 5)
    assert found
    assert notices == []


def test_a_passage_without_a_vector_yet_is_not_pushed_down(corpus: Corpus) -> None:
    corpus.add("late.txt", "职工食堂每周五供应清蒸鱼和海带汤。", embed=False)
    found, notices = corpus.hybrid.search("职工食堂每周五供应清蒸鱼", 5)
    assert found[0].passage.document == "late.txt" and found[0].dense is None
    assert notices == [retrieval.BUILDING.filled(percent=80)]
    assert corpus.documents("职工食堂", filters=Filters(documents=("late.txt",))) == ["late.txt"]
    corpus.embed()
    found, notices = corpus.hybrid.search("职工食堂每周五供应清蒸鱼", 5)
    assert found[0].passage.document == "late.txt" and found[0].dense is not None
    assert notices == []


def passage(number: int) -> Passage:
    return Passage(f"p{number}", "a.txt", number, "文", number, number + 1, Metadata())


class Fixed:
    """A leg with a fixed answer."""

    def __init__(self, *scores: tuple[int, float], waiting: Set[str] = frozenset()) -> None:
        self._found = [(passage(number), score) for number, score in scores]
        self._waiting = waiting

    def find(self, text: str, k: int, filters: Filters | None = None) -> Sequence[tuple[Passage, float]]:
        return self._found[:k]

    def done(self) -> float:
        return 0.5 if self._waiting else 1.0

    def waiting(self, ids: Iterable[str]) -> Set[str]:
        return self._waiting & set(ids)


def test_a_clear_lead_in_one_leg_outweighs_a_narrow_one_in_the_other() -> None:
    words = Fixed((1, 30.0), (2, 5.0), (3, 4.0), (4, 4.0))
    meaning = Fixed((2, 0.92), (1, 0.91), (3, 0.90), (4, 0.80))
    found, _ = HybridRetriever(words, meaning).search("词", 4)
    assert [item.passage.id for item in found] == ["p1", "p2", "p3", "p4"]


def test_passage_that_one_leg_missed_counts_as_that_legs_last() -> None:
    words = Fixed((1, 3.0), (2, 2.0), (3, 1.0))
    meaning = Fixed((4, 0.9), (1, 0.8), (2, 0.7))
    found = {item.passage.id: item.score for item in HybridRetriever(words, meaning).search("词", 9)[0]}
    step = 1.5**0.5
    assert found == pytest.approx({"p1": step, "p2": -step, "p4": 0.0, "p3": -2 * step})


def test_for_a_passage_without_a_vector_speak_its_words_though_not_so_loud() -> None:
    words = Fixed((1, 3.0), (2, 2.0), (3, 1.0))
    meaning = Fixed((2, 0.9), (4, 0.8), (3, 0.7), waiting={"p1"})
    scores = {item.passage.id: item.score for item in HybridRetriever(words, meaning).search("词", 9)[0]}
    step = 1.5**0.5
    assert scores == pytest.approx({"p1": 1.6 * step, "p2": step, "p3": -2 * step, "p4": -step})


def test_ties_are_ordered_by_id_and_equal_scores_do_not_divide_by_zero() -> None:
    found, _ = HybridRetriever(Fixed((3, 1.0), (1, 1.0), (2, 1.0)), None).search("词", 3)
    assert [(item.passage.id, item.score) for item in found] == [("p1", 0.0), ("p2", 0.0), ("p3", 0.0)]


def test_search_text_holds_what_a_passage_says_about_itself() -> None:
    about = Metadata("标题", "2020-05-11", "日报", "记者")
    one = Passage("p", "a.txt", 0, "正文。", 0, 3, about, "章节", ("联通", "移动"))
    assert search_text(one) == "标题 日报 2020-05-11 章节 联通、移动\n正文。"
    assert search_text(Passage("p", "a.txt", 0, "正文。", 0, 3, Metadata())) == "正文。"
    assert to_passage(to_node(one)) == one
