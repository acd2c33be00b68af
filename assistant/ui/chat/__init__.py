"""The chat: the conversation, its list, and how an answer is shown."""
