"""Output 5, the outcome: how many children are stunted, how sure that is, and what changed."""
