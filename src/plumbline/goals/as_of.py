"""As of: goals as they stood on a day of the past, taken back in memory from what the log knows.

A moment asks either what we knew then (by the instant a reading was entered),
or what was true then as we know today (by the day a reading is true for). The
goalposts are those of that day both times. What is in the bin today stays
there, and who may see a goal is decided by today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, OuterRef

from plumbline.goals.models.check_in import CheckIn, CheckInQuerySet
from plumbline.goals.models.key_result import KeyResult
from plumbline.goals.models.objective import Objective
from plumbline.goals.models.surroundings import GuardrailReading
from plumbline.people.models import Event, Noun, Organisation

#: How a goal comes into being; one that has such an event later did not exist yet.
BIRTHS = frozenset({"set", "written", "planned"})

#: What follows from the readings: found again from them, not from the log.
_FOLLOWS = frozenset({"current", "latest_check_in"})

Row = TypeVar("Row", bound=Noun)


@dataclass(frozen=True, slots=True)
class Moment:
    """The end of a past day, in the organisation's time zone."""

    day: date
    at: datetime
    corrected: bool = False

    @classmethod
    def end_of(cls, day: date, organisation: Organisation, *, corrected: bool = False) -> Moment:
        """Return the last instant of a day."""
        return cls(day, datetime.combine(day, time.max, ZoneInfo(organisation.time_zone)), corrected)

    def known(self, check_ins: CheckInQuerySet) -> CheckInQuerySet:
        """Return the readings that count: those we had then, or those that are true for then."""
        if self.corrected:
            return check_ins.standing().filter(on__lte=self.day)
        taken_back = {"withdrawal__at__lte": self.at}
        corrections = CheckIn.objects.filter(corrects=OuterRef("pk"), entered_at__lte=self.at).exclude(**taken_back)
        return check_ins.filter(~Exists(corrections), entered_at__lte=self.at).exclude(**taken_back)

    def rewind(self, rows: Iterable[Row]) -> list[Row]:
        """Take rows of one kind back to the moment, in memory; leave out what did not exist yet."""
        listed = list(rows)
        if not listed:
            return []
        later = self._later(listed)
        unborn = {key for key, events in later.items() if any(event.verb in BIRTHS for event in events)}
        kept = [row for row in listed if row.public_id not in unborn]
        _Rewinding(type(listed[0]), later).take_back(kept)
        return kept

    def rewind_objectives(self, rows: Iterable[Objective]) -> list[Objective]:
        """Take objectives back with their cycles: the phase they were in decides what was expected."""
        kept = self.rewind(rows)
        cycles = {row.cycle_id: row.cycle for row in kept}
        known = {cycle.pk: cycle for cycle in self.rewind(cycles.values())}
        for row in kept:
            row.cycle = known.get(row.cycle_id, row.cycle)
        return kept

    def rewind_key_results(self, rows: Iterable[KeyResult], objectives: dict[int, Objective]) -> list[KeyResult]:
        """Take key results back, with their readings and what stood around them; ``objectives`` are back already."""
        kept = self.rewind(rows)
        latest, guarded = self._latest(kept), self._guarded(kept)
        for row in kept:
            row.objective = objectives.get(row.objective_id, row.objective)
            row.latest_check_in = latest.get(row.pk)
            row.current = row.latest_check_in.value if row.latest_check_in else None
            self._take_back_around(row, guarded)
        return kept

    def _take_back_around(self, row: KeyResult, guarded: dict[int, GuardrailReading]) -> None:
        for step in row.milestones.all():
            step.done_on = step.done_on if step.done_on and step.done_on <= self.day else None
        for guardrail in row.guardrails.all():
            if reading := guarded.get(guardrail.pk):
                guardrail.current, guardrail.current_on = reading.value, reading.on
            elif guardrail.current_on and guardrail.current_on > self.day:
                guardrail.current = guardrail.current_on = None
        if row.is_waived() and row.waiver.at > self.at:
            row._state.fields_cache["waiver"] = None

    def _latest(self, rows: Sequence[KeyResult]) -> dict[int, CheckIn]:
        known = self.known(CheckIn.objects.filter(key_result__in=rows)).select_related("author").by_day()
        return {check_in.key_result_id: check_in for check_in in known}

    def _guarded(self, rows: Sequence[KeyResult]) -> dict[int, GuardrailReading]:
        known = self.known(CheckIn.objects.filter(key_result__in=rows)).values("pk")
        readings = GuardrailReading.objects.filter(check_in__in=known)
        return {each.guardrail_id: each for each in readings.order_by("on", "check_in__entered_at", "pk")}

    def _later(self, rows: Sequence[Noun]) -> dict[str, list[Event]]:
        events = Event.objects.filter(
            noun=rows[0].noun, noun_key__in=[row.public_id for row in rows], at__gt=self.at
        ).order_by("-at", "-pk")
        later: dict[str, list[Event]] = defaultdict(list)
        for event in events:
            later[event.noun_key].append(event)
        return later


class _Rewinding:
    """Reads what events say was there before, and puts it back into the fields."""

    def __init__(self, kind: type[Noun], later: dict[str, list[Event]]) -> None:
        self.later = later
        self.fields: dict[str, Any] = {
            field.name: field
            for field in kind._meta.concrete_fields
            if field.name not in _FOLLOWS | kind.untold and field.name != "version"
        }
        self.nouns = self._nouns()

    def take_back(self, rows: Iterable[Noun]) -> None:
        for row in rows:
            for event in self.later.get(row.public_id, ()):
                for name, value in event.before.items():
                    if name in self.fields:
                        setattr(row, name, self._value(name, value))

    def _value(self, name: str, value: Any) -> Any:
        field = self.fields[name]
        if isinstance(field, models.ForeignKey):
            return self.nouns.get((field.name, value))
        return field.to_python(value)

    def _nouns(self) -> dict[tuple[str, str], Any]:
        """Fetch what links pointed to, a query for each kind of link that changed."""
        asked: dict[str, set[str]] = defaultdict(set)
        for events in self.later.values():
            for event in events:
                for name, value in event.before.items():
                    if value and isinstance(self.fields.get(name), models.ForeignKey):
                        asked[name].add(value)
        return {
            (name, noun.public_id): noun
            for name, keys in asked.items()
            for noun in self.fields[name].related_model._base_manager.filter(public_id__in=keys)
        }
