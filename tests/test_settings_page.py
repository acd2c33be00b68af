"""The page of the settings on the real service, a small corpus and a scripted endpoint."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest
from endpoint import FakeEndpoint, Script, serve
from streamlit.testing.v1 import AppTest
from ui_making import Reader, hostile_texts, ingested

from assistant.doctor.lines import LINES
from assistant.errors import SettingsError
from assistant.evaluation.questions import parse_questions
from assistant.hosting import host, shared
from assistant.records import Check
from assistant.records.conversations import Exchange, Rating
from assistant.records.endpoints import EndpointKind, EndpointTrial, TrialOutcome
from assistant.records.evaluation import EvaluationOptions
from assistant.setting_values import Origin, SettingValue
from assistant.settings import Endpoint, Settings, in_file
from assistant.ui.settings.health import checks_html, finding
from assistant.ui.settings.setting_list import values_html
from assistant.ui.settings.trials import trial_line
from assistant.ui.words.chinese import CHINESE
from assistant.ui.words.languages import LANGUAGES

CORPUS = {"a.txt": "浙江联通扶贫纪实\n\n2020年7月15日 晨光日报\n\n浙江联通今年投入扶贫预算资金280万元。\n"}
PAGE = (
    "from assistant.ui.settings import page as settings_page\nfrom assistant.hosting import host\n"
    "from assistant.ui.words.chinese import CHINESE\nsettings_page.draw(host(), CHINESE)\n"
)
KEY = "sk-very-secret"
QUESTION = "浙江联通投入了多少扶贫预算资金？"
Start = Callable[..., AppTest]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return ingested(tmp_path_factory.mktemp("settings"), CORPUS)


@pytest.fixture
def fake() -> Iterator[FakeEndpoint]:
    with serve(Script(pieces=("投入280万元。[1]",))) as running:
        yield running


@pytest.fixture
def start(corpus: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Opens the page; keyword arguments are further settings."""

    def run(**settings: str) -> AppTest:
        given = {"STORAGE": str(corpus.storage), "SEEDS": str(corpus.seeds), "EMBEDDER": "none"}
        named = {f"ASSISTANT_{name}": value for name, value in given.items()}
        for name, value in (named | settings).items():
            monkeypatch.setenv(name, value)
        page = AppTest.from_string(PAGE, default_timeout=120).run()
        assert not page.exception
        host().health.wait(60)
        return page.run()

    yield run
    shared().close()


