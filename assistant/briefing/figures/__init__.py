"""The figures that statements state: what of, how much, the same and the differing."""
