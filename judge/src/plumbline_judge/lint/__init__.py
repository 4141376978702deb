"""Lint lists of goals: read files, judge what stands in them, and say where."""
