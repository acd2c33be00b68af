"""Conversations in their file: kept whole, found, each person's own, wiped, open to other versions."""

from __future__ import annotations

import json
import sqlite3
import stat
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.conversations import Conversations
from assistant.errors import ConversationError, StorageError
from assistant.records import Answer, AnswerSentence, Citation, Filters, Hint, HintKind, Verdict
from assistant.records.conversations import Exchange, Rating
from assistant.records.trails import Candidate, Reason, Trail

QUOTE = "投入扶贫预算资金280万元"


def answer(text: str = f"{QUOTE}[1]。", question: str = "投入了多少？") -> Answer:
    source = Citation(1, "公报.txt", "年度公报", "2020-05", "日报", 2, QUOTE, 5, 17, 5, 17, ("副本.txt",))
    found = (Candidate(1, "公报.txt", "年度公报", 2, QUOTE, 3.5, likelihood=0.9, cited=True),) * 12
    return Answer(
        question,
        text,
        Verdict.ANSWER,
        "quoting",
        0.1,
        (source,),
        (AnswerSentence(QUOTE, (1,), True, ((8, 12),)),),
        trail=Trail(Reason.LIKELY, (question,), candidates=found),
    )


def asked(
    conversations: Conversations, owner: str, *questions: str, title: str = ""
) -> tuple[str, list[int]]:
    """A conversation of these questions, one after the other: its address and their ids."""
    head = conversations.start(owner, title or questions[0])
    ids = [0]
    for question in questions:
        exchange = Exchange(question, parent=ids[-1], answer=answer(question=question))
        conversations.keep(owner, head.id, exchange)
        ids.append(exchange.id)
    return head.id, ids[1:]


def test_an_exchange_opens_as_it_was_kept(storage: Path) -> None:
    conversations = Conversations(storage)
    head = conversations.start("甲", "投入了多少？")
    exchange = Exchange(
        "2020年投入了多少？",
        Filters(companies=("重庆联通",), since="2020"),
        (Hint(HintKind.YEAR, "2020"),),
        suggestions=("其中4G的有多少？",),
    )
    conversations.keep("甲", head.id, exchange)
    exchange.answer, exchange.notices = answer(), ["端点没有响应"]
    conversations.keep("甲", head.id, exchange)
    conversations.rate("甲", head.id, exchange, Rating.DOWN, "不是这一年")
    again, tree = Conversations(storage).open("甲", head.id)
    assert tree.path() == [exchange]
    assert exchange.asked and (again.title, again.exchanges) == ("投入了多少？", 1)
    conversations.rate("甲", head.id, exchange, None)
    assert conversations.open("甲", head.id)[1].path()[0].rating is None


def test_versions_and_the_one_shown_last_are_remembered(storage: Path) -> None:
    conversations = Conversations(storage)
    address, (first, second) = asked(conversations, "", "甲？", "乙？")
    conversations.keep("", address, Exchange("乙，再问？", parent=first))
    assert [e.question for e in conversations.open("", address)[1].path()] == ["甲？", "乙，再问？"]
    conversations.show("", address, second)
    tree = conversations.open("", address)[1]
    assert [e.question for e in tree.path()] == ["甲？", "乙？"]
    assert len(tree.versions(tree.path()[1])) == 2


def attempts(conversations: Conversations, address: str, exchange: int) -> dict[str, Callable[[], object]]:
    own = conversations.start("乙", "自己的").id
    foreign = Exchange("改了", id=exchange)
    return {
        "open": lambda: conversations.open("乙", address),
        "keep": lambda: conversations.keep("乙", address, Exchange("塞入")),
        "overwrite": lambda: conversations.keep("乙", own, foreign),
        "follow": lambda: conversations.keep("乙", own, Exchange("接着", parent=exchange)),
        "rate": lambda: conversations.rate("乙", own, foreign, Rating.UP),
        "show": lambda: conversations.show("乙", address, 0),
        "rename": lambda: conversations.rename("乙", address, "改名"),
        "delete": lambda: conversations.delete("乙", address),
    }


