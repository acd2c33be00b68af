"""What the view of a source says, in English."""

from __future__ import annotations

from assistant.ui.words.source_texts import SourceTexts

ENGLISH_SOURCE = SourceTexts(
    previous="Previous",
    next="Next",
    page_before="Previous page",
    page_after="Next page",
    cited_page="Back to the cited page",
    earlier="More before",
    later="More after",
    open="Open in documents",
    copy="Copy a link to this place",
    copied="Copied",
    place="The place of the link",
    no_place="The place of the link is not in this document, which may have changed.",
    close="Close",
)
