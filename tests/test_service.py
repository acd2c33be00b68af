"""The one object that every door uses: what it opens, tells and refuses, and that threads may share it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import flow_corpus
import killing
import pytest
from character_embedding import CharacterEmbedding

from assistant.errors import DocumentError, IndexMismatchError, QuestionError
from assistant.index.database import Database
from assistant.index.dense import DenseParts
from assistant.records import Answer, Filters, Progress, Status, Verdict
from assistant.service import Assistant
from assistant.settings import Endpoint, Settings

INVESTED = "青海联通2020年投入了多少建设资金？"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return flow_corpus.write(tmp_path / "corpus")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `assistant` has ingested; who adds to it takes that away again."""
    return flow_corpus.write(tmp_path_factory.mktemp("service") / "corpus")


@pytest.fixture(scope="module")
def assistant(corpus: Path) -> Iterator[Assistant]:
    settings = Settings(storage=corpus.parent / "storage")
    with Assistant(
        settings, Database(settings.storage), DenseParts.of(settings.storage, CharacterEmbedding())
    ) as opened:
        opened.ingest([corpus])
        yield opened


def test_a_new_storage_is_empty_until_something_is_ingested(tmp_path: Path, folder: Path) -> None:
    with Assistant.open(Settings(storage=tmp_path / "new", embedder="none")) as assistant:
        assert assistant.is_empty()
        steps: list[Progress] = []
        report = assistant.ingest([folder], steps.append)
        assert not assistant.is_empty()
        assert report.count(Status.ADDED) == len(flow_corpus.DOCUMENTS)
        assert steps[-1].done == steps[-1].total


def test_a_storage_with_a_failed_file_alone_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with Assistant.open(Settings(storage=tmp_path / "new", embedder="none")) as assistant:
        assistant.ingest([tmp_path / "empty.txt"])
        assert not assistant.is_empty()


@pytest.mark.parametrize(("language", "words"), [("zh", "索引尚未建完"), ("en", "not complete")])
@pytest.mark.parametrize("mode", ["", "rebuild"])
def test_what_a_killed_ingestion_left_is_said_until_it_is_finished(
    tmp_path: Path, folder: Path, language: str, words: str, mode: str
) -> None:
    settings = Settings(storage=tmp_path / "storage", embedder="none", language=language)
    with Assistant.open(settings) as assistant:
        if mode == "rebuild":
            assistant.ingest([folder])
        killing.kill_after_the_first_file(settings.storage, folder, mode)
        assert words in assistant.notices()[-1]
        assert words in assistant.ask("甘肃铁塔新建了多少座铁塔？").notices[0]
        told = [assistant.summarize(info.name) for info in assistant.companies()[:1]]
        assert all(words in briefing.notices[0] for briefing in told)
        (check,) = (check for check in assistant.doctor() if not check.ok)
        assert f"python -m assistant ingest {folder}" in check.detail
        assert not assistant.is_empty()
        assistant.ingest(assistant.unfinished() or ())
        assert all(words not in notice for notice in assistant.notices() + assistant.ask(INVESTED).notices)
        assert all(check.ok for check in assistant.doctor())
        assert len(assistant.documents()) == len(flow_corpus.DOCUMENTS)


def test_without_an_embedder_the_words_serve_and_the_notice_says_so(tmp_path: Path, folder: Path) -> None:
    for language, word in (("zh", "关键词"), ("en", "keyword")):
        settings = Settings(storage=tmp_path / language, embedder="none", language=language)
        with Assistant.open(settings) as assistant:
            assistant.ingest([folder])
            assert word in assistant.notices()[0]
            assert assistant.search("微波传输")[0].dense is None
            assert assistant.ask(INVESTED).verdict is Verdict.ANSWER


def test_reprints_are_one_hit_one_citation_and_named_in_the_list(assistant: Assistant, corpus: Path) -> None:
    (corpus / "reprint.txt").write_text(flow_corpus.PLATEAU.replace("高原晨报", "通信旬刊"), encoding="utf-8")
    assistant.ingest([corpus])
    pair = {"plateau.txt", "reprint.txt"}
    known = {info.document: info.reprints for info in assistant.documents()}
    assert known == {name: tuple(pair - {name}) if name in pair else () for name in known}
    best = assistant.search("青海联通改用微波传输", 3)
    assert {best[0].passage.document, *best[0].reprints} == pair
    assert not {hit.passage.document for hit in best[1:] if "微波传输" in hit.passage.text}
    answer = assistant.ask(INVESTED)
    (citation,) = answer.citations
    assert {citation.document, *citation.reprints} == pair
    (corpus / "reprint.txt").unlink()
    assistant.ingest([corpus])
    assert assistant.search("青海联通改用微波传输", 1)[0].reprints == ()


