"""Questions about an article itself are answered by the line that states it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from plain_text import parse

from assistant.answering.bylines import Line, find_line
from assistant.answering.understanding.question import understand
from assistant.passages import split
from assistant.records import Passage, ScoredPassage

PAGES = {
    "plateau.txt": "青海联通把网络修到高原牧区\n2021-06-15  高原晨报  记者 孟繁星\n\n"
    "青海联通在玉树新建基站215个，惠及牧民。\n",
    "islands.txt": "福建電信守護漁村平安\n2021年7月3日  海峽時報  林書瑤\n\n福建電信為漁村裝上廣播。\n",
    "notice.txt": "关于冬季供暖的说明\n\n供暖从十一月十五日开始，管道已检修完毕，请各户留人。\n",
}


def passages(document: str) -> Sequence[Passage]:
    return split(document, parse(PAGES[document]), 320)


def line(question: str) -> Line | None:
    found = [ScoredPassage(p, 0.0, None, None) for document in PAGES for p in passages(document)]
    return find_line(understand(question, 200), found, passages)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("青海联通修网络的文章作者是谁？", "孟繁星"),
        ("《青海联通把网络修到高原牧区》是哪家报纸发表的？", "高原晨报"),
        ("高原牧区那篇报道是哪天发表的？", "2021-06-15"),
        ("新建基站惠及牧民的报道标题是什么？", "青海联通把网络修到高原牧区"),
        ("福建电信渔村报道的作者是谁？", "林書瑤"),
        ("福建電信漁村那篇報道登在哪家報紙？", "海峽時報"),
    ],
)
def test_the_value_is_found_in_its_line_in_the_script_it_was_written_in(question: str, value: str) -> None:
    found = line(question)
    assert found is not None and found.value is not None
    assert found.text[slice(*found.value)] == value


def test_a_date_written_out_is_found_as_a_line() -> None:
    found = line("福建电信渔村那篇报道是什么时候发表的？")
    assert found is not None
    assert found.text == "2021年7月3日  海峽時報  林書瑤"
    assert found.value is None


def test_the_line_is_verbatim_text_of_its_document() -> None:
    found = line("青海联通修网络的文章作者是谁？")
    assert found is not None
    clean = parse(PAGES[found.passage.document]).clean.text
    assert clean[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "question",
    [
        "冬季供暖说明的作者是谁？",
        "四川联通那篇文章的作者是谁？",
        "红烧肉做法的文章作者是谁？",
        "青海联通新建基站多少个？",
        "这篇文章的作者是谁？",
    ],
)
def test_what_no_line_states_is_none(question: str) -> None:
    assert line(question) is None


def test_a_question_that_names_no_article_means_the_only_one() -> None:
    found = [ScoredPassage(p, 0.0, None, None) for p in passages("plateau.txt")]
    meant = find_line(understand("这篇文章的作者是谁？", 200), found, passages)
    assert meant is not None and meant.value is not None
    assert meant.text[slice(*meant.value)] == "孟繁星"


def test_nothing_found_is_none() -> None:
    assert find_line(understand("文章作者是谁？", 200), [], passages) is None
