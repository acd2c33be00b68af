"""Files that are handed in: safe names, whole files, nothing outside of their folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import DocumentError, StorageError
from assistant.index.database import Database
from assistant.library import Library
from assistant.settings import Settings
from assistant.uploads import Uploads, safe_name

TEXT = "四川移动今年投资9亿元，建成基站300座。\n"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\x\报告.pdf", "报告.pdf"),
        ("CON.txt", "_CON.txt"),
        ("lpt1", "_lpt1"),
        ("a\x00b\r\nc\u202egpj.txt", "abcgpj.txt"),
        (".hidden.txt. ", "hidden.txt"),
        ('<script>"x|y?*.md', "_script__x_y__.md"),
        ("e\u0301te\u0301.txt", "\u00e9t\u00e9.txt"),
        ("年度  报告.pdf", "年度 报告.pdf"),
    ],
)
def test_a_name_becomes_one_that_every_system_takes(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_long_name_keeps_its_ending_and_fits_every_file_system() -> None:
    name = safe_name("报" * 300 + ".pdf")
    assert name.endswith("报.pdf")
    assert len(name.encode()) <= 180


@pytest.mark.parametrize("name", ["", "..", "/", "\u202e\x00", ". . ."])
def test_a_name_of_which_nothing_is_left_is_refused(name: str) -> None:
    with pytest.raises(DocumentError, match="usable name"):
        safe_name(name)


def test_a_file_of_the_same_name_is_replaced_and_of_the_same_lot_stands_beside(storage: Path) -> None:
    uploads = Uploads(storage, 1)
    assert not uploads.keep("a.txt", b"one").is_replaced
    assert not uploads.keep("a.txt", b"one").is_replaced
    assert uploads.keep("a.txt", b"two").is_replaced
    assert uploads.keep("a.txt", b"three", taken={"a.txt"}).name == "a~2.txt"
    assert {p.name: p.read_bytes() for p in (storage / "uploads").iterdir()} == {
        "a.txt": b"two",
        "a~2.txt": b"three",
    }


def test_what_is_too_large_is_refused_and_leaves_nothing(storage: Path) -> None:
    with pytest.raises(DocumentError, match="more than the 1 MB allowed"):
        Uploads(storage, 1).keep("a.txt", b"x" * 1_000_001)
    assert not (storage / "uploads").exists()


def test_a_file_where_the_folder_should_be_is_said(storage: Path) -> None:
    (storage / "uploads").write_text("no folder")
    with pytest.raises(StorageError, match="cannot be written"):
        Uploads(storage, 1).keep("a.txt", b"x")


def test_what_another_document_says_is_not_kept_twice_and_what_was_not_read_is_known(storage: Path) -> None:
    with Library(Settings(storage=storage, workers=1), Database(storage), None) as library:
        library.ingest([library.originals.keep("a.txt", TEXT.encode()).path])
        assert library.originals.keep("b.txt", TEXT.encode()).same_as == "a.txt"
        assert library.originals.keep("a.txt", TEXT.encode()).same_as == ""
        assert library.originals.unread() == []
        library.originals.keep("c.txt", TEXT.replace("9", "8").encode())
        assert [path.name for path in library.originals.unread()] == ["c.txt"]
