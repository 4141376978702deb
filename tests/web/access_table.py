"""Who may use which route: one row for each route and method, read by ``test_access.py`` and by people.

The expectations are those of the table "Who may do what", not those of the code.
``docs/reference/access.md`` is written from these rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plumbline.goals.lost_leads import Hidden
from plumbline.goals.models import (
    Closure,
    Cycle,
    Dismissal,
    Given,
    GoalsView,
    Handout,
    Initiative,
    KeyResult,
    Objective,
    Outcome,
    Tag,
)
from plumbline.people.models import Actor, Event, Team
from plumbline.usecases.bin_team import bin_team
from plumbline.usecases.change_many import Change, change_many
from plumbline.usecases.make_initiative import Work, bet_on
from plumbline.usecases.switch_result import into_key_result, into_objective
from tests.web.place import Goal, Place
from tests.world import NOW, SYSTEM

EVERYBODY = frozenset({"vera", "cleo", "ben", "ada", "carl", "max", "root", "olga"})
WRITERS = EVERYBODY - {"vera"}
#: May work on the Riders' goal: its team, its lead, its contributor, admins and owners.
WORKERS = frozenset({"ben", "ada", "carl", "root", "olga"})
#: May also close, move, bin or hide it: a contributor may not. The KPI has no contributor.
KEEPERS = WORKERS - {"carl"}
#: For whom the private goal exists; its lead alone keeps it, and the private KPI names nobody else.
NAMED = frozenset({"ada", "carl"})
ADA = frozenset({"ada"})
ADMINS = frozenset({"root", "olga"})
OWNERS = frozenset({"olga"})

Arguments = Callable[[Place, Goal], dict[str, Any]]
Before = Callable[[Place, Goal], object]
Body = Callable[[Place, Goal], dict[str, Any]]


def nothing(_place: Place, _goal: Goal) -> dict[str, Any]:
    """Name nothing: the address has no noun in it, or the form no field."""
    return {}


@dataclass(frozen=True)
class Row:
    """One route and method: how it is asked, who may, and who is told that it exists.

    ``private`` is None where the address names no goal; ``sees`` holds those who
    are told "you may not" (403) instead of "it does not exist" (404).
    """

    name: str
    may: frozenset[str] = EVERYBODY
    private: frozenset[str] | None = None
    method: str = "get"
    arguments: Arguments = nothing
    body: Body = nothing
    before: Before = nothing
    note: str = ""
    #: What those get who may: a page for GET, a way on after POST.
    answers: frozenset[int] = frozenset()
    #: What those get who may not, though they see the noun.
    refusals: frozenset[int] = frozenset({403})
    sees: frozenset[str] = EVERYBODY
    private_sees: frozenset[str] = NAMED
    #: Whether doing it stands in the log.
    leaves: bool = True
    #: Whether Nobody may, too.
    open: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.name}{' ' if self.note else ''}{self.note}"

    @property
    def good(self) -> frozenset[int]:
        """Return the answers for those who may."""
        return self.answers or frozenset({200} if self.method == "get" else {302})

    def address(self, place: Place, *, private: bool = False) -> str:
        """Return the route's address with the public or the private noun in it."""
        return reverse(self.name, kwargs=self.arguments(place, place.goal(private=private)))


def role(_place: Place, _goal: Goal) -> dict[str, Any]:
    return {"role": "objective"}


def a_place(_place: Place, _goal: Goal) -> dict[str, Any]:
    return {"place": "key_result"}


def objective_id(_place: Place, goal: Goal) -> dict[str, Any]:
    return {"objective_id": goal.objective.public_id}


def objective(_place: Place, goal: Goal) -> dict[str, Any]:
    return {"public_id": goal.objective.public_id}


def key_result_id(_place: Place, goal: Goal) -> dict[str, Any]:
    return {"key_result_id": goal.key_result.public_id}


def counting_id(_place: Place, goal: Goal) -> dict[str, Any]:
    return {"key_result_id": goal.counting.public_id}


def key_result(_place: Place, goal: Goal) -> dict[str, Any]:
    return {"public_id": goal.key_result.public_id}


def counting(_place: Place, goal: Goal) -> dict[str, Any]:
    return {"public_id": goal.counting.public_id}


def initiative_id(_place: Place, goal: Goal) -> dict[str, Any]:
    return {"initiative_id": goal.initiative.public_id}


def initiative(_place: Place, goal: Goal) -> dict[str, Any]:
    return {"public_id": goal.initiative.public_id}


def check_in_id(_place: Place, goal: Goal) -> dict[str, Any]:
    return {"check_in_id": goal.check_in.public_id}


def comment_id(_place: Place, goal: Goal) -> dict[str, Any]:
    return {"comment_id": goal.comment.public_id}


def kpi(_place: Place, goal: Goal) -> dict[str, Any]:
    return {"public_id": goal.kpi.public_id}


def team(place: Place, _goal: Goal) -> dict[str, Any]:
    return {"public_id": place.world.riders.public_id}


def ben(place: Place, _goal: Goal) -> dict[str, Any]:
    return {"public_id": place.world.ben.public_id}


def root(place: Place, _goal: Goal) -> dict[str, Any]:
    return {"public_id": place.world.root.public_id}


def pillar(place: Place, _goal: Goal) -> dict[str, Any]:
    return {"public_id": place.world.pillar.public_id}


def cycle(place: Place, _goal: Goal) -> dict[str, Any]:
    return {"public_id": place.world.q3.public_id}


def cycle_id(place: Place, _goal: Goal) -> dict[str, Any]:
    return {"cycle_id": place.world.q2.public_id}


def cadence(place: Place, _goal: Goal) -> dict[str, Any]:
    return {"public_id": place.cadence.public_id}


def says(**fields: Any) -> Body:
    """Return a form that is the same for every goal."""
    return lambda _place, _goal: fields


# What stands in forms that need something of the world.


