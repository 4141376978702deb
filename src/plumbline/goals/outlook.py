"""Where objectives stand: progress, pace and status of many at once, in a fixed number of queries.

Roll-ups are computed on reading, from the key results' own values: there is
nothing stored that could differ (``docs/decisions/roll-up-on-reading.md``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from plumbline.goals.around import surround
from plumbline.goals.listed import Listed, listed
from plumbline.goals.models import KeyResult, Objective
from plumbline.goals.models.objective import Stage
from plumbline.goals.progress import Part, expected
from plumbline.goals.rolling import RollUp
from plumbline.goals.status import Limits, Standing, Status, worst
from plumbline.goals.tree import feeding
from plumbline.people.models import Organisation, Person


@dataclass(frozen=True, slots=True)
class KeyResultOutlook:
    """One key result with what follows from its numbers."""

    #: A ``KeyResult``, or what lists show of one: a ``Listed``.
    key_result: Any
    progress: Decimal | None
    expected: Decimal | None
    standing: Standing
    share: Decimal | None

    @property
    def counts(self) -> bool:
        """Tell whether roll-ups count it."""
        return bool(self.key_result.stage != Stage.DRAFT)


@dataclass(frozen=True, slots=True)
class Outlook:
    """One objective with what follows from what hangs under it.

    ``expected`` is the share of its cycle that has passed, in points.
    """

    objective: Objective
    progress: Decimal | None
    expected: Decimal
    status: Status
    key_results: tuple[KeyResultOutlook, ...]
    confidence: int | None
    outcomes: int

    @property
    def counted(self) -> list[KeyResultOutlook]:
        """The key results that roll-ups count."""
        return [each for each in self.key_results if each.counts]


def limits_of(organisation: Organisation) -> Limits:
    """Return the organisation's limits for behind, and its days of grace."""
    return Limits(
        Decimal(organisation.attention_behind), Decimal(organisation.off_track_behind), organisation.grace_days
    )


def outlook_of(
    key_result: KeyResult | Listed, *, today: date, limits: Limits, share: Decimal | None = None
) -> KeyResultOutlook:
    """Return where one key result stands; fetch it with ``for_reading`` to ask without queries."""
    done, pace, standing = key_result.numbers().read(today, limits)
    return KeyResultOutlook(key_result, done, pace, standing, share)


def outlooks(
    objectives: Iterable[Objective],
    *,
    reader: Person,
    organisation: Organisation,
    today: date,
    for_a_list: bool = False,
) -> dict[int, Outlook]:
    """Return where each objective stands, by key, as this reader may see it; ``for_a_list`` with less of each.

    Aligned objectives that are hidden from the reader are counted where there
    are two or more of them beside each other; a single one could be worked out
    from the difference, so the reader sees the roll-up without it.
    """
    return _Reading(list(objectives), reader, organisation, today, for_a_list).all()


@dataclass(slots=True)
class _Reading:
    wanted: list[Objective]
    reader: Person
    organisation: Organisation
    today: date
    for_a_list: bool
    key_results: dict[int, list[KeyResultOutlook]] = field(default_factory=lambda: defaultdict(list))
    rolling: RollUp = field(default_factory=RollUp)

    def all(self) -> dict[int, Outlook]:
        followers = [each.pk for each in self.wanted if each.driver != Objective.Driver.KEY_RESULTS]
        below = self.rolling.feed(feeding(followers, reader=self.reader.pk))
        self._fetch_key_results(below)
        return {objective.pk: self._outlook(objective) for objective in self.wanted}

    def _fetch_key_results(self, below: set[int]) -> None:
        known = {each.pk: each for each in self.wanted}
        limits, below = limits_of(self.organisation), below - set(known)
        fetched: Any = listed(known, below) if self.for_a_list else fetch_key_results(known, below)
        for key, group in fetched.items():
            if key in known:
                shares = _shares(group)
                self.key_results[key] = [
                    outlook_of(row, today=self.today, limits=limits, share=shares.get(row.pk)) for row in group
                ]
                counted = [row for row in self.key_results[key] if row.counts]
                self.rolling.parts[key] = [Part(row.progress, row.key_result.weight) for row in counted]
            else:
                self.rolling.parts[key] = [Part(row.progress(), row.weight) for row in group if row.stage != "draft"]

    def _outlook(self, objective: Objective) -> Outlook:
        rows = tuple(self.key_results[objective.pk])
        counted = [row for row in rows if row.counts]
        said = [row.key_result.latest_check_in.confidence for row in counted if row.key_result.latest_check_in]
        sure = [each for each in said if each is not None]
        return Outlook(
            objective=objective,
            progress=self.rolling.progress(objective.pk, objective.driver),
            expected=expected(first_day=objective.cycle.first_day, last_day=objective.cycle.last_day, today=self.today),
            status=worst(row.standing.shown for row in counted),
            key_results=rows,
            confidence=round(sum(sure) / len(sure)) if sure else None,
            outcomes=sum(not row.key_result.counts_work for row in counted),
        )


def fetch_key_results(known: dict[int, Objective], below: Iterable[int] = ()) -> dict[int, list[KeyResult]]:
    """Return the key results of objectives that are fetched already, by objective, with what lists show of them.

    Two queries. Of those ``below``, whose objectives are not fetched, the numbers alone are asked for.
    """
    there = KeyResult.objects.filter(objective__in={*known, *below}, binned_at=None, archived_at=None)
    rows = list(there.for_lists().order_by("pk"))
    grouped: dict[int, list[KeyResult]] = defaultdict(list)
    for row in rows:
        grouped[row.objective_id].append(row)
        if row.objective_id in known:
            row.objective = known[row.objective_id]
    surround(rows)
    return grouped


def _shares(group: Iterable[KeyResult | Listed]) -> dict[int, Decimal]:
    counted = [row for row in group if row.stage != Stage.DRAFT]
    total = sum((row.weight for row in counted), Decimal(0))
    return {row.pk: row.weight * 100 / total for row in counted} if total else {}
