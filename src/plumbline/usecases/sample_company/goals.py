"""Goals of one cycle: set, started, checked in on and, where the cycle is over, closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from plumbline.goals.models import Comment, Cycle, KeyResult, Kpi, Objective, Waiver
from plumbline.goals.models.measured import unit_fields
from plumbline.goals.models.objective import Home
from plumbline.goals.outlook import limits_of
from plumbline.people.models import Organisation
from plumbline.usecases.sample_company.bets import bet
from plumbline.usecases.sample_company.calendar import Calendar, Stretch
from plumbline.usecases.sample_company.closing import close_goal
from plumbline.usecases.sample_company.history import Course, memories
from plumbline.usecases.sample_company.people import SYSTEM, Staff
from plumbline.usecases.sample_company.plans import Goal, Result
from plumbline.usecases.sample_company.strategy import Strategy


@dataclass(frozen=True, slots=True)
class Chapter:
    """One cycle of the story, written from its data."""

    cycle: Cycle
    staff: Staff
    strategy: Strategy
    kpis: dict[str, Kpi]
    calendar: Calendar
    former: dict[str, KeyResult]
    objectives: dict[str, Objective] = field(default_factory=dict)
    results: dict[str, KeyResult] = field(default_factory=dict)

    @property
    def stretch(self) -> Stretch:
        """Return the days of the cycle."""
        return Stretch(self.cycle.first_day, self.cycle.last_day)

    @property
    def is_over(self) -> bool:
        """Tell whether today lies behind it."""
        return self.cycle.last_day < self.calendar.today

    def write(self, goals: tuple[Goal, ...]) -> None:
        """Set the goals, start the cycle, and tell what happened until today."""
        for goal in goals:
            self._set(goal)
        self.start()
        for goal in goals:
            self._live_through(goal)

    def draft(self, goals: tuple[Goal, ...]) -> None:
        """Set goals of a cycle that is still being planned."""
        for goal in goals:
            self._set(goal, starts=False)

    def start(self) -> None:
        """Make the cycle active on the morning of its first day, which locks the goalposts."""
        self.cycle.move_to(Cycle.Phase.ACTIVE, by=SYSTEM, at=self.calendar.moment(self.cycle.first_day, 8))

    def day(self, days: int) -> date:
        """Return a day of the cycle, counted from its first."""
        return self.cycle.first_day + timedelta(days=days)

    def _set(self, goal: Goal, *, starts: bool = True) -> None:
        planned_on = self.cycle.first_day - timedelta(days=1) if starts else self.calendar.today - timedelta(days=2)
        lead, at = self.staff.actor(goal.lead), self.calendar.moment(planned_on, 19, goal.title)
        objective = Objective.set(
            title=goal.title,
            cycle=self.cycle,
            by=lead,
            at=at,
            lead=lead.person,
            contributors=[self.staff.person(name) for name in goal.contributors],
            why_it_matters=goal.why,
            why_now=goal.why_now,
            kind=goal.kind,
            driver=goal.driver,
            is_private=goal.private,
            **self._home(goal),
            **self._parent(goal),
        )
        objective.tags.set(self.strategy.tags[name] for name in goal.tags)
        objective.named.set(self.staff.person(name) for name in goal.named)
        self.objectives[goal.title] = objective
        for result in goal.results:
            self.results[result.metric] = self._write_down(result, objective, at=at)
        if starts:
            objective.activate(by=lead, at=self.calendar.moment(self.cycle.first_day, 7, goal.title))

    def _home(self, goal: Goal) -> dict[str, Any]:
        match goal.homes[0]:
            case "Company":
                return {"home": Home.COMPANY}
            case "person":
                return {"home": Home.PERSON, "home_person": self.staff.person(goal.lead)}
            case _:
                return {"home": Home.TEAM, "teams": [self.staff.teams[name] for name in goal.homes]}

    def _parent(self, goal: Goal) -> dict[str, Any]:
        if goal.pillar:
            return {"pillar": self.strategy.pillars[goal.pillar]}
        if goal.under:
            return {"parent_objective": self.objectives[goal.under]}
        return {"parent_key_result": self.results[goal.under_result]} if goal.under_result else {}

    def _write_down(self, result: Result, objective: Objective, *, at: Any) -> KeyResult:
        scale = result.scale
        key_result = KeyResult.write_down(
            objective,
            statement=result.says,
            metric=result.metric,
            type=result.kind,
            baseline=scale.value(result.start),
            target=scale.value(result.aim),
            target_upper=scale.value(result.upper),
            lead=self.staff.people.get(result.lead),
            rhythm=result.rhythm,
            due_on=self.day(result.due) if result.due else None,
            baseline_promised_by=self.day(result.promised) if result.promised else None,
            origin=self.former[result.metric] if result.carried else None,
            source="kpi" if result.kpi else "typed",
            source_kpi=self.kpis.get(result.kpi),
            by=self.staff.actor(objective.lead.name) if objective.lead else SYSTEM,
            at=at,
            **unit_fields(scale.unit),
        )
        key_result.contributors.set(self.staff.person(name) for name in result.contributors)
        self._plan(key_result, result, at=at)
        return key_result

    def _plan(self, key_result: KeyResult, result: Result, *, at: Any) -> None:
        for days, value in result.planned:
            key_result.path_points.create(on=self.day(days), value=result.scale.value(value))
        for title, days, weight, _done in result.milestones:
            key_result.add_milestone(
                title=title, due_on=self.day(days), weight=Decimal(weight), by=self.staff.actor(result.lead), at=at
            )
        if result.waiver:
            Waiver.give(
                key_result,
                reason=result.waiver["reason"],
                prepares=result.waiver["prepares"],
                why_not_measurable=result.waiver["not_measurable"],
                by=self.staff.actor(result.lead),
                at=at,
            )

    def _live_through(self, goal: Goal) -> None:
        objective = self.objectives[goal.title]
        for result in goal.results:
            self._check_in(result)
        for row in goal.initiatives:
            bet(row, objective, self.results[row["result"]], self.staff, self.calendar)
        for name, text, days_ago, metric in goal.comments:
            self._say(objective, name, text, days_ago, metric)
        for title in goal.supports:
            at = self.calendar.moment(self.cycle.first_day, 9, title)
            objective.support(self.objectives[title], by=self.staff.actor(goal.lead), at=at)
        if self.is_over:
            close_goal(goal, objective, self.staff, self.calendar)

    def _check_in(self, result: Result) -> None:
        key_result = KeyResult.objects.for_reading().get(pk=self.results[result.metric].pk)
        course = Course(result, self.stretch, self.calendar, self.is_over)
        taken = list(memories(course, key_result, self.staff, limits_of(Organisation.the())))
        key_result.remember(taken)
        self._reach(key_result, result)
        if result.guardrail:
            self._guard(key_result, result.guardrail, taken[-1].on if taken else None)
        if result.amend:
            self._amend(key_result, result)
        self.results[result.metric] = key_result

    def _reach(self, key_result: KeyResult, result: Result) -> None:
        for step in key_result.milestones.order_by("pk"):
            done = next(done for title, _days, _weight, done in result.milestones if title == step.title)
            if done and step.due_on < self.calendar.today:
                at = self.calendar.moment(step.due_on, 14, step.title)
                key_result.reach(step, by=self.staff.actor(result.lead), at=at)

    def _guard(self, key_result: KeyResult, facts: dict[str, Any], on: date | None) -> None:
        scale = Result(says="", metric=facts["metric"], unit=facts["unit"], reads=facts["reads"]).scale
        key_result.guardrails.create(
            metric=facts["metric"],
            low=scale.value(facts["low"]),
            current=scale.value(facts["reads"]) if on else None,
            current_on=on,
            **unit_fields(scale.unit),
        )

    def _amend(self, key_result: KeyResult, result: Result) -> None:
        if self.day(result.amend["day"]) < self.calendar.today:
            key_result.change(
                statement=result.amend["says"],
                target=result.scale.value(result.amend["aim"]),
                reason=result.amend["reason"],
                by=self.staff.actor(result.lead),
                at=self.calendar.moment(self.day(result.amend["day"]), 13, result.metric),
            )

    def _say(self, objective: Objective, name: str, text: str, days_ago: int, metric: str) -> None:
        day = max(self.calendar.today - timedelta(days=days_ago), self.cycle.first_day)
        at = self.calendar.moment(day, 14 if days_ago else 8, text)
        Comment.say(
            objective, text, by=self.staff.actor(name), at=at, key_result=self.results[metric] if metric else None
        )
