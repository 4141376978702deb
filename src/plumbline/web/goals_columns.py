"""The columns that a list of goals can show: what each says, how it sorts, and what a file gets of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from plumbline.goals.choices import Field
from plumbline.goals.facts import OBJECTIVES, PARENTS, PEOPLE, RESULTS, TAGS, Facts
from plumbline.goals.listed import Listed
from plumbline.goals.models import KeyResult, Objective
from plumbline.goals.models.objective import Home, Stage
from plumbline.goals.models.surroundings import MOVING, Type
from plumbline.goals.outlook import Outlook
from plumbline.goals.status import WORST_FIRST, Rhythm, Status
from plumbline.goals.wanted import folded
from plumbline.web.lines import Line
from plumbline.web.words import level_meaning, status_meaning

Value = Any
OfLine = Callable[[Line, Facts], Value]
OfObjective = Callable[[Outlook, Facts], Value]


def _nothing(_look: Outlook, _facts: Facts) -> Value:
    return None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its words, what it says of a key result and of an objective."""

    key: str
    label: Any
    of_line: OfLine
    of_objective: OfObjective = _nothing
    needs: frozenset[str] = frozenset()
    #: How a value sorts where it is not its own order.
    rank: Callable[[Any], Any] | None = None
    #: Whether its value is in the unit of the key result.
    measured: bool = False
    #: Whether its value is a share, in points.
    share: bool = False

    def order(self, line: Line, facts: Facts) -> tuple[bool, Any]:
        """Return what a line is sorted by; what is not known stands apart."""
        return self.order_of(self.of_line(line, facts))

    def order_of(self, value: Value) -> tuple[bool, Any]:
        """Return what a value is sorted by."""
        if value is None or value == "":
            return (True, 0)
        if self.rank:
            return (False, self.rank(value))
        return (False, folded(value) if isinstance(value, str) else value)


def _row(line: Line) -> Any:
    return line.key_result


def _above(line: Line) -> Objective:
    return line.under.objective if line.under else line.key_result.objective


def home_of(objective: Objective) -> str:
    """Return whose goal it is, in words."""
    if teams := objective.home_teams.all():
        return ", ".join(team.name for team in teams)
    return objective.home_person.name if objective.home_person else str(Home.COMPANY.label)


def _first_day(row: KeyResult | Listed) -> date:
    return row.numbers().first_day


def _shown(line: Line, value: Decimal | None) -> Decimal | None:
    unit = _row(line).unit
    return None if value is None else unit.to_shown(value)


def _now(line: Line, _facts: Facts) -> Decimal | None:
    row = _row(line)
    return _shown(line, row.baseline if row.current is None and row.type in MOVING else row.current)


def _behind(progress: Decimal | None, expected: Decimal | None) -> Decimal | None:
    return None if progress is None or expected is None else progress - expected


def _said(line: Line, _facts: Facts) -> str | None:
    said = line.standing.said
    return str(status_meaning(said.value).word) if said else None


def _data(line: Line, _facts: Facts) -> str | None:
    data = line.standing.data
    return None if data == Status.NO_STATUS else str(status_meaning(data.value).word)


def _stage(row: Any) -> str:
    return str(Stage(row.stage).label)


def _own(name: str) -> tuple[OfLine, OfObjective]:
    return (
        lambda line, facts: facts.of_objective.get(_above(line).pk, {}).get(name),
        lambda look, facts: facts.of_objective.get(look.objective.pk, {}).get(name),
    )


def _of_result(name: str) -> OfLine:
    return lambda line, facts: facts.of_result.get(_row(line).pk, {}).get(name)


def _labelled(choices: Any, name: str) -> OfLine:
    found = _of_result(name)
    return lambda line, facts: str(choices(found(line, facts)).label) if found(line, facts) else None


def _kind(choices: Any, name: str) -> tuple[OfLine, OfObjective]:
    of_line, of_objective = _own(name)
    return (
        lambda line, facts: str(choices(of_line(line, facts)).label) if of_line(line, facts) else None,
        lambda look, facts: str(choices(of_objective(look, facts)).label) if of_objective(look, facts) else None,
    )


def _listed(found: dict[tuple[str, int], list[str]], noun: str, key: int) -> str:
    return ", ".join(found.get((noun, key), ()))


