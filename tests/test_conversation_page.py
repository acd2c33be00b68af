"""What a person does with conversations on the page, on the real service and a small corpus."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.conversations import Tree
from assistant.hosting import host, shared
from assistant.records import Answer, Citation, Verdict
from assistant.records.conversations import Exchange, Rating
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.ui.chat.actions import copied_text
from assistant.ui.chat.conversation_list import day_of
from assistant.ui.session import TALK, Talk
from assistant.ui.words.chinese import CHINESE

APP = Path(__file__).parent.parent / "assistant" / "ui" / "entry" / "main.py"
QUESTION = "浙江联通投入了多少扶贫预算资金？"
TEXT = (
    "浙江联通扶贫纪实\n\n2020年7月15日 晨光日报 记者 李明\n\n"
    "浙江联通今年投入扶贫预算资金280万元。公司在12个乡镇新建基站36座。全年帮助贫困户销售农产品147万元。\n"
)
Visit = Callable[..., AppTest]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A storage with one document, and no conversation."""
    place = tmp_path_factory.mktemp("corpus")
    (place / "poverty.txt").write_text(TEXT, encoding="utf-8")
    with Assistant.open(Settings(storage=place / "storage", embedder="none")) as assistant:
        assistant.ingest([place / "poverty.txt"])
    return place / "storage"


@pytest.fixture
def visit(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visit]:
    """Opens the page in a new session, at a conversation's address if one is given."""
    shutil.copytree(corpus, tmp_path / "storage")
    monkeypatch.setenv("ASSISTANT_STORAGE", str(tmp_path / "storage"))
    monkeypatch.setenv("ASSISTANT_EMBEDDER", "none")
    monkeypatch.setenv("OPENAI_BASE_URL", "")

    def run(conversation: str = "") -> AppTest:
        page = AppTest.from_file(str(APP), default_timeout=120)
        if conversation:
            page.query_params["conversation"] = conversation
        return page.run()

    yield run
    shared().close()


def html(page: AppTest) -> str:
    """Everything that the page shows through st.html."""
    return "\n".join(element.proto.body for element in page.get("html"))


def ask(page: AppTest, question: str) -> AppTest:
    page.chat_input[0].set_value(question).run()
    assert not page.exception
    return page


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


def kept() -> Tree:
    """The newest conversation as the store has it."""
    (head,) = host().conversations.newest("", most=1)
    return host().conversations.open("", head.id)[1]


def test_a_conversation_comes_back_by_its_address_after_a_restart(visit: Visit) -> None:
    page = ask(visit(), QUESTION)
    address = str(page.query_params["conversation"])
    shared().close()
    again = visit(address)
    assert "280万元" in html(again)
    assert len(again.chat_message) == 2
    ask(again, "新建了多少座基站？")
    assert [exchange.parent for exchange in kept()] == [0, 1]
    press(again, "new_conversation")
    assert len(again.chat_message) == 0
    assert "conversation" not in again.query_params


def test_an_address_of_nobodys_conversation_is_said_and_a_new_one_begins(visit: Visit) -> None:
    page = visit("another-persons")
    assert "没有找到这个对话" in page.info[0].value
    assert "conversation" not in page.query_params
    assert "280万元" in html(ask(page, QUESTION))
    assert not page.info


def test_asking_again_and_editing_make_versions_between_which_one_goes(visit: Visit) -> None:
    page = press(ask(visit(), QUESTION), "retry-0")
    assert ">2/2<" in html(page)
    press(page, "edit-0")
    page.text_area[0].set_value("浙江联通新建基站多少座？")
    page.button(key="send-2").click().run()
    assert ">3/3<" in html(page)
    assert "36座" in html(page)
    press(page, "before-0")
    assert ">2/3<" in html(page)
    assert "280万元" in html(page)
    assert [exchange.parent for exchange in kept()] == [0, 0, 0]
    assert [exchange.id for exchange in kept().path()] == [2]


