"""Pages of the PDF files as pictures, drawn in a child process."""

from __future__ import annotations

import base64

from assistant.errors import DocumentError
from assistant.index.ledger import Ledger
from assistant.records import Citation, PagePicture
from assistant.sandbox import Job, Sandbox


def page_picture(
    ledger: Ledger, sandbox: Sandbox, citation: Citation, *, megabytes: int, width: int
) -> PagePicture:
    """The page that a citation stands on, with the quoted words highlighted.

    Args:
        megabytes: the largest file that is opened.
        width: in pixels.

    Raises:
        DocumentError: it stands in no PDF, or the file is gone, has changed or cannot be drawn.
    """
    if citation.page is None:
        raise DocumentError(f"{citation.document} has no pages; read its text instead")
    file, pages = ledger.file(citation.document), ledger.pages(citation.document)
    arguments = {
        "path": file.path,
        "name": file.name,
        "megabytes": megabytes,
        "sha256": file.sha256,
        "page": citation.page,
        "start": pages[citation.page - 1],
        "spans": [(citation.start, citation.end)],
        "width": width,
    }
    drawn = sandbox.run(Job("picture", arguments, file.name))
    return PagePicture(**drawn | {"png": base64.b64decode(drawn["png"])})