def _hangs(facts: Facts, key: int) -> str | None:
    return (facts.parents[key] or str(_("Restricted goal"))) if key in facts.parents else None


def _grade(row: Any) -> int | None:
    return row.latest_check_in.confidence if row.latest_check_in else None


def _last(row: Any) -> date | None:
    return row.latest_check_in.on if row.latest_check_in else None


def _kept(row: Any) -> bool:
    return bool(row.is_waived())


def _yes(value: bool) -> str | None:
    return str(_("Yes")) if value else None


def _worst(value: str) -> int:
    return next(place for place, each in enumerate(WORST_FIRST) if str(status_meaning(each.value).word) == value)


GOAL = Column("goal", _("Goal"), lambda line, _f: _row(line).statement, lambda look, _f: look.objective.title)
STATUS = Column(
    "status",
    _("Status"),
    lambda line, _f: None if line.is_draft else str(status_meaning(line.status).word),
    lambda look, _f: str(status_meaning(look.status.value).word),
    rank=_worst,
)
#: What a table shows of itself, beside the goal.
USUAL = ("level", "lead", "figures", "progress", "confidence", "checked_in")

_OBJECTIVE_KIND = _kind(Objective.Kind, "kind")
_DRIVER = _kind(Objective.Driver, "driver")
_WHY = _own("why_it_matters")

_ALL = (
    Column("level", _("Measures"), lambda line, _f: str(level_meaning(_row(line).level).word)),
    Column(
        "lead",
        _("Lead"),
        lambda line, _f: _row(line).lead.name if _row(line).lead else None,
        lambda look, _f: look.objective.lead.name if look.objective.lead else None,
    ),
    Column("figures", _("Start → now → target"), _now),
    Column(
        "progress", _("Progress"), lambda line, _f: line.outlook.progress, lambda look, _f: look.progress, share=True
    ),
    Column("confidence", _("Confidence"), lambda line, _f: _grade(_row(line)), lambda look, _f: look.confidence),
    Column("checked_in", _("Checked in"), lambda line, _f: _last(_row(line))),
    STATUS,
    Column("objective", _("Objective"), lambda line, _f: _above(line).title),
    Column("home", _("Home"), lambda line, _f: home_of(_above(line)), lambda look, _f: home_of(look.objective)),
    Column(
        "cycle",
        _("Cycle"),
        lambda line, _f: _above(line).cycle.name,
        lambda look, _f: look.objective.cycle.name,
    ),
    Column("metric", _("Metric"), lambda line, _f: _row(line).metric),
    Column("type", _("Type"), lambda line, _f: str(Type(_row(line).type).label)),
    Column("unit", _("Unit"), lambda line, _f: _row(line).unit.name),
    Column("baseline", _("Baseline"), lambda line, _f: _shown(line, _row(line).baseline), measured=True),
    Column("now", _("Now"), _now, measured=True),
    Column("target", _("Target"), lambda line, _f: _shown(line, _row(line).target), measured=True),
    Column("expected", _("Expected by now"), lambda line, _f: line.outlook.expected, lambda look, _f: look.expected,
           share=True),
    Column(
        "behind",
        _("Ahead or behind"),
        lambda line, _f: _behind(line.outlook.progress, line.outlook.expected),
        lambda look, _f: _behind(look.progress, look.expected),
        share=True,
    ),
    Column("said", _("The lead says"), _said, rank=_worst),
    Column("data", _("The data say"), _data, rank=_worst),
    Column("share", _("Share of the objective"), lambda line, _f: line.outlook.share, share=True),
    Column("next", _("Next check-in"), lambda line, _f: _row(line).numbers().due()),
    Column(
        "starts",
        _("Starts"),
        lambda line, _f: _first_day(_row(line)),
        lambda look, _f: look.objective.first_day,
    ),
    Column("due", _("Due"), lambda line, _f: _row(line).numbers().last_day, lambda look, _f: look.objective.last_day),
    Column("stage", _("Stage"), lambda line, _f: _stage(_row(line)), lambda look, _f: _stage(look.objective)),
    Column("waived", _("Kept anyway"), lambda line, _f: _yes(_kept(_row(line)))),
    Column("activated", _("Activated"), lambda line, _f: _row(line).activated_on),
    Column(
        "private",
        _("Private"),
        lambda line, _f: _yes(_above(line).is_private),
        lambda look, _f: _yes(look.objective.is_private),
    ),
    Column("kind", _("Promise or stretch"), *_OBJECTIVE_KIND, needs=frozenset({OBJECTIVES})),
    Column("driver", _("Progress is made of"), *_DRIVER, needs=frozenset({OBJECTIVES})),
    Column("why", _("Why it matters"), *_WHY, needs=frozenset({OBJECTIVES})),
    Column(
        "hangs",
        _("Hangs from"),
        lambda line, facts: _hangs(facts, _above(line).pk),
        lambda look, facts: _hangs(facts, look.objective.pk),
        needs=frozenset({PARENTS}),
    ),
    Column(
        "tags",
        _("Tags"),
        lambda line, facts: _listed(facts.tags, "key_result", _row(line).pk),
        lambda look, facts: _listed(facts.tags, "objective", look.objective.pk),
        needs=frozenset({TAGS}),
    ),
    Column(
        "contributors",
        _("Contributors"),
        lambda line, facts: _listed(facts.people, "key_result", _row(line).pk),
        lambda look, facts: _listed(facts.people, "objective", look.objective.pk),
        needs=frozenset({PEOPLE}),
    ),
    Column("rhythm", _("Rhythm"), _labelled(Rhythm, "rhythm"), needs=frozenset({RESULTS})),
    Column("source", _("Values come from"), _labelled(KeyResult.Source, "source"), needs=frozenset({RESULTS})),
    Column("about", _("Description"), _of_result("description"), needs=frozenset({RESULTS})),
    Column("note", _("Last note"), _of_result("latest_check_in__note"), needs=frozenset({RESULTS})),
    Column("by", _("Checked in by"), _of_result("latest_check_in__author__name"), needs=frozenset({RESULTS})),
    Column(
        "id",
        _("Id"),
        lambda line, _f: _row(line).public_id,
        lambda look, _f: look.objective.public_id,
    ),
)  # fmt: skip


