"""Roll-up over what hangs under: parts in, progress out, for whole trees at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from plumbline.goals.progress import Part, roll_up
from plumbline.goals.tree import Feeding


class Aligned(NamedTuple):
    """An aligned objective as it counts in the one above it; its reader may not see it."""

    pk: int
    progress: Decimal | None
    weight: Decimal


@dataclass(slots=True)
class RollUp:
    """The key results of each objective as parts, and the aligned objectives that feed those that follow them.

    Aligned objectives that are hidden from the reader are counted where there
    are two or more of them beside each other; a single one could be worked out
    from the difference, so the reader sees the roll-up without it.
    """

    parts: dict[int, list[Part]] = field(default_factory=lambda: defaultdict(list))
    children: dict[int, list[Feeding]] = field(default_factory=lambda: defaultdict(list))
    known: dict[int, Decimal | None] = field(default_factory=dict)

    def feed(self, rows: Iterable[Feeding]) -> set[int]:
        """Take in what feeds the followers; return the keys of it."""
        for child in rows:
            self.children[child.above].append(child)
        return {child.pk for group in self.children.values() for child in group}

    def progress(self, key: int, driver: str) -> Decimal | None:
        """Return the progress of one objective; each is worked out once."""
        if key not in self.known:
            self.known[key] = roll_up(self._parts(key, driver))
        return self.known[key]

    def aligned(self, key: int, driver: str) -> tuple[Aligned, ...]:
        """Return the aligned objectives that count in the progress of one."""
        if driver == "key_results":
            return ()
        return tuple(
            Aligned(child.pk, self.progress(child.pk, child.driver), child.weight) for child in self._countable(key)
        )

    def _parts(self, key: int, driver: str) -> list[Part]:
        parts: list[Part] = []
        if driver != "aligned":
            parts += self.parts.get(key, ())
        if driver != "key_results":
            parts += [Part(each.progress, each.weight) for each in self.aligned(key, driver)]
        return parts

    def _countable(self, key: int) -> Sequence[Feeding]:
        children = self.children.get(key, ())
        hidden = sum(not child.visible for child in children)
        return [child for child in children if child.visible] if hidden == 1 else children
