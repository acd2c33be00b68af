"""The ledger: what goes in comes out equal, and an index of other parts is refused."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest

from assistant.errors import DocumentError, IndexMismatchError
from assistant.index import bookkeeping, ledger, lexical, rows
from assistant.index.database import Database
from assistant.index.ledger import FileRecord, Ledger
from assistant.mapped_text import MappedText
from assistant.records import (
    Article,
    Block,
    BlockKind,
    IndexIdentity,
    Metadata,
    ParsedDocument,
    ParsedFile,
    Passage,
)

ABOUT = Metadata("标题", "2020-05-11", "日报", "记者")
PARSED = ParsedDocument(
    MappedText("甲乙丙", array("I", [0, 5, 70_000])),
    ABOUT,
    (
        Article(ABOUT, (Block(BlockKind.TITLE, 0, 1), Block(BlockKind.TEXT, 1, 3)), ("联通", "移动")),
        Article(Metadata(), (), ("移动", "电信")),
    ),
)
IDENTITY = IndexIdentity("model", 384, "1/320")


def passage(number: int, document: str = "a.txt", page: int | None = None) -> Passage:
    return Passage(
        f"{document}-{number}",
        document,
        number,
        f"第{number}段。",
        number * 5,
        number * 5 + 4,
        ABOUT,
        "章节",
        ("联通",),
        page,
    )


def record(name: str, status: str = ledger.READY) -> FileRecord:
    return FileRecord(name, f"/data/{name}", "hash", 12, 34, status)


def parsed_file(raw: str, parsed: ParsedDocument, *passages: Passage) -> ParsedFile:
    columns = {"form": "txt", "raw": raw, "notes": "[]", **rows.parsed_values(parsed)}
    entries = (rows.passage_values(p) | {"content": p.id, "words": p.text} for p in passages)
    return ParsedFile("hash", columns, tuple(entries), (b"",))


@pytest.fixture
def database(storage: Path) -> Database:
    return Database(storage)


@pytest.fixture
def book(database: Database) -> Ledger:
    with database.writing() as connection:
        passages = (passage(n, page=n + 1) for n in range(5))
        bookkeeping.put(connection, record("a.txt"), parsed_file("甲....乙", PARSED, *passages))
        bookkeeping.put_failed(connection, record("b.txt", ledger.FAILED), "b.txt is empty")
    return Ledger(database)


def test_passages_come_back_equal_and_in_order(book: Ledger) -> None:
    assert book.passages("a.txt") == [passage(n, page=n + 1) for n in range(5)]
    assert book.passages("none.txt") == []
    assert book.count() == 5
    assert book.passage_ids() == {f"a.txt-{n}" for n in range(5)}


def test_passages_by_id_leaves_out_the_unknown(book: Ledger) -> None:
    wanted = [f"a.txt-{n}" for n in (3, 1)] + [f"unknown{n}" for n in range(1200)]
    assert set(book.passages_by_id(wanted)) == {"a.txt-1", "a.txt-3"}


def test_neighbours_are_those_of_the_same_document_without_itself(book: Ledger, database: Database) -> None:
    with database.writing() as connection:
        bookkeeping.put(connection, record("c.txt"), parsed_file("", PARSED, passage(1, "c.txt")))
    assert [p.ordinal for p in book.neighbours(passage(1))] == [0, 2]
    assert [p.ordinal for p in book.neighbours(passage(0), reach=2)] == [1, 2]


def test_view_gives_raw_and_parsed_document_back_equal(book: Ledger) -> None:
    view = book.view("a.txt")
    assert view.raw == "甲....乙"
    assert view.parsed == PARSED
    assert view.info.title == "标题"
    assert view.info.companies == ("联通", "移动", "电信")


def test_view_of_a_failed_document_holds_its_reason(book: Ledger) -> None:
    view = book.view("b.txt")
    assert (view.info.status, view.info.reason, view.raw) == (ledger.FAILED, "b.txt is empty", "")


def test_view_of_an_unknown_document_says_how_to_list_them(book: Ledger) -> None:
    with pytest.raises(DocumentError, match="documents lists them"):
        book.view("none.txt")


def test_documents_lists_good_and_failed_ones_by_name(book: Ledger) -> None:
    rows = [(info.document, info.status, info.passages) for info in book.documents()]
    assert rows == [("a.txt", ledger.READY, 5), ("b.txt", ledger.FAILED, 0)]


def test_titles_are_listed_once(book: Ledger) -> None:
    assert book.titles() == ["标题"]


def test_fresh_index_has_no_identity_and_takes_any(database: Database) -> None:
    book = Ledger(database)
    assert book.identity() is None
    book.require(IDENTITY)


@pytest.mark.parametrize(
    "other",
    [
        IndexIdentity("other", 384, "1/320"),
        IndexIdentity("model", 768, "1/320"),
        IndexIdentity("model", 384, "2/320"),
    ],
)
def test_index_of_another_embedder_dimension_or_cleaner_is_refused_with_the_command(
    database: Database, other: IndexIdentity
) -> None:
    with database.writing() as connection:
        bookkeeping.set_identity(connection, IDENTITY)
    book = Ledger(database)
    assert book.identity() == IDENTITY
    book.require(IDENTITY)
    with pytest.raises(IndexMismatchError, match=r"python -m assistant ingest --rebuild"):
        book.require(other)


def test_dimension_that_is_not_yet_known_is_no_mismatch(database: Database) -> None:
    with database.writing() as connection:
        bookkeeping.set_identity(connection, IDENTITY)
    Ledger(database).require(IndexIdentity("model", 0, "1/320"))


def test_a_failed_file_is_enough_not_to_be_empty(database: Database) -> None:
    book = Ledger(database)
    assert book.is_empty()
    with database.writing() as connection:
        bookkeeping.put_failed(connection, record("b.txt", ledger.FAILED), "b.txt is empty")
    assert not book.is_empty()


def test_unfinished_paths_are_kept_whatever_their_names_until_none_is_left(database: Database) -> None:
    book = Ledger(database)
    assert book.unfinished() is None
    for paths in (("/文档", "/\udcff"), (), None):
        with database.writing() as connection:
            bookkeeping.set_unfinished(connection, paths)
        assert book.unfinished() == paths


def test_files_still_to_be_read_again_are_unfinished(book: Ledger, database: Database) -> None:
    assert book.unfinished() is None
    with database.writing() as connection:
        bookkeeping.forget_content(connection)
    assert book.unfinished() == ()


def test_forgotten_content_leaves_the_files_to_be_read_again(book: Ledger, database: Database) -> None:
    with database.writing() as connection:
        lexical.add(connection, [("a.txt-1", "词")])
        bookkeeping.forget_content(connection)
    assert book.count() == 0
    assert [file.status for file in book.files()] == [ledger.PENDING, ledger.PENDING]
