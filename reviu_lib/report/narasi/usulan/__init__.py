"""Chapters IX and X: what is proposed for next year, and what became of last year."""
