"""What is said to people is said in their language, whoever says it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import flow_corpus
import pytest
from endpoint import Script, serve

from assistant.errors import AssistantError, EndpointError, worded
from assistant.languages import Saying, preferred
from assistant.records import Filters, Hint
from assistant.service import Assistant
from assistant.settings import Endpoint, Settings

INVESTED = "青海联通2020年投入了多少建设资金？"
Fails = Callable[[Assistant, str], object]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Set to Chinese, with an endpoint that always cuts its replies short."""
    place = tmp_path_factory.mktemp("languages")
    script = Script(pieces=("青海联通投入3200万元[1]。",), finish="length")
    with serve(script) as endpoint:
        chat = Endpoint(endpoint.base_url, "scripted")
        settings = Settings(storage=place / "storage", embedder="none", chat=chat, question_characters=50)
        with Assistant.open(settings) as opened:
            opened.ingest([flow_corpus.write(place / "corpus")])
            yield opened


@pytest.mark.parametrize(
    ("fails", "chinese", "english"),
    [
        (lambda one, said: one.ask(" ", language=said), "问题是空的", "The question is empty"),
        (lambda one, said: one.ask("？！", language=said), "问题里没有文字", "The question has no words"),
        (
            lambda one, said: one.ask("长" * 51, language=said),
            "问题有 51 个字符，最多 50 个",
            "The question has 51 characters, at most 50",
        ),
        (lambda one, said: one.search("长" * 51, language=said), "问题有 51 个字符", "The question has 51"),
        (
            lambda one, said: one.ask("青海联通？", dropped=[Hint.of("青海联通")], language=said),
            "去掉“青海联通”后",
            "Without “青海联通” nothing is left",
        ),
        (
            lambda one, said: one.ask(INVESTED, filters=Filters(kinds=("novel",)), language=said),
            "没有“novel”这种资料类型；可用的有：news、report",
            "There is no kind of document “novel”; choose one of news, report",
        ),
        (
            lambda one, said: one.search(INVESTED, filters=Filters(periods=("去年",)), language=said),
            "“去年”不是报告期",
            "“去年” is no reporting period",
        ),
        (
            lambda one, said: one.search(INVESTED, filters=Filters(since="去年"), language=said),
            "“去年”不是日期",
            "“去年” is no date",
        ),
        (
            lambda one, said: one.summarize("某某酒家", language=said),
            "资料中没有关于“某某酒家”的内容；资料中有哪些公司",
            'Nothing in the documents is about "某某酒家"; see the list of companies.',
        ),
        (
            lambda one, said: one.compare(["青海联通", "青海联通"], language=said),
            "请写出至少两家不同的公司",
            "Name at least two different companies",
        ),
    ],
)
def test_what_a_question_asks_amiss_is_told_in_the_language_asked_for(
    assistant: Assistant, fails: Fails, chinese: str, english: str
) -> None:
    for language, begins in (("zh", chinese), ("en", english), ("", chinese)):
        with pytest.raises(AssistantError) as error:
            fails(assistant, language)
        assert str(error.value).startswith(begins)


def test_refusals_and_notices_are_told_in_the_language_asked_for(assistant: Assistant) -> None:
    refused = assistant.ask("青海联通的股价是多少？", language="en").text
    assert refused.startswith("The documents do not answer this question. Closest documents: 《")
    assert assistant.ask("青海联通的股价是多少？").text.startswith("资料中没有找到")
    (cut,) = assistant.ask(INVESTED, language="en").notices
    assert cut.startswith("The answer reached the output limit")
    assert assistant.ask(INVESTED).notices[0].startswith("回答达到输出长度上限")
    assert assistant.ask("总结青海联通", engine="quoting", language="en").text.startswith("青海联通: summary")
    assert assistant.notices("en") == ("No embedding model is available; only keyword search serves.",)


def test_what_a_model_left_of_a_briefing_is_told_in_the_language_asked_for(assistant: Assistant) -> None:
    english = assistant.summarize("青海联通", engine="llm", language="en").notices
    assert english and not any("。" in notice for notice in english)
    chinese = assistant.summarize("青海联通", engine="llm").notices
    assert len(chinese) == len(english) and all("。" in notice for notice in chinese)


def test_an_error_is_told_in_chinese_until_it_is_worded_otherwise() -> None:
    error = EndpointError(Saying("断了", "broken"), "部分")
    assert (str(error), error.said("en"), error.partial) == ("断了", "broken", "部分")
    with pytest.raises(EndpointError, match="^broken$"), worded("en"):
        raise error
    with pytest.raises(AssistantError, match="^in one language$"), worded("zh"):
        raise AssistantError("in one language")


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("en-GB,en;q=0.9", "en"),
        ("fr, zh-CN;q=0.8, en;q=0.5", "zh"),
        ("", "zh"),
        ("fr", "zh"),
        ("en;q=x", "en"),
    ],
)
def test_what_a_browser_accepts_first_is_spoken(accepted: str, chosen: str) -> None:
    assert preferred(accepted, "zh") == chosen
