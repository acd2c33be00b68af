"""What every route needs: the settings, the assistant once it can be asked, and workers to ask it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from anyio import CapacityLimiter
from fastapi import Depends, Header, Request

from assistant.api.failures import NOT_READY, Refusal
from assistant.api.workers import Workers
from assistant.exports.places import document_address, place_address
from assistant.languages import preferred
from assistant.records import Citation
from assistant.records.briefings import Briefing
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.hosting import Host
    from assistant.service import Assistant

_PATIENCE_SECONDS = 10.0


class Desk:
    """Shared by all requests. `has_pages`: the pages are served at the same address."""

    def __init__(
        self, open_host: Callable[[], Host], running: Callable[[], Settings], *, has_pages: bool
    ) -> None:
        """`running` gives the settings as they are now: the page may have set another chat endpoint."""
        self.open_host = open_host
        self._running = running
        self.has_pages = has_pages
        self.created = int(time.time())
        self.workers = Workers()
        self.health_threads = CapacityLimiter(2)

    def assistant(self) -> Assistant:
        """The assistant, as soon as its files are read; takes seconds at the first call.

        Raises:
            AssistantError: it cannot be opened.
            Refusal: the files are still being read for the first time.
        """
        host = self.open_host()
        if not host.wait(_PATIENCE_SECONDS):
            raise Refusal(NOT_READY, "the documents are being read for the first time; try again soon")
        return host.assistant

    @property
    def settings(self) -> Settings:
        """The settings as they are now."""
        return self._running()

    def summarizing(self, name: str, *, branches: bool, engine: str, language: str) -> Iterator[Briefing]:
        """The briefing of a company as it grows; the last one is whole. Raises as `summarize_stream`."""
        making = self.assistant().summarize_stream(name, branches=branches, engine=engine, language=language)
        for item in making:
            if isinstance(item, Briefing):
                yield item

    def cited(self, base: str, citation: Citation) -> str:
        """The address at which a source can be read.

        Args:
            base: the address of this server, with a slash at its end.
        """
        return base + place_address(citation) if self.has_pages else self.document(base, citation.document)

    def document(self, base: str, name: str) -> str:
        """The address of a document: on its page, or as JSON where there are no pages."""
        if self.has_pages:
            return base + document_address(name)
        return f"{base}api/documents/{quote(name, safe='', errors='replace')}"


def desk(request: Request) -> Desk:
    """The desk of the application that a request came to."""
    found: Desk = request.app.state.desk
    return found


def base_url(request: Request) -> str:
    """The address of this server as the program knows it, with a slash at its end."""
    return str(request.base_url)


def language(
    request: Request,
    accept_language: Annotated[str, Header(description="Language of refusals, notices and errors.")] = "",
) -> str:
    """The language that the program asks for, `zh` or `en`, else the one of the settings."""
    return preferred(accept_language, desk(request).settings.language)


AtDesk = Annotated[Desk, Depends(desk)]
Base = Annotated[str, Depends(base_url)]
Language = Annotated[str, Depends(language)]
