"""Pieces of words: three to five letters in a row, with where a word begins and ends.

What neither the lexicon nor our own sentences have is told by how it is built: "-ability", "re-", "-athon". A piece
belongs to its word and is shown as that word.
"""

from __future__ import annotations

import re

_SIZES = (3, 4, 5)
_PARTS = re.compile(r"[^\W\d_]+")


def pieces(low: str) -> tuple[str, ...]:
    """Return the pieces of a word in small letters; of a compound or a phrase those of each part."""
    found = [f" {part} " for part in _PARTS.findall(low)]
    return tuple(
        dict.fromkeys([part[at : at + size] for part in found for size in _SIZES for at in range(len(part) - size + 1)])
    )
