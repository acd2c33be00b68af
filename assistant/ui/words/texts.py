"""What the interface says, whatever the language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.errors import AssistantError
from assistant.records import HintKind, Verdict
from assistant.ui.words.access_texts import AccessTexts
from assistant.ui.words.companies_texts import CompaniesTexts
from assistant.ui.words.conversation_texts import ConversationTexts
from assistant.ui.words.documents_texts import DocumentsTexts
from assistant.ui.words.evaluation_texts import EvaluationTexts
from assistant.ui.words.settings_texts import SettingsTexts
from assistant.ui.words.source_texts import SourceTexts
from assistant.ui.words.why_texts import WhyTexts


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one language. Fields with `{}` are filled by `str.format`."""

    product: str
    tagline: str
    chat: str
    documents: str
    new_conversation: str
    language: str
    skip: str
    placeholder: str
    greeting: str
    try_asking: str
    document_count: str
    working: str
    stop: str
    stopped: str
    retry: str
    sources: str
    unverified: str
    unverified_why: str
    unverified_count: str
    partly_unverified: str
    page: str
    reprints: str
    named: str
    location: str
    article: str
    raw_file: str
    page_picture: str
    page_of: str
    page_count: str
    page_alt: str
    whole_article: str
    whole_file: str
    seconds: str
    tokens: str
    preparing: str
    preparing_hint: str
    ask_early: str
    reading: str
    embedding: str
    not_started: str
    start_again: str
    unexpected: str
    choose_document: str
    raw: str
    clean: str
    part: str
    list_of: str
    nothing_fits: str
    title_holds: str
    failed_documents: str
    noted_documents: str
    unit: str
    companies: str
    limits: str
    since: str
    until: str
    limited_to: str
    understood_as: str
    left_out: str
    separator: str
    engines: Mapping[str, str]
    verdicts: Mapping[Verdict, str]
    hints: Mapping[HintKind, str]
    statuses: Mapping[str, str]
    kinds: Mapping[str, str]
    periods: Mapping[str, str]
    failures: Mapping[type[AssistantError], str]
    columns: Mapping[str, str]
    said: Callable[[str], str]
    briefing: CompaniesTexts
    access: AccessTexts
    conversation: ConversationTexts
    evaluation: EvaluationTexts
    management: DocumentsTexts
    settings: SettingsTexts
    why: WhyTexts
    source: SourceTexts

    def kind(self, kind: str) -> str:
        """A document's kind in words; nothing for what is no kind."""
        return self.kinds.get(kind, "")

    def period(self, period: str) -> str:
        """A reporting period (`2022H1`) in words; nothing for none."""
        year, stage = period[:4], period[4:]
        return self.periods[stage].format(year) if stage in self.periods else year
