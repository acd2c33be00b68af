"""The list of companies of a corpus, and a list of one's own, from the command line to the answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.companies import base
from assistant.companies.company_list import Row, Surveys, survey

ARTICLE = """星海光电扩产

近日，星海光电股份有限公司投产新厂，年产光缆百万公里，投资三亿元。

贵州移动遵义分公司采购了其中一半。贵州移动还将在山区建站五百座。

设备来自长江机床有限公司。
"""


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A storage and one document; searched by words alone, which is quick."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSISTANT_EMBEDDER", "none")
    (tmp_path / "新闻.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def test_companies_are_listed_by_passages_then_name_with_the_forms_met() -> None:
    rows = [
        ("b.txt", ("贵州移动",), "中国移动通信集团贵州有限公司建站。"),
        ("a.txt", ("贵州移动", "贵州联通"), "贵州移动与贵州联通共建，四川电信参观。"),
        ("a.txt", ("长江光缆有限公司",), "長江光纜有限公司施工。"),
        ("a.txt", (), "遵义分公司没有名字。"),
    ]
    found = survey(rows, base()).companies
    assert [(c.name, c.parent, c.passages, c.documents) for c in found] == [
        ("贵州移动", "中国移动", 2, ("a.txt", "b.txt")),
        ("贵州联通", "中国联通", 1, ("a.txt",)),
        ("长江光缆有限公司", "", 1, ("a.txt",)),
    ]
    assert [c.aliases for c in found] == [("中国移动通信集团贵州有限公司",), (), ()]


def test_what_is_named_is_counted_by_passages_whether_they_are_about_it_or_not() -> None:
    rows: list[Row] = [
        ("a.txt", ("贵州移动",), "贵州移动建站，貴州移動运维，松风馆参与。"),
        ("b.txt", (), "还有貴州移動和四川电信，松风馆。"),
    ]
    surveys = Surveys(lambda: 1, lambda: rows, base())
    assert {name: surveys.naming(name) for name in ("贵州移动", "四川电信", "松风馆", "松雷馆", "")} == {
        "贵州移动": 2,
        "四川电信": 1,
        "松风馆": 2,
        "松雷馆": 0,
        "": 0,
    }


def test_a_survey_is_made_anew_only_when_the_index_has_changed() -> None:
    rows: list[Row] = [("a.txt", ("贵州移动",), "贵州移动建站。")]
    generation, read = 1, 0

    def passages() -> list[Row]:
        nonlocal read
        read += 1
        return rows

    surveys = Surveys(lambda: generation, passages, base())
    assert [info.name for info in (*surveys().companies, *surveys().companies)] == ["贵州移动"] * 2
    rows.append(("b.txt", ("四川电信",), "四川电信建站。"))
    generation = 2
    assert [info.name for info in surveys().companies] == ["四川电信", "贵州移动"]
    assert read == 2


def test_the_command_lists_whom_the_corpus_is_about(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", "新闻.txt"]) == 0
    capsys.readouterr()
    assert main(["companies", "--json"]) == 0
    found = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert found.keys() == {"星海光电股份有限公司", "贵州移动", "遵义移动"}
    assert list(found["贵州移动"]) == ["name", "parent", "aliases", "passages", "documents"]
    assert (found["贵州移动"]["parent"], found["贵州移动"]["documents"]) == ("中国移动", ["新闻.txt"])
    assert main(["companies"]) == 0
    assert "贵州移动" in capsys.readouterr().out


def test_a_list_of_ones_own_reaches_reading_and_questions(
    corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "名单.txt").write_text(
        "星海 < 大江集团: 星海光电股份有限公司, 星海光电\n- 遵义移动\n", encoding="utf-8"
    )
    monkeypatch.setenv("ASSISTANT_COMPANIES", "名单.txt")
    assert main(["ingest", "新闻.txt"]) == 0
    capsys.readouterr()
    assert main(["companies", "--json"]) == 0
    found = {row["name"]: row["parent"] for row in json.loads(capsys.readouterr().out)}
    assert found == {"星海": "大江集团", "贵州移动": "中国移动"}
    assert main(["ask", "--json", "星海光电投资多少？"]) == 0
    assert "三亿元" in json.loads(capsys.readouterr().out)["answer"]


def test_a_bad_line_of_the_list_is_told_in_one_line(
    corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "名单.txt").write_text("星海: 星海光电\n贵: 贵州移动\n", encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_COMPANIES", "名单.txt")
    assert main(["companies"]) == 1
    told = capsys.readouterr().err.strip()
    assert told.startswith("error: ASSISTANT_COMPANIES: 名单.txt, line 2: write `NAME: OTHER NAME`")
    assert "\n" not in told
