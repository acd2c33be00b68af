"""Whether settings, storage, index, embedder and endpoints are well, and what to do if not."""
