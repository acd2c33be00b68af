"""Briefings, comparisons and conversations as files: JSON for programs, Markdown to keep, CSV of figures."""

from assistant.exports.conversation_markdown import conversation_markdown
from assistant.exports.conversation_object import conversation_file_name, conversation_object
from assistant.exports.documents import briefing_markdown, comparison_markdown
from assistant.exports.feedback_questions import feedback_jsonl, feedback_questions
from assistant.exports.objects import briefing_object, citation_object, comparison_object, hit_object
from assistant.exports.sheets import comparison_csv, figures_csv

__all__ = [
    "briefing_markdown",
    "briefing_object",
    "citation_object",
    "comparison_csv",
    "comparison_markdown",
    "comparison_object",
    "conversation_file_name",
    "conversation_markdown",
    "conversation_object",
    "feedback_jsonl",
    "feedback_questions",
    "figures_csv",
    "hit_object",
]
