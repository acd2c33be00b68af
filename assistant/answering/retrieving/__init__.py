"""Passages found by words and by meaning, fused, collapsed and, where an endpoint does it, reranked."""
