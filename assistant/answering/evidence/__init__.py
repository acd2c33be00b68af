"""Passages to evidence: units weighed by features, put into order and judged."""
