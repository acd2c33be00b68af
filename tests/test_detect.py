"""What a file is, is decided by its content; what is not read is refused with what to do."""

from __future__ import annotations

import io
import zipfile

import pytest
from office_files import slides, word, workbook

from assistant.errors import DocumentError
from assistant.readers.detect import form_of

PAGE = "<!DOCTYPE html>\n<html><body>一句话。</body></html>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.txt", "txt"),
        ("A.TXT", "txt"),
        ("README", "txt"),
        ("报告v1.2", "txt"),
        ("通知.2022年", "txt"),
        ("folder.d/笔记", "txt"),
        ("a.md", "md"),
        ("a.markdown", "md"),
        ("a.csv", "csv"),
        ("a.tsv", "csv"),
        ("a.html", "html"),
    ],
)
def test_of_plain_text_the_ending_says_what_it_is(name: str, form: str) -> None:
    assert form_of("一句话。".encode(), name) == form


@pytest.mark.parametrize("name", ["a.docx", "a.txt", "a.pdf", "a"])
def test_office_files_are_known_under_any_name(name: str) -> None:
    assert form_of(word("一句话。"), name) == "docx"
    assert form_of(workbook(表=[["甲", 1]]), name) == "xlsx"
    assert form_of(slides("题"), name) == "pptx"


def test_a_pdf_called_txt_is_a_pdf() -> None:
    assert form_of(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a.txt") == "pdf"
    assert form_of(b"\r\n\r\n%PDF-1.4\n", "a.docx") == "pdf"


@pytest.mark.parametrize("name", ["a.txt", "a.xls", "a.md", "a"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_web_page_is_one_under_any_name(name: str, encoding: str) -> None:
    assert form_of(PAGE.encode(encoding), name) == "html"
    assert (
        form_of(f"<?xml version='1.0'?>\n<!-- x -->\n<HTML lang='zh'>{PAGE}".encode(encoding), name) == "html"
    )


def test_a_text_that_speaks_of_tags_is_no_web_page() -> None:
    assert form_of("网页以 <html> 开头。".encode(), "a.txt") == "txt"


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"MZ\x90\0\x03\0\0\0" + b"\0" * 99, "a.docx", "program"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 99, "a.txt", "program"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "a.txt", "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a.pdf", "picture"),
        (b"BM\x36\0\0\0\0\0", "a.bmp", "picture"),
        (b"\x1f\x8b\x08\0\0", "a.gz", "archive"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "a.7z", "archive"),
        (b"Rar!\x1a\x07\x01\0", "a.rar", "archive"),
        (b"{\\rtf1\\ansi", "a.doc", "save it as .docx"),
        (OLE + "WordDocument".encode("utf-16-le"), "a.doc", r"before 2007.*\.docx"),
        (OLE + "Workbook".encode("utf-16-le"), "a.xls", r"before 2007.*\.xlsx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "protected by a password"),
        (OLE, "a.docx", "old Office format"),
        (zipped("a.txt"), "a.docx", "no Word, Excel or PowerPoint"),
        (zipped("[Content_Types].xml", "xl/workbook.bin"), "a.xlsb", "no Word, Excel or PowerPoint"),
        (word("一句话。")[:2000], "a.docx", "damaged"),
        ("一句话。".encode(), "a.docx", "no docx file inside"),
        ("一句话。".encode(), "a.pdf", "no pdf file inside"),
        ("一句话。".encode(), "a.png", r"\.png files are not read; convert"),
        (b"x = 1", "a.py", r"\.py files are not read; convert"),
    ],
)
def test_what_is_not_read_is_refused_in_one_line(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason) as caught:
        form_of(data, name)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
