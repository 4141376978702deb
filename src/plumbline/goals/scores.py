"""Scores: how an objective ended, from 0 to 1, by the goalposts as committed and as amended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from plumbline.goals.models.objective import Objective
from plumbline.goals.outlook import Outlook, outlooks
from plumbline.goals.progress import ALL, counted
from plumbline.people.models import Organisation, Person

_CENT = Decimal("0.01")

#: What a score is held against: a promise is kept in full, a stretch is reached at 0.7.
EXPECTED = {Objective.Kind.COMMITTED: Decimal("1.0"), Objective.Kind.ASPIRATIONAL: Decimal("0.7")}


@dataclass(frozen=True, slots=True)
class Scores:
    """Both scores of an objective; None where nothing is measured."""

    committed: Decimal | None
    amended: Decimal | None
    expected: Decimal
    #: What the score as committed follows from, in points.
    committed_progress: Decimal | None = None

    @property
    def moved(self) -> bool:
        """Tell whether the goalposts that moved made a difference."""
        return self.committed != self.amended

    @property
    def reached(self) -> bool:
        """Tell whether it came as far as its kind expects, by the goalposts as committed."""
        return self.committed is not None and self.committed >= self.expected


def score_of(progress: Decimal | None) -> Decimal | None:
    """Return progress in points as a score: 0 to 1, to two places; None stays None."""
    share = counted(progress)
    return None if share is None else (share / ALL).quantize(_CENT, ROUND_HALF_EVEN)


def scores(
    objectives: Iterable[Objective],
    *,
    reader: Person | None,
    organisation: Organisation,
    today: date,
    amended: Mapping[int, Outlook] | None = None,
) -> dict[int, Scores]:
    """Return both scores of each objective by key, as this reader may see it; no reader is the house itself.

    ``amended`` are the outlooks of today, where the caller has them already.
    """
    rows = list(objectives)
    if amended is None:
        amended = outlooks(rows, reader=reader, organisation=organisation, today=today)
    committed = outlooks(rows, reader=reader, organisation=organisation, today=today, as_committed=True)
    return {
        row.pk: Scores(
            score_of(committed[row.pk].progress),
            score_of(amended[row.pk].progress),
            EXPECTED[Objective.Kind(row.kind)],
            committed[row.pk].progress,
        )
        for row in rows
    }


def suggested_score(
    objective: Objective, *, reader: Person | None, organisation: Organisation, today: date
) -> Decimal | None:
    """Return the score that the progress of an objective suggests, as amended."""
    found = outlooks([objective], reader=reader, organisation=organisation, today=today)
    return score_of(found[objective.pk].progress)
