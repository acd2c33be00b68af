"""Reading files: encodings kept right, everything that is no text refused with a reason."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from office_files import slides, word, workbook

from assistant import readers
from assistant.errors import DocumentError

TEXT = "重庆联通今年建成5G基站1.2万个，聯通用户超过800万户。\r\n第二行\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_every_supported_encoding_is_read_exactly(encoding: str) -> None:
    extract = readers.read(TEXT.encode(encoding), "a.txt")
    assert (extract.form, extract.raw, extract.paragraphs) == ("txt", TEXT, None)


def test_gbk_characters_outside_the_basic_set_are_read() -> None:
    text = "镕㐱€𠮷，一个句子。" * 3
    assert readers.read(text.encode("gb18030"), "a.txt").raw == text


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv", "a.html"])
@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf", "\u3000\n".encode()])
def test_empty_file_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(DocumentError, match=f"{name} is empty"):
        readers.read(data, name)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv", "a.html"])
@pytest.mark.parametrize("seed", range(4))
def test_random_bytes_are_refused(name: str, seed: int) -> None:
    with pytest.raises(DocumentError, match="UTF-8"):
        readers.read(random.Random(seed).randbytes(4000), name)


@pytest.mark.parametrize("data", [b"\0\1\2\3" * 100, "一".encode("utf-16-le") * 100])
def test_binary_content_under_a_text_name_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="UTF-8"):
        readers.read(data, "a.txt")


def test_a_stray_nul_in_a_long_text_is_kept() -> None:
    text = "一个很长的句子。" * 40 + "\0" + "后面还有。"
    assert readers.read(text.encode(), "a.txt").raw == text


def test_encoded_lone_surrogates_are_refused() -> None:
    with pytest.raises(DocumentError):
        readers.read(b"\xed\xa0\x80abc" * 10, "a.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_text_cut_in_the_middle_of_a_character_loses_only_that_one(encoding: str) -> None:
    text = "重庆联通今年建成基站并服务用户" * 30
    assert readers.read(text.encode(encoding)[:-1], "a.txt").raw == text[:-1] + "\ufffd"


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (word("一句话。"), "docx"),
        (workbook(数据=[["项目", "数值"], ["收入", 1]]), "xlsx"),
        (slides("一句话"), "pptx"),
        (b"<html><body><p>one sentence.</p></body></html>", "html"),
    ],
)
def test_content_decides_who_reads(data: bytes, form: str) -> None:
    assert readers.read(data, "a.txt").form == form


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("# 题\n\n一句**话**。\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n".encode(), "a.md"),
        ("甲,乙\n1,2\n".encode(), "a.csv"),
        ("<html><body><h1>题</h1><p>一句话。</p></body></html>".encode(), "a.html"),
        (word("题", "一句话。"), "a.docx"),
        (workbook(数据=[["项目", "数值"], ["收入", 1]]), "a.xlsx"),
        (slides("题一", "题二"), "a.pptx"),
    ],
)
def test_every_paragraph_stands_in_the_raw_text_where_it_says(data: bytes, name: str) -> None:
    extract = readers.read(data, name)
    assert extract.paragraphs
    for paragraph in extract.paragraphs:
        kept = "".join(extract.raw[at] for at in paragraph.text.offsets)
        assert kept.replace("|", "\t").split() == paragraph.text.text.split()


def test_reading_a_text_loads_no_library_of_another_format() -> None:
    code = (
        "import sys; from assistant import readers; readers.read(b'one.', 'a.txt');"
        "heavy = {'docx', 'pptx', 'openpyxl', 'lxml', 'trafilatura', 'markdown_it', 'pypdfium2'} |"
        "{'llama_index', 'chromadb', 'streamlit'}; print(heavy & set(sys.modules))"
    )
    root = Path(__file__).parent.parent
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "set()"
