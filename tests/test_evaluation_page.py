"""The evaluation page on the real service and a small corpus, through Streamlit's own test harness."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from endpoint import closed_url
from streamlit.testing.v1 import AppTest
from ui_making import Reader, hostile_texts, ingested

from assistant.errors import IndexMismatchError, QuestionError
from assistant.evaluation.metrics import groups
from assistant.evaluation.questions import parse_questions
from assistant.evaluation.reporting import to_json
from assistant.hosting import host, shared
from assistant.hosting.evaluations import MOST_QUESTIONS, Evaluations, Run
from assistant.records import Answer, Turn, Verdict
from assistant.records.conversations import Exchange, Rating
from assistant.records.evaluation import (
    EvaluationOptions,
    FoundPassage,
    Outcome,
    Question,
    QuestionSet,
    RowResult,
)
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.ui.evaluation import setup as evaluation_setup
from assistant.ui.evaluation.detail import earlier_turns, expected_html, head_html, passages_html
from assistant.ui.evaluation.plots import depths_spec, kinds_spec, latency_spec, scores_spec
from assistant.ui.evaluation.rows import CLASSES, class_of
from assistant.ui.words.chinese import CHINESE
from assistant.ui.words.languages import LANGUAGES

CORPUS = {
    "poverty.txt": (
        "浙江联通扶贫纪实\n\n2020年7月15日 晨光日报 记者 李明\n\n"
        "浙江联通今年投入扶贫预算资金280万元。公司在12个乡镇新建基站36座。"
        "全年帮助贫困户销售农产品147万元。\n"
    ),
    "network.txt": (
        "四川移动网络建设提速\n\n2021年3月2日 远山晚报 记者 王芳\n\n"
        "四川移动今年建成5G基站1200座，投资9亿元。用户满意度达到98.5%。\n"
    ),
}
QUESTIONS = (
    "id,question,keywords,kind,documents,answerable\n"
    "a,浙江联通投入了多少扶贫预算资金？,280万元,数字,poverty.txt,true\n"
    "b,四川移动建成多少座5G基站？,1200座;3000座,数字,network.txt,true\n"
    "c,浙江联通的股价是多少？,,无答案,,false\n"
)
PAGE = (
    "from assistant.ui.evaluation import page as evaluation_page\nfrom assistant.hosting import host\n"
    "from assistant.ui.words.chinese import CHINESE\nevaluation_page.draw(host(), CHINESE)\n"
)
ONCE = EvaluationOptions()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of an index of the small corpus, for reading only."""
    return ingested(tmp_path_factory.mktemp("evaluation"), CORPUS)


@pytest.fixture
def assistant(corpus: Settings) -> Iterator[Assistant]:
    with Assistant.open(corpus) as opened:
        yield opened