def edited_objective(place: Place, goal: Goal) -> dict[str, Any]:
    return {
        "version": goal.objective.version,
        "title": f"{goal.objective.title}, gladly",
        "kind": "committed",
        "driver": "key_results",
        "weight": "1",
        "lead": place.world.ada.public_id,
        "contributors": [place.world.carl.public_id],
        "private": "on" if goal.objective.is_private else "",
        "reason": "Riders asked",
    }


def new_goal(home: Callable[[Place], str]) -> Body:
    return lambda place, _goal: {
        "title": "Riders come back in spring",
        "kind": "committed",
        "home": home(place),
        "cycle": place.world.q2.public_id,
        "lead": place.world.ada.public_id,
    }


def rows_of(*prefixes: str) -> dict[str, str]:
    return {f"{prefix}-{name}": "0" for prefix in prefixes for name in ("TOTAL_FORMS", "INITIAL_FORMS")}


def key_result_form(**told: Any) -> Body:
    fields = {
        "statement": "Riders who come back rise from 20% to 30%",
        "type": "increase",
        "baseline": "20",
        "target": "30",
        "unit": "%",
        "weight": "1",
        "rhythm": "weekly",
    } | rows_of("step", "point", "limit")
    return lambda _place, _goal: fields | told


def edited_key_result(place: Place, goal: Goal) -> dict[str, Any]:
    return key_result_form(version=goal.counting.version, statement="Publish 12 articles")(place, goal)


def bet_of(goal_text: str) -> Body:
    def body(_place: Place, goal: Goal) -> dict[str, Any]:
        told = {"statement": "Publish 10 articles", "title": "Publish articles", "choice": "new", "outcome": goal_text}
        return told | {"made": "1"}

    return body


def instead_of(_place: Place, goal: Goal) -> dict[str, Any]:
    return {
        "statement": goal.counting.statement[:400],
        "title": "Publish articles",
        "choice": goal.key_result.public_id,
        "key_result": goal.counting.public_id,
        "made": "1",
    }


def effort(_place: Place, goal: Goal) -> dict[str, Any]:
    told = {"statement": "Spend 20 days on calls", "choice": goal.initiative.public_id, "made": "1"}
    return told | {"kind": "time", "amount": "20", "unit": "days"}


def guided(_place: Place, goal: Goal) -> dict[str, Any]:
    return {"key_result": goal.key_result.public_id, "value": "2", "on": "2026-05-21"}


def kpi_reading(place: Place, goal: Goal) -> dict[str, Any]:
    return kpi(place, goal) | {"day": str(goal.kpi.current_on)}


def a_cell(kind: str, typed: str) -> Body:
    """Fill a cell of April, which is empty."""
    return says(**{f"{kind}-2026-04-01": typed, "known-2026-04-01": "|" if kind == "target" else ""})


def handed_to_ben(place: Place, _goal: Goal) -> dict[str, Any]:
    told = {"cycle": place.world.q2.public_id, "to": "people", "people": [place.world.ben.public_id]}
    return told | {"confirmed": "1"}


def handed_out(place: Place, goal: Goal) -> dict[str, Any]:
    """Name what was handed out of the goal; a handout of a private one is made past the refusal."""
    known = Handout.objects.filter(template=goal.objective).first()
    handout = known or Handout.note(
        goal.objective, place.world.q2, [Given(Outcome.HAS_ONE, person=place.world.ben)], by=SYSTEM, at=NOW
    )
    return {"handout_id": handout.public_id}


def stands_out(_place: Place, goal: Goal) -> dict[str, Any]:
    """Name a finding about the goal."""
    return {"rule": "dates_outside", "key": goal.counting.public_id, "reason": "It is meant to"}


def edited_initiative(place: Place, goal: Goal) -> dict[str, Any]:
    return {
        "title": "Call twelve owners",
        "key_result": goal.key_result.public_id,
        "lead": place.world.ada.public_id,
        "version": goal.initiative.version,
    }


def edited_kpi(place: Place, goal: Goal) -> dict[str, Any]:
    return {
        "version": goal.kpi.version,
        "name": "Churn a month",
        "unit_kind": goal.kpi.unit_kind,
        "lead": place.world.ada.public_id,
        "frequency": "monthly",
        "rule": "at_most",
        "tolerance": "10",
        "is_private": "on" if goal.kpi.is_private else "",
    }


def new_kpi(home: Callable[[Place], str]) -> Body:
    return lambda place, _goal: {
        "name": "Bikes out",
        "unit_kind": "count",
        "home": home(place),
        "lead": place.world.ada.public_id,
        "frequency": "weekly",
        "rule": "at_least",
        "tolerance": "10",
    }


def riders(place: Place) -> str:
    return place.world.riders.public_id


def company(_place: Place) -> str:
    return "company"


def mine(_place: Place) -> str:
    return "person"


def a_word(_place: Place, _goal: Goal) -> dict[str, Any]:
    return {"key": "outcome"}


def an_example(_place: Place, _goal: Goal) -> dict[str, Any]:
    return {"key": "a-complaint-turns-into-trust"}


def an_example_for(home: Callable[[Place], str]) -> Body:
    return lambda place, _goal: {"home": home(place), "cycle": place.world.q2.public_id}


def edited_team(place: Place, _goal: Goal) -> dict[str, Any]:
    return {"version": place.world.riders.version, "name": "Couriers", "purpose": "To ride"}


def max_joins(place: Place, _goal: Goal) -> dict[str, Any]:
    return {"person": place.world.max.public_id}


def edited_cycle(place: Place, _goal: Goal) -> dict[str, Any]:
    days = {"first_day": "2026-07-01", "last_day": "2026-09-30"}
    return {"version": place.world.q3.version, "name": "Summer", "levels": ["company", "team", "person"], **days}


def next_phase(place: Place, _goal: Goal) -> dict[str, Any]:
    return {"version": place.world.q3.version, "phase": "active"}


def reopened(place: Place, _goal: Goal) -> dict[str, Any]:
    version = Cycle.objects.get(pk=place.world.q3.pk).version
    return {"version": version, "phase": "closing", "reason": "A number was wrong"}


