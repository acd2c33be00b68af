"""`summarize` and `compare`: what they print and write, what checks tell, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main
from assistant.cli.check_report import Row, table
from assistant.records.checks import BriefingCheck
from assistant.service import Assistant
from assistant.settings import Settings

ARTICLES = {
    "青州": """青州银行发布2021年年报

2022-03-15  来源：青州晚报

2021年，青州银行投入350万元修缮网点，惠及12个乡镇。青州银行全年新开村级站点86个，选派18名驻村干部。

青州银行小微贷款余额达到3.5亿元，同比增长12.4%。
""",
    "齐州": """齐州银行召开年度工作会议

2022-03-20  来源：齐州晚报

2021年，齐州银行投入420万元修缮网点，新开村级站点40个。

齐州银行行长在会上作工作报告。
""",
}


@pytest.fixture(scope="module")
def storage_of_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two articles, ingested once, to be searched by words alone."""
    root = tmp_path_factory.mktemp("briefings")
    (root / "corpus").mkdir()
    for name, text in ARTICLES.items():
        (root / "corpus" / f"{name}.txt").write_text(text, encoding="utf-8")
    with Assistant.open(Settings(storage=root / "storage", embedder="none")) as assistant:
        assistant.ingest([root / "corpus"])
    return root / "storage"


@pytest.fixture(autouse=True)
def set_up(tmp_path: Path, storage_of_all: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSISTANT_STORAGE", str(storage_of_all))
    monkeypatch.setenv("ASSISTANT_EMBEDDER", "none")
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "OPENAI_MODEL"):
        monkeypatch.delenv(name, raising=False)


def printed(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def expectations(**companies: dict[str, list[str]]) -> str:
    Path("expect.json").write_text(json.dumps(companies, ensure_ascii=False), encoding="utf-8")
    return "expect.json"


def test_a_briefing_for_people_has_its_parts_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summarize", "青州银行"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("青州银行 · 通读 1 份资料中讲它的全部 ")
    assert [part for part in ("【概述】", "【主题】", "【数据】", "【来源】") if part not in out] == []
    assert "3.5亿元" in out and "12.4%" in out and "420万元" not in out
    assert "\n[1] 青州银行发布2021年年报 · " in out and "青州.txt" in out
    assert "100% (" in err and "100% (" not in out


def test_a_briefing_as_json_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summarize", "青州银行", "--json"]) == 0
    value = printed(capsys)
    assert {"350", "12", "86", "18", "3.5", "12.4"} <= {figure["value"] for figure in value["figures"]}
    numbers = {citation["n"] for citation in value["citations"]}
    assert all(set(figure["citations"]) <= numbers for figure in value["figures"])
    (quote,) = {c["quote"] for c in value["citations"] if "3.5亿元" in c["quote"]}
    assert quote in ARTICLES["青州"]


def test_a_briefing_is_printed_as_markdown_and_as_csv(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summarize", "青州银行", "--markdown"]) == 0
    assert capsys.readouterr().out.startswith("# 青州银行：概要\n")
    assert main(["summarize", "青州银行", "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {"350", "3.5"} <= {row["value"] for row in rows}
    assert {row["documents"] for row in rows} == {"青州.txt"}


@pytest.mark.parametrize(
    ("arguments", "start"),
    [
        (["--output", "x.json"], b"{\n"),
        (["--output", "x.md"], "# 青州银行".encode()),
        (["--output", "x.csv"], b"\xef\xbb\xbfcompany"),
        (["--output", "x.txt", "--csv"], b"\xef\xbb\xbfcompany"),
        (["--output", "x"], "青州银行 · ".encode()),
    ],
)
def test_a_briefing_is_written_in_the_form_asked_for(
    arguments: list[str], start: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summarize", "青州银行", *arguments]) == 0
    assert Path(arguments[1]).read_bytes().startswith(start)
    assert capsys.readouterr().out == ""


def test_companies_are_compared_with_their_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "青州银行", "齐州银行", "--json"]) == 0
    value = printed(capsys)
    assert [entry["company"] for entry in value["companies"]] == ["青州银行", "齐州银行"]
    shared = [row for row in value["figures"] if all(cell["figures"] for cell in row["companies"])]
    values = [[cell["figures"][0]["value"] for cell in row["companies"]] for row in shared]
    assert ["350", "420"] in values and ["86", "40"] in values
    assert main(["compare", "青州银行", "齐州银行"]) == 0
    out = capsys.readouterr().out
    assert "  青州银行: 350万元" in out and "  齐州银行: 420万元" in out
    assert main(["compare", "青州银行", "齐州银行", "--output", "both.md"]) == 0
    assert "| 青州银行 | 齐州银行 |" in Path("both.md").read_text("utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["summarize"],
        ["summarize", "青州银行", "齐州银行"],
        ["summarize", "青州银行", "--json", "--csv"],
        ["summarize", "--check", "--markdown"],
        ["summarize", "青州银行", "--against", "x.json"],
        ["summarize", "--check", "--output", "x.csv"],
        ["compare"],
    ],
)
def test_wrong_usage_ends_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["summarize"], ["compare", "青州银行"]])
def test_a_company_that_is_not_there_is_told_with_the_nearest(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "青州银航"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "error: " in err and "青州银航" in err and "青州银行" in err


def test_one_company_by_two_names_is_no_comparison(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "青州银行", "青州银行"]) == 1
    assert "error: " in capsys.readouterr().err


