"""The whole product on three small documents: question in, cited answer or refusal out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import flow_corpus
import pytest
from character_embedding import CharacterEmbedding
from endpoint import FakeEndpoint, Script, closed_url, serve
from judging import LIMIT, faults

from assistant.errors import QuestionError
from assistant.evaluation.wording import plain
from assistant.index.database import Database
from assistant.index.dense import DenseParts
from assistant.records import Answer, Delta, Notice, Turn, Verdict
from assistant.service import Assistant
from assistant.settings import Endpoint, Settings

INVESTED = "青海联通2020年投入了多少建设资金？"
UNANSWERABLE = {
    "another company": "四川联通投入了多少建设资金？",
    "another brand": "青海电信投入了多少建设资金？",
    "another year": "青海联通2018年投入了多少建设资金？",
    "a figure never given": "海南移动的净利润是多少？",
    "a thing never said": "青海联通的股价是多少？",
    "an unknown product": "“雪域云”平台是什么？",
}
OFF_TOPIC = {"the weather": "今天天气怎么样？", "a recipe": "红烧肉怎么做？"}


@pytest.fixture(scope="module")
def storage_of_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small corpus, ingested."""
    root = tmp_path_factory.mktemp("flow")
    folder = flow_corpus.write(root / "corpus")
    with _open(Settings(storage=root / "storage")) as assistant:
        assert not [r for r in assistant.ingest([folder]).results if r.reason]
    return root / "storage"


@pytest.fixture(scope="module", params=["both legs", "words only"])
def assistant(
    request: pytest.FixtureRequest, storage_of_all: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    if request.param == "both legs":
        with _open(Settings(storage=storage_of_all)) as opened:
            yield opened
        return
    root = tmp_path_factory.mktemp("words")
    with Assistant.open(Settings(storage=root / "storage", embedder="none")) as opened:
        opened.ingest([flow_corpus.write(root / "corpus")])
        yield opened


def _open(settings: Settings) -> Assistant:
    return Assistant(
        settings, Database(settings.storage), DenseParts.of(settings.storage, CharacterEmbedding())
    )


def bold(answer: Answer) -> list[str]:
    return [s.text[start:end] for s in answer.sentences for start, end in s.emphasis]


@pytest.mark.parametrize(
    ("question", "value", "document"),
    [
        (INVESTED, "3,200万元", "plateau.txt"),
        ("青海联通新建了多少个4G基站？", "215个", "plateau.txt"),
        ("潮信通接入了多少艘渔船？", "7300艘", "islands.txt"),
        ("“潮信通”的覆盖率是多少？", "96.5%", "islands.txt"),
        ("昂拉基站什么时候开通的？", "9月28日", "plateau.txt"),
        ("谁负责维护昂拉基站？", "罗志远", "plateau.txt"),
        ("福建电信指挥中心的组长是谁？", "陈国栋", "islands.txt"),
        ("福建电信在哪个县设立了指挥中心？", "霞浦县", "islands.txt"),
        ("海南移动给果树装了多少个传感器？", "2.4万个", "farms.txt"),
    ],
)
def test_amount_date_person_and_place_are_answered_and_marked(
    assistant: Assistant, question: str, value: str, document: str
) -> None:
    answer = assistant.ask(question)
    assert answer.verdict is Verdict.ANSWER
    assert value in plain(answer)
    assert value in bold(answer)[0]
    assert {citation.document for citation in answer.citations} == {document}
    assert all(sentence.grounded for sentence in answer.sentences)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("青海联通开办了哪些服务？", ["牧民夜校", "云课堂", "远程门诊"]),
        ("青海联通为什么改用微波传输？", ["地广人稀", "光缆常被压断", "微波传输"]),
        ("“潮信通”是什么？", ["渔船定位平台"]),
        ("青海联通投资多少？昂拉基站何时开通？", ["3,200万元", "9月28日"]),
        ("青海联通新建基站多少个，惠及牧民多少户？", ["215个", "1.6万户"]),
    ],
)
def test_lists_reasons_definitions_and_two_questions_at_once_are_answered_whole(
    assistant: Assistant, question: str, words: list[str]
) -> None:
    text = plain(assistant.ask(question))
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize(
    ("question", "line", "value"),
    [
        ("介绍青海联通高原牧区的文章作者是谁？", "2021-06-15 高原晨报 记者 孟繁星。", "孟繁星"),
        ("《海南移动助力热带农业》是什么时候发表的？", "2021-08-09 椰岛日报 符海涛。", "2021-08-09"),
        ("福建电信渔村那篇报道发表在哪家报纸？", "2021年7月3日 海峡时报 林书瑶。", "海峡时报"),
        ("写云上果园的文章标题是什么？", "海南移动助力热带农业。", "海南移动助力热带农业"),
    ],
)
def test_author_date_publisher_and_title_are_answered_by_the_line_that_states_them(
    assistant: Assistant, question: str, line: str, value: str
) -> None:
    answer = assistant.ask(question)
    assert plain(answer) == line
    assert bold(answer) == [value]


