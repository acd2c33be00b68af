"""The settings and whether all is well."""
