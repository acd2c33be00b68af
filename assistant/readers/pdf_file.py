"""A PDF file from its bytes to its open pages, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2

from assistant.errors import DocumentError
from assistant.readers.pdf_page import Page

_PASSWORD_ERROR = 4


class Document:
    """An open PDF."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document)

    def properties(self) -> dict[str, str]:
        """Title, Author and the like, as the file states them."""
        return dict(self._document.get_metadata_dict(skip_empty=True))

    @contextmanager
    def page(self, index: int) -> Iterator[Page | None]:
        """A page, from 0; None where it is damaged."""
        try:
            page = self._document[index]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            yield None
            return
        try:
            yield Page(page, text)
        finally:
            text.close()
            page.close()


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Document]:
    """The PDF in `data`.

    Raises:
        DocumentError: it is damaged, no PDF, or wants a password.
    """
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower():
            message = f"{name} is locked with a password; save a copy without one"
        else:
            message = f"{name} is damaged or no PDF; save or fetch it again"
        raise DocumentError(message) from error
    try:
        if not count:
            raise DocumentError(f"{name} has no pages; save or fetch it again")
        yield Document(document)
    finally:
        document.close()
