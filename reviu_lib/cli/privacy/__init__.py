"""Commands about what is kept, of whom, and for how long."""
