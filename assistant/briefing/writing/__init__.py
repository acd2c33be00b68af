"""A briefing in a model's words."""
