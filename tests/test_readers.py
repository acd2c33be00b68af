"""Reading files: encodings kept right, everything that is no text refused with a reason."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from assistant import readers
from assistant.errors import DocumentError

TEXT = "重庆联通今年建成5G基站1.2万个，聯通用户超过800万户。\r\n第二行\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_every_supported_encoding_is_read_exactly(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert readers.read(path, 1) == TEXT


def test_gbk_characters_outside_the_basic_set_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = "镕㐱€𠮷，一个句子。" * 3
    path.write_bytes(text.encode("gb18030"))
    assert readers.read(path, 1) == text


@pytest.mark.parametrize("name", ["a.txt", "a.md", "README", "A.TXT"])
def test_text_endings_are_accepted(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("一句话。", encoding="utf-8")
    assert readers.read(tmp_path / name, 1) == "一句话。"


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.html", "a.png"])
def test_unsupported_ending_says_to_convert(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("一句话。", encoding="utf-8")
    with pytest.raises(DocumentError, match="not supported yet.*convert"):
        readers.read(tmp_path / name, 1)


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf", "\u3000\n".encode()])
def test_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(DocumentError, match="empty"):
        readers.read(tmp_path / "a.txt", 1)


@pytest.mark.parametrize("seed", range(8))
def test_random_bytes_are_refused(tmp_path: Path, seed: int) -> None:
    (tmp_path / "a.txt").write_bytes(random.Random(seed).randbytes(4000))
    with pytest.raises(DocumentError, match="UTF-8"):
        readers.read(tmp_path / "a.txt", 1)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + b"\0" * 200,
        b"\x7fELF\x02\x01\x01" + b"\0" * 500,
        b"\0\1\2\3" * 100,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff\xfe\0\0" * 300,
        "一".encode("utf-16-le") * 100,
    ],
)
def test_binary_content_under_a_text_name_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(DocumentError, match="UTF-8"):
        readers.read(tmp_path / "a.txt", 1)


def test_a_stray_nul_in_a_long_text_is_kept(tmp_path: Path) -> None:
    text = "一个很长的句子。" * 40 + "\0" + "后面还有。"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert readers.read(tmp_path / "a.txt", 1) == text


def test_encoded_lone_surrogates_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xed\xa0\x80abc" * 10)
    with pytest.raises(DocumentError):
        readers.read(tmp_path / "a.txt", 1)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_text_cut_in_the_middle_of_a_character_loses_only_that_one(tmp_path: Path, encoding: str) -> None:
    text = "重庆联通今年建成基站并服务用户" * 30
    (tmp_path / "a.txt").write_bytes(text.encode(encoding)[:-1])
    assert readers.read(tmp_path / "a.txt", 1) == text[:-1] + "\ufffd"


def test_too_large_a_file_names_the_setting(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * 1_000_001)
    with pytest.raises(DocumentError, match="ASSISTANT_FILE_MEGABYTES"):
        readers.read(tmp_path / "a.txt", 1)


def test_directory_and_missing_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(DocumentError, match="directory"):
        readers.read(tmp_path / "folder", 1)
    with pytest.raises(DocumentError, match="does not exist"):
        readers.read(tmp_path / "none.txt", 1)


def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(DocumentError, match="ordinary file"):
        readers.read(tmp_path / "pipe.txt", 1)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_file_without_rights_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("一句话。", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(DocumentError, match="rights"):
        readers.read(path, 1)
