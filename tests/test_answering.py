"""How an answer is put together: language of its own words, marks, sources, notices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import flow_corpus
import pytest
from character_embedding import CharacterEmbedding
from endpoint import FakeEndpoint, Script, serve

from assistant.answering.answerer import Answerer
from assistant.answering.engines.llm import LLMEngine
from assistant.answering.engines.quoting import QuotingEngine
from assistant.answering.retrieving.fusing import Found
from assistant.answering.retrieving.retrieval import HybridRetriever, LexicalRetriever
from assistant.errors import QuestionError
from assistant.index.database import Database
from assistant.index.dense import DenseParts
from assistant.index.ledger import Ledger
from assistant.index.lexical import Lexical
from assistant.ingestion import Ingestor
from assistant.records import Answer, Delta, Filters, Notice, Turn, Verdict
from assistant.settings import Endpoint, Settings

INVESTED = "青海联通2020年投入了多少建设资金？"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    root = tmp_path_factory.mktemp("answering")
    settings = Settings(storage=root / "storage")
    opened, dense = Database(settings.storage), DenseParts.of(settings.storage, CharacterEmbedding())
    Ingestor(settings, opened, dense).ingest([flow_corpus.write(root / "corpus")])
    dense.close()
    yield opened
    opened.close()


@pytest.fixture
def endpoint() -> Iterator[FakeEndpoint]:
    with serve() as running:
        yield running


class Listening(LexicalRetriever):
    """The lexical leg, which remembers what it was asked for."""

    def __init__(self, lexical: Lexical, ledger: Ledger, heard: list[str]) -> None:
        super().__init__(lexical, ledger)
        self._heard = heard

    def find(self, text: str, k: int, filters: Filters | None = None) -> Found:
        self._heard.append(text)
        return super().find(text, k, filters)


def answerer(
    database: Database,
    llm: LLMEngine | None = None,
    *,
    language: str = "zh",
    passages: int = 8,
    heard: list[str] | None = None,
) -> Answerer:
    ledger, lexical = Ledger(database), Lexical(database)
    return Answerer(
        retriever=HybridRetriever(Listening(lexical, ledger, [] if heard is None else heard), None),
        ledger=ledger,
        lexical=lexical,
        quoting=QuotingEngine(300),
        llm=llm,
        language=language,
        passages=passages,
        question_characters=200,
    )


def engine(endpoint: FakeEndpoint) -> LLMEngine:
    chat = Endpoint(endpoint.base_url, "scripted", "key")
    return LLMEngine(chat, context_tokens=4000, answer_tokens=200, timeout=60, language="zh")


def last(items: Iterator[Delta | Notice | Answer]) -> Answer:
    *_, answer = items
    assert isinstance(answer, Answer)
    return answer


def test_the_mark_stands_before_the_full_stop_and_is_the_citation_s_number(database: Database) -> None:
    answer = last(answerer(database).stream("青海联通和福建电信2020年各投入多少建设资金？", []))
    assert answer.text.count("[1]。") == answer.text.count("[2]。") == 1
    assert [citation.n for citation in answer.citations] == [1, 2]
    assert [sentence.citations for sentence in answer.sentences] == [(1,), (2,)]


def test_an_answer_keeps_to_the_filters(database: Database) -> None:
    elsewhere = last(answerer(database).stream(INVESTED, [], Filters(documents=("farms.txt",))))
    assert elsewhere.verdict is Verdict.REFUSE and not elsewhere.citations
    there = last(answerer(database).stream(INVESTED, [], Filters(publishers=("高原",), since="2021-06")))
    assert [citation.document for citation in there.citations] == ["plateau.txt"]


def test_filters_that_let_nothing_in_are_told_from_a_question_without_an_answer(
    database: Database, tmp_path: Path
) -> None:
    excluded = last(answerer(database).stream(INVESTED, [], Filters(companies=("月球电信",))))
    assert excluded.text == "没有资料符合所选的范围，请放宽或更正筛选条件。"
    assert (excluded.verdict, excluded.nearest) == (Verdict.REFUSE, ())
    empty = last(answerer(Database(tmp_path / "empty")).stream(INVESTED, []))
    assert empty.text == "资料库里还没有可以检索的资料。"
    unknown = last(answerer(database).stream("珍珠奶茶？", [], Filters(documents=("farms.txt",))))
    assert unknown.text.startswith("资料中没有找到")


def test_a_row_of_a_table_has_a_line_to_itself_and_its_citation_the_table(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("项目,变动比例,主要原因\n存货,96.6,终端到货\n票据,35.2,工具统筹\n")
    settings = Settings(storage=tmp_path / "storage")
    with closing(Database(settings.storage)) as opened:
        Ingestor(settings, opened, None).ingest([tmp_path / "rows.csv"])
        answer = last(answerer(opened).stream("存货变动的主要原因是什么？票据变动的主要原因是什么？", []))
    assert answer.text == "票据\t35.2\t工具统筹[1]\n存货\t96.6\t终端到货[2]"
    assert {c.quote for c in answer.citations} == {"存货\t96.6\t终端到货", "票据\t35.2\t工具统筹"}
    assert {c.table.heads for c in answer.citations if c.table} == {("项目", "变动比例", "主要原因")}


def test_a_filter_that_cannot_be_is_refused_at_the_first_item(database: Database) -> None:
    with pytest.raises(QuestionError):
        next(answerer(database).stream(INVESTED, [], Filters(periods=("去年",))))


def test_an_answer_says_which_engine_wrote_it_and_how_long_it_took(database: Database) -> None:
    answer = last(answerer(database).stream(INVESTED, []))
    assert answer.engine == "quoting"
    assert 0 < answer.seconds < 30
    assert (answer.tokens.prompt, answer.tokens.completion) == (0, 0)


def test_a_company_s_branch_in_its_full_name_is_grounded_in_another_script(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    text = "漁村來信\n\n中國電信福建分公司為86個漁村裝上廣播。\n"
    (tmp_path / "corpus" / "letter.txt").write_text(text, encoding="utf-8")
    settings = Settings(storage=tmp_path / "storage")
    opened, dense = Database(settings.storage), DenseParts.of(settings.storage, CharacterEmbedding())
    Ingestor(settings, opened, dense).ingest([tmp_path / "corpus"])
    answer = last(answerer(opened).stream("福建电信为多少个渔村装上广播？", []))
    dense.close()
    opened.close()
    assert "中国电信福建分公司为86个渔村装上广播" in answer.text
    assert [sentence.grounded for sentence in answer.sentences] == [True]


def test_refusal_partial_answer_and_fall_back_speak_the_language_of_the_setting(
    database: Database, endpoint: FakeEndpoint
) -> None:
    english = answerer(database, language="en")
    refused = last(english.stream("青海联通的股价是多少？", []))
    assert refused.text.startswith("The documents do not answer")
    partial = last(english.stream("青海联通和海南移动各投入了多少建设资金？", []))
    assert partial.verdict is Verdict.PARTIAL
    assert partial.notices == ("The documents do not say this of 海南移动.",)
    endpoint.script = Script(status=500)
    fallen = last(answerer(database, engine(endpoint), language="en").stream(INVESTED, []))
    assert "The quoting engine answers" in fallen.notices[0]


def test_a_question_that_cannot_be_asked_fails_at_the_first_item(database: Database) -> None:
    items = answerer(database).stream("长" * 201, [])
    with pytest.raises(QuestionError):
        next(items)


def test_the_evidence_s_passages_are_the_first_sources_and_bylines_are_none(
    database: Database, endpoint: FakeEndpoint
) -> None:
    last(answerer(database, engine(endpoint), passages=3).stream("谁负责维护昂拉基站？", []))
    asked = endpoint.requests[0]["messages"][-1]["content"]
    first = asked.split("</source>")[0]
    assert 'n="1"' in first
    assert "罗志远" in first
    assert "孟繁星" not in asked


def test_a_partial_verdict_is_kept_in_prose(database: Database, endpoint: FakeEndpoint) -> None:
    endpoint.script = Script(pieces=("青海联通投入3,200万元[1]。",))
    answer = last(answerer(database, engine(endpoint)).stream("青海联通和海南移动各投入了多少建设资金？", []))
    assert (answer.engine, answer.verdict) == (engine(endpoint).name, Verdict.PARTIAL)


def test_a_reader_who_leaves_hangs_up_on_the_endpoint(database: Database, endpoint: FakeEndpoint) -> None:
    endpoint.script = Script(pieces=("青海联通",), end="stall")
    items = answerer(database, engine(endpoint)).stream(INVESTED, [])
    next(items)
    items.close()  # type: ignore[attr-defined]
    assert endpoint.hung_up.wait(60)


@pytest.mark.parametrize(
    "pieces",
    [("资料中没有", "答案"), ("“資料中沒有答案。”",), ("资料中没有答案，只提到基站[1]。",)],
)
def test_a_model_that_finds_no_answer_refuses_with_the_nearest_titles_and_no_quotation(
    database: Database, endpoint: FakeEndpoint, pieces: tuple[str, ...]
) -> None:
    endpoint.script = Script(pieces=pieces, usage=True)
    answer = last(answerer(database, engine(endpoint)).stream(INVESTED, []))
    assert (answer.verdict, answer.engine) == (Verdict.REFUSE, "llm")
    assert (answer.citations, answer.sentences, answer.notices) == ((), (), ())
    assert answer.nearest
    assert all(f"《{title}》" in answer.text for title in answer.nearest)
    assert answer.tokens.completion == 5


def test_the_model_is_sent_the_question_and_the_turns_cleaned(
    database: Database, endpoint: FakeEndpoint
) -> None:
    endpoint.script = Script(pieces=("投入3,200万元[1]。",))
    history = [Turn("你\ud800好\0？", "好\udfff。")]
    answer = last(
        answerer(database, engine(endpoint)).stream("青海联通\ud800 2020年投入了多少\0建设资金？", history)
    )
    *before, asked = [message["content"] for message in endpoint.requests[0]["messages"]]
    assert asked.endswith("问题：青海联通 2020年投入了多少 建设资金？")
    assert before[1:] == ["你好 ？", "好。"]
    assert (answer.engine, answer.notices) == ("llm", ())


def test_a_follow_up_is_searched_as_it_was_typed_too_and_each_passage_is_found_once(
    database: Database, endpoint: FakeEndpoint
) -> None:
    endpoint.script = Script(pieces=("投入4700万元[1]。",))
    heard: list[str] = []
    asking = answerer(database, engine(endpoint), passages=20, heard=heard)
    last(asking.stream("那福建电信呢？", [Turn(INVESTED, "3,200万元[1]。")]))
    assert list(dict.fromkeys(heard)) == ["福建电信2020年投入了多少建设资金？", "那福建电信呢？"]
    asked = endpoint.requests[0]["messages"][-1]["content"]
    assert asked.count("4700萬元") == 1
    heard.clear()
    last(asking.stream(INVESTED, []))
    assert set(heard) == {INVESTED}


def test_an_answer_to_what_was_before_is_none_to_a_question_of_something_else(database: Database) -> None:
    before = [Turn(INVESTED, "3,200万元[1]。")]
    asking = answerer(database)
    assert last(asking.stream("股价是多少？", before)).verdict is Verdict.REFUSE
    assert last(asking.stream("投入了多少？", before)).verdict is Verdict.ANSWER


def test_a_greeting_is_answered_without_a_search_or_titles(database: Database) -> None:
    heard: list[str] = []
    answer = last(answerer(database, heard=heard).stream("你好！", [Turn(INVESTED, "3,200万元[1]。")]))
    assert (answer.verdict, answer.nearest, answer.rewritten, heard) == (Verdict.REFUSE, (), "", [])
    assert "请就资料提问" in answer.text


def test_a_very_long_talk_of_follow_ups_is_answered(database: Database) -> None:
    history = [Turn(INVESTED, ""), *(Turn(f"其中第{n}项呢？", "") for n in range(1500))]
    answer = last(answerer(database).stream("其中“潮信通”接入渔船多少艘？", history))
    assert isinstance(answer.verdict, Verdict)
