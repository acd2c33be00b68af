"""Conversations, kept in SQLite: each belongs to one person and is a tree of exchanges."""

from assistant.conversations.store import Conversations
from assistant.conversations.tree import Tree

__all__ = ["Conversations", "Tree"]