def html(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


def said(page: AppTest) -> str:
    """The boxes of the page, without the escapes of Markdown."""
    boxes = (*page.success, *page.error, *page.warning)
    return "\n".join(re.sub(r"[\\\u2060]", "", box.value) for box in boxes)


def press(page: AppTest, name: str) -> AppTest:
    page.button(key=f"settings_{name}").click().run()
    assert not page.exception
    return page


def fill(page: AppTest, address: str, model: str = "scripted", key: str = KEY) -> AppTest:
    for part, value in (("address", address), ("model", model), ("key", key)):
        page.text_input(key=f"settings_{part}-chat").set_value(value)
    return page


def test_the_page_tells_what_runs_and_that_it_is_well(start: Start, corpus: Settings) -> None:
    page = start()
    text = Reader(html(page)).text
    for part in ("摘录原文，不使用大模型", "1 份，2 段", str(corpus.storage), "仅限本机", "全部正常"):
        assert part in text
    assert "http://localhost:8501/v1" in page.code[0].value
    assert "未设置（ASSISTANT_API_KEYS）" in text


def test_what_is_wrong_is_told_and_looked_at_again_on_demand(start: Start, fake: FakeEndpoint) -> None:
    fake.script = Script(status=401)
    page = start(OPENAI_BASE_URL=fake.base_url, OPENAI_MODEL="scripted", OPENAI_API_KEY=KEY)
    assert "1 项需要处理" in html(page)
    assert "拒绝了密钥（HTTP 401）" in html(page)
    fake.script = Script()
    press(page, "check")
    host().health.wait(60)
    assert "全部正常" in html(page.run())


def test_an_endpoint_is_tested_with_the_key_typed_in(start: Start, fake: FakeEndpoint) -> None:
    page = press(fill(start(), fake.base_url), "test")
    assert "可用" in said(page)
    assert fake.headers[-1]["Authorization"] == f"Bearer {KEY}"
    assert not Path(".env").exists()
    assert host().settings.chat is None


def test_a_wrong_address_is_mended_and_a_model_chosen_from_the_list(start: Start, fake: FakeEndpoint) -> None:
    page = press(fill(start(), fake.base_url.removesuffix("/v1"), "other"), "test")
    assert "没有这个接口（HTTP 404）" in said(page)
    press(page, "use_address")
    press(page, "list")
    page.selectbox(key="settings_choice-chat").select("scripted").run()
    assert page.text_input(key="settings_model-chat").value == "scripted"
    assert "可用" in said(press(page, "test"))


def test_what_is_saved_answers_the_next_question_and_the_next_start(start: Start, fake: FakeEndpoint) -> None:
    Path(".env").write_text("# mine\nASSISTANT_PASSAGES=5\n", "utf-8")
    page = start()
    press(fill(page, fake.base_url), "save")
    assert "已启用 scripted" in said(page)
    assert host().assistant.ask(QUESTION).engine == "llm"
    assert Path(".env").read_text("utf-8").startswith("# mine\nASSISTANT_PASSAGES=5\n")
    assert Path(".env").stat().st_mode & 0o777 == 0o600
    assert Settings.from_env().chat == host().settings.chat == Endpoint(fake.base_url, "scripted", KEY)
    assert page.text_input(key="settings_key-chat").value == ""
    assert KEY not in html(page) + said(page)


def test_an_endpoint_that_fails_is_not_saved(start: Start, fake: FakeEndpoint) -> None:
    fake.script = Script(status=429)
    page = press(fill(start(), fake.base_url), "save")
    assert "额度已用完" in said(page)
    assert not Path(".env").exists()
    assert host().assistant.engine == "quoting"


def test_the_key_that_is_set_goes_to_its_own_host_alone(start: Start, fake: FakeEndpoint) -> None:
    with serve() as other:
        page = start()
        press(fill(page, fake.base_url), "save")
        press(fill(page, fake.base_url, key=""), "test")
        assert fake.headers[-1]["Authorization"] == f"Bearer {KEY}"
        press(fill(page, other.base_url, key=""), "test")
        assert "可用" in said(page)
        assert "Authorization" not in other.headers[-1]


def test_what_is_stopped_is_forgotten_and_quoting_answers(start: Start, fake: FakeEndpoint) -> None:
    page = start()
    press(fill(page, fake.base_url), "save")
    press(page, "stop")
    assert "已停用" in said(page)
    assert host().assistant.ask(QUESTION).engine == "quoting"
    assert not any(in_file().values())
    assert page.text_input(key="settings_address-chat").value == ""


def test_an_endpoint_for_embeddings_is_saved_for_the_next_start(start: Start, fake: FakeEndpoint) -> None:
    page = start()
    page.button_group(key="settings_kind").set_value(EndpointKind.EMBEDDINGS).run()
    for part, value in (("address", fake.base_url), ("model", "small")):
        page.text_input(key=f"settings_{part}-embeddings").set_value(value)
    press(page, "save")
    assert "重新启动程序后生效" in said(page)
    assert in_file()["ASSISTANT_EMBEDDING_MODEL"] == "small"
    assert host().settings.embeddings is None
    assert "重启后改变" in html(page)


def test_fields_that_make_no_endpoint_are_told(start: Start) -> None:
    page = start()
    for address, model, told in (
        ("", "m", "请填写地址和模型"),
        ("http://h/v1", "", "请填写地址和模型"),
        ("ftp://h", "m", "OPENAI_BASE_URL 应是"),
    ):
        press(fill(page, address, model), "test")
        assert told in said(page)
        assert KEY not in said(page)


def test_what_the_environment_sets_cannot_be_saved_over(start: Start, fake: FakeEndpoint) -> None:
    page = start(OPENAI_BASE_URL=fake.base_url, OPENAI_MODEL="scripted")
    assert "环境变量 OPENAI_BASE_URL, OPENAI_MODEL 优先于 .env" in said(page)
    assert page.button(key="settings_save").disabled


def test_where_people_log_in_only_what_is_set_can_be_tested(start: Start, fake: FakeEndpoint) -> None:
    page = start(
        OPENAI_BASE_URL=fake.base_url, OPENAI_MODEL="scripted", ASSISTANT_PASSWORDS="ann:long-enough"
    )
    assert not page.text_input
    assert "借这台服务器访问内网" in html(page)
    assert "可用" in said(press(page, "test-chat"))
    assert "long-enough" not in html(page)


def test_the_endpoint_is_not_changed_under_an_evaluation(start: Start, fake: FakeEndpoint) -> None:
    page = start(OPENAI_BASE_URL=fake.base_url, OPENAI_MODEL="scripted")
    fake.script = Script(pieces=("投入280万元。[1]",), pause=0.5)
    questions = parse_questions(f"id,question\na,{QUESTION}\n".encode(), "q.csv")
    host().evaluations.start(questions, EvaluationOptions())
    with pytest.raises(SettingsError, match="evaluation is running"):
        host().use(None)
    assert host().assistant.engine == "llm"
    assert page.run().button(key="settings_save").disabled


def test_feedback_is_counted_for_the_person_at_the_page(start: Start) -> None:
    page = start()
    assert "还没有反馈。" in [info.value for info in page.info]
    asked = Exchange(QUESTION)
    asked.take(host().assistant.ask(QUESTION))
    conversation = host().conversations.start("", QUESTION).id
    host().conversations.keep("", conversation, asked)
    host().conversations.rate("", conversation, asked, Rating.UP, "正确")
    elsewhere = replace(asked, id=0)
    other = host().conversations.start("ann", QUESTION).id
    host().conversations.keep("ann", other, elsewhere)
    host().conversations.rate("ann", other, elsewhere, Rating.DOWN)
    page.run()
    assert re.findall(r"<span>([^<]+)</span><b>(\d)</b>", html(page)) == [
        ("有帮助", "1"),
        ("没有帮助", "0"),
        ("附有意见", "1"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_has_its_line(language: str) -> None:
    texts = LANGUAGES[language]
    for kind in EndpointKind:
        for outcome in TrialOutcome:
            trial = EndpointTrial(outcome, "m{0}", "h:1", 404, "reason", 5.0, models=("a",))
            assert trial_line(trial, kind, texts)
    assert set(texts.settings.outcomes) == set(TrialOutcome) - {TrialOutcome.WORKS}


def test_what_doctor_finds_is_worded_in_chinese_from_the_same_facts() -> None:
    findings = CHINESE.settings.findings
    assert findings.keys() >= LINES.keys()
    for code, line in LINES.items():
        assert {name for _, name, _, _ in Formatter().parse(findings[code]) if name} <= {
            name for _, name, _, _ in Formatter().parse(line) if name
        } | {"model", "place", "status", "reason", "limit", "seconds", "dimension", "expected"}
    assert finding(Check("index", False, "an error of its own"), CHINESE) == "an error of its own"


def test_hostile_text_in_checks_and_values_stays_text() -> None:
    for text in hostile_texts(40):
        body = checks_html([Check(text, False, text)], CHINESE)
        body += values_html([SettingValue(text, text, Origin.FILE, False, True, True)], CHINESE)
        assert {tag for tag, _ in Reader(body).tags} <= {
            *("ul", "li", "span", "b", "table", "thead", "tbody", "tr", "th", "td", "code", "i")
        }
        assert all(set(names) <= {"class"} for _, names in Reader(body).tags)
