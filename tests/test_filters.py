"""Filters as SQL: what each lets in, on a real table with every sort of date, period and script."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import QuestionError
from assistant.index.database import Database
from assistant.index.filters import where
from assistant.records import DocumentKind, Filters

ROWS: dict[str, dict[str, Any]] = {
    "news": {
        "kind": "news",
        "published": "2023-05-09",
        "publisher": "高原晨報",
        "author": "孟繁星",
        "title": "青海聯通把5G修到牧區",
        "companies": ["青海联通", "中国联通"],
    },
    "month": {
        "kind": "news",
        "published": "2023-05",
        "publisher": "椰岛日报",
        "section": "第一章 › 网络建设",
    },
    "annual": {"kind": "report", "published": "2023", "period": "2022FY", "companies": ["中国联通"]},
    "half": {"kind": "report", "published": "2022-08-09", "period": "2022H1", "section": "重要提示"},
    "quarter": {"kind": "announcement", "published": "2022-04-22", "period": "2022Q1"},
    "issue": {"kind": "policy", "published": "2020年第15期", "author": "李'四"},
    "undated": {"kind": "other", "published": "", "title": "100%_覆盖"},
}
TEXTS = (
    "title",
    "published",
    "publisher",
    "author",
    "kind",
    "period",
    "section",
    "table_line",
    "text",
    "content",
)


@pytest.fixture
def database(storage: Path) -> Database:
    database = Database(storage)
    with database.writing() as connection:
        for name, given in ROWS.items():
            row = dict.fromkeys(TEXTS, "") | {"ordinal": 0, "start": 0, "end": 1, "article": 0, "front": 0}
            row |= given | {
                "id": name,
                "document": f"{name}.pdf",
                "companies": json.dumps(given.get("companies", [])),
            }
            columns = ", ".join(f'"{column}"' for column in row)
            marks = ", ".join(f":{column}" for column in row)
            connection.execute(f"INSERT INTO passages ({columns}) VALUES ({marks})", row)
    return database


def let_in(database: Database, filters: Filters | None) -> set[str]:
    condition, values = where(filters)
    with database.reading() as connection:
        return {
            row["id"] for row in connection.execute(f"SELECT id FROM passages p WHERE {condition}", values)
        }


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(documents=("news.pdf", "half.pdf")), {"news", "half"}),
        (Filters(documents=("news",)), set()),
        (Filters(companies=("青海联通",)), {"news"}),
        (Filters(companies=("中國聯通",)), {"news", "annual"}),
        (Filters(companies=("联通",)), set()),
        (Filters(kinds=("report", "Policy")), {"annual", "half", "issue"}),
        (Filters(periods=("2022",)), {"annual", "half", "quarter"}),
        (Filters(periods=("2022FY",)), {"annual"}),
        (Filters(periods=("2022h1", "２０２２Q1")), {"half", "quarter"}),
        (Filters(publishers=("晨报", "椰島")), {"news", "month"}),
        (Filters(authors=("繁星",)), {"news"}),
        (Filters(authors=("李'四",)), {"issue"}),
        (Filters(title="联通把５g"), {"news"}),
        (Filters(title="100%_"), {"undated"}),
        (Filters(title="_"), {"undated"}),
        (Filters(section="网络"), {"month"}),
        (Filters(since="2023"), {"news", "month", "annual"}),
        (Filters(since="2023-05-10"), {"month", "annual"}),
        (Filters(until="2022-08"), {"half", "quarter", "issue"}),
        (Filters(until="2022-08-08"), {"quarter", "issue"}),
        (Filters(until="2023-05-01"), {"month", "annual", "half", "quarter", "issue"}),
        (Filters(since="2020-07", until="2020-07"), {"issue"}),
        (Filters(since="2024", until="2022"), set()),
        (Filters(kinds=("report",), periods=("2022",), since="2022-09"), {"annual"}),
        (Filters(kinds=("news",), companies=("中国联通",), title="无此标题"), set()),
    ],
)
def test_a_filter_lets_in_what_it_says(database: Database, filters: Filters, expected: set[str]) -> None:
    assert let_in(database, filters) == expected


@pytest.mark.parametrize("filters", [None, Filters(), Filters(companies=("", "  "), title=" ", since="")])
def test_nothing_given_limits_nothing(database: Database, filters: Filters | None) -> None:
    assert let_in(database, filters) == ROWS.keys()


def test_another_name_of_the_table_is_used_throughout(database: Database) -> None:
    every = Filters(("d",), ("c",), ("news",), ("2022",), ("p",), ("a",), "t", "s", "2020", "2021")
    condition, values = where(every, "other")
    with database.reading() as connection:
        assert connection.execute(f"SELECT 1 FROM passages other WHERE {condition}", values).fetchall() == []
    assert "p." not in condition


def test_an_unknown_kind_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(QuestionError) as error:
        where(Filters(kinds=("novel",)))
    assert "novel" in str(error.value) and all(kind in str(error.value) for kind in DocumentKind)


@pytest.mark.parametrize(
    "text", ["2023-5-1", "2023-13", "2023-02-30", "0000", "昨天", "20230510", "2023-05-10T00:00"]
)
@pytest.mark.parametrize("field", ["since", "until"])
def test_what_is_no_date_is_refused_with_the_forms_that_are(field: str, text: str) -> None:
    with pytest.raises(QuestionError, match="2023-05-10"):
        where(Filters(since=text) if field == "since" else Filters(until=text))


@pytest.mark.parametrize("text", ["22", "2022Q5", "2022-Q1", "2022年", "H1"])
def test_what_is_no_period_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(QuestionError, match="2022H1"):
        where(Filters(periods=(text,)))
