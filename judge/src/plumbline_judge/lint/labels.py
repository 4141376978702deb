"""Labels that people put before goals: "Objective 1:", "KR1.1", "Key results", "Initiatives"."""

from __future__ import annotations

import re
from typing import Literal

Section = Literal["objectives", "key_results", "initiatives", ""]

_NUMBER = r"[\s-]*\#?\d+(?:[.\-]\d+)*[a-z]?"
_SIGN = r"\s*[:.)\]–—-]\s*"
_OBJECTIVE = re.compile(
    rf"^\W{{0,3}}(?:(?:objective|objektiv|goal|ziel|objectif|objetivo)(?:{_NUMBER})?(?:{_SIGN})|"
    rf"(?:objective|objektiv|goal|ziel|o){_NUMBER}(?:{_SIGN}|\s+))(?=\S)",
    re.IGNORECASE,
)
_KEY_RESULT = re.compile(
    rf"^\W{{0,3}}(?:(?:key[ -]?result|schlüsselergebnis|kr)(?:{_NUMBER})?(?:{_SIGN})|"
    rf"(?:key[ -]?result|schlüsselergebnis|kr){_NUMBER}(?:{_SIGN}|\s+))(?=\S)",
    re.IGNORECASE,
)
_INITIATIVE = re.compile(
    rf"^\W{{0,3}}(?:initiative|project|projekt|bet|task|maßnahme)(?:{_NUMBER})?{_SIGN}(?=\S)", re.IGNORECASE
)
_BARE = re.compile(rf"^\W*(?P<words>[^\W\d_][\w &/'’-]*?)(?:{_NUMBER})?\W*$")
_SECTIONS: dict[str, Section] = {
    **dict.fromkeys(
        ("objective", "objectives", "okr", "okrs", "objectives and key results", "objectives & key results", "goals",
         "goal", "ziel", "ziele", "objektive"), "objectives"),
    **dict.fromkeys(
        ("key result", "key results", "kr", "krs", "results", "schlüsselergebnis", "schlüsselergebnisse", "ergebnisse",
         "how we will know", "measures of success"), "key_results"),
    **dict.fromkeys(
        ("initiative", "initiatives", "bet", "bets", "project", "projects", "task", "tasks", "action", "actions",
         "action items", "activities", "how", "how we get there", "initiativen", "wetten", "projekte", "aufgaben",
         "maßnahmen", "aktivitäten"), "initiatives"),
}  # fmt: skip


_SECTIONS = {words.casefold(): name for words, name in _SECTIONS.items()}


def after_label(text: str, role: str) -> int:
    """Return where the sentence begins behind the label of a role; 0 where there is no such label."""
    pattern = {"objective": _OBJECTIVE, "key_result": _KEY_RESULT, "initiative": _INITIATIVE}[role]
    found = pattern.match(text)
    return found.end() if found else 0


def section(text: str) -> Section:
    """Return which list a heading opens ("Key results:", "O1"), or nothing."""
    found = _BARE.match(text.strip())
    words = " ".join(found["words"].casefold().split()) if found else ""
    return "objectives" if words == "o" and any(letter.isdigit() for letter in text) else _SECTIONS.get(words, "")