def edited_cadence(place: Place, _goal: Goal) -> dict[str, Any]:
    told = {"kind": "custom", "months": "2", "formula": "S{number} {year}", "levels": ["team"], "ahead": "2"}
    return {"version": place.cadence.version, "name": "Seasons", **told}


def edited_pillar(place: Place, _goal: Goal) -> dict[str, Any]:
    return {"version": place.world.pillar.version, "name": "Riders who remain"}


def settings(place: Place, _goal: Goal) -> dict[str, Any]:
    return {
        "version": place.world.organisation.version,
        "name": "Harbour",
        "time_zone": "UTC",
        "language": "en",
        "fiscal_year_start": "1",
        "week_start": "0",
        "attention_behind": "15",
        "off_track_behind": "30",
        "rhythm": "weekly",
        "sign_ins_kept_days": "30",
        "grace_days": "4",
        "closing_days": "14",
        "late_days": "7",
        "judge_policy": "ask",
    }


def switched(place: Place, _goal: Goal) -> dict[str, Any]:
    return {"version": place.world.organisation.version, "features": ["kpis", "private_goals"]}


def judge_settings(place: Place, _goal: Goal) -> dict[str, Any]:
    return {"version": place.world.organisation.version, "vague_words": "off", "question": "on"}


def judge_settings_file(place: Place, _goal: Goal) -> dict[str, Any]:
    file = SimpleUploadedFile("plumbline-judge.toml", b'disable = ["vague_words"]')
    return {"version": place.world.organisation.version, "file": file}


MEASURE = {
    "metric": "Freight by bike",
    "unit_kind": "percent",
    "baseline": "2",
    "current": "4",
    "target": "30",
    "baseline_on": "2025-01-01",
    "current_on": "2026-05-01",
    "target_on": "2030-12-31",
}


def own_profile(_place: Place, _goal: Goal) -> dict[str, Any]:
    return {"version": "1000", "name": "Somebody else"}


def moved(place: Place, goal: Goal) -> dict[str, Any]:
    told = {"cycle": place.world.q3.public_id, "home": "same", "confirmed": "1", "reason": "Winter came early"}
    return told | {"version": goal.objective.version}


def cloned(place: Place, goal: Goal) -> dict[str, Any]:
    return {"title": "Once more", "cycle": place.world.q3.public_id, "home": "person"}


def tag(place: Place, _goal: Goal) -> dict[str, Any]:
    return {"public_id": place.tag.public_id}


def edited_tag(place: Place, _goal: Goal) -> dict[str, Any]:
    return {"version": place.tag.version, "name": "Cold season", "hue": "3"}


def field(place: Place, _goal: Goal) -> dict[str, Any]:
    return {"public_id": place.field.public_id}


def edited_field(place: Place, _goal: Goal) -> dict[str, Any]:
    return {"version": place.field.version, "name": "City", "goals": "both", "choices": "Berlin"}


# What has to be so before somebody can ask.


def is_draft(_place: Place, goal: Goal) -> object:
    return Objective.objects.filter(pk=goal.objective.pk).update(stage="draft")


def is_closed(_place: Place, goal: Goal) -> object:
    return Closure.close(Objective.objects.get(pk=goal.objective.pk), verdict="missed", by=SYSTEM, at=NOW)


def cycle_is_closed(place: Place, _goal: Goal) -> object:
    return Cycle.objects.filter(pk=place.world.q3.pk).update(phase="closed", closed_at=NOW)


def cycle_goes_by_hand(place: Place, _goal: Goal) -> object:
    return Cycle.objects.filter(pk=place.world.q3.pk).update(by_dates=False)


def is_archived(_place: Place, goal: Goal) -> object:
    return Objective.objects.get(pk=goal.objective.pk).archive(by=SYSTEM, at=NOW)


def is_binned(_place: Place, goal: Goal) -> object:
    return Objective.objects.get(pk=goal.objective.pk).bin(by=SYSTEM, at=NOW)


def is_dated_outside(_place: Place, goal: Goal) -> object:
    return KeyResult.objects.filter(pk=goal.counting.pk).update(due_on=date(2027, 1, 1))


def is_dismissed(place: Place, goal: Goal) -> object:
    is_dated_outside(place, goal)
    told = {"rule": "dates_outside", "key": goal.counting.public_id, "reason": "It is meant to"}
    return Dismissal.say(Objective.objects.get(pk=goal.objective.pk), **told, by=SYSTEM, at=NOW)


def initiative_is_binned(_place: Place, goal: Goal) -> object:
    return Initiative.objects.get(pk=goal.initiative.pk).bin(by=SYSTEM, at=NOW)


def is_swapped_in(place: Place, goal: Goal) -> object:
    """Let Ada have made the initiative out of a sentence: the one in the address takes its place."""
    made = bet_on(
        Objective.objects.get(pk=goal.objective.pk),
        Work(title="Hand out leaflets", sentence="Hand out 500 leaflets"),
        key_result=KeyResult.objects.get(pk=goal.key_result.pk),
        by=Actor(place.world.ada),
        at=NOW,
    )
    Initiative.objects.filter(pk=goal.initiative.pk).update(public_id="2" * 12)
    return Initiative.objects.filter(pk=made.pk).update(public_id=goal.initiative.public_id)


def is_moved(place: Place, goal: Goal) -> object:
    """Let Ada have moved it; the move bears the id in the address."""
    row = Objective.objects.get(pk=goal.objective.pk)
    return _named(row.move(cycle=place.world.q3, reason="So", by=Actor(place.world.ada), at=NOW))


def counting_is_moved(place: Place, goal: Goal) -> object:
    if goal.objective.is_private:
        return None
    row = KeyResult.objects.get(pk=goal.counting.pk)
    return _named(row.move(place.child, reason="So", by=Actor(place.world.ada), at=NOW))


def _named(event: Event | None) -> object:
    assert event is not None
    return Event.objects.filter(pk=event.pk).update(public_id="3" * 12)


def moved_objective(place: Place, goal: Goal) -> dict[str, Any]:
    return objective_id(place, goal) | {"event_id": "3" * 12}


