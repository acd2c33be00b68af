"""Of which format a file is: its content decides, its ending only where the content is plain text."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from assistant.errors import DocumentError

_TEXT_ENDINGS = {
    "": "txt",
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".htm": "html",
    ".html": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".csv": "csv",
    ".tsv": "csv",
}
_ENDING = re.compile(r"\.[a-z]{1,8}\d?", re.I)
"""What else follows a dot belongs to the name: 报告v1.2, 通知.2022年."""
_PARTS = {"word/document": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation": "pptx"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LEGACY = {"WordDocument": "docx", "Workbook": "xlsx", "Book": "xlsx", "PowerPoint Document": "pptx"}
_PICTURE = "a picture, and text in pictures is not read; add its text as .txt"
_ARCHIVE = "an archive; unpack it and add the files"
_PROGRAM = "a program, not a document; leave it out"
_FOREIGN = (
    (b"\x89PNG\r\n\x1a\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF87a", _PICTURE),
    (b"GIF89a", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"\x7fELF", _PROGRAM),
    (b"{\\rtf", "RTF; save it as .docx"),
)
_HEAD = 4096
_WEB_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)[\s>]", re.I | re.S)


def form_of(data: bytes, name: str) -> str:
    """The format of a file: `txt`, `md`, `html`, `pdf`, `docx`, `xlsx`, `pptx` or `csv`.

    Raises:
        DocumentError: it is of none of them; the message says what to do with it.
    """
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _office_form(data, name)
    if head.startswith(_OLE):
        raise DocumentError(f"{name} {_about_ole(data)}")
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise DocumentError(f"{name} is {what}")
    if head.startswith((b"MZ", b"BM", b"RIFF")) and b"\0" in head:
        raise DocumentError(f"{name} is {_PROGRAM if head.startswith(b'MZ') else _PICTURE}")
    return _text_form(head, name)


def _office_form(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise DocumentError(f"{name} is damaged ({error}); get the file again") from error
    if "[Content_Types].xml" in parts:
        for start, form in _PARTS.items():
            if any(part.startswith(start) for part in parts):
                return form
    raise DocumentError(f"{name} is a zip file but no Word, Excel or PowerPoint one; save it as one of those")


def _about_ole(data: bytes) -> str:
    """What an OLE container holds; the names of its streams stand in it as UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "is protected by a password; save it without one"
    for stream, form in _LEGACY.items():
        if stream.encode("utf-16-le") in data:
            return f"is in the Office format of before 2007; save it as .{form}"
    return "is in an old Office format that is not read; save it as .docx, .xlsx or .pptx"


def _text_form(head: bytes, name: str) -> str:
    """The format of what is no known container: a web page whatever its name, else what the name says."""
    bare = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        bare = head[2:].replace(b"\0", b"")
    if _WEB_PAGE.match(bare):
        return "html"
    ending = PurePosixPath(name).suffix.lower()
    if ending in _TEXT_ENDINGS:
        return _TEXT_ENDINGS[ending]
    if ending in (".pdf", ".docx", ".xlsx", ".pptx"):
        raise DocumentError(f"{name} is no {ending[1:]} file inside, or a damaged one; get the file again")
    if _ENDING.fullmatch(ending):
        raise DocumentError(f"{name}: {ending} files are not read; convert it to .txt")
    return "txt"