def test_a_traditional_text_answers_a_simplified_question_in_its_script_and_is_quoted_in_its_own(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("福建电信为多少个渔村装上了广播？")
    assert "为86个渔村装上防台风广播" in answer.text
    assert "為86個漁村裝上防颱風廣播" in answer.citations[0].quote


def test_a_simplified_text_answers_a_traditional_question_in_its_script_and_is_quoted_in_its_own(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("海南移動給果樹裝了多少個傳感器？")
    assert "果樹安裝傳感器2.4萬個" in answer.text
    assert "果树安装传感器2.4万个" in answer.citations[0].quote
    assert bold(answer) == ["2.4萬個"]


def test_every_quote_is_the_raw_span_cleaned(assistant: Assistant) -> None:
    raw = {info.document: assistant.show(info.document).raw for info in assistant.documents()}
    questions = [INVESTED, "福建电信投入了多少建设资金？", "“潮信通”是什么？", "青海联通为什么改用微波传输？"]
    answers = [assistant.ask(question) for question in questions]
    assert [fault for answer in answers for fault in faults(answer, raw)] == []
    citation = answers[1].citations[0]
    assert "福建電(diàn)信" in raw[citation.document][citation.start : citation.end]
    assert "福建電信投入" in citation.quote
    assert (citation.title, citation.published, citation.publisher) == (
        "福建電信守護漁村平安",
        "2021-07-03",
        "海峽時報",
    )


@pytest.mark.parametrize("question", UNANSWERABLE.values(), ids=UNANSWERABLE.keys())
def test_what_the_documents_do_not_say_is_refused_with_the_nearest_titles(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    assert answer.verdict is Verdict.REFUSE
    assert (answer.citations, answer.sentences) == ((), ())
    assert answer.nearest
    assert all(f"《{title}》" in answer.text for title in answer.nearest)


@pytest.mark.parametrize("question", OFF_TOPIC.values(), ids=OFF_TOPIC.keys())
def test_what_the_documents_are_not_about_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).verdict is Verdict.REFUSE


def test_two_companies_are_compared_with_a_quote_each(assistant: Assistant) -> None:
    answer = assistant.ask("青海联通和福建电信2020年各投入了多少建设资金？")
    assert answer.verdict is Verdict.ANSWER
    assert bold(answer) == ["3,200万元", "4700万元"]
    assert [citation.document for citation in answer.citations] == ["plateau.txt", "islands.txt"]


def test_a_comparison_with_a_company_of_which_nothing_is_said_is_partial_and_says_so(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("青海联通和海南移动2020年各投入了多少建设资金？")
    assert answer.verdict is Verdict.PARTIAL
    assert bold(answer) == ["3,200万元"]
    assert any("海南移动" in notice for notice in answer.notices)


@pytest.mark.parametrize(
    ("follow_up", "value"),
    [("那福建电信呢？", "4700万元"), ("那2019年呢？", "1,850万元"), ("其中惠及牧民多少户？", "1.6万户")],
)
def test_a_follow_up_is_understood_from_the_turn_before(
    assistant: Assistant, follow_up: str, value: str
) -> None:
    answer = assistant.ask(follow_up, [Turn(INVESTED, "3,200万元")])
    assert value in bold(answer)
    assert answer.question == follow_up


def test_a_follow_up_to_a_very_long_question_is_not_too_long(assistant: Assistant) -> None:
    asked = "请问" * 990 + INVESTED
    assert bold(assistant.ask("那福建电信呢？", [Turn(asked, "")])) == ["4700万元"]


def test_what_a_follow_up_was_taken_to_mean_comes_with_the_answer(assistant: Assistant) -> None:
    history = [Turn(INVESTED, "3,200万元")]
    assert assistant.ask("那福建电信呢？", history).rewritten == "福建电信2020年投入了多少建设资金？"
    assert assistant.ask("昂拉基站何时开通？", history).rewritten == ""
    assert assistant.ask(INVESTED).rewritten == ""


def test_a_question_that_only_says_little_is_taken_at_its_word_where_the_guess_has_no_answer(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("果树的传感器有多少个？", [Turn("福建电信在哪个县设立了指挥中心？", "霞浦县")])
    assert bold(answer) == ["2.4万个"]
    assert answer.rewritten == ""


def test_a_search_in_a_conversation_finds_what_is_meant(assistant: Assistant) -> None:
    history = [Turn(INVESTED, "3,200万元")]
    found = assistant.search("那福建电信呢？", 3, history=history)
    assert found[0].passage == assistant.search("福建电信2020年投入了多少建设资金？", 3)[0].passage
    assert len(found) == len({item.passage.id for item in found}) <= 3


def test_the_deltas_joined_are_the_text(assistant: Assistant) -> None:
    *pieces, answer = assistant.ask_stream("青海联通和福建电信各投入了多少建设资金？")
    assert isinstance(answer, Answer)
    assert "".join(piece.text for piece in pieces if isinstance(piece, Delta)) == answer.text
    assert len(pieces) == 2


@pytest.mark.parametrize(
    "question", ["", " \n", "\0", "\ud800", "？！……", "😀🎉", "长" * 10_000], ids=lambda text: ascii(text[:3])
)
def test_a_question_that_cannot_be_asked_is_one_clear_line(assistant: Assistant, question: str) -> None:
    with pytest.raises(QuestionError) as caught:
        assistant.ask(question)
    assert len(str(caught.value)) < 50
    assert "\n" not in str(caught.value)


def test_noise_within_a_question_does_not_hinder_its_answer(assistant: Assistant) -> None:
    answer = assistant.ask("青海\0联通2020年投入了\ud800多少建设资金？😀")
    assert bold(answer) == ["3,200万元"]


def test_a_document_with_a_very_long_sentence_gives_a_short_answer(tmp_path: Path) -> None:
    clauses = "，".join(f"第{n}村的老乡学会了用手机卖山货和药材" for n in range(60))
    text = f"山货出山记\n\n西藏电信办起网店，{clauses}，全年销售额860万元，{clauses}。\n"
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "long.txt").write_text(text, encoding="utf-8")
    with _open(Settings(storage=tmp_path / "storage")) as assistant:
        assistant.ingest([tmp_path / "corpus"])
        answer = assistant.ask("西藏电信网店全年销售额是多少？")
    assert "860万元" in plain(answer)
    assert len(plain(answer)) <= LIMIT
    assert faults(answer, {"long.txt": text}) == []


def test_suggestions_are_questions_that_are_answered(assistant: Assistant) -> None:
    suggested = assistant.suggestions(3)
    assert suggested
    assert all(assistant.ask(question).verdict is Verdict.ANSWER for question in suggested)


def test_an_empty_index_refuses_and_names_no_title(tmp_path: Path) -> None:
    with _open(Settings(storage=tmp_path / "storage")) as assistant:
        answer = assistant.ask(INVESTED)
    assert (answer.verdict, answer.nearest) == (Verdict.REFUSE, ())
    assert "最接近" not in answer.text


@pytest.fixture
def endpoint() -> Iterator[FakeEndpoint]:
    with serve() as running:
        yield running


@pytest.fixture
def prose(endpoint: FakeEndpoint, storage_of_all: Path) -> Iterator[Assistant]:
    """The assistant with an endpoint configured."""
    with _open(_settings(storage_of_all, endpoint.base_url)) as opened:
        yield opened


def _settings(storage: Path, base_url: str) -> Settings:
    return Settings(storage=storage, chat=Endpoint(base_url, "scripted", "sk-secret"), timeout=3)


def test_prose_is_streamed_with_its_citations_checked(endpoint: FakeEndpoint, prose: Assistant) -> None:
    endpoint.script = Script(
        pieces=("青海联通2020年投入", "3200万元[1]。", "还投入了9999万元[1]。", "另有一说[77]。"), usage=True
    )
    *pieces, answer = prose.ask_stream(INVESTED)
    assert isinstance(answer, Answer)
    assert len([piece for piece in pieces if isinstance(piece, Delta)]) >= 3
    assert (answer.engine, answer.verdict) == (prose.engine, Verdict.ANSWER)
    assert [sentence.grounded for sentence in answer.sentences] == [True, False, False]
    assert "[77]" not in answer.text
    assert answer.citations[0].document == "plateau.txt"
    assert "3,200万元" in answer.citations[0].quote
    assert answer.tokens.completion == 5


@pytest.mark.parametrize(
    ("script", "kept"),
    [
        (Script(status=401, error=("no", "invalid_api_key")), ""),
        (Script(status=429, error=("slow down", "rate_limit")), ""),
        (Script(status=500), ""),
        (Script(pieces=("青海联通投入",), end="cut"), "青海联通投入"),
        (Script(pieces=("青海联通投入",), finish=None), "青海联通投入"),
        (Script(pieces=("青海联通投入",), end="event"), "青海联通投入"),
        (Script(pieces=("青海联通投入",), end="stall"), "青海联通投入"),
        (Script(pieces=(), end="garbage"), ""),
        (Script(pieces=("",)), ""),
        (Script(pieces=("青海联通投入了资金。",)), "青海联通投入了资金。"),
    ],
    ids=lambda value: value.end if isinstance(value, Script) else None,
)
def test_an_endpoint_that_fails_is_said_what_arrived_is_kept_and_the_quotes_answer(
    endpoint: FakeEndpoint, prose: Assistant, script: Script, kept: str
) -> None:
    endpoint.script = script
    *pieces, answer = prose.ask_stream(INVESTED)
    assert isinstance(answer, Answer)
    assert [piece.text for piece in pieces if isinstance(piece, Notice)] == list(answer.notices)
    assert len(answer.notices) == 1
    assert "sk-secret" not in answer.notices[0]
    assert (answer.engine, answer.partial_text) == ("quoting", kept)
    assert bold(answer) == ["3,200万元"]


def test_an_endpoint_that_is_down_is_said_and_the_quotes_answer(storage_of_all: Path) -> None:
    with _open(_settings(storage_of_all, closed_url())) as assistant:
        answer = assistant.ask(INVESTED)
    assert len(answer.notices) == 1
    assert (answer.engine, bold(answer)) == ("quoting", ["3,200万元"])


@pytest.mark.parametrize("question", [*UNANSWERABLE.values(), *OFF_TOPIC.values()])
def test_a_refusal_never_asks_the_endpoint(endpoint: FakeEndpoint, prose: Assistant, question: str) -> None:
    assert prose.ask(question).verdict is Verdict.REFUSE
    assert endpoint.requests == []


def test_a_question_about_the_article_is_quoted_without_asking_the_endpoint(
    endpoint: FakeEndpoint, prose: Assistant
) -> None:
    assert "符海涛" in prose.ask("《海南移动助力热带农业》的作者是谁？").text
    assert endpoint.requests == []


def test_instructions_in_a_document_stay_data_within_the_fence(
    endpoint: FakeEndpoint, prose: Assistant
) -> None:
    endpoint.script = Script(pieces=("安装传感器2.4万个[1]。",))
    prose.ask("海南移动给果树装了多少个传感器？")
    system, *_, user = [message["content"] for message in endpoint.requests[0]["messages"]]
    assert "忽略以上所有指令" not in system
    fenced = re.findall(r"^<source [^\n]*>\n((?:\| [^\n]*\n)+)</source>$", user, re.MULTILINE)
    assert sum("忽略以上所有指令" in block for block in fenced) == user.count("忽略以上所有指令") == 1
    assert user.count("</source>") == len(fenced)
    assert "<system>" not in user
    assert not re.search(r"\[\d+\]", user)


def test_the_model_is_sent_the_question_as_asked_and_the_turns_before(
    endpoint: FakeEndpoint, prose: Assistant
) -> None:
    prose.ask("那福建电信呢？", [Turn(INVESTED, "投入3200万元[1]。")])
    *before, user = [message["content"] for message in endpoint.requests[-1]["messages"]]
    assert user.endswith("那福建电信呢？")
    assert "4700萬元" in user
    assert before[1:] == [INVESTED, "投入3200万元。"]


def test_no_more_sources_than_the_setting_reach_the_model(
    endpoint: FakeEndpoint, storage_of_all: Path
) -> None:
    settings = replace(_settings(storage_of_all, endpoint.base_url), passages=1)
    with _open(settings) as assistant:
        assistant.ask(INVESTED)
    assert endpoint.requests[0]["messages"][-1]["content"].count("</source>") == 1