def moved_counting(place: Place, goal: Goal) -> dict[str, Any]:
    return counting_id(place, goal) | {"event_id": "3" * 12}


def counting_is_archived(_place: Place, goal: Goal) -> object:
    return KeyResult.objects.get(pk=goal.counting.pk).archive(by=SYSTEM, at=NOW)


def counting_is_binned(_place: Place, goal: Goal) -> object:
    return KeyResult.objects.get(pk=goal.counting.pk).bin(by=SYSTEM, at=NOW)


def counting_is_switched(_place: Place, goal: Goal) -> object:
    return into_objective(KeyResult.objects.get(pk=goal.counting.pk), by=SYSTEM, at=NOW)


def initiative_is_switched(_place: Place, goal: Goal) -> object:
    return into_key_result(Initiative.objects.get(pk=goal.initiative.pk), by=SYSTEM, at=NOW)


def tag_is_binned(place: Place, _goal: Goal) -> object:
    return Tag.objects.get(pk=place.tag.pk).bin(by=SYSTEM, at=NOW)


def kept_view(place: Place, _goal: Goal) -> dict[str, Any]:
    return {"view_id": place.view.public_id}


def edited_view(place: Place, _goal: Goal) -> dict[str, Any]:
    return {"version": place.view.version, "name": "Winter", "query": "status=off_track", "shared": "on"}


def view_is_binned(place: Place, _goal: Goal) -> object:
    return GoalsView.objects.get(pk=place.view.pk).bin(by=SYSTEM, at=NOW)


def many_archived(place: Place, goal: Goal) -> object:
    """Let Ada have archived it with others, a moment ago; what she did bears the key in the address."""
    at = NOW + timedelta(minutes=50)
    rows = [Objective.objects.get(pk=goal.objective.pk)]
    done = change_many(rows, Change("archive"), by=Actor(place.world.ada), at=at)
    return Event.objects.filter(request_id__startswith=done.key).update(request_id=f"{'4' * 28}-0000")


def ticked(act: str) -> Body:
    return lambda _place, goal: {"do": act, "goal": f"o-{goal.objective.public_id}"}


def led_by_dov(place: Place, goal: Goal) -> object:
    """Let its lead have left."""
    return Objective.objects.filter(pk=goal.objective.pk).update(lead=place.world.dov)


def handed_to_max(place: Place, goal: Goal) -> dict[str, Any]:
    return {"goal": [goal.objective.public_id], "lead": place.world.max.public_id, "reason": "The lead left"}


PAGE = frozenset({200})
WAY_ON = frozenset({302})
OWN = {"leaves": False}
STAYS: Any = {"leaves": False, "answers": PAGE}
REFUSED_HOME = frozenset({403, 422})

STRATEGY = [
    Row("home"),
    Row("strategy"),
    Row("search"),
    Row("glossary"),
    Row("glossary-term", arguments=a_word),
    Row("pillars"),
    Row("pillars", OWNERS, method="post", body=says(name="Bikes that last")),
    Row("pillar", OWNERS, arguments=pillar),
    Row("pillar", OWNERS, method="post", arguments=pillar, body=edited_pillar),
    Row("pillar-place", OWNERS, method="post", arguments=pillar, body=says(to="up"), leaves=False),
    Row("pillar-archival", OWNERS, method="post", arguments=pillar),
    Row("cycles"),
    Row(
        "cycles",
        OWNERS,
        method="post",
        body=says(name="Q1 2027", first_day="2027-01-01", last_day="2027-03-31", levels=["company", "team", "person"]),
    ),
    Row(
        "cadences",
        OWNERS,
        method="post",
        body=says(name="Years", kind="annual", months="12", formula="Year {fiscal_year}"),
    ),
    Row(
        "next-cycle",
        OWNERS,
        method="post",
        arguments=lambda place, _goal: {"public_id": place.cadence.public_id},
        before=lambda place, _goal: Cycle.objects.filter(pk__in=[place.world.q2.pk, place.world.q3.pk]).update(
            binned_at=NOW
        ),
    ),
    Row("cycle", arguments=cycle),
    Row("cycle", OWNERS, method="post", arguments=cycle, body=edited_cycle),
    Row("cycle-phase", OWNERS, method="post", arguments=cycle, body=next_phase),
    Row(
        "cycle-phase",
        ADMINS,
        method="post",
        arguments=cycle,
        body=reopened,
        before=cycle_is_closed,
        note="a closed cycle again",
    ),
    Row("cycle-dates", OWNERS, method="post", arguments=cycle, before=cycle_goes_by_hand),
    Row("cadence", OWNERS, arguments=cadence),
    Row("cadence", OWNERS, method="post", arguments=cadence, body=edited_cadence),
    Row("cadence-archival", OWNERS, method="post", arguments=cadence),
    Row("cycle-report", arguments=cycle_id),
    Row("cycle-goalposts", arguments=cycle_id),
    Row("cycle-closing", arguments=cycle_id),
    # No goal is named, and goals in an address are not routes: ``test_closing.py`` walks with one.
    Row("cycle-closing", method="post", arguments=cycle_id, **STAYS),
    Row("cycle-carrying", arguments=cycle_id),
    Row("cycle-carrying", method="post", arguments=cycle_id, answers=frozenset({422}), leaves=False),
]

