"""The documents: adding, listing, reading and removing them."""
