"""What the desa show together: equity between them, and services that meet in them."""
