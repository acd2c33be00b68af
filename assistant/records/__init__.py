"""The values that travel between the modules. Frozen, without behaviour, importing no layer above.

Spans are half-open character offsets. `start`/`end` count in the *cleaned* text of the whole
document unless a name says raw; a `Citation` alone counts in the raw text that its reader extracted.
"""

from assistant.records.answers import (
    Answer,
    AnswerSentence,
    Check,
    Citation,
    Delta,
    Notice,
    ScoredPassage,
    Source,
    Tokens,
    Turn,
    Verdict,
)
from assistant.records.documents import (
    Article,
    Block,
    BlockKind,
    CompanyInfo,
    DocumentInfo,
    DocumentKind,
    DocumentView,
    Extract,
    Filters,
    Metadata,
    Paragraph,
    ParsedDocument,
    Passage,
    Table,
)
from assistant.records.ingestion import (
    FileResult,
    IndexIdentity,
    IngestReport,
    ParsedFile,
    Progress,
    Stage,
    Status,
)

__all__ = [
    "Answer",
    "AnswerSentence",
    "Article",
    "Block",
    "BlockKind",
    "Check",
    "Citation",
    "CompanyInfo",
    "Delta",
    "DocumentInfo",
    "DocumentKind",
    "DocumentView",
    "Extract",
    "FileResult",
    "Filters",
    "IndexIdentity",
    "IngestReport",
    "Metadata",
    "Notice",
    "Paragraph",
    "ParsedDocument",
    "ParsedFile",
    "Passage",
    "Progress",
    "ScoredPassage",
    "Source",
    "Stage",
    "Status",
    "Table",
    "Tokens",
    "Turn",
    "Verdict",
]
