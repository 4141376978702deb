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
from typing import TYPE_CHECKING, Any

from plumbline.goals import goalposts
from plumbline.goals.around import surround
from plumbline.goals.listed import Listed, listed
from plumbline.goals.models.key_result import KeyResult
from plumbline.goals.models.objective import Objective, Stage
from plumbline.goals.progress import Part, expected
from plumbline.goals.rolling import Aligned, RollUp
from plumbline.goals.status import Limits, Standing, Status, worst
from plumbline.goals.tree import Feeding, descendants, feeding
from plumbline.people.models import Organisation, Person

if TYPE_CHECKING:
    from plumbline.goals.as_of import Moment


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
    #: The aligned objectives that count, where it follows them; its reader may not see all of them.
    aligned: tuple[Aligned, ...] = ()

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
    reader: Person | None,
    organisation: Organisation,
    today: date,
    as_committed: bool = False,
    moment: Moment | None = None,
    for_a_list: bool = False,
) -> dict[int, Outlook]:
    """Return where each objective stands, by key, as this reader may see it; no reader is the house itself.

    Aligned objectives that are hidden from the reader are counted where there
    are two or more of them beside each other; a single one could be worked out
    from the difference, so the reader sees the roll-up without it.

    ``as_committed`` rolls up by the goalposts that were locked. With a
    ``moment`` the objectives have been taken back to it, and ``today`` is its day.
    """
    return _Reading(list(objectives), reader, organisation, today, as_committed, moment, for_a_list).all()


@dataclass(slots=True)
class _Reading:
    wanted: list[Objective]
    reader: Person | None
    organisation: Organisation
    today: date
    as_committed: bool = False
    moment: Moment | None = None
    for_a_list: bool = False
    key_results: dict[int, list[KeyResultOutlook]] = field(default_factory=lambda: defaultdict(list))
    rolling: RollUp = field(default_factory=RollUp)
    then: dict[int, Objective] = field(default_factory=dict)

    def all(self) -> dict[int, Outlook]:
        followers = [each.pk for each in self.wanted if each.driver != Objective.Driver.KEY_RESULTS]
        below = self.rolling.feed(self._feeding(followers))
        self._fetch_key_results(below)
        return {objective.pk: self._outlook(objective) for objective in self.wanted}

    def _feeding(self, followers: list[int]) -> list[Feeding]:
        if self.moment is None:
            return feeding(followers, reader=self.reader.pk if self.reader else None)
        rows = Objective.objects.filter(pk__in=descendants(followers), binned_at=None)
        back = self.moment.rewind_objectives(rows.select_related("cycle", "parent_key_result"))
        self.then = {row.pk: row for row in back if row.archived_at is None and row.stage != Stage.DRAFT}
        there = Objective.objects.visible_to(self.reader) if self.reader else Objective.objects.all()
        seen = set(there.filter(pk__in=self.then).values_list("pk", flat=True))
        return [Feeding(key, _above(row), row.driver, row.weight, key in seen) for key, row in self.then.items()]

    def _fetch_key_results(self, below: set[int]) -> None:
        known = {each.pk: each for each in self.wanted}
        limits, below = limits_of(self.organisation), below - set(known)
        for key, group in self._rows(known, below).items():
            if key in known:
                shares = _shares(group)
                self.key_results[key] = [
                    outlook_of(row, today=self.today, limits=limits, share=shares.get(row.pk)) for row in group
                ]
                counted = [row for row in self.key_results[key] if row.counts]
                self.rolling.parts[key] = [self._part(row.key_result, row.progress) for row in counted]
            else:
                counted_below = [row for row in group if row.stage != Stage.DRAFT]
                self.rolling.parts[key] = [self._part(row, row.progress()) for row in counted_below]

    def _rows(self, known: dict[int, Objective], below: set[int]) -> dict[int, list[Any]]:
        if self.moment is None and self.for_a_list and not self.as_committed:
            return dict(listed(known, below))
        if self.moment is None:
            return dict(fetch_key_results(known, below, as_committed=self.as_committed))
        rows = KeyResult.objects.filter(objective__in={*known, *below}, binned_at=None).for_reading().order_by("pk")
        rows = rows.select_related("commitment") if self.as_committed else rows
        grouped: dict[int, list[Any]] = defaultdict(list)
        for row in self.moment.rewind_key_results(rows, {**self.then, **known}):
            if row.archived_at is None:
                grouped[row.objective_id].append(row)
        return grouped

    def _part(self, row: Any, done: Decimal | None) -> Part:
        return Part(*goalposts.as_committed(row)) if self.as_committed else Part(done, row.weight)

    def _outlook(self, objective: Objective) -> Outlook:
        rows = tuple(self.key_results[objective.pk])
        counted = [row for row in rows if row.counts]
        said = [row.key_result.latest_check_in.confidence for row in counted if row.key_result.latest_check_in]
        sure = [each for each in said if each is not None]
        return Outlook(
            objective=objective,
            progress=self.rolling.progress(objective.pk, objective.driver),
            expected=expected(first_day=objective.first_day, last_day=objective.last_day, today=self.today),
            status=worst(row.standing.shown for row in counted),
            key_results=rows,
            confidence=round(sum(sure) / len(sure)) if sure else None,
            outcomes=sum(not row.key_result.counts_work for row in counted),
            aligned=self.rolling.aligned(objective.pk, objective.driver),
        )


def fetch_key_results(
    known: dict[int, Objective], below: Iterable[int] = (), *, as_committed: bool = False
) -> dict[int, list[KeyResult]]:
    """Return the key results of objectives that are fetched already, by objective, with what lists show of them.

    Two queries. Of those ``below``, whose objectives are not fetched, the numbers alone are asked for.
    """
    there = KeyResult.objects.filter(objective__in={*known, *below}, binned_at=None, archived_at=None)
    along = there.for_reading().select_related("commitment") if as_committed else there.for_lists()
    rows = list(along.order_by("pk"))
    grouped: dict[int, list[KeyResult]] = defaultdict(list)
    for row in rows:
        grouped[row.objective_id].append(row)
        if row.objective_id in known:
            row.objective = known[row.objective_id]
    surround(rows)
    return grouped


def _above(row: Objective) -> int:
    above = row.parent_key_result.objective_id if row.parent_key_result else row.parent_objective_id
    return above or 0


def _shares(group: Iterable[KeyResult | Listed]) -> dict[int, Decimal]:
    counted = [row for row in group if row.stage != Stage.DRAFT]
    total = sum((row.weight for row in counted), Decimal(0))
    return {row.pk: row.weight * 100 / total for row in counted} if total else {}
