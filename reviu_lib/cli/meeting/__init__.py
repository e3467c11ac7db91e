"""Commands around the review meeting."""
