"""The index: SQLite holds the truth, Chroma the vectors under the same ids."""
