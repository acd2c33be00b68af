"""From the passages about a company to what they state of it."""
