"""What an explanation is: a number's rule with the values put in, and the parts it is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple


class Share(NamedTuple):
    """One part of a roll-up: its raw progress, what is counted of it, and its share of the weights, all in points.

    Without a share it is left out: it can't be measured yet, or weighs nothing.
    """

    name: str
    progress: Decimal | None
    counts: Decimal | None
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One number: what it is, by which rule it came, and the values that went in, for programs."""

    of: str
    name: str
    words: str
    values: Mapping[str, Any] = field(default_factory=dict)
    parts: Sequence[Share] = ()
    #: Whether goals count that this reader does not see.
    more: bool = False
