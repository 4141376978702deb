"""The goals by status: a column for each, the worst first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from plumbline.goals.status import WORST_FIRST
from plumbline.web.forms.goals import without
from plumbline.web.goals_search import Entry, Search
from plumbline.web.lines import Line
from plumbline.web.words import status_meaning

#: Cards of one column; the table shows the others.
MOST = 30


@dataclass(frozen=True, slots=True)
class Lane:
    """One column: a status, how many goals stand there, and the first of them."""

    key: str
    word: str
    count: int
    cards: Sequence[Entry]
    query: str

    @property
    def rest(self) -> int:
        """How many the table shows beside these."""
        return self.count - len(self.cards)


def board_of(search: Search) -> dict[str, Any]:
    """Return the columns of the board; a status that nothing has is left out."""
    entries = [each for each in search.entries() if search.alone or isinstance(each, Line)]
    found: dict[str, list[Entry]] = {}
    for each in entries:
        found.setdefault(_key(each), []).append(each)
    keys = [*(status.value for status in WORST_FIRST), "draft"]
    return {"lanes": list(_lanes(search, found, [key for key in keys if key in found]))}


def _key(entry: Entry) -> str:
    if isinstance(entry, Line):
        return "draft" if entry.is_draft else entry.status
    return "draft" if entry.objective.stage == "draft" else entry.status.value


def _lanes(search: Search, found: dict[str, list[Entry]], keys: Iterable[str]) -> Iterable[Lane]:
    for key in keys:
        named = {"status": "" if key == "draft" else key}
        query = without(search.request.GET, "show", **named)
        word = _("Draft") if key == "draft" else str(status_meaning(key).word)
        yield Lane(key, word, len(found[key]), found[key][:MOST], query)
