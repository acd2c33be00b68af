"""What writes an answer out of evidence with the help of a language model."""
