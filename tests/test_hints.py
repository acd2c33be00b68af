"""What a question names steers the search and can be taken out of it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import NodeWithScore, QueryBundle
from storing import put

from assistant import companies
from assistant.answering.retrieving.fusing import Found
from assistant.answering.retrieving.retrieval import ENOUGH, HybridRetriever, LexicalRetriever
from assistant.answering.understanding.hints import hints_in, limits_of, of_periods, periods_in, without
from assistant.errors import QuestionError
from assistant.folding import fold
from assistant.index.database import Database
from assistant.index.ledger import Ledger
from assistant.index.lexical import Lexical
from assistant.records import Filters, Hint, HintKind, Metadata, Passage, ScoredPassage, Verdict
from assistant.service import Assistant
from assistant.settings import Settings

UNICOM = Hint(HintKind.COMPANY, "重庆联通")


def hints(text: str) -> list[tuple[str, str]]:
    return [(hint.kind.value, hint.value) for hint in hints_in(text, companies.base())]


def test_companies_years_and_periods_are_named_each_once() -> None:
    assert hints("重庆聯通和北京移动2021年比２０２０年多投入多少？重庆联通呢？") == [
        ("company", "重庆联通"),
        ("company", "北京移动"),
        ("year", "2021"),
        ("year", "2020"),
    ]
    assert hints("今年投入了多少？") == []


def test_a_number_of_things_is_no_year() -> None:
    assert hints("投资2000万元的项目覆盖了1998个基站、2019 多人吗？") == []
    assert [value for _, value in hints("2019,2020年和2022个人信息保护")] == ["2019", "2020", "2022"]


def test_a_year_whose_period_is_named_is_part_of_it() -> None:
    assert hints("2021年上半年的收入与2019年相比如何？") == [("year", "2019"), ("period", "2021H1")]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2021年上半年的收入", ("2021H1",)),
        ("2021 年半年度报告", ("2021H1",)),
        ("2021年第三季度报告", ("2021Q3",)),
        ("2021年一季度和第三季度的应收账款", ("2021Q1", "2021Q3")),
        ("2021Q4净利润", ("2021Q4",)),
        ("2021年年度报告", ("2021FY",)),
        ("2021年度的分红", ("2021FY",)),
        ("2021年公司全年收入", ("2021FY",)),
        ("根据年度报告，2020年和2021年各是多少", ("2020FY", "2021FY")),
        ("2020年和2021年上半年各是多少", ("2020H1", "2021H1")),
        ("2020年投入多少，2021年上半年呢", ("2021H1",)),
        ("2020年全年和2021年前三季度", ("2020FY", "2021Q3")),
        ("2021年投入多少", ()),
        ("第二季度投入多少", ()),
        ("2021年下半年", ()),
        ("2021年第一季节目", ()),
    ],
)
def test_periods_are_read_as_reports_are_dated(text: str, periods: tuple[str, ...]) -> None:
    assert periods_in(fold(text)) == periods


@pytest.mark.parametrize(
    ("dropped", "left"),
    [
        (UNICOM, "2021年上半年比2019年多投入多少？"),
        (Hint(HintKind.PERIOD, "2021H1"), "重庆联通2021年比2019年多投入多少？"),
        (Hint(HintKind.YEAR, "2021"), "重庆联通比2019年多投入多少？"),
        (Hint(HintKind.YEAR, "2019"), "重庆联通2021年上半年比多投入多少？"),
        (Hint(HintKind.COMPANY, "北京移动"), "重庆联通2021年上半年比2019年多投入多少？"),
    ],
)
def test_what_is_dropped_loses_its_words(dropped: Hint, left: str) -> None:
    text = "重庆联通2021年上半年比2019年多投入多少？"
    assert without(text, [dropped], companies.base()) == left


def test_what_stood_after_a_dropped_name_is_not_left_dangling() -> None:
    assert without("去年，重庆联通的投入？", [UNICOM], companies.base()) == "去年，投入？"
    assert without("重慶聯通，2021年投入？", [UNICOM], companies.base()) == "2021年投入？"


def test_a_question_of_which_nothing_would_be_left_is_told() -> None:
    with pytest.raises(QuestionError, match="去掉“重庆联通”后"):
        without("重庆联通？", [UNICOM], companies.base())


def test_the_limits_are_what_is_named_where_the_reader_chose_nothing() -> None:
    named = [UNICOM, Hint(HintKind.PERIOD, "2021H1"), Hint(HintKind.YEAR, "2019")]
    assert limits_of(named, None, companies.base()) == Filters(
        companies=("重庆联通",), periods=("2021H1", "2019")
    )
    chosen = Filters(companies=("北京移动",), publishers=("日报",))
    assert limits_of([UNICOM], chosen, companies.base()) is None
    assert limits_of([], chosen, companies.base()) is None
    assert limits_of(named[1:2], chosen, companies.base()) == Filters(
        companies=("北京移动",), publishers=("日报",), periods=("2021H1",)
    )


class Reversing(BaseNodePostprocessor):
    """A reranker that shows which candidates there are by putting the last one first."""

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        return [NodeWithScore(node=item.node, score=float(at)) for at, item in enumerate(nodes)][::-1]


def test_what_is_named_brings_candidates_and_shuts_none_out(storage: Path) -> None:
    with closing(Database(storage)) as database:
        about = Metadata(title="报告", kind="report", period="2021H1")
        for name, text, metadata in (
            ("often.txt", "基站投资增长，基站投资完成，基站投资加快。", Metadata()),
            ("seldom.txt", "网络建设有序推进，基站按计划开通。", about),
            ("never.txt", "食堂周三有鱼。", about),
        ):
            put(database, Passage(name, name, 0, text, 0, len(text), metadata))
        words = LexicalRetriever(Lexical(database), Ledger(database))
        retriever = HybridRetriever(words, None, reranker=Reversing())

        def first(near: Filters | None) -> str:
            return retriever.search("基站投资", 1, candidates=1, near=near)[0][0].passage.document

        assert (first(None), first(Filters(periods=("2021H1",)))) == ("often.txt", "seldom.txt")
        both, _ = retriever.search("基站投资", 3, candidates=1, near=Filters(periods=("2021H1",)))
        assert {hit.passage.document for hit in both} == {"often.txt", "seldom.txt"}


def test_what_is_named_is_not_searched_for_once_more_where_enough_candidates_fit(storage: Path) -> None:
    with closing(Database(storage)) as database:
        for n in range(ENOUGH + 1):
            about = Metadata(period="2021H1" if n else "")
            put(database, Passage(f"{n}", f"{n}.txt", 0, f"基站投资{n}亿元。", 0, 9, about))
        asked: list[Filters | None] = []

        class Listening(LexicalRetriever):
            def find(self, text: str, k: int, filters: Filters | None = None) -> Found:
                asked.append(filters)
                return super().find(text, k, filters)

        retriever = HybridRetriever(Listening(Lexical(database), Ledger(database)), None)
        for periods in (("2021H1",), ("2020H1",)):
            asked.clear()
            retriever.search("基站投资", 3, near=Filters(periods=periods))
            assert len(asked) == (1 if periods == ("2021H1",) else 2)


def test_a_report_on_the_period_asked_for_is_raised_and_no_other_document_lost() -> None:
    def hit(name: str, period: str, score: float) -> ScoredPassage:
        passage = Passage(name, name, 0, "文", 0, 1, Metadata(period=period))
        return ScoredPassage(passage, score, None, score)

    hits = [
        hit("none", "", 1.0),
        hit("other", "2021FY", 0.9),
        hit("year", "2021H1", 0.8),
        hit("far", "2020H1", -5.0),
    ]

    def order(*periods: str) -> list[str]:
        return [one.passage.id for one in of_periods(hits, periods)]

    assert order("2021H1") == ["year", "none", "other", "far"]
    assert order("2021") == ["other", "year", "none", "far"]
    assert order() == ["none", "other", "year", "far"]


def test_an_answer_says_what_steered_it_and_is_not_held_to_what_was_dropped(tmp_path: Path) -> None:
    with Assistant.open(Settings(storage=tmp_path, embedder="none")) as asked:
        text = "重庆移动2021年为山区基站投入建设资金300万元。"
        put(
            asked._database, Passage("a", "a.txt", 0, text, 0, len(text), Metadata(), companies=("重庆移动",))
        )
        put(asked._database, Passage("b", "b.txt", 0, "食堂周三有鱼。", 0, 7, Metadata()))
        question = "重庆联通2021年为山区基站投入多少建设资金？"
        held = asked.ask(question)
        assert held.verdict is Verdict.REFUSE
        assert held.hints == (UNICOM, Hint(HintKind.YEAR, "2021"))
        free = asked.ask(question, dropped=[UNICOM])
        assert free.verdict is Verdict.ANSWER and "300万元" in free.text
        assert (free.question, free.hints) == (question, (Hint(HintKind.YEAR, "2021"),))
