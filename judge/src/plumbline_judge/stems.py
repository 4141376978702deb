"""What is left of an English word without its ending, so that its forms fall together."""

from __future__ import annotations

from functools import lru_cache

_LEAST_STEM = 3
_WHOLE_WORD = 4
_ENDINGS = (
    ("ization", ""), ("isation", ""), ("ations", ""), ("ation", ""), ("ising", ""), ("izing", ""), ("ise", ""),
    ("ize", ""), ("ised", ""), ("ized", ""), ("ments", ""), ("ment", ""), ("ities", ""), ("ity", ""), ("ions", ""),
    ("ion", ""), ("ings", ""), ("ing", ""), ("ied", "y"), ("ies", "y"), ("ed", ""), ("ers", ""), ("er", ""),
    ("ors", ""), ("or", ""), ("es", ""), ("s", ""), ("ly", ""), ("e", ""),
)  # fmt: skip


@lru_cache(maxsize=1024)
def stem(word: str) -> str:
    """Return what is left of an English word without its ending."""
    if len(word) <= _WHOLE_WORD or " " in word:
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return _single(word[: len(word) - len(ending)] + instead)
    return word


def _single(left: str) -> str:
    doubled = left[-1] == left[-2] and left[-1] not in "lse"
    return left[:-1] if doubled else left
