"""Chance that can be repeated."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeVar

Each = TypeVar("Each")


class Chance(random.Random):
    """Dice that fall the same way whenever they start from the same number."""

    def one_of(self, choices: Sequence[Each]) -> Each:
        """Return any of them."""
        return choices[int(self.random() * len(choices))]

    def happens(self, share: float) -> bool:
        """Tell whether something that happens in this share of cases happens now."""
        return self.random() < share

    def number(self, between: tuple[int, int]) -> Decimal:
        """Return a whole number, both ends included."""
        return Decimal(self.randint(*between))

    def moment(self, day: date) -> datetime:
        """Return an instant in the working hours of a day."""
        return datetime.combine(day, time(8), UTC) + timedelta(seconds=int(self.random() * 28_800))


def dealt(whole: int, hands: int) -> list[int]:
    """Deal a number out into hands that differ by one at most."""
    least, more = divmod(whole, hands) if hands else (0, 0)
    return [least + (place < more) for place in range(hands)]
