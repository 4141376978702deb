"""Measurements of what should stay fast: make bench."""
