"""Search: what a person may see, found by how words begin, whatever their case and accents."""

from plumbline.goals.search.finding import Finds, Found, find
from plumbline.goals.search.matching import matching

__all__ = ["Finds", "Found", "find", "matching"]
