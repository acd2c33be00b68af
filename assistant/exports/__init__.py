"""Briefings and comparisons as files: JSON for programs, Markdown to keep, CSV for spreadsheets."""

from assistant.exports.documents import briefing_markdown, comparison_markdown
from assistant.exports.objects import briefing_object, citation_object, comparison_object
from assistant.exports.sheets import comparison_csv, figures_csv

__all__ = [
    "briefing_markdown",
    "briefing_object",
    "citation_object",
    "comparison_csv",
    "comparison_markdown",
    "comparison_object",
    "figures_csv",
]