def test_an_output_that_cannot_be_written_is_told_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summarize", "青州银行", "--output", "nowhere/x.md"]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "nowhere/x.md cannot be written" in err


def test_a_check_of_all_companies_sums_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summarize", "--check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {line.split()[0] for line in lines[1:-1]} == {"青州银行", "齐州银行"}
    assert lines[-1].startswith("2 companies; ") and "100.00% grounded; coverage 100.0% at least" in lines[-1]


def test_a_check_as_json_can_be_compared_with_a_later_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summarize", "--check", "青州银行", "--output", "earlier.json"]) == 0
    report = json.loads(Path("earlier.json").read_text("utf-8"))
    (row,) = report["companies"]
    assert (row["company"], row["grounded"], row["coverage"], row["left_out"]) == ("青州银行", 1.0, 1.0, [])
    assert report["summary"]["companies"] == 1
    assert main(["summarize", "--check", "青州银行", "--against", "earlier.json"]) == 0
    assert "0 of 1 companies changed since the earlier report" in capsys.readouterr().out
    row["figures"] += 1
    Path("earlier.json").write_text(json.dumps(report), encoding="utf-8")
    assert main(["summarize", "--check", "青州银行", "--against", "earlier.json"]) == 0
    assert f"changed: 青州银行: figures {row['figures']} → {row['figures'] - 1}" in capsys.readouterr().out


def test_what_is_expected_is_held_against_briefings(capsys: pytest.CaptureFixture[str]) -> None:
    file = expectations(
        青州银行={"must": ["3.5 亿元", "万元|12.4％"], "must_not": ["420万元", "2个乡镇", "50万元"]},
        齐州银行={"must": ["420萬元"]},
    )
    assert main(["summarize", "--expect", file]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2 companies; 0 of 6 not as expected"
    assert main(["summarize", "--expect", file, "--check", "青州银行", "--json"]) == 0
    assert [row["expected"] for row in printed(capsys)["companies"]] == [5]


def test_what_is_missed_is_told_and_ends_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    file = expectations(
        青州银行={"must": ["50万元", "86个"], "must_not": ["驻村干部"]}, 青州银航={"must": ["1个"]}
    )
    assert main(["summarize", "--expect", file]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "  ！must be there: 50万元" in lines
    assert "  ！must not be there: 驻村干部" in lines
    assert lines[-1] == "2 companies; 1 not found; 3 of 4 not as expected"


SOUND = BriefingCheck("青州银行", 0.1, 4, 6, (), 10, ("3名",), 3, 2)


@pytest.mark.parametrize(
    ("found", "is_well", "told"),
    [
        (SOUND, True, "100.0%      10     90.0%  2 of 3"),
        (replace(SOUND, ungrounded=("9万元（投入）",)), False, "  ！not grounded: 9万元（投入）"),
        (replace(SOUND, left_out=("3名", "5个")), False, "  ！not shown: 5个"),
    ],
)
def test_a_check_fails_on_what_is_not_grounded_and_on_too_little_shown(
    found: BriefingCheck, is_well: bool, told: str
) -> None:
    row = Row("青州银行", found)
    assert row.is_well is is_well
    assert told in "\n".join(table([row]))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "is no JSON"),
        (b"[]", "holds no company"),
        (b'{"a": 1}', "has for 'a' no object"),
        (b'{"a": {"must": "x"}}', "no list of texts as `must`"),
        ("{}".encode("utf-16"), "is no JSON in UTF-8"),
    ],
)
def test_a_bad_file_of_expectations_is_one_line_and_one(
    content: bytes, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("expect.json").write_bytes(content)
    assert main(["summarize", "--expect", "expect.json"]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert told in err and "expect.json" in err


@pytest.mark.parametrize("flag", ["--expect", "--against"])
def test_a_file_that_is_not_there_is_one_line_and_one(flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summarize", "--check", flag, "none.json"]) == 1
    assert "none.json cannot be read" in capsys.readouterr().err
