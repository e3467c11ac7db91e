"""Convergence: whether what a household or a desa should receive arrives together."""
