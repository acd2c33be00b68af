"""The companies: their list, the summary of one, several side by side."""
