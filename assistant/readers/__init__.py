"""Files to extracts: what a file is decides who reads it, and each reader gives the same record.

Each reader is loaded when its format is first met, so that a folder of PDFs loads nothing of Office files.
"""

from __future__ import annotations

from collections.abc import Callable

from assistant.readers.detect import form_of
from assistant.records import Extract


def read(data: bytes, name: str) -> Extract:
    """What the file holds, in reading order.

    Args:
        data: the whole file.
        name: the document's name: its ending decides where the content does not, and errors carry it.

    Raises:
        DocumentError: of no format that is read, damaged, protected, or without any text.
    """
    return _reader(form_of(data, name))(data, name)


def _reader(form: str) -> Callable[[bytes, str], Extract]:
    match form:
        case "pdf":
            from assistant.readers.pdf import read as reader
        case "docx":
            from assistant.readers.docx import read as reader
        case "pptx":
            from assistant.readers.pptx import read as reader
        case "xlsx":
            from assistant.readers.sheets import read_xlsx as reader
        case "csv":
            from assistant.readers.sheets import read_csv as reader
        case "html":
            from assistant.readers.html import read as reader
        case "md":
            from assistant.readers.markdown import read as reader
        case _:
            from assistant.readers.text import read as reader
    return reader
