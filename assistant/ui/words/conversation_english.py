"""Conversations in English."""

from __future__ import annotations

from assistant.ui.words.conversation_texts import ConversationTexts

ENGLISH_CONVERSATION = ConversationTexts(
    search="Search conversations",
    none_found="No conversation matches.",
    today="Today",
    yesterday="Yesterday",
    week="Last 7 days",
    earlier="Earlier",
    more="More conversations",
    menu="Actions on this conversation",
    rename="Rename",
    export="Export",
    delete="Delete",
    new_title="Name of the conversation",
    save="Save",
    send="Send",
    cancel="Cancel",
    delete_sure="Delete “{}”? Its questions, answers and ratings are deleted for good.",
    markdown="Markdown (to read and keep)",
    json="JSON (for programs)",
    list_failed="The conversations cannot be read: {}",
    missing="There is no such conversation: it may have been deleted, or belong to another person. "
    "You can start a new one right here.",
    unkept="This conversation is not kept and will be lost when the page is closed: {}",
    older="{} earlier",
    edit="Edit and ask again",
    edited="Edit the question",
    copy="Copy the answer",
    copied="Copied",
    sources="Sources:",
    comment="Write a comment",
    comment_hint="What is good or bad about it (optional)",
    commented="Comment: {}",
    why="Why this answer",
    version="Version {} of {}",
    before="Previous version",
    after="Next version",
    follow_ups="You could ask next",
    nothing_yet="There are no documents to search yet. Add some, then ask about them.",
    to_documents="Add documents",
)
