"""Take the marks of Markdown off a line: bold, links, comments, escapes; what is left knows where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plumbline_judge.lint.written import trimmed

_LINK = re.compile(r"(?P<open>!?\[)[^\[\]]*(?P<close>\]\([^()\s]*(?:\s+\"[^\"]*\")?\))")
_DROPPED = re.compile(
    r"<!--.*?-->|\*\*|(?<!_)__(?!_)|`+|(?<![\w*])[*](?=[^\s*])|(?<=[^\s*])[*](?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])|(?<=[^\s_])_(?![\w_])|\\(?=[\\`*_{}\[\]()#+.!|<>~-])"
)
_STRUCK = re.compile(r"\s*~~.*~~\W*$")


def unmarked(text: str, begin: int, end: int) -> tuple[str, Sequence[int]]:
    """Return the words of ``text[begin:end]`` with the offset of each letter; nothing where all is struck through."""
    if _STRUCK.match(text, begin, end) and text[begin:end].strip().startswith("~~"):
        return "", ()
    gone = _gone(text, begin, end)
    if not gone:
        return trimmed(text[begin:end], range(begin, end))
    at = [place for place in range(begin, end) if place not in gone]
    return trimmed("".join(text[place] for place in at), at)


def _gone(text: str, begin: int, end: int) -> set[int]:
    gone: set[int] = set()
    for found in _DROPPED.finditer(text, begin, end):
        gone.update(range(*found.span()))
    for found in _LINK.finditer(text, begin, end):
        gone.update(range(*found.span("open")), range(*found.span("close")))
    return gone
