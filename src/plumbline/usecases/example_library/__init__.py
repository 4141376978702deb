"""Objectives with key results to look at and to begin with, by field of work."""
