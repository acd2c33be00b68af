"""Conversations as files: Markdown that shows hostile text literally, JSON with every version."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from test_exports import HOSTILE, citation, parsed, shown

from assistant.conversations import Tree
from assistant.exports import conversation_file_name, conversation_markdown, conversation_object
from assistant.records import Answer, AnswerSentence, Filters, Hint, HintKind, Verdict
from assistant.records.conversations import Conversation, Exchange, Rating

HEAD = Conversation("secret-address", "投入了多少？", "2026-11-22T08:00:00", "2026-11-22T09:30:12", 4)


def exchanges(text: str = "投入了多少？") -> list[Exchange]:
    """An answer, a refusal, one that broke off, one that failed; the text stands in every part."""
    line = " ".join(text.split()) or "-"
    told = Answer(
        text,
        f"共投入{line}[1][2]。\n· {line}\n\n{line}",
        Verdict.PARTIAL,
        "llm",
        1.0,
        (citation(1, text, text), citation(2)),
        (AnswerSentence(text, (1,), False),),
        notices=(text,),
        rewritten=text,
    )
    refused = Answer(text, "没有找到。", Verdict.REFUSE, "quoting", 0.1)
    limits, dropped = Filters(companies=(text,), title=text), (Hint(HintKind.COMPANY, text),)
    return [
        Exchange(text, limits, dropped, 1, 0, answer=told, rating=Rating.DOWN, comment=text),
        Exchange("火星呢？", id=2, parent=1, answer=refused, rating=Rating.UP),
        Exchange("然后？", id=3, parent=2, text=text, notices=[text]),
        Exchange("再后？", id=4, parent=3, error=text),
    ]


def structure(text: str) -> Counter[str]:
    """What a reader sees besides paragraphs and their lines, of a conversation that is full of the text."""
    head = Conversation("", text, "", HEAD.changed, 4)
    kinds = Counter(token.type for token in parsed(conversation_markdown(head, exchanges(text))))
    for kind in ("text", "text_special", "hardbreak", "softbreak"):
        kinds.pop(kind, None)
    return kinds


@pytest.mark.parametrize("text", HOSTILE[:-2])
def test_no_text_becomes_markdown(text: str) -> None:
    assert structure(text) == structure("桐州银行发放贷款。")


@pytest.mark.parametrize("text", HOSTILE[-2:])
def test_text_of_several_lines_or_odd_characters_makes_no_heading(text: str) -> None:
    made = structure(text)
    assert made["heading_open"] == structure("贷款")["heading_open"] and not made["table_open"]
    conversation_markdown(HEAD, exchanges(text)).encode()


@pytest.mark.parametrize(
    "answer", ["见[1](http://evil.example)。", "[1]: http://evil.example", "甲[1][2]: x"]
)
def test_a_mark_of_a_source_becomes_no_link(answer: str) -> None:
    told = Answer("问", answer, Verdict.ANSWER, "llm", 1.0, (citation(1), citation(2)))
    markdown = conversation_markdown(HEAD, [Exchange("问", answer=told)])
    assert not {"link_open", "image"} & {token.type for token in parsed(markdown)}
    assert answer.replace(" ", "") in shown(markdown)


def test_a_conversation_reads_well_as_it_is() -> None:
    lines = conversation_markdown(HEAD, exchanges("投入了多少？")).splitlines()
    assert lines[0] == "# 投入了多少？" and lines[2] == "对话 · 2026-11-22 09:30 UTC · 4 个问题"
    for line in (
        "## 1. 投入了多少？",
        "*限定：公司 投入了多少？、标题 投入了多少？*  ",
        "**部分回答**",
        "共投入投入了多少？[1][2]。",
        "- 投入了多少？",
        "评价：没用 — 投入了多少？",
        "### 来源",
        "**[2]** 年度公报 · 桐州日报 · 2021-03-01 · 第 2 页 · 公报.txt · 同文另见：副本.txt",
        "> 桐州银行发放贷款3.5亿元。",
        "**资料中没有答案**",
        "*已停止*",
        "*未能回答：投入了多少？*",
    ):
        assert line in lines, line
    english = conversation_markdown(HEAD, exchanges(), "en")
    assert "Conversation · 2026-11-22 09:30 UTC · 4 questions" in english and "### Sources" in english
    assert HEAD.id not in english


def test_json_holds_every_version_and_says_which_are_shown() -> None:
    tree = Tree([*exchanges(), Exchange("另一个说法", id=5, parent=1, answer=exchanges()[0].answer)])
    value = json.loads(json.dumps(conversation_object(HEAD, tree)))
    assert value["shown"] == [1, 5] and [e["id"] for e in value["exchanges"]] == [1, 2, 3, 4, 5]
    first = value["exchanges"][0]
    assert first["filters"] == {"companies": ["投入了多少？"], "title": "投入了多少？"}
    assert (first["rating"], first["comment"]) == ("down", "投入了多少？")
    assert first["answer"]["verdict"] == "partial" and first["answer"]["rewritten"] == "投入了多少？"
    source = first["answer"]["citations"][1]
    assert (source["document"], source["page"], source["start"], source["end"]) == ("公报.txt", 2, 0, 14)
    assert value["exchanges"][2]["text"] and value["exchanges"][3]["error"]
    assert HEAD.id not in json.dumps(value)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("投入了多少？", "投入了多少？.md"),
        ('a/b\\c:d*e?f"g<h>i|j\x00k', "a b c d e f g h i j\ufffdk.md"),
        ("../../etc/passwd", "etc passwd.md"),
        ("con", "_con.md"),
        (" ... ", "conversation.md"),
        ("长" * 200, "长" * 60 + ".md"),
    ],
)
def test_a_file_name_is_safe_everywhere(title: str, name: str) -> None:
    assert conversation_file_name(Conversation("", title, "", "", 0), "md") == name
