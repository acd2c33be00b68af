"""How right the answers are on a fixed set of questions: asking, scoring, reporting, comparing."""
