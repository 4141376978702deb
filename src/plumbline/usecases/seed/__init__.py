"""Seed: an organisation of any size, to see how Plumbline feels when it is large.

The rows are those that the verbs would have left, written in bulk: thousands a second instead of hundreds. The same
size and the same number to start from give the same organisation, but for public ids.
"""

from plumbline.usecases.seed.size import Size
from plumbline.usecases.seed.sowing import NotEmpty, sow

__all__ = ["NotEmpty", "Size", "sow"]
