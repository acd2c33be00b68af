"""The interface for programs: OpenAI-compatible chat over HTTP, search, documents, companies and health."""
