"""The values that travel between the modules. Frozen, saying only what their fields do, no layer above known.

Spans are half-open character offsets. `start`/`end` count in the *cleaned* text of the whole
document unless a name says raw; a `Citation` alone counts in the raw text that its reader extracted.
"""

from assistant.records.answers import (
    Answer,
    AnswerSentence,
    Check,
    Delta,
    Hint,
    HintKind,
    Notice,
    PagePicture,
    ScoredPassage,
    Source,
    Turn,
    Verdict,
)
from assistant.records.citations import Citation, Tokens
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
from assistant.records.files import DocumentFile, OriginalFile, Upload, VectorCount
from assistant.records.ingestion import (
    FileResult,
    IndexIdentity,
    IngestReport,
    ParsedFile,
    Progress,
    Stage,
    Status,
)
from assistant.records.trails import Candidate, Reason, Step, Trail

__all__ = [
    "Answer",
    "AnswerSentence",
    "Article",
    "Block",
    "BlockKind",
    "Candidate",
    "Check",
    "Citation",
    "CompanyInfo",
    "Delta",
    "DocumentFile",
    "DocumentInfo",
    "DocumentKind",
    "DocumentView",
    "Extract",
    "FileResult",
    "Filters",
    "Hint",
    "HintKind",
    "IndexIdentity",
    "IngestReport",
    "Metadata",
    "Notice",
    "OriginalFile",
    "PagePicture",
    "Paragraph",
    "ParsedDocument",
    "ParsedFile",
    "Passage",
    "Progress",
    "Reason",
    "ScoredPassage",
    "Source",
    "Stage",
    "Status",
    "Step",
    "Table",
    "Tokens",
    "Trail",
    "Turn",
    "Upload",
    "VectorCount",
    "Verdict",
]
