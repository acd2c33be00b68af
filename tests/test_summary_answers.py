"""Summaries and comparisons as answers in a talk: from the question to the lines, and on to what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import flow_corpus
import pytest
from endpoint import Json, Script, closed_url, serve

from assistant.briefing.requests.answers import Answers
from assistant.briefing.requests.request import Request, RequestKind
from assistant.records import Answer, Citation, Delta, Filters, Hint, HintKind, Notice, Turn, Verdict
from assistant.records.briefings import (
    Branch,
    Briefing,
    Bullet,
    Comparison,
    Conflict,
    ConflictKind,
    Coverage,
    Figure,
    FigureRow,
    Reading,
    Theme,
    ThemeRow,
)
from assistant.service import Assistant
from assistant.settings import Endpoint, Settings


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    place: Path = tmp_path_factory.mktemp("summaries")
    with Assistant.open(Settings(storage=place / "storage", embedder="none")) as opened:
        opened.ingest([flow_corpus.write(place / "corpus")])
        yield opened


def talk(assistant: Assistant, *questions: str) -> list[Answer]:
    answers: list[Answer] = []
    for question in questions:
        history = [Turn(answer.question, answer.text) for answer in answers]
        answers.append(assistant.ask(question, history))
    return answers


def citation(n: int) -> Citation:
    return Citation(n, "a.txt", "甲", "2021", "乙", None, f"原文{n}", 0, 3, 0, 3)


def briefing() -> Briefing:
    bullets = [Bullet(f"第{n}件事完成了。", (n,), "青海联通") for n in range(1, 9)]
    return Briefing(
        company="青海联通",
        engine="quoting",
        headline=(bullets[0],),
        themes=(
            Theme("网络", tuple(bullets[:6])),
            Theme("集团", (Bullet("投入一亿元。", (9,), "中国联通", grounded=False),)),
            *(Theme(f"其他{n}", (bullets[6],)) for n in range(6)),
        ),
        figures=(
            Figure("牧民", "1.6", "万户", "2020", (10,), "青海联通", "1.6万户"),
            Figure("大事", "8", "件", "", (8,), "青海联通", "第8件"),
            Figure("投入", "一亿", "元", "", (9,), "中国联通", "一亿元"),
        ),
        timeline=(),
        conflicts=(
            Conflict(
                "干部",
                ConflictKind.DISAGREEMENT,
                (
                    Reading("18", "名", "2019", "2020-01-01", "18名", (11,)),
                    Reading("20", "名", "", "2020-02-02", "20名", (12,)),
                ),
            ),
            Conflict("基站", ConflictKind.CHANGE, ()),
        ),
        coverage=Coverage(2, 30, 12, 1),
        citations=tuple(citation(n) for n in range(1, 13)),
        branches=(Branch("玉树联通", 3),),
    )


SUMMARY = Request(RequestKind.SUMMARY, ("青海联通",))


def test_a_short_version_says_the_first_points_of_the_first_themes_and_numbers_its_sources_anew() -> None:
    answer = Answers(SUMMARY, "请总结青海联通", "zh").of_briefing(briefing())
    assert answer.text.splitlines()[:10] == [
        "青海联通概要",
        "通读 2 份资料中讲它的全部 30 段。",
        "",
        "· 第1件事完成了[1]。",
        "",
        "网络",
        "· 第2件事完成了[2]。",
        "· 第3件事完成了[3]。",
        "",
        "集团",
    ]
    assert "集团\n· 投入一亿元[4]。（中国联通）" in answer.text
    assert "关键数据\n· 牧民：1.6万户（2020）[6]\n· 大事：第8件[7]\n" in answer.text
    assert "说法不一\n· 干部：18名（2019）[8]；20名（2020-02-02 发布）[9]" in answer.text
    assert answer.text.endswith("下属 1 家：玉树联通。要一并概括，请问“总结青海联通，包括分公司”。")
    assert [c.quote for c in answer.citations[:5]] == ["原文1", "原文2", "原文3", "原文9", "原文7"]
    assert [s.text for s in answer.sentences if not s.grounded] == ["投入一亿元。"]
    assert answer.briefing
    assert answer.briefing.citations == answer.citations
    assert len(answer.briefing.themes) <= 6


def test_a_question_in_traditional_characters_is_answered_in_them() -> None:
    answer = Answers(SUMMARY, "請總結青海聯通", "zh").of_briefing(briefing())
    assert answer.text.startswith("青海聯通概要\n通讀 2 份資料中講它的全部 30 段。")


def test_a_comparison_says_of_each_company_what_it_does_on_the_themes_that_several_share() -> None:
    one, two = Bullet("建了基站。", (1,), "青海联通"), Bullet("建了铁塔。", (3,), "福建电信")
    figure = Figure("基站", "215", "个", "2020", (2,), "青海联通")
    answer = Answers(Request(RequestKind.COMPARISON, ()), "对比", "zh").of_comparison(
        Comparison(
            companies=("青海联通", "福建电信"),
            themes=(ThemeRow("网络", ((one,), (two,))), ThemeRow("夜校", ((one,), ()))),
            figures=(
                FigureRow("基站", ((figure,), (replace(figure, value="86", citations=(4,)),))),
                FigureRow("渔船", ((), (figure,))),
            ),
            coverages=(Coverage(1, 2, 1, 0), Coverage(1, 3, 1, 0)),
            citations=tuple(citation(n) for n in range(1, 5)),
        )
    )
    assert answer.text.split("\n\n") == [
        "青海联通、福建电信对比",
        "· 青海联通：通读 1 份资料中讲它的全部 2 段。\n· 福建电信：通读 1 份资料中讲它的全部 3 段。",
        "网络\n· 青海联通：建了基站[1]。\n· 福建电信：建了铁塔[2]。",
        "指标对照\n· 基站：青海联通 215个（2020）[3]；福建电信 86个（2020）[4]",
    ]
    assert [c.quote for c in answer.citations] == ["原文1", "原文3", "原文2", "原文4"]


def test_a_summary_is_streamed_as_it_will_stand_and_every_line_of_it_is_grounded(
    assistant: Assistant,
) -> None:
    *pieces, answer = assistant.ask_stream("请总结青海联通")
    assert isinstance(answer, Answer)
    assert "".join(piece.text for piece in pieces if isinstance(piece, Delta)) == answer.text
    assert answer.verdict is Verdict.ANSWER
    assert answer.hints == (Hint(HintKind.COMPANY, "青海联通"),)
    assert answer.briefing
    assert "215个" in answer.text
    assert "7300" not in answer.text
    for sentence in answer.sentences:
        assert sentence.grounded
        assert set(sentence.citations) <= {c.n for c in answer.citations}


def test_companies_are_compared_side_by_side(assistant: Assistant) -> None:
    [answer] = talk(assistant, "对比青海联通和福建电信")
    assert answer.comparison
    assert answer.comparison.companies == ("青海联通", "福建电信")
    assert [hint.value for hint in answer.hints] == ["青海联通", "福建电信"]


def test_a_question_behind_a_summary_stays_on_its_company(assistant: Assistant) -> None:
    summary, invested, pronoun, other = talk(
        assistant, "请总结青海联通", "2019年投入了多少建设资金？", "它新建了多少4G基站？", "福建电信呢？"
    )
    assert summary.briefing
    assert "1,850万元" in invested.text
    assert invested.rewritten.startswith("青海联通")
    assert "215个" in pronoun.text
    assert not other.briefing


def test_what_is_not_said_of_the_company_summed_up_is_not_answered_from_another(assistant: Assistant) -> None:
    _, answer = talk(assistant, "请总结海南移动", "总共投入了多少建设资金？")
    assert answer.verdict is Verdict.REFUSE


def test_a_question_behind_a_comparison_is_asked_of_both(assistant: Assistant) -> None:
    _, *answers = talk(assistant, "对比青海联通和福建电信", "2020年投入了多少建设资金？", "投入了多少？")
    for answer in answers:
        assert "3,200万元" in answer.text
        assert "4700万元" in answer.text


def test_another_company_behind_a_summary_is_summed_up(assistant: Assistant) -> None:
    _, answer = talk(assistant, "请总结青海联通", "那海南移动呢？")
    assert answer.briefing
    assert answer.briefing.company == "海南移动"
    assert answer.rewritten == "海南移动概要"


def test_a_company_that_nothing_is_said_of_is_refused(assistant: Assistant) -> None:
    for question in ("请总结华夏银行", "请总结东方航空", "对比青海联通和华夏银行"):
        [answer] = talk(assistant, question)
        assert (answer.verdict, answer.briefing, answer.comparison) == (Verdict.REFUSE, None, None)


def test_a_topic_on_which_little_is_said_is_searched_for(assistant: Assistant) -> None:
    [answer] = talk(assistant, "总结青海联通的远程门诊")
    assert answer.briefing is None
    assert "远程门诊" in answer.text


def test_filters_limit_what_is_summed_up(assistant: Assistant) -> None:
    whole = assistant.ask("请总结青海联通")
    none = assistant.ask("请总结青海联通", filters=Filters(documents=("farms.txt",)))
    assert whole.briefing
    assert (none.verdict, none.briefing) == (Verdict.REFUSE, None)


def test_a_dropped_company_is_not_summed_up(assistant: Assistant) -> None:
    dropped = [Hint(HintKind.COMPANY, "福建电信")]
    answer = assistant.ask("总结青海联通和福建电信", dropped=dropped)
    assert answer.briefing
    assert answer.briefing.company == "青海联通"


def opened(storage: Path, base_url: str, context_tokens: int = 8000) -> Assistant:
    chat = Endpoint(base_url, "scripted")
    settings = Settings(
        storage=storage, embedder="none", chat=chat, timeout=60.0, context_tokens=context_tokens
    )
    return Assistant.open(settings)


def rewritten(request: Json) -> Script:
    lines = re.findall(r"^\[(\d+)\] (.*)[。.]$", request["messages"][1]["content"], re.M)
    return Script(tuple(f"归纳起来，{text}[{n}]。\n" for n, text in lines), usage=True)


def test_a_model_replaces_what_was_quoted_at_first(assistant: Assistant) -> None:
    with serve(Script()) as endpoint, opened(assistant.settings.storage, endpoint.base_url) as writing:
        endpoint.chat = rewritten
        items = list(writing.ask_stream("请总结青海联通"))
    notices = [at for at, item in enumerate(items) if isinstance(item, Notice)]
    [first, answer] = [*notices, items[-1]]
    assert isinstance(answer, Answer)
    assert answer.engine == "llm"
    assert answer.tokens.completion > 0
    assert "归纳起来" in answer.text
    assert "归纳起来" not in "".join(item.text for item in items[:first] if isinstance(item, Delta))
    assert "".join(item.text for item in items[first:] if isinstance(item, Delta)) == answer.text


def test_a_model_that_is_given_more_room_is_asked_anew(assistant: Assistant) -> None:
    asked: list[int] = []

    def chat(request: Json) -> Script:
        asked[-1] += 1
        return rewritten(request)

    with serve(Script()) as endpoint:
        endpoint.chat = chat
        for tokens in (8000, 8000, 16_000):
            asked.append(0)
            with opened(assistant.settings.storage, endpoint.base_url, tokens) as writing:
                assert writing.summarize("海南移动").engine == "llm"
    first, again, with_more = asked
    assert first
    assert not again
    assert with_more


def test_an_endpoint_that_is_down_leaves_the_quoted_summary_and_says_so(assistant: Assistant) -> None:
    with opened(assistant.settings.storage, closed_url()) as failing:
        answer = failing.ask("请总结海南移动")
    assert (answer.engine, answer.verdict) == ("quoting", Verdict.ANSWER)
    assert answer.notices
    assert "640人次" in answer.text
