"""Evidence to what is quoted of it: whole lists, sentences and rows."""