@pytest.fixture
def page(corpus: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], AppTest]]:
    """Opens the page as one more browser session of the same server."""
    given = {"STORAGE": str(corpus.storage), "SEEDS": str(corpus.seeds), "EMBEDDER": "none"}
    for name, value in given.items():
        monkeypatch.setenv(f"ASSISTANT_{name}", value)
    monkeypatch.setenv("OPENAI_BASE_URL", "")
    yield lambda: run(AppTest.from_string(PAGE, default_timeout=120))
    shared().close()


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def html(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


def upload(page: AppTest, text: str, name: str = "questions.csv", key: str = "evaluation_file") -> AppTest:
    page.file_uploader(key=key).set_value((name, text.encode(), "text/plain"))
    return run(page)


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click()
    return run(page)


def evaluated(page: AppTest, text: str = QUESTIONS) -> AppTest:
    """The page after a whole run over some questions."""
    press(upload(page, text), "evaluation_start")
    wait(host().evaluations)
    return run(page)


def wait(evaluations: Evaluations) -> None:
    for _ in range(6000):
        if evaluations.running is None:
            return
        time.sleep(0.02)
    raise AssertionError("the evaluation did not end")


def card(page: AppTest, label: str) -> str:
    found = re.search(rf"<span>{re.escape(label)}</span><b>([^<]*)</b>", html(page))
    assert found, f"no card {label}"
    return found[1]


def many(count: int) -> QuestionSet:
    lines = [
        json.dumps({"id": str(n), "question": f"浙江联通投入了多少扶贫预算资金{n}？"}) for n in range(count)
    ]
    return parse_questions("\n".join(lines).encode(), "many.jsonl")


def test_a_question_file_is_asked_and_its_figures_are_shown(page: Callable[[], AppTest]) -> None:
    shown = evaluated(page())
    assert (card(shown, "答对"), card(shown, "无答案时拒答")) == ("50.0%", "100.0%")
    assert card(shown, "关键词命中") == "75.0%"
    assert card(shown, "比赛得分") == "–"
    rows = shown.dataframe[0].value
    assert list(rows["编号"]) == ["a", "b", "c"]
    assert list(rows["结果"]) == ["✓ 答对", "✗ 答错", "✓ 正确拒答"]
    assert list(rows["关键词"])[:2] == ["1/1", "1/2"]


def test_the_list_is_narrowed_by_outcome_kind_and_words(page: Callable[[], AppTest]) -> None:
    shown = evaluated(page())
    shown.pills(key="evaluation_outcome").set_value("wrong")
    assert list(run(shown).dataframe[0].value["编号"]) == ["b"]
    shown.pills(key="evaluation_outcome").set_value("all")
    shown.multiselect(key="evaluation_kind").set_value(["无答案"])
    assert list(run(shown).dataframe[0].value["编号"]) == ["c"]
    shown.text_input(key="evaluation_search").set_value("5G")
    assert not run(shown).dataframe
    shown.multiselect(key="evaluation_kind").set_value([])
    assert list(run(shown).dataframe[0].value["编号"]) == ["b"]


def test_a_question_shows_what_it_lacks_what_was_found_and_opens_its_source(
    page: Callable[[], AppTest],
) -> None:
    shown = press(evaluated(page()), "evaluation_step-1")
    assert shown.selectbox(key="evaluation_question").value == 1
    body = html(shown)
    assert '<span class="chip found">1200座<i>✓ 有</i></span>' in body
    assert '<span class="chip missing">3000座<i>✗ 缺</i></span>' in body
    assert '<span class="number">1</span>四川移动网络建设提速' in body
    press(shown, "source-1-1")
    assert any("<mark>" in body and "远山晚报" in body for body in [html(shown)])


def test_a_bad_file_is_said_by_line_and_cannot_be_started(page: Callable[[], AppTest]) -> None:
    shown = upload(page(), "id,question,keyword_weight\n1,甲？,0.5\n2,乙？,much\n")
    assert "line 3" in shown.error[0].value
    assert shown.button(key="evaluation_start").disabled
    shown.file_uploader(key="evaluation_file").clear()
    assert not run(shown).error


def test_without_answers_only_the_search_is_measured(page: Callable[[], AppTest]) -> None:
    shown = page()
    shown.toggle(key="evaluation_retrieval_only").set_value(True)
    shown = evaluated(run(shown))
    assert (card(shown, "答对"), card(shown, "引文核实"), card(shown, "用时 p50 / p95")) == ("–", "–", "–")
    assert card(shown, "段落召回@5") == "75.0%"
    assert "没有作答" in html(shown)


def test_another_session_sees_the_run_and_can_compare_it(page: Callable[[], AppTest]) -> None:
    evaluated(page())
    shown = page()
    assert card(shown, "答对") == "50.0%"
    report = host().evaluations.runs[0].report
    assert report is not None
    worse = tuple(
        replace(line, scores={**line.scores, "keyword_share": 0.0}) if line.id == "a" else line
        for line in report.lines
    )
    shown.selectbox(key="evaluation_against").set_value(-1)
    upload(run(shown), to_json(replace(report, lines=worse)), "earlier.json", "evaluation_earlier_file")
    assert "变好 1 · 变差 0" in html(shown)
    shown.pills(key="evaluation_outcome").set_value("better")
    assert list(run(shown).dataframe[0].value["之前 → 现在"]) == ["0% → 100%"]


def test_what_is_no_report_is_said_and_compared_with_nothing(page: Callable[[], AppTest]) -> None:
    shown = evaluated(page())
    shown.selectbox(key="evaluation_against").set_value(-1)
    upload(run(shown), "{}", "other.json", "evaluation_earlier_file")
    assert "other" in shown.error[0].value
    assert card(shown, "答对") == "50.0%"


def test_the_sample_questions_beside_the_product_can_be_read(page: Callable[[], AppTest]) -> None:
    shown = page()
    shown.segmented_control(key="evaluation_source").set_value(evaluation_setup.samples()[0])
    assert not run(shown).error
    assert not shown.button(key="evaluation_start").disabled


def test_answers_that_were_rated_in_the_chat_are_asked_again(page: Callable[[], AppTest]) -> None:
    shown = page()
    shown.segmented_control(key="evaluation_source").set_value("rated")
    assert CHINESE.evaluation.rated_none in html(run(shown))
    assert shown.button(key="evaluation_start").disabled
    kept, exchange = host().conversations, Exchange("浙江联通投入了多少扶贫预算资金？")
    exchange.answer = host().assistant.ask(exchange.question)
    talk = kept.start("", exchange.question).id
    kept.keep("", talk, exchange)
    kept.rate("", talk, exchange, Rating.UP)
    press(run(shown), "evaluation_start")
    wait(host().evaluations)
    begun = host().evaluations.runs[0]
    assert [row.outcome for row in begun.rows] == [Outcome.RIGHT]
    assert begun.owner == ""


def test_an_evaluation_of_what_somebody_rated_is_seen_by_nobody_else(page: Callable[[], AppTest]) -> None:
    evaluations = host().evaluations
    for owner in (None, "", "wang"):
        evaluations.start(many(1), ONCE, owner)
        wait(evaluations)
    assert [begun.number for begun in evaluations.seen_by("wang")] == [3, 1]
    assert [line[:2] for line in run(page()).selectbox(key="evaluation_run").options] == ["#2", "#1"]


def test_a_stopped_run_keeps_its_rows_and_goes_on_from_there(assistant: Assistant) -> None:
    evaluations = Evaluations(assistant)
    begun = evaluations.start(many(150), ONCE)
    with pytest.raises(QuestionError):
        evaluations.start(many(1), ONCE)
    while not begun.rows:
        time.sleep(0.01)
    evaluations.stop()
    wait(evaluations)
    done = tuple(begun.rows)
    assert 0 < len(done) < 150 and begun.report is not None and not begun.report.is_whole
    evaluations.resume(begun)
    wait(evaluations)
    assert [row.question.id for row in begun.rows] == [str(n) for n in range(150)]
    assert all(a is b for a, b in zip(begun.rows, done, strict=False))
    assert begun.report.is_whole and begun.failure is None


def test_a_stopped_page_offers_to_go_on(page: Callable[[], AppTest]) -> None:
    shown = page()
    begun = host().evaluations.start(many(3000), ONCE)
    while not begun.rows:
        time.sleep(0.01)
    assert "已完成" in html(run(shown))
    press(shown, "evaluation_stop")
    wait(host().evaluations)
    assert "这次评测停在第" in html(run(shown))
    press(shown, "evaluation_resume")
    assert host().evaluations.running is begun


def test_a_run_is_not_continued_on_another_index(corpus: Settings, tmp_path: Path) -> None:
    shutil.copytree(corpus.storage, tmp_path / "storage")
    added = tmp_path / "added.txt"
    added.write_text("贵州铁塔新建基站5座。\n", encoding="utf-8")
    with Assistant.open(replace(corpus, storage=tmp_path / "storage")) as assistant:
        evaluations = Evaluations(assistant)
        begun = evaluations.start(many(150), ONCE)
        evaluations.stop()
        wait(evaluations)
        assistant.ingest([added])
        assert begun.report is not None
        with pytest.raises(IndexMismatchError):
            evaluations.resume(begun)


def test_what_cannot_be_run_ends_with_its_reason_and_frees_the_place(assistant: Assistant) -> None:
    evaluations = Evaluations(assistant)
    begun = evaluations.start(many(2), replace(ONCE, engine="llm"))
    wait(evaluations)
    assert begun.failure and "OPENAI_BASE_URL" in begun.failure
    assert not begun.rows and begun.report is None
    evaluations.start(many(2), ONCE)
    wait(evaluations)


def test_only_so_many_rows_are_kept_and_taken(assistant: Assistant) -> None:
    evaluations = Evaluations(assistant, kept_rows=5)
    for _ in range(3):
        evaluations.start(many(2), ONCE)
        wait(evaluations)
    assert [kept.number for kept in evaluations.runs] == [3, 2]
    with pytest.raises(QuestionError, match="evaluate"):
        evaluations.start(many(MOST_QUESTIONS + 1), ONCE)


def row(text: str) -> RowResult:
    """A question and a passage that consist of one text."""
    question = Question(1, text, text, ((text, "x"),), text, (text,), documents=(text,), kind=text)
    found = FoundPassage(text, text, 3, 0, 1, text, 0.5, (0,), True)
    return RowResult(question, Outcome.WRONG, has=(True,), passages=(found,))


@pytest.mark.parametrize("draw", [head_html, expected_html, passages_html])
def test_what_questions_and_passages_hold_is_shown_as_it_is_written(draw: Callable[..., str]) -> None:
    def tags(text: str) -> set[tuple[str, tuple[str, ...]]]:
        turns = ([(text, text)],) if draw is head_html else ()
        return set(Reader(draw(row(text), *turns, CHINESE)).tags)

    harmless = tags("投入280万元。") | {("mark", ())}
    assert all(tags(text) <= harmless for text in hostile_texts(60))


def test_what_was_said_before_a_question_of_a_conversation_stands_above_it() -> None:
    rows = [
        RowResult(Question(n, str(n), f"问{n}", conversation=name), Outcome.RIGHT, plain=f"答{n}")
        for n, name in enumerate(["x", "y", "x", ""])
    ]
    assert earlier_turns(rows, 2) == [("问0", "答0")]
    assert earlier_turns(rows, 3) == []
    given = replace(rows[2], question=replace(rows[2].question, history=(Turn("先", "前"),)))
    assert earlier_turns([*rows[:2], given], 2) == [("先", "前"), ("问0", "答0")]


def test_an_answer_that_could_not_be_judged_keeps_its_outcome() -> None:
    answer = Answer("问", "答", Verdict.ANSWER, "quoting", 0.1)
    judged = RowResult(Question(1, "1", "问"), Outcome.RIGHT, answer, failure="not judged: 401")
    assert class_of(judged) == "right"
    assert class_of(replace(judged, answer=None, outcome=Outcome.UNGRADED)) == "failed"


def test_an_answer_is_shown_below_what_kept_it_from_being_judged(
    page: Callable[[], AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", closed_url())
    monkeypatch.setenv("OPENAI_MODEL", "none")
    shown = page()
    shown.segmented_control(key="evaluation_engine").set_value("quoting")
    shown.toggle(key="evaluation_judge").set_value(True)
    shown = evaluated(run(shown))
    assert list(shown.dataframe[0].value["结果"]) == ["✓ 答对", "✗ 答错", "✓ 正确拒答"]
    assert shown.error[0].value.startswith("没有评判：无法连接模型服务")
    assert "<strong>280万元</strong>" in html(shown)


def test_the_pictures_show_every_row_and_nothing_where_there_is_nothing(assistant: Assistant) -> None:
    evaluations = Evaluations(assistant)
    begun = evaluations.start(parse_questions(QUESTIONS.encode(), "q.csv"), ONCE)
    wait(evaluations)
    report = begun.report
    assert report is not None
    kinds = kinds_spec(begun.rows, CHINESE)
    assert {(bar["kind"], bar["outcome"], bar["count"]) for bar in kinds["data"]["values"]} == {
        ("数字", "答对", 1),
        ("数字", "答错", 1),
        ("无答案", "正确拒答", 1),
    }
    scores = scores_spec(begun.rows, "keyword_share", CHINESE)
    depths = depths_spec(report.metrics, CHINESE)
    assert scores and [value["score"] for value in scores["data"]["values"]] == [1.0, 0.5]
    assert depths and {value["depth"] for value in depths["data"]["values"]} == {1, 3, 5, 10}
    assert latency_spec(report.run.seconds, CHINESE)
    assert not latency_spec([None], CHINESE) and not scores_spec(begun.rows, "f1", CHINESE)


def test_of_very_many_kinds_the_rare_ones_share_a_bar() -> None:
    kinds = [*"甲" * 3, *map(str, range(60))]
    rows = [RowResult(Question(n, str(n), "问", kind=kind), Outcome.WRONG) for n, kind in enumerate(kinds)]
    bars = {bar["kind"]: bar["count"] for bar in kinds_spec(rows, CHINESE)["data"]["values"]}
    assert bars["甲"] == 3
    assert bars["…"] == len(kinds) - sum(count for kind, count in bars.items() if kind != "…") > 1


def test_the_time_left_follows_the_speed_so_far() -> None:
    begun = Run(1, many(10), ONCE)
    begun.begin()
    assert begun.seconds_left is None
    begun.rows += [row("甲")] * 5
    assert begun.seconds_left is not None and 0 <= begun.seconds_left < 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_metric_and_outcome_has_a_name_for_the_reader(language: str) -> None:
    words = LANGUAGES[language].evaluation
    headings = groups(ONCE.ks)
    assert headings.keys() == words.groups.keys()
    assert {n.partition("@")[0] for names in headings.values() for n in names} == words.metrics.keys()
    assert set(CLASSES) == words.classes.keys()
    assert words.metric_name("passage_recall@5").endswith("@5")
