"""What teams do to move a number: initiatives, placed as bets, and what became of them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from plumbline.goals.models import Initiative, KeyResult, Objective
from plumbline.usecases.sample_company.calendar import Calendar
from plumbline.usecases.sample_company.people import Staff
from plumbline.usecases.sample_company.plans import Scale

_SETTLED = {"done", "dropped"}


def bet(row: dict[str, Any], objective: Objective, key_result: KeyResult, staff: Staff, calendar: Calendar) -> None:
    """Take on an initiative as the data file tells it, as far as it had come by now."""
    first_day = objective.cycle.first_day
    lead, taken_on = staff.actor(row["lead"]), calendar.moment(first_day, 10, row["title"])
    initiative = Initiative.take_on(
        title=row["title"],
        objective=objective,
        key_result=key_result,
        lead=lead.person,
        due_on=first_day + timedelta(days=row["due"]),
        note=row.get("note", ""),
        came_from=row.get("came_from", ""),
        work=row.get("work", ""),
        by=lead,
        at=taken_on,
    )
    for kind, amount, unit, note in row.get("inputs", ()):
        initiative.add_input(kind=kind, amount=Decimal(amount), unit=unit, note=note, by=lead, at=taken_on)
    if "expected" in row:
        _place(initiative, key_result, row, staff, calendar)
    _move(initiative, row, key_result, staff, calendar)


def _place(
    initiative: Initiative, key_result: KeyResult, row: dict[str, Any], staff: Staff, calendar: Calendar
) -> None:
    first_day = key_result.objective.cycle.first_day
    initiative.place_bet(
        key_result=key_result,
        expected_change=_change(key_result, row["expected"]),
        due_on=first_day + timedelta(days=row.get("by", row["due"])),
        moves=row.get("moves", ""),
        by=staff.actor(row["lead"]),
        at=calendar.moment(first_day, 11, row["title"]),
    )


def _move(initiative: Initiative, row: dict[str, Any], key_result: KeyResult, staff: Staff, calendar: Calendar) -> None:
    lead, first_day = staff.actor(row["lead"]), key_result.objective.cycle.first_day
    ended_on = first_day + timedelta(days=row["due"])
    over = row["state"] in _SETTLED and ended_on < calendar.today
    if row["state"] == "idea":
        return
    initiative.change(state="doing", by=lead, at=calendar.moment(first_day, 12, row["title"]))
    if not over:
        return
    at = calendar.moment(ended_on, 16, row["title"])
    initiative.change(state=row["state"], by=lead, at=at)
    # One bet waits for its verdict, so that there is a question to be seen.
    if "verdict" in row and "expected" in row:
        initiative.settle_bet(
            verdict=row["verdict"],
            actual_change=_change(key_result, row["actual"]),
            learned=row["learned"],
            by=lead,
            at=at,
        )


def _change(key_result: KeyResult, number: Any) -> Decimal:
    # Bets on a clock are written in seconds, all others in the unit that people read.
    unit = key_result.unit
    return Decimal(number) if unit.code == "min" else Scale.of("h" if unit.code == "h" else "", number).amount(number)