OBJECTIVES = [
    Row("goals"),
    Row("goals-export", arguments=lambda _place, _goal: {"kind": "csv"}),
    Row("goals-values-export", arguments=lambda _place, _goal: {"kind": "xlsx"}),
    Row("goals-changes", answers=frozenset({404})),
    # Nobody is turned away at the door: what each goal refuses is told, and where all did, nothing changed.
    Row("goals-changes", KEEPERS, method="post", body=ticked("archive"), refusals=frozenset({409})),
    Row(
        "goals-change-removal",
        ADA,
        method="post",
        arguments=lambda _place, _goal: {"key": "4" * 28},
        before=many_archived,
        sees=frozenset(),
    ),
    Row("goals-views"),
    Row("goals-views", method="post", body=says(name="Needs a check-in", query="status=outdated")),
    Row("goals-view", ADA | ADMINS, arguments=kept_view),
    Row("goals-view", ADA | ADMINS, method="post", arguments=kept_view, body=edited_view),
    Row("goals-view-bin", ADA | ADMINS, method="post", arguments=kept_view),
    Row(
        "goals-view-restoring",
        ADA | ADMINS,
        method="post",
        arguments=kept_view,
        before=view_is_binned,
        sees=frozenset(),
    ),
    Row("goals-view-first", method="post", arguments=kept_view),
    Row("new-goal", WRITERS),
    Row("new-goal", KEEPERS, method="post", body=new_goal(riders), note="for a team", refusals=REFUSED_HOME),
    Row("new-goal", OWNERS, method="post", body=new_goal(company), note="for the company", refusals=REFUSED_HOME),
    Row("new-goal", WRITERS, method="post", body=new_goal(mine), note="for oneself"),
    Row("examples"),
    Row(
        "example-drafts",
        KEEPERS,
        method="post",
        arguments=an_example,
        body=an_example_for(riders),
        note="for a team",
        refusals=REFUSED_HOME,
    ),
    Row(
        "example-drafts",
        OWNERS,
        method="post",
        arguments=an_example,
        body=an_example_for(company),
        note="for the company",
        refusals=REFUSED_HOME,
    ),
    Row("example-drafts", WRITERS, method="post", arguments=an_example, body=an_example_for(mine), note="for oneself"),
    Row("objective", EVERYBODY, NAMED, arguments=objective_id),
    Row("objective-key-results", EVERYBODY, NAMED, arguments=objective_id),
    Row("objective-edit", WORKERS, NAMED, arguments=objective),
    Row("objective-edit", WORKERS, NAMED, "post", arguments=objective, body=edited_objective),
    Row("objective-activation", WORKERS, NAMED, "post", arguments=objective_id, before=is_draft),
    Row("objective-closure", KEEPERS, ADA, arguments=objective_id),
    Row(
        "objective-closure",
        KEEPERS,
        ADA,
        "post",
        arguments=objective_id,
        body=says(verdict="missed", score="0.3", reason="Winter came early"),
    ),
    Row(
        "objective-reopening",
        WORKERS,
        NAMED,
        "post",
        arguments=objective_id,
        before=is_closed,
        body=says(reason="Too early"),
    ),
    Row("objective-closing-note", KEEPERS, ADA, arguments=objective_id, before=is_closed),
    Row(
        "objective-closing-note",
        KEEPERS,
        ADA,
        "post",
        arguments=objective_id,
        before=is_closed,
        body=says(learned="Ask earlier"),
    ),
    Row("objective-archive", KEEPERS, ADA, "post", arguments=objective_id),
    Row("objective-unarchive", WORKERS, NAMED, "post", arguments=objective_id, before=is_archived),
    Row("objective-bin", KEEPERS, ADA, arguments=objective_id),
    Row("objective-bin", KEEPERS, ADA, "post", arguments=objective_id),
    Row("objective-restoring", WORKERS, NAMED, "post", arguments=objective_id, before=is_binned),
    Row("objective-move", KEEPERS, ADA, arguments=objective_id),
    Row("objective-move", KEEPERS, ADA, "post", arguments=objective_id, body=moved),
    Row("objective-move-removal", KEEPERS, ADA, "post", arguments=moved_objective, before=is_moved),
    Row("objective-clones", WORKERS, NAMED, arguments=objective_id),
    Row("objective-clones", WORKERS, NAMED, "post", arguments=objective_id, body=cloned),
    Row("objective-handouts", ADMINS, frozenset(), arguments=objective_id),
    Row("objective-handouts", ADMINS, frozenset(), "post", arguments=objective_id, body=handed_to_ben),
    Row("handout", ADMINS, frozenset(), arguments=handed_out),
    Row("handout-removal", ADMINS, frozenset(), "post", arguments=handed_out),
    Row("comments", WRITERS, NAMED, "post", arguments=objective_id, body=says(text="Is it the lock?")),
    Row("comment", ADA, ADA, arguments=comment_id),
    Row("comment", ADA, ADA, "post", arguments=comment_id, body=says(text="Is it the saddle?")),
]

