"""Where objectives stand: progress, pace and status of many at once, in a fixed number of queries.

Roll-ups are computed on reading, from the key results' own values: there is
nothing stored that could differ (``docs/decisions/roll-up-on-reading.md``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from plumbline.goals import goalposts
from plumbline.goals.models.key_result import KeyResult
from plumbline.goals.models.objective import Objective, Stage
from plumbline.goals.progress import Part, expected, roll_up
from plumbline.goals.status import Limits, Standing, Status, worst
from plumbline.goals.tree import descendants
from plumbline.people.models import Organisation, Person

if TYPE_CHECKING:
    from plumbline.goals.as_of import Moment


@dataclass(frozen=True, slots=True)
class KeyResultOutlook:
    """One key result with what follows from its numbers."""

    key_result: KeyResult
    progress: Decimal | None
    expected: Decimal | None
    standing: Standing
    share: Decimal | None

    @property
    def counts(self) -> bool:
        """Tell whether roll-ups count it."""
        return self.key_result.stage != Stage.DRAFT


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


def outlook_of(key_result: KeyResult, *, today: date, limits: Limits, share: Decimal | None = None) -> KeyResultOutlook:
    """Return where one key result stands; fetch it with ``for_reading`` to ask without queries."""
    return KeyResultOutlook(
        key_result=key_result,
        progress=key_result.progress(),
        expected=key_result.expected(today),
        standing=key_result.standing(today, limits),
        share=share,
    )


def outlooks(
    objectives: Iterable[Objective],
    *,
    reader: Person | None,
    organisation: Organisation,
    today: date,
    as_committed: bool = False,
    moment: Moment | None = None,
) -> dict[int, Outlook]:
    """Return where each objective stands, by key, as this reader may see it; no reader is the house itself.

    Aligned objectives that are hidden from the reader are counted where there
    are two or more of them beside each other; a single one could be worked out
    from the difference, so the reader sees the roll-up without it.

    ``as_committed`` rolls up by the goalposts that were locked. With a
    ``moment`` the objectives have been taken back to it, and ``today`` is its day.
    """
    return _Reading(list(objectives), reader, organisation, today, as_committed, moment).all()


@dataclass(slots=True)
class _Reading:
    wanted: list[Objective]
    reader: Person | None
    organisation: Organisation
    today: date
    as_committed: bool = False
    moment: Moment | None = None
    key_results: dict[int, list[KeyResultOutlook]] = field(default_factory=lambda: defaultdict(list))
    children: dict[int, list[Objective]] = field(default_factory=lambda: defaultdict(list))
    visible: set[int] = field(default_factory=set)
    progresses: dict[int, Decimal | None] = field(default_factory=dict)

    def all(self) -> dict[int, Outlook]:
        self._fetch_below()
        self._fetch_key_results()
        return {objective.pk: self._outlook(objective) for objective in self.wanted}

    def _fetch_below(self) -> None:
        followers = [each.pk for each in self.wanted if each.driver != Objective.Driver.KEY_RESULTS]
        below = self._below(followers) if followers else []
        for child in below:
            above = child.parent_objective_id or (child.parent_key_result and child.parent_key_result.objective_id)
            if above:
                self.children[above].append(child)
        if followers:
            keys = [child.pk for child in below]
            seen = Objective.objects.visible_to(self.reader) if self.reader else Objective.objects.all()
            self.visible = set(seen.filter(pk__in=keys).values_list("pk", flat=True))

    def _below(self, followers: list[int]) -> list[Objective]:
        rows = Objective.objects.filter(pk__in=descendants(followers))
        if self.moment is None:
            return list(rows.counted())
        back = self.moment.rewind_objectives(rows.filter(binned_at=None).select_related("cycle"))
        return [row for row in back if row.archived_at is None and row.stage != Stage.DRAFT]

    def _fetch_key_results(self) -> None:
        keys = {each.pk for each in self.wanted} | {child.pk for group in self.children.values() for child in group}
        limits = limits_of(self.organisation)
        rows = self._rows(keys)
        grouped: dict[int, list[KeyResult]] = defaultdict(list)
        for row in rows:
            grouped[row.objective_id].append(row)
        for key, group in grouped.items():
            shares = _shares(group)
            self.key_results[key] = [
                outlook_of(row, today=self.today, limits=limits, share=shares.get(row.pk)) for row in group
            ]

    def _rows(self, keys: set[int]) -> list[KeyResult]:
        rows = KeyResult.objects.filter(objective__in=keys, binned_at=None).for_reading().order_by("pk")
        if self.as_committed:
            rows = rows.select_related("commitment")
        if self.moment is None:
            return list(rows.filter(archived_at=None))
        known = {row.pk: row for row in [*self.wanted, *(child for group in self.children.values() for child in group)]}
        return [row for row in self.moment.rewind_key_results(rows, known) if row.archived_at is None]

    def _part(self, row: KeyResultOutlook) -> Part:
        if self.as_committed:
            return Part(*goalposts.as_committed(row.key_result))
        return Part(row.progress, row.key_result.weight)

    def _outlook(self, objective: Objective) -> Outlook:
        rows = tuple(self.key_results[objective.pk])
        counted = [row for row in rows if row.counts]
        said = [row.key_result.latest_check_in.confidence for row in counted if row.key_result.latest_check_in]
        sure = [each for each in said if each is not None]
        return Outlook(
            objective=objective,
            progress=self._progress(objective),
            expected=expected(first_day=objective.first_day, last_day=objective.last_day, today=self.today),
            status=worst(row.standing.shown for row in counted),
            key_results=rows,
            confidence=round(sum(sure) / len(sure)) if sure else None,
            outcomes=sum(not row.key_result.counts_work for row in counted),
        )

    def _progress(self, objective: Objective) -> Decimal | None:
        if objective.pk not in self.progresses:
            self.progresses[objective.pk] = roll_up(self._parts(objective))
        return self.progresses[objective.pk]

    def _parts(self, objective: Objective) -> list[Part]:
        parts: list[Part] = []
        if objective.driver != Objective.Driver.ALIGNED:
            rows = self.key_results[objective.pk]
            parts += [self._part(row) for row in rows if row.counts]
        if objective.driver != Objective.Driver.KEY_RESULTS:
            parts += [Part(self._progress(child), child.weight) for child in self._countable(objective)]
        return parts

    def _countable(self, objective: Objective) -> Sequence[Objective]:
        children = self.children[objective.pk]
        hidden = [child for child in children if child.pk not in self.visible]
        return [child for child in children if child not in hidden] if len(hidden) == 1 else children


def _shares(group: Iterable[KeyResult]) -> dict[int, Decimal]:
    counted = [row for row in group if row.stage != Stage.DRAFT]
    total = sum((row.weight for row in counted), Decimal(0))
    return {row.pk: row.weight * 100 / total for row in counted} if total else {}