def test_a_filter_limits_searches_and_answers(assistant: Assistant) -> None:
    only = Filters(authors=("符海涛",))
    assert {hit.passage.document for hit in assistant.search("建设资金", filters=only)} == {"farms.txt"}
    assert assistant.ask(INVESTED, filters=only).verdict is Verdict.REFUSE
    with pytest.raises(QuestionError):
        assistant.search("建设资金", filters=Filters(kinds=("novel",)))


def test_with_an_embedder_there_is_nothing_to_notice_and_both_legs_score(assistant: Assistant) -> None:
    assert assistant.notices() == ()
    best = assistant.search("青海联通改用微波传输", 2)[0]
    assert "微波传输" in best.passage.text
    assert best.dense is not None and best.lexical is not None


def test_search_gives_at_most_k_and_nothing_for_no_word(assistant: Assistant) -> None:
    assert len(assistant.search("青海联通", 2)) == 2
    assert assistant.search("？！") == []


def test_ask_is_the_last_item_of_the_stream(assistant: Assistant) -> None:
    answer = list(assistant.ask_stream(INVESTED))[-1]
    assert isinstance(answer, Answer)
    assert answer.text == assistant.ask(INVESTED).text


def test_a_question_that_cannot_be_asked_is_refused(assistant: Assistant) -> None:
    with pytest.raises(QuestionError):
        assistant.ask("……")


def test_documents_are_listed_by_name_and_shown_raw_and_clean(assistant: Assistant) -> None:
    assert [info.document for info in assistant.documents()] == sorted(flow_corpus.DOCUMENTS)
    view = assistant.show("islands.txt")
    assert view.raw == flow_corpus.ISLANDS
    assert "(diàn)" not in view.parsed.clean.text
    with pytest.raises(DocumentError, match="missing.txt"):
        assistant.show("missing.txt")


@pytest.mark.parametrize("way", ["ask", "search"])
def test_an_index_of_another_embedder_is_refused_with_the_command_that_rebuilds(
    assistant: Assistant, way: str
) -> None:
    settings = assistant.settings
    other = Assistant(
        settings, Database(settings.storage), DenseParts.of(settings.storage, CharacterEmbedding("other"))
    )
    with other, pytest.raises(IndexMismatchError, match="--rebuild"):
        getattr(other, way)(INVESTED)


def test_the_engine_is_named_without_telling_the_key(tmp_path: Path) -> None:
    chat = Endpoint("http://127.0.0.1:9/v1", "scripted", "sk-secret")
    with Assistant.open(Settings(storage=tmp_path / "a", embedder="none")) as assistant:
        assert assistant.engine == "quoting"
    with Assistant.open(Settings(storage=tmp_path / "b", embedder="none", chat=chat)) as assistant:
        assert assistant.engine == "llm"
        assert "sk-secret" not in " ".join(check.detail for check in assistant.doctor())


def test_suggestions_ask_no_endpoint(tmp_path: Path, folder: Path) -> None:
    chat = Endpoint("http://127.0.0.1:9/v1", "scripted")
    with Assistant.open(Settings(storage=tmp_path / "s", embedder="none", chat=chat)) as assistant:
        assistant.ingest([folder])
        assert assistant.suggestions(1)


def test_doctor_finds_a_good_index_well(assistant: Assistant) -> None:
    assert [check for check in assistant.doctor() if not check.ok] == []


def test_threads_share_one_assistant_and_get_their_own_answers(assistant: Assistant) -> None:
    questions = [INVESTED, "潮信通接入了多少艘渔船？", "海南移动给果树装了多少个传感器？"] * 5
    with ThreadPoolExecutor(5) as threads:
        answers = list(threads.map(assistant.ask, questions))
    assert [answer.question for answer in answers] == questions
    assert [answer.text for answer in answers[:3]] * 5 == [answer.text for answer in answers]


def test_what_is_ingested_later_is_answered_at_once(assistant: Assistant, corpus: Path) -> None:
    question = "甘肃铁塔新建了多少座铁塔？"
    assert assistant.ask(question).verdict is Verdict.REFUSE
    (corpus / "new.txt").write_text("戈壁来信\n\n甘肃铁塔新建铁塔86座，信号通了。\n", encoding="utf-8")
    assistant.ingest([corpus])
    assert "86座" in assistant.ask(question).text
    (corpus / "new.txt").unlink()
    assistant.ingest([corpus])
    assert assistant.ask(question).verdict is Verdict.REFUSE
