"""Citations with their spans, and whether what is said stands in what is cited."""