KEY_RESULTS = [
    Row("remarks", EVERYBODY, method="post", arguments=role, body=says(title="Grow to 500 riders"), **STAYS),
    Row("initiative-remarks", EVERYBODY, NAMED, "post", arguments=objective, body=says(title="Reduce churn"), **STAYS),
    Row("placement", WRITERS, arguments=a_place, note="which goal"),
    Row("placement", WRITERS, method="post", arguments=a_place, body=says(text="Cut churn to 3%"), leaves=False),
    Row("judgements", EVERYBODY, NAMED, "post", arguments=objective, body=says(statement="Publish 10"), **STAYS),
    Row("judgement", EVERYBODY, NAMED, arguments=key_result_id),
    Row("key-result", EVERYBODY, NAMED, arguments=key_result_id),
    Row("key-result-new", WORKERS, NAMED, arguments=objective),
    Row("key-result-new", WORKERS, NAMED, "post", arguments=objective, body=key_result_form()),
    Row("key-result-edit", WORKERS, NAMED, arguments=counting),
    Row("key-result-edit", WORKERS, NAMED, "post", arguments=counting, body=edited_key_result),
    Row("key-result-question", WORKERS, NAMED, arguments=counting),
    Row(
        "key-result-activation",
        WORKERS,
        NAMED,
        "post",
        arguments=counting_id,
        before=lambda _place, goal: KeyResult.objects.filter(pk=goal.counting.pk).update(metric="Articles"),
    ),
    Row("key-result-archive", KEEPERS, ADA, arguments=counting_id),
    Row("key-result-archive", KEEPERS, ADA, "post", arguments=counting_id, body=says(learned="Nobody read them")),
    Row("key-result-unarchive", WORKERS, NAMED, "post", arguments=counting_id, before=counting_is_archived),
    Row("key-result-bin", KEEPERS, ADA, arguments=counting_id),
    Row("key-result-bin", KEEPERS, ADA, "post", arguments=counting_id),
    Row("key-result-restoring", WORKERS, NAMED, "post", arguments=counting_id, before=counting_is_binned),
    Row("key-result-move", KEEPERS, ADA, arguments=counting_id),
    # What is said of a private goal never moves among others: its lead is told so on the form.
    Row(
        "key-result-move",
        KEEPERS,
        frozenset(),
        "post",
        arguments=counting_id,
        body=lambda place, _goal: {"objective": place.child.public_id},
        refusals=REFUSED_HOME,
    ),
    Row(
        "key-result-move-removal",
        KEEPERS,
        frozenset(),
        "post",
        arguments=moved_counting,
        before=counting_is_moved,
        refusals=frozenset({403, 404}),
    ),
    Row("key-result-switch", KEEPERS, ADA, arguments=counting_id),
    Row("key-result-switch", KEEPERS, ADA, "post", arguments=counting_id, body=says(into="objective")),
    Row("key-result-switch-removal", KEEPERS, ADA, "post", arguments=counting_id, before=counting_is_switched),
    Row("waiver", WORKERS, NAMED, arguments=counting),
    Row("waiver", WORKERS, NAMED, "post", arguments=counting, body=says(reason="The law asks for it")),
    Row("waiver-withdrawal", WORKERS, NAMED, "post", arguments=counting),
    Row("check-in", WORKERS, NAMED, arguments=key_result_id),
    Row("check-in", WORKERS, NAMED, "post", arguments=key_result_id, body=says(value="2", on="2026-05-20")),
    Row("check-in-suggestion", WORKERS, NAMED, arguments=key_result_id),
    Row("check-in-withdrawal", WORKERS, NAMED, arguments=check_in_id),
    Row("check-in-withdrawal", WORKERS, NAMED, "post", arguments=check_in_id, body=says(reason="A slip")),
    Row("check-in-correction", WORKERS, NAMED, arguments=check_in_id),
    Row("check-in-correction", WORKERS, NAMED, "post", arguments=check_in_id, body=says(value="3", on="2026-05-08")),
    Row("guided-check-in"),
    # The goal is named in the form, so that this row has a public and a private side without one in the address.
    Row("guided-check-in", WORKERS, NAMED, "post", body=guided),
]

INITIATIVES = [
    Row(
        "initiative-from-key-result",
        WORKERS,
        NAMED,
        "post",
        arguments=objective,
        body=bet_of("Readers who rent rise from 2% to 4%"),
        note="from a sentence",
    ),
    Row(
        "initiative-from-key-result",
        KEEPERS,
        ADA,
        "post",
        arguments=objective,
        body=instead_of,
        note="from a saved key result",
    ),
    Row("input-from-key-result", WORKERS, NAMED, "post", arguments=objective, body=effort),
    Row("initiative-origin", KEEPERS, ADA, "post", arguments=initiative, before=is_swapped_in, note="made by the lead"),
    Row("initiative-new", WORKERS, NAMED, arguments=objective_id),
    Row("initiative-new", WORKERS, NAMED, "post", arguments=objective_id, body=says(title="Call ten more")),
    Row("bet-new", WORKERS, NAMED, arguments=key_result_id),
    Row("bet-new", WORKERS, NAMED, "post", arguments=key_result_id, body=says(title="Call ten more")),
    Row("initiative", EVERYBODY, NAMED, arguments=initiative_id),
    Row("initiative-edit", WORKERS, NAMED, arguments=initiative_id),
    Row("initiative-edit", WORKERS, NAMED, "post", arguments=initiative_id, body=edited_initiative),
    Row("initiative-state", WORKERS, NAMED, "post", arguments=initiative_id, body=says(state="doing")),
    Row("initiative-bet", WORKERS, NAMED, "post", arguments=initiative_id, body=says(expected_change="2")),
    Row("initiative-settlement", WORKERS, NAMED, "post", arguments=initiative_id, body=says(verdict="not")),
    Row(
        "initiative-input",
        WORKERS,
        NAMED,
        "post",
        arguments=lambda place, goal: initiative_id(place, goal) | {"number": 1},
        body=says(**{"input-1-kind": "time", "input-1-amount": "4"}),
    ),
    Row("bets"),
    Row("plan-check", arguments=cycle_id),
    Row("plan-dismissals", WORKERS, NAMED, "post", arguments=cycle_id, before=is_dated_outside, body=stands_out),
    Row("plan-dismissal-removal", WORKERS, NAMED, "post", arguments=cycle_id, before=is_dismissed, body=stands_out),
    Row("initiative-inputs", WORKERS, NAMED, "post", arguments=initiative_id, body=says(kind="time", amount="3")),
    Row(
        "initiative-input-removal",
        WORKERS,
        NAMED,
        "post",
        arguments=lambda place, goal: initiative_id(place, goal) | {"number": 1},
    ),
    Row("initiative-bin", KEEPERS, ADA, arguments=initiative_id),
    Row("initiative-bin", KEEPERS, ADA, "post", arguments=initiative_id),
    Row("initiative-switch", KEEPERS, ADA, "post", arguments=initiative_id),
    Row("initiative-switch-removal", KEEPERS, ADA, "post", arguments=initiative_id, before=initiative_is_switched),
    Row("initiative-restoring", WORKERS, NAMED, "post", arguments=initiative_id, before=initiative_is_binned),
]

