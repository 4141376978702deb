"""Search: what a person may see, found by how words begin, whatever their case and accents."""

from plumbline.goals.search.finding import Finds, find, matching

__all__ = ["Finds", "find", "matching"]
