"""A question that asks for a summary: what it asks for, and the answer made of the briefing."""
