"""What a conversation and the list of conversations say, whatever the language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConversationTexts:
    """The words of one language. Fields with `{}` are filled by `str.format`."""

    search: str
    none_found: str
    today: str
    yesterday: str
    week: str
    earlier: str
    more: str
    menu: str
    rename: str
    export: str
    delete: str
    new_title: str
    save: str
    send: str
    cancel: str
    delete_sure: str
    markdown: str
    json: str
    list_failed: str
    missing: str
    unkept: str
    older: str
    edit: str
    edited: str
    copy: str
    copied: str
    sources: str
    comment: str
    comment_hint: str
    commented: str
    why: str
    version: str
    before: str
    after: str
    follow_ups: str
    nothing_yet: str
    to_documents: str
