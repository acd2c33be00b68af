"""Questions about companies that no list knows: what a corpus found by itself guards its answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.records import HintKind, Verdict
from assistant.service import Assistant
from assistant.settings import Settings

CORPUS = {
    "供水.txt": "江州水务集团2023年工作纪实\n\n2023年，江州水务集团完成供水量1.86亿立方米，同比增长4.2%。"
    "集团投资3.4亿元新建第三水厂。\n",
    "抄表.txt": "智慧抄表进小区\n\n今年以来，江州水务加快改造，已更换智能水表6.2万只。"
    "江州水务客服热线96010接听来电4.5万个。\n",
    "供热.txt": "清河热力保供记\n\n清河热力有限公司本采暖季供热面积达到2150万平方米，服务用户18.6万户。\n",
    "银行.txt": "安澜银行发布2023年业绩\n\n安澜银行2023年实现营业收入56.3亿元，净利润18.7亿元。"
    "安澜银行向江州水务集团提供绿色贷款8亿元，用于第三水厂建设。\n",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("known")
    for name, text in CORPUS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Assistant.open(Settings(storage=folder / "storage", embedder="none")) as opened:
        opened.ingest([folder / name for name in CORPUS])
        yield opened


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("江州水务的供水量是多少？", "1.86亿立方米"),
        ("江州水务集团更换了多少智能水表？", "6.2万只"),
        ("清河热力的供热面积是多少？", "2150万平方米"),
        ("安澜银行的净利润是多少？", "18.7亿元"),
    ],
)
def test_a_company_is_found_under_its_full_and_its_short_name(
    assistant: Assistant, question: str, figure: str
) -> None:
    assert figure in assistant.ask(question).text


@pytest.mark.parametrize(
    "question",
    [
        "江州水务的供热面积是多少？",
        "清河热力的净利润是多少？",
        "清河热力的客服热线是多少？",
        "江州水务的净利润是多少？",
        "平安银行的净利润是多少？",
        "成都水务的供水量是多少？",
    ],
)
def test_what_is_said_of_another_company_is_no_answer(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).verdict is Verdict.REFUSE


def test_a_short_name_is_a_hint_and_limits_as_the_full_one_does(assistant: Assistant) -> None:
    hints = assistant.ask("江州水务的供水量是多少？").hints
    assert [hint.value for hint in hints if hint.kind is HintKind.COMPANY] == ["江州水务集团"]


def test_a_company_is_known_as_soon_as_its_document_is(tmp_path: Path) -> None:
    first, second = tmp_path / "供水.txt", tmp_path / "供热.txt"
    for path in (first, second):
        path.write_text(CORPUS[path.name], encoding="utf-8")
    question = "清河热力的供水量是多少？"
    with Assistant.open(Settings(storage=tmp_path / "storage", embedder="none")) as assistant:
        assistant.ingest([first])
        assert assistant.ask(question).hints == ()
        assistant.ingest([first, second])
        assert [hint.value for hint in assistant.ask(question).hints] == ["清河热力有限公司"]
