"""Editions of a report that are written beside its page, from the same result."""