def test_a_rating_and_its_comment_are_kept_can_be_changed_and_taken_back(visit: Visit) -> None:
    page = ask(visit(), QUESTION)
    page.feedback(key="rating-1").set_value(0).run()
    page.text_input(key="comment-text-1").set_value("<b>少了年份</b>")
    next(button for button in page.button if button.label == "保存").click().run()
    (exchange,) = kept()
    assert (exchange.rating, exchange.comment) == (Rating.DOWN, "<b>少了年份</b>")
    assert "评语：&lt;b&gt;少了年份&lt;/b&gt;" in html(page)
    page.feedback(key="rating-1").set_value(1).run()
    assert next(iter(kept())).rating is Rating.UP
    page.feedback(key="rating-1").set_value(None).run()
    assert next(iter(kept())).rating is None
    assert not page.exception


def test_why_an_answer_is_as_it_is_is_shown_and_put_away_and_questions_follow(visit: Visit) -> None:
    page = ask(visit(), QUESTION)
    assert 'class="why"' not in html(page)
    assert 'class="why"' in html(press(page, "why-1"))
    assert 'class="why"' not in html(press(page, "why-1"))
    page.session_state[TALK].tree.path()[0].suggestions = ("新建了多少座基站？",)
    press(page.run(), "follow-up-0")
    assert [exchange.question for exchange in kept()] == [QUESTION, "新建了多少座基站？"]


def test_of_a_long_conversation_the_last_exchanges_are_drawn_and_the_others_on_demand(visit: Visit) -> None:
    page = visit()
    exchanges = [Exchange(f"问题{n}", id=n, parent=n - 1, error="没有") for n in range(1, 15)]
    page.session_state[TALK] = Talk(tree=Tree(exchanges))
    page.run()
    assert page.button(key="older").label == "更早的 4 条"
    assert "问题5<" in html(page) and "问题4<" not in html(page)
    press(page, "older")
    assert "问题1<" in html(page)


def test_where_conversations_cannot_be_kept_it_is_said_and_answers_come(visit: Visit, tmp_path: Path) -> None:
    (tmp_path / "storage" / "conversations.sqlite3").mkdir()
    page = ask(visit(), QUESTION)
    assert "280万元" in html(page)
    assert ["没有保存" in warning.value for warning in page.warning] == [True]
    ask(page, "新建了多少座基站？")
    assert len(page.chat_message) == 4
    press(page, "retry-1")
    assert ">2/2<" in html(page)


def test_the_list_holds_every_conversation_newest_first_and_is_searched(visit: Visit) -> None:
    page = ask(visit(), QUESTION)
    press(page, "new_conversation")
    ask(page, "新建了多少座基站？")
    assert titles(page) == ["新建了多少座基站？", QUESTION]
    page.text_input(key="conversations_search").set_value("280").run()
    assert titles(page) == [QUESTION]
    page.text_input(key="conversations_search").set_value("铁塔").run()
    assert "没有找到符合的对话" in html(page)


def titles(page: AppTest) -> list[str]:
    """The titles in the list, as they are read: without what keeps Markdown from reading them."""
    links = [link.proto for link in page.sidebar.get("page_link")]
    shown = [link.label for link in links if not link.icon]
    return [label.replace("\\", "").replace("\u2060", "") for label in shown]


def test_a_copied_answer_carries_its_sources() -> None:
    citation = Citation(1, "a.pdf", "扶贫纪实", "2020-07-15", "晨光日报", 3, "引文", 0, 2, 0, 2)
    answer = Answer(QUESTION, "投入280万元[1]。", Verdict.ANSWER, "quoting", 0.1, (citation,))
    assert copied_text(answer, CHINESE) == (
        "投入280万元[1]。\n\n来源：\n[1] 扶贫纪实 · 晨光日报 · 2020-07-15 · 第 3 页"
    )


@pytest.mark.parametrize(
    ("changed", "heading"),
    [("22", "今天"), ("21", "昨天"), ("16", "近 7 天"), ("15", "更早")],
)
def test_the_list_stands_under_days(changed: str, heading: str) -> None:
    assert day_of(f"2026-11-{changed}T12:00:00.000+00:00", date(2026, 11, 22), CHINESE) == heading