KPIS = [
    Row("kpis"),
    Row("kpi-library"),
    Row("new-kpi", WRITERS),
    Row("new-kpi", KEEPERS, method="post", body=new_kpi(riders), note="for a team", refusals=REFUSED_HOME),
    Row("new-kpi", OWNERS, method="post", body=new_kpi(company), note="for the company", refusals=REFUSED_HOME),
    Row("new-kpi", WRITERS, method="post", body=new_kpi(mine), note="for oneself"),
    Row("kpi", EVERYBODY, ADA, arguments=kpi, private_sees=ADA),
    Row("kpi-details", KEEPERS, ADA, arguments=kpi, private_sees=ADA),
    Row("kpi-details", KEEPERS, ADA, "post", arguments=kpi, body=edited_kpi, private_sees=ADA),
    Row("kpi-readings", KEEPERS, ADA, "post", arguments=kpi, body=says(value="2", on="2026-05-20"), private_sees=ADA),
    Row(
        "kpi-targets",
        KEEPERS,
        ADA,
        "post",
        arguments=kpi,
        body=says(target="2", first_day="2026-06-01"),
        private_sees=ADA,
    ),
    Row("kpi-board"),
    Row("kpi-cells", KEEPERS, ADA, "post", arguments=kpi, body=a_cell("value", "2"), private_sees=ADA, note="a value"),
    Row(
        "kpi-cells", KEEPERS, ADA, "post", arguments=kpi, body=a_cell("target", "2"), private_sees=ADA, note="a target"
    ),
    Row("kpi-reading-withdrawal", KEEPERS, ADA, "post", arguments=kpi_reading, private_sees=ADA),
    Row("kpi-archival", KEEPERS, ADA, "post", arguments=kpi, private_sees=ADA),
]

PEOPLE = [
    Row("teams"),
    Row("team", arguments=team),
    Row("new-team", ADMINS),
    Row("new-team", ADMINS, method="post", body=says(name="Night shift")),
    Row("team-details", ADMINS, arguments=team),
    Row("team-details", ADMINS, method="post", arguments=team, body=edited_team),
    Row("team-members", ADMINS, method="post", arguments=team, body=max_joins),
    Row(
        "team-member-removal",
        ADMINS,
        method="post",
        arguments=lambda place, goal: team(place, goal) | {"person_id": place.world.ben.public_id},
    ),
    Row("team-bin", ADMINS, arguments=team),
    Row("team-bin", ADMINS, method="post", arguments=team),
    Row(
        "team-restoring",
        ADMINS,
        method="post",
        arguments=team,
        before=lambda place, _goal: bin_team(Team.objects.get(pk=place.world.riders.pk), by=SYSTEM, at=NOW),
    ),
    Row("team-archival", ADMINS, method="post", arguments=team),
    Row("people"),
    Row("person", arguments=ben),
    Row("lost-leads", ADMINS),
    Row("lost-leads", ADMINS, method="post", before=led_by_dov, body=handed_to_max),
    Row(
        "hidden-lost-lead",
        OWNERS,
        method="post",
        arguments=lambda place, _goal: {"handle": Hidden(place.secret.objective).handle},
        before=lambda place, _goal: led_by_dov(place, place.secret),
        body=handed_to_max,
    ),
    Row("person-erasure", ADMINS, arguments=ben, note="of a member"),
    Row("person-erasure", ADMINS, method="post", arguments=ben, body=says(name="Ben Homer"), note="of a member"),
    Row("person-erasure", OWNERS, method="post", arguments=root, body=says(name="Root Admin"), note="of an admin"),
    Row("invite", ADMINS),
    Row(
        "invite",
        ADMINS,
        method="post",
        body=says(email="ida@harbour.test", name="Ida", role="member"),
        note="a member",
    ),
    Row(
        "invite",
        OWNERS,
        method="post",
        body=says(email="ida@harbour.test", name="Ida", role="admin"),
        note="an admin",
        refusals=REFUSED_HOME,
    ),
    Row("invite-many", ADMINS),
    Row(
        "invite-many", ADMINS, method="post", body=says(people="Ida <ida@harbour.test>", role="member"), note="members"
    ),
    Row(
        "invite-many",
        OWNERS,
        method="post",
        body=says(people="Ida <ida@harbour.test>", role="admin"),
        note="admins",
        refusals=REFUSED_HOME,
    ),
    Row("invite-again", ADMINS, method="post"),
    Row("person-invitations", ADMINS, method="post", arguments=ben, note="to a member"),
    Row("person-invitations", OWNERS, method="post", arguments=root, note="to an admin"),
    Row("person-role", ADMINS, method="post", arguments=ben, body=says(role="viewer"), note="of a member"),
    Row(
        "person-role",
        OWNERS,
        method="post",
        arguments=ben,
        body=says(role="admin"),
        note="admin for a member",
        refusals=REFUSED_HOME,
    ),
    Row("person-role", OWNERS, method="post", arguments=root, body=says(role="member"), note="of an admin"),
    Row("person-address", ADMINS, method="post", arguments=ben, body=says(email="ben@else.test"), note="of a member"),
    Row("person-address", OWNERS, method="post", arguments=root, body=says(email="root@else.test"), note="of an admin"),
    Row("person-archival", ADMINS, method="post", arguments=ben, note="of a member"),
    Row("person-archival", OWNERS, method="post", arguments=root, note="of an admin"),
    Row(
        "person-manager",
        ADMINS,
        method="post",
        arguments=ben,
        body=lambda place, _goal: {"manager": place.world.ada.public_id},
        note="of a member",
    ),
    Row(
        "person-manager",
        OWNERS,
        method="post",
        arguments=root,
        body=lambda place, _goal: {"manager": place.world.ada.public_id},
        note="of an admin",
    ),
]

