"""Statements by subject, the subjects named by the text."""
