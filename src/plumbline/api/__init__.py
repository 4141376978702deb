"""JSON: one of the three doors."""