SETTINGS = [
    Row("settings"),
    Row("settings", OWNERS, method="post", body=settings),
    Row("features"),
    Row("features", OWNERS, method="post", body=switched),
    Row("judge-settings"),
    Row("judge-settings", ADMINS, method="post", body=judge_settings),
    Row("judge-settings-file"),
    Row("judge-settings-import", ADMINS, method="post", body=judge_settings_file),
    Row("judge-rule", arguments=lambda _place, _goal: {"name": "vague_words"}),
    Row("ultimate-measure", OWNERS),
    Row("ultimate-measure", OWNERS, method="post", body=says(**MEASURE)),
    Row("tags"),
    Row("tags", ADMINS, method="post", body=says(name="Autumn", hue="2")),
    Row("tag", ADMINS, arguments=tag),
    Row("tag", ADMINS, method="post", arguments=tag, body=edited_tag),
    Row("tag-merging", ADMINS, method="post", arguments=tag, body=lambda p, _goal: {"into": p.other_tag.public_id}),
    Row("tag-bin", ADMINS, method="post", arguments=tag),
    Row("tag-restoring", ADMINS, method="post", arguments=tag, before=tag_is_binned),
    Row("custom-fields"),
    Row("custom-fields", ADMINS, method="post", body=says(name="Ticket", kind="link", goals="objective")),
    Row("custom-field", ADMINS, arguments=field),
    Row("custom-field", ADMINS, method="post", arguments=field, body=edited_field),
    Row("custom-field-archival", ADMINS, method="post", arguments=field),
    Row("audit", ADMINS),
    Row("audit-file", ADMINS),
    Row("first-steps", OWNERS, answers=WAY_ON),
    Row("first-steps", OWNERS, method="post", body=says(name="Harbour", time_zone="UTC", cadence="annual"), **OWN),
]

#: Everybody's own, whoever they are; nothing in these addresses names another person.
ACCOUNT = [
    Row("profile"),
    Row("own-address"),
    Row("own-address", method="post", body=says(email="somebody@else.test")),
    Row("own-data", method="post", answers=PAGE),
    # Each of the cast has another version: what is refused here is the clash, not the person.
    Row("profile", method="post", body=own_profile, answers=frozenset({409}), leaves=False),
    Row("tokens", WRITERS),
    Row("tokens", WRITERS, method="post", body=says(name="Sheet", scope="read", lifetime="30"), answers=PAGE),
    Row(
        "token-revocation",
        ADA,
        method="post",
        arguments=lambda place, _goal: {"public_id": place.token.public_id},
        sees=ADA,
    ),
    Row("account_logout", answers=PAGE),
    Row("account_logout", method="post", leaves=False),
    Row("account_reauthenticate"),
    Row("account_reauthenticate", method="post", body=says(password="not this one"), **STAYS),
    Row("account_change_password"),
    Row("account_change_password", method="post", body=says(oldpassword="not this one"), **STAYS),
    Row("account_set_password", answers=WAY_ON),
    Row("account_set_password", method="post", leaves=False),
    Row("usersessions_list"),
    Row("usersessions_list", method="post", leaves=False),
    Row("mfa_index"),
    # Nobody of the cast has a second step: there is nothing to confirm, switch off, or change.
    Row("mfa_reauthenticate", answers=WAY_ON),
    Row("mfa_reauthenticate", method="post", leaves=False),
    Row("mfa_activate_totp"),
    Row("mfa_activate_totp", method="post", body=says(code="000000"), **STAYS),
    Row("mfa_deactivate_totp", answers=frozenset({404})),
    Row("mfa_deactivate_totp", method="post", answers=frozenset({404}), leaves=False),
    Row("mfa_view_recovery_codes", answers=frozenset({404})),
    Row("mfa_generate_recovery_codes"),
    Row("mfa_generate_recovery_codes", method="post", **STAYS),
    Row("mfa_download_recovery_codes", answers=frozenset({404})),
    Row("mfa_list_webauthn"),
    Row("mfa_add_webauthn"),
    Row("mfa_add_webauthn", method="post", body=says(name="Key", credential="{}"), **STAYS),
    Row("mfa_reauthenticate_webauthn", answers=WAY_ON),
    Row("mfa_reauthenticate_webauthn", method="post", leaves=False),
    Row("mfa_edit_webauthn", arguments=lambda _place, _goal: {"pk": 1}, answers=frozenset({404}), note="of another"),
    Row(
        "mfa_remove_webauthn",
        method="post",
        arguments=lambda _place, _goal: {"pk": 1},
        answers=frozenset({404}),
        leaves=False,
        note="of another",
    ),
]

#: What Nobody may open.
OPEN = [
    Row("theme", method="post", body=says(theme="dark"), leaves=False, open=True),
    Row("health", open=True),
    Row("content_policy_reports", method="post", answers=frozenset({204}), leaves=False, open=True),
    Row("join", arguments=lambda place, _goal: {"secret": place.invitation.secret}, open=True),
    Row(
        "join",
        method="post",
        arguments=lambda place, _goal: {"secret": place.invitation.secret},
        body=says(name="Gil", password="eleven wheels in a row"),
        open=True,
    ),
    Row("new-address", arguments=lambda _place, _goal: {"secret": "made:up"}, answers=frozenset({410}), open=True),
    Row(
        "new-address",
        method="post",
        arguments=lambda _place, _goal: {"secret": "made:up"},
        answers=frozenset({410}),
        leaves=False,
        open=True,
    ),
    Row("account_login", answers=frozenset({200, 302}), open=True),
    Row("account_login", method="post", answers=frozenset({200, 302}), leaves=False, open=True),
    Row("account_signup", answers=frozenset({404}), open=True),
    Row("account_reset_password", open=True),
    Row("account_reset_password", method="post", body=says(email="who@harbour.test"), leaves=False, open=True),
    Row("account_reset_password_done", open=True),
    Row("account_reset_password_from_key_done", open=True),
    Row("account_reset_password_from_key", arguments=lambda _p, _g: {"uidb36": "1", "key": "no-key"}, open=True),
    Row("mfa_authenticate", answers=WAY_ON, open=True),
    Row("mfa_login_webauthn", answers=frozenset({200, 302}), open=True),
    Row("mfa_login_webauthn", method="post", answers=frozenset({200, 302}), leaves=False, open=True),
]

SECTIONS = {
    "Strategy and cycles": STRATEGY,
    "Objectives": OBJECTIVES,
    "Key results": KEY_RESULTS,
    "Initiatives": INITIATIVES,
    "KPIs": KPIS,
    "People and teams": PEOPLE,
    "Settings": SETTINGS,
    "One's own account": ACCOUNT,
    "Open to Nobody too": OPEN,
}
ROWS: list[Row] = [row for rows in SECTIONS.values() for row in rows]
