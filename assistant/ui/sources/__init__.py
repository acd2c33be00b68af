"""The place that a citation quotes: its document, its page, what stands around it."""