def _noted(key: str) -> tuple[OfLine, OfObjective]:
    def of_line(line: Line, facts: Facts) -> Value:
        own = facts.of_result.get(_row(line).pk, {}).get("custom_fields", {})
        return own.get(key) or facts.of_objective.get(_above(line).pk, {}).get("custom_fields", {}).get(key)

    return of_line, lambda look, facts: facts.of_objective.get(look.objective.pk, {}).get("custom_fields", {}).get(key)


def columns_there(fields: Iterable[Field]) -> dict[str, Column]:
    """Return all columns by key, the custom fields behind our own."""
    own = {column.key: column for column in _ALL}
    needs = frozenset({OBJECTIVES, RESULTS})
    return own | {each.key: Column(each.key, each.name, *_noted(each.key), needs=needs) for each in fields}


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns are shown, and what the rows are sorted by."""

    columns: Sequence[Column]
    sort: str = ""
    down: bool = False
    there: dict[str, Column] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()

    @property
    def needs(self) -> frozenset[str]:
        """What has to be fetched beside the usual, for the columns and the order."""
        sorted_by = self.there.get(self.sort)
        return frozenset().union(*(each.needs for each in self.columns), sorted_by.needs if sorted_by else ())

    @property
    def is_usual(self) -> bool:
        """Tell whether nobody chose columns."""
        return tuple(each.key for each in self.columns) == USUAL


#: Orders that are no column.
TITLE, NEWEST = "title", "newest"


def layout_of(address: QueryDict, fields: Iterable[Field]) -> Layout:
    """Return what the address says of columns and order; what nobody knows is left out and said."""
    there = columns_there(fields)
    asked = [key for said in address.getlist("columns") for key in said.split(",") if key]
    chosen = [there[key] for key in dict.fromkeys(asked) if key in there] or [there[key] for key in USUAL]
    sort = address.get("sort", "")
    key, down = sort.removeprefix("-"), sort.startswith("-")
    ignored = [each for each in asked if each not in there]
    if key and key not in {*there, "goal", TITLE, NEWEST}:
        ignored, key, down = [*ignored, sort], "", False
    return Layout(chosen, TITLE if key == "goal" else key, down, there, tuple(each[:60] for each in ignored))
