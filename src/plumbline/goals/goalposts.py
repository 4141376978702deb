"""Goalposts: how far a value has come between given posts, whichever of them hold."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from plumbline.goals.models.surroundings import KEEPING, Commitment, Type
from plumbline.goals.progress import ALL, NONE, Range, kept, progress

if TYPE_CHECKING:
    from plumbline.goals.models.key_result import KeyResult


class Posts(NamedTuple):
    """Where a number starts and where it is to go."""

    baseline: Decimal | None
    target: Decimal | None
    target_upper: Decimal | None = None

    @classmethod
    def of(cls, holder: KeyResult | Commitment) -> Posts:
        """Return the posts of a key result as amended, or those of a commitment."""
        return cls(holder.baseline, holder.target, holder.target_upper)


def progress_between(kind: str, posts: Posts, value: Decimal | None) -> Decimal | None:
    """Return the raw progress of a value by the rule of a type, in points; milestones are counted elsewhere."""
    if kind == Type.YES_NO:
        return ALL if value else NONE
    if kind in KEEPING:
        return None if posts.target is None or value is None else kept(_range(kind, posts), value)
    if posts.baseline is None or posts.target is None:
        return None
    return progress(baseline=posts.baseline, target=posts.target, value=posts.baseline if value is None else value)


def as_committed(row: KeyResult) -> tuple[Decimal | None, Decimal]:
    """Return progress and weight of a key result by the goalposts that were locked; by its own where none were."""
    commitment = getattr(row, "commitment", None)
    if commitment is None:
        return row.progress(), row.weight
    if row.type == Type.MILESTONES:
        return row.progress(), commitment.weight
    return progress_between(row.type, Posts.of(commitment), row.current), commitment.weight


def _range(kind: str, posts: Posts) -> Range:
    low = posts.target if kind in {Type.AT_LEAST, Type.BETWEEN} else None
    upper = posts.target_upper if kind == Type.BETWEEN else None
    return Range(low, posts.target if kind == Type.AT_MOST else upper)