def test_nobody_reaches_what_belongs_to_another(storage: Path) -> None:
    conversations = Conversations(storage)
    address, (exchange,) = asked(conversations, "甲", "机密的问题？")
    before = conversations.open("甲", address)[1].path()
    for attempt in attempts(conversations, address, exchange).values():
        with pytest.raises(ConversationError):
            attempt()
    assert conversations.newest("乙", "机密") == []
    assert [head.title for head in conversations.newest("乙")] == ["自己的"]
    assert conversations.open("甲", address)[1].path() == before
    conversations.rate("甲", address, before[0], Rating.UP)
    assert [head.id for head, _ in conversations.rated("甲")] == [address]
    assert conversations.rated("乙") == [] and len(conversations.rated()) == 1


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        ("", ["丙 5G_A 100%", "乙", "甲"]),
        ("280万元", ["丙 5G_A 100%", "乙", "甲"]),
        ("基站 拆除", ["乙"]),
        ("聯通", ["甲"]),
        ("５g_a", ["丙 5G_A 100%"]),
        ("100%", ["丙 5G_A 100%"]),
        ("元[1]", []),
        ("甲 乙", []),
        ("' OR 1=1 --", []),
        ("\0\n ", ["丙 5G_A 100%", "乙", "甲"]),
    ],
)
def test_conversations_are_found_by_words_newest_first(storage: Path, wanted: str, titles: list[str]) -> None:
    conversations = Conversations(storage)
    asked(conversations, "", "联通建了多少？", title="甲")
    asked(conversations, "", "基站呢？", "拆除了多少？", title="乙")
    asked(conversations, "", "带宽？", title="丙 5G_A 100%")
    assert [head.title for head in conversations.newest("", wanted)] == titles


def test_a_find_shows_the_words_around_it(storage: Path) -> None:
    conversations = Conversations(storage)
    asked(conversations, "", "聯通\n在农村一共建设了多少个基站？", title="甲")
    (head,) = conversations.newest("", "甲 联通")
    assert head.found.startswith("聯通 在农村一共建设了多少个基站？ 投入扶贫")
    assert "[1]" not in head.found
    (head,) = conversations.newest("", "280")
    assert head.found == "…基站？ 投入扶贫预算资金280万元。"
    assert conversations.newest("", "甲")[0].found == ""


def test_a_longer_list_begins_with_the_shorter_one(storage: Path) -> None:
    conversations = Conversations(storage)
    made = [conversations.start("", str(number)).id for number in range(7)]
    shorter, whole = conversations.newest("", most=3), conversations.newest("")
    assert shorter == whole[:3]
    assert {head.id for head in whole} == set(made)


def test_a_title_is_one_short_line(storage: Path) -> None:
    conversations = Conversations(storage)
    head = conversations.start("", "投入\n了\ud800多少\0" + "很" * 100)
    assert head.title.startswith("投入 了?多少\ufffd很") and len(head.title) == 60
    conversations.rename("", head.id, "  重庆聯通 ")
    assert conversations.newest("", "联通")[0].title == "重庆聯通"


def test_text_of_any_characters_is_kept(storage: Path) -> None:
    conversations = Conversations(storage)
    address, _ = asked(conversations, "", "问\ud800\0'; DROP TABLE exchanges; -- <b>？")
    (exchange,) = conversations.open("", address)[1].path()
    exchange.answer = answer(f"甲\ud800\0{QUOTE}[1]。[9]")
    conversations.keep("", address, exchange)
    (exchange,) = conversations.open("", address)[1].path()
    assert exchange.answer and exchange.answer.text == f"甲?\0{QUOTE}[1]。[9]"
    assert len(conversations.newest("", "280万元。[9]")) == 1
    assert exchange.question == "问?\ufffd'; DROP TABLE exchanges; -- <b>？"


def test_what_is_deleted_is_gone_from_the_file(storage: Path) -> None:
    conversations = Conversations(storage)
    address, _ = asked(conversations, "", *(f"绝密问题{number}" for number in range(60)))
    other, _ = asked(conversations, "", "留下的问题")
    assert "绝密问题".encode() in conversations.path.read_bytes()
    conversations.delete("", address)
    left = b"".join(path.read_bytes() for path in storage.iterdir())
    assert "绝密问题".encode() not in left and "留下的问题".encode() in left
    assert [head.id for head in conversations.newest("")] == [other]
    with closing(sqlite3.connect(conversations.path)) as connection:
        assert connection.execute("SELECT count(*) FROM exchanges").fetchone() == (1,)


