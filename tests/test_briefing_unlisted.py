"""A company that no list knows is summed up all the same, under all its names, and nobody else with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import CompanyError
from assistant.records.briefings import Briefing
from assistant.service import Assistant
from assistant.settings import Settings

DOCUMENTS = {
    "年报.txt": "翠微航空股份有限公司年报摘要\n\n翠微航空股份有限公司2023年运送旅客310万人次。",
    "快讯.txt": (
        "翠微航空召开工作会\n\n翠微航空发布计划，今年新开航线17条。岚江航食供应餐食52万份。\n"
        "翠微航空江阳分公司新增员工88名。\n据江阳市统计局数据，全市旅客总量940万人次。"
    ),
    "走访.txt": (
        "走访见闻\n\n岚江航食公布产能，日产餐食6万份。董事长王建国到会。\n"
        "江阳市商务局发布通知，补贴商户35家。江阳港务局年报显示，全港吞吐量7万吨。"
    ),
    "街区.txt": "街区见闻\n\n居民说，绿野之家营业收入19万元。江阳的旅客多，订单也多，员工忙。",
    "对比.md": (
        "# 两家指标对比\n\n岚江制药公布了指标。泸江制药公布了指标。\n\n"
        "| 指标 | 岚江制药 | 泸江制药 | 行业平均 |\n|---|---|---|---|\n"
        "| 营业收入（亿元） | 93.1 | 71.4 | 60.2 |\n"
    ),
    "分公司.txt": "江阳分公司见闻\n\n翠微航空江阳分公司建成机库3座。",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An index of the documents, words only."""
    folder = tmp_path_factory.mktemp("documents")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, "utf-8")
    storage = tmp_path_factory.mktemp("storage")
    settings = Settings.from_env({}, storage=Path(storage), embedder="none", workers=1)
    with Assistant.open(settings) as opened:
        opened.ingest([folder])
        yield opened


def values(briefing: Briefing) -> set[str]:
    return {figure.value + figure.unit for figure in briefing.figures}


@pytest.mark.parametrize(
    "name", ["翠微航空", "翠微航空股份有限公司", "翠微航空公司", "翠微", "翠微航空股份", "翠微航空 "]
)
def test_every_form_gives_one_briefing_of_all_documents(assistant: Assistant, name: str) -> None:
    assert values(assistant.summarize(name)) == {"310万人次", "17条"}


def test_a_branch_is_its_own_and_listed_with_its_owner(assistant: Assistant) -> None:
    assert values(assistant.summarize("翠微航空江阳分公司")) == {"88名", "3座"}
    whole = assistant.summarize("翠微航空", branches=True)
    assert [branch.name for branch in whole.branches] == ["翠微航空江阳分公司"]
    assert values(whole) == {"310万人次", "17条", "88名", "3座"}


def test_a_name_found_in_one_document_is_known_in_all(assistant: Assistant) -> None:
    assert values(assistant.summarize("岚江航食")) == {"52万份", "6万份"}


def test_a_name_that_only_somebody_asks_for_is_evidence(assistant: Assistant) -> None:
    assert values(assistant.summarize("绿野之家")) == {"19万元"}
    assert "绿野之家" not in {info.name for info in assistant.companies()}


@pytest.mark.parametrize("name", ["江阳市商务局", "王建国", "江阳", "旅客", "订单", "员工", "江阳市"])
def test_no_briefing_is_made_of_what_is_no_company(assistant: Assistant, name: str) -> None:
    with pytest.raises(CompanyError) as caught:
        assistant.summarize(name)
    assert caught.value.is_mentioned
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "name", ["某某航空", "<b>翠微", "- 翠微航空", "翠微航空: 岚江航食", "=", "绿野之家 < 翠微"]
)
def test_a_name_is_data_and_not_a_line_of_the_list(assistant: Assistant, name: str) -> None:
    try:
        assert values(assistant.summarize(name)) <= {"310万人次", "17条", "6万份", "52万份", "19万元"}
    except CompanyError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize(("name", "value"), [("岚江制药", "93.1亿元"), ("泸江制药", "71.4亿元")])
def test_a_column_counts_for_the_company_at_its_head(assistant: Assistant, name: str, value: str) -> None:
    assert values(assistant.summarize(name)) == {value}


def test_a_comparison_takes_them_too(assistant: Assistant) -> None:
    comparison = assistant.compare(["翠微航空", "岚江航食"])
    assert comparison.companies == ("翠微航空", "岚江航食")


def test_the_chat_knows_the_companies_that_the_index_found(assistant: Assistant) -> None:
    answer = assistant.ask("请对比翠微航空和岚江航食")
    assert "翠微航空" in answer.text
    assert "6万份" in answer.text or "17条" in answer.text
