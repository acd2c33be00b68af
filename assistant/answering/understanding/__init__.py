"""A question read: what it asks, what steers the search, what it refers back to."""