def test_the_file_is_for_its_owner_alone(storage: Path) -> None:
    conversations = Conversations(storage / "new")
    conversations.start("", "甲")
    assert stat.S_IMODE(conversations.path.stat().st_mode) == 0o600


def test_threads_and_processes_write_at_once(storage: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from assistant.conversations import Conversations\n"
        "from assistant.records.conversations import Exchange\n"
        "c = Conversations(Path(sys.argv[1]))\n"
        "for n in range(20): c.keep('', c.start('', 'p').id, Exchange(str(n)))\n"
    )
    root = Path(__file__).parent.parent
    command = [sys.executable, "-c", script, str(storage)]
    others = [subprocess.Popen(command, cwd=root) for _ in range(2)]
    conversations = Conversations(storage)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda n: asked(conversations, "", f"{n}？", "然后？"), range(20)))
    assert [other.wait(120) for other in others] == [0, 0]
    heads = conversations.newest("")
    assert len(heads) == 60 and sum(head.exchanges for head in heads) == 80


def changed(conversations: Conversations, change: Callable[[dict[str, Any]], object]) -> Exchange:
    """An exchange opened after its kept content was changed."""
    address, (first, _) = asked(conversations, "", "投入了多少？", "然后？")
    with closing(sqlite3.connect(conversations.path)) as connection, connection:
        order = "SELECT content FROM exchanges WHERE id = ?"
        kept = json.loads(zlib.decompress(connection.execute(order, (first,)).fetchone()[0]))
        change(kept)
        packed = zlib.compress(json.dumps(kept).encode())
        connection.execute("UPDATE exchanges SET content = ? WHERE id = ?", (packed, first))
    exchange, second = conversations.open("", address)[1].path()
    assert second.answer == answer(question="然后？")
    return exchange


def test_what_an_older_or_newer_program_kept_opens(storage: Path) -> None:
    conversations = Conversations(storage)
    older = changed(conversations, lambda kept: [kept.pop("suggestions"), kept["answer"].pop("trail")])
    assert older.answer and older.answer.citations == answer().citations
    newer = changed(conversations, lambda kept: kept["answer"].update(colour="红", trail={"reason": "new"}))
    assert newer.answer and newer.answer.text == answer().text and newer.answer.trail is None
    foreign = changed(conversations, lambda kept: kept["answer"].update(verdict="other"))
    assert foreign.answer is None and not foreign.finished
    assert (foreign.question, foreign.text) == ("投入了多少？", f"{QUOTE}。")


def test_an_unreadable_exchange_costs_only_itself(storage: Path) -> None:
    conversations = Conversations(storage)
    address, (first, _) = asked(conversations, "", "投入了多少？", "然后？")
    with closing(sqlite3.connect(conversations.path)) as connection, connection:
        connection.execute("UPDATE exchanges SET content = X'00', rating = 'x' WHERE id = ?", (first,))
    broken, whole = conversations.open("", address)[1].path()
    assert (broken.question, broken.text, broken.rating) == ("投入了多少？", f"{QUOTE}。", None)
    assert whole.answer is not None


def damaged(path: Path) -> None:
    path.write_bytes(b"no database " * 1000)


def of_another_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("spoil", "what"),
    [(damaged, "damaged"), (of_another_version, "layout 99"), (Path.mkdir, "cannot be used")],
)
def test_a_file_that_cannot_be_used_is_named_in_one_line(
    storage: Path, spoil: Callable[[Path], object], what: str
) -> None:
    conversations = Conversations(storage)
    spoil(conversations.path)
    with pytest.raises(StorageError, match=what) as failed:
        conversations.newest("")
    assert str(conversations.path) in str(failed.value) and "\n" not in str(failed.value)


def test_nothing_is_made_before_something_is_kept(storage: Path) -> None:
    Conversations(storage / "new")
    assert not (storage / "new").exists()


def test_a_long_conversation_opens_at_once(storage: Path) -> None:
    conversations = Conversations(storage)
    address, _ = asked(conversations, "", *map(str, range(200)))
    begun = time.process_time()
    assert len(conversations.open("", address)[1].path()) == 200
    assert time.process_time() - begun < 0.5  # it takes 0.03
