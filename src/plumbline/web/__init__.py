"""HTML: one of the three doors."""
