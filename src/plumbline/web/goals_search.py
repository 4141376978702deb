"""One look at the goals: what the address asks for, found, put in order and taken together in groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from plumbline.goals.as_of import Moment
from plumbline.goals.facts import Facts, facts_of
from plumbline.goals.listed import give_teams
from plumbline.goals.models import Cycle, Objective
from plumbline.goals.narrow import Heading, Stands
from plumbline.goals.narrow import stands as read_stands
from plumbline.goals.outlook import Outlook, limits_of, outlooks
from plumbline.goals.status import WORST_FIRST
from plumbline.goals.wanted import folded, objectives_wanted, results_wanted
from plumbline.web.forms.goals import GoalsForm
from plumbline.web.goals_columns import GOAL, NEWEST, TITLE, Layout, home_of
from plumbline.web.http import VisitRequest
from plumbline.web.lines import Line, lines_of
from plumbline.web.words import level_meaning, status_meaning

#: Orders of whole objectives, by what the database or a few numbers know of them.
_OF_OBJECTIVES = ("", TITLE, NEWEST, "status", "progress")
#: A row of the table: a key result, or an objective where it stands for itself.
Entry = Line | Outlook


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading: an objective, or a word that they share."""

    lines: Sequence[Line]
    outlook: Outlook | None = None
    heading: str = ""
    count: int = 0


@dataclass
class Search:
    """One look at the goals: who looks, in which cycles, for what."""

    request: VisitRequest
    cycles: Sequence[Cycle]
    form: GoalsForm
    layout: Layout
    moment: Moment | None = None

    # What is asked for.

    @property
    def group_by(self) -> str:
        """Return what rows are taken together by; objectives alone stand for themselves."""
        return "" if self.alone else self.form.wanted("group")

    @property
    def alone(self) -> bool:
        """Tell whether objectives are wanted without their key results."""
        return self.form.wanted("goals") == "objectives"

    @property
    def by_line(self) -> bool:
        """Tell whether the rows are put in order one by one, not objective by objective."""
        return bool(self.group_by) or self.layout.sort not in _OF_OBJECTIVES

    @property
    def needs_all(self) -> bool:
        """Tell whether it asks for what is known after reading only: status and progress, or all of a past day."""
        return bool(self.moment or self.form.wanted("status")) or self.layout.sort in {"status", "progress"}

    @cached_property
    def _cycle_of(self) -> dict[int, Cycle]:
        return {cycle.pk: cycle for cycle in self.cycles}

    @cached_property
    def _results(self) -> set[int] | None:
        rows = results_wanted(self.form.wanted, today=self.request.visit.today)
        return None if rows is None else set(rows.values_list("pk", flat=True))

    # Finding.

    def objectives(self, leave_out: str = "") -> Any:
        """Return the objectives that fit all but the status, with ``leave_out`` forgotten, in their order."""

        def wanted(name: str) -> str:
            if name == "stage":
                return "" if self.moment else self.form.stage_wanted
            return "" if name == leave_out else self.form.wanted(name)

        visit, fields = self.request.visit, self.form.custom.values()
        found = objectives_wanted(wanted, reader=visit.person, cycles=self.cycles, fields=fields, today=visit.today)
        return found.order_by(*self._database_order())

    def _database_order(self) -> tuple[str, str]:
        down = self.layout.down
        if self.layout.sort == NEWEST:
            return ("pk", "title") if down else ("-pk", "title")
        return ("-title", "-pk") if down and self.layout.sort == TITLE else ("title", "pk")

    def outlooks(self, rows: Iterable[Objective]) -> list[Outlook]:
        """Return where objectives stand, in their order."""
        visit, moment = self.request.visit, self.moment
        asked: dict[str, Any] = {"reader": visit.person, "organisation": visit.organisation}
        if moment:
            back = self._at(moment, rows)
            found = outlooks(back, today=moment.day, moment=moment, **asked)
            return [found[row.pk] for row in back]
        listed = list(rows)
        for row in listed:
            row.cycle = self._cycle_of[row.cycle_id]
        give_teams(listed)
        found = outlooks(listed, today=visit.today, for_a_list=True, **asked)
        return [found[row.pk] for row in listed]

    def _at(self, moment: Moment, rows: Iterable[Objective]) -> list[Objective]:
        """Return the objectives as they were, those that were in the wanted stage then."""
        wanted = self.form.stage_wanted
        back = [row for row in moment.rewind_objectives(rows) if row.cycle_id in self._cycle_of]
        return [row for row in back if ("archived" if row.is_archived else row.stage) == wanted]

    def all_outlooks(self) -> list[Outlook]:
        """Return all objectives that fit but for the status, in the order of the database."""
        return self.outlooks((_whole if self.moment else related)(self.objectives()))

    def lines(self, outlook: Outlook) -> list[Line]:
        """Return the key results of an objective that are wanted."""
        if self.alone:
            return []
        return [line for line in lines_of(outlook, {}) if self._fits(line, outlook.objective)]

    def _fits(self, line: Line, objective: Objective) -> bool:
        row, status, lead = line.key_result, self.form.wanted("status"), self.form.wanted("lead")
        if status and (line.is_draft or line.status != status):
            return False
        if self._results is not None and row.pk not in self._results:
            return False
        return not lead or lead in {_key(row.lead), _key(objective.lead)}

    def _keeps(self, outlook: Outlook) -> bool:
        """Tell whether an objective fits the status that is wanted."""
        status = self.form.wanted("status")
        return not status or (outlook.status == status if self.alone else bool(self.lines(outlook)))

    # Objective by objective.

    def ordered(self) -> list[Any]:
        """Return everything that fits, the status too, in the order that was asked for: rows, or outlooks of then."""
        if self.moment:
            found = [each for each in self.all_outlooks() if self._keeps(each)]
            return self._by_stand(found, {each.objective.pk: each for each in found}, lambda each: each.objective.pk)
        rows = list(self.objectives().only(*_NUMBERS))
        read = self.stands(rows)
        status = self.form.wanted("status")
        if status and self.alone:
            rows = [row for row in rows if read[row.pk].status == status]
        elif status and (self._results is not None or self.form.wanted("lead")):
            rows = [look.objective for look in self.all_outlooks() if self._keeps(look)]
        elif status:
            rows = [row for row in rows if status in read[row.pk].shown]
        return self._by_stand(rows, read, lambda row: row.pk)

    def _by_stand(self, rows: list[Any], read: dict[int, Any], key: Callable[[Any], int]) -> list[Any]:
        down = self.layout.down
        if self.layout.sort == "status":
            return sorted(rows, key=lambda row: WORST_FIRST.index(read[key(row)].status), reverse=down)
        if self.layout.sort == "progress":
            known = [row for row in rows if read[key(row)].progress is not None]
            known.sort(key=lambda row: read[key(row)].progress or Decimal(0), reverse=down)
            return [*known, *(row for row in rows if read[key(row)].progress is None)]
        return rows

    def stands(self, rows: Iterable[Objective]) -> dict[int, Stands]:
        """Return where objectives stand by their numbers."""
        visit = self.request.visit
        known = {row.pk: Heading(row.driver, self._cycle_of[row.cycle_id], row.starts_on, row.due_on) for row in rows}
        return read_stands(known, reader=visit.person.pk, today=visit.today, limits=limits_of(visit.organisation))

    def shown(self, rows: Sequence[Any]) -> list[Outlook]:
        """Return where the objectives of one page stand, fetched with all that is shown, in their order."""
        if self.moment:
            return list(rows)
        found = {row.pk: row for row in related(Objective.objects.filter(pk__in=[row.pk for row in rows]))}
        return self.outlooks(found[row.pk] for row in rows)

    # Line by line.

    def entries(self) -> list[Entry]:
        """Return every row that fits, sorted and with those of one group together."""
        found = [each for each in self.all_outlooks() if self._keeps(each)]
        if self.alone:
            return self._sorted_objectives(found)
        lines = self._sorted([line for each in found for line in self.lines(each)])
        if self.group_by == "none":
            return list(lines)
        places = self._places(lines)
        together = sorted(lines, key=lambda line: places[self.heading(line)])
        return [*together, *([] if self.group_by else (each for each in found if not each.key_results))]

    def _sorted(self, lines: list[Line]) -> list[Line]:
        sort = self.layout.sort
        if sort in {"", NEWEST}:
            return sorted(lines, key=lambda line: line.key_result.pk, reverse=not self.layout.down) if sort else lines
        column = GOAL if sort == TITLE else self.layout.there[sort]
        facts = self.facts(lines, column.needs)
        return self._directed([(column.order(line, facts), line) for line in lines])

    def _sorted_objectives(self, found: list[Outlook]) -> list[Entry]:
        if self.layout.sort in _OF_OBJECTIVES:
            read = {each.objective.pk: each for each in found}
            return self._by_stand(found, read, lambda each: each.objective.pk)
        column = self.layout.there[self.layout.sort]
        facts = self.facts(found, column.needs)
        return self._directed([(column.order_of(column.of_objective(each, facts)), each) for each in found])

    def _directed(self, rows: list[tuple[tuple[bool, Any], Any]]) -> list[Any]:
        """Return the rows by their order, what is not known last either way."""
        known = sorted((row for row in rows if not row[0][0]), key=lambda row: row[0][1], reverse=self.layout.down)
        return [row for _order, row in (*known, *(row for row in rows if row[0][0]))]

    def heading(self, line: Line) -> tuple[Any, str]:
        """Return where the group of a line stands among the others, and what it is called."""
        row = line.key_result
        above = line.under.objective if line.under else row.objective
        match self.group_by:
            case "team":
                return folded(home_of(above)), home_of(above)
            case "lead":
                return (folded(row.lead.name), row.lead.name) if row.lead else ("\uffff", _("Nobody leads it"))
            case "status":
                word = _("Draft") if line.is_draft else str(status_meaning(line.status).word)
                return len(WORST_FIRST) if line.is_draft else [*WORST_FIRST].index(line.standing.shown), word
            case "level":
                return level_meaning(row.level).look, str(level_meaning(row.level).word)
            case "cycle":
                return above.cycle.first_day, above.cycle.name
            case _:
                return above.pk, above.title

    def _places(self, lines: Iterable[Line]) -> dict[tuple[Any, str], Any]:
        heads = dict.fromkeys(self.heading(line) for line in lines)
        ranked = sorted(heads) if self.group_by else list(heads)
        return {head: place for place, head in enumerate(ranked)}

    # What a page shows.

    def facts(self, entries: Iterable[Entry], needs: frozenset[str]) -> Facts:
        """Return what columns need beside the usual."""
        if not needs:
            return Facts()
        rows = list(entries)
        lines = [each for each in rows if isinstance(each, Line)]
        objectives = {each.under.objective.pk for each in lines if each.under}
        objectives |= {each.objective.pk for each in rows if isinstance(each, Outlook)}
        results = {line.key_result.pk for line in lines}
        return facts_of(objectives, results, needs=needs, reader=self.request.visit.person)

    def groups(self, rows: Sequence[Any]) -> list[Group]:
        """Return the rows of one page under their headings."""
        if not self.by_line:
            looks = self.shown(rows) if self.needs_all else self.outlooks(rows)
            return [Group(self.lines(look), look) for look in looks]
        return list(self._grouped(rows))

    def _grouped(self, entries: Sequence[Entry]) -> Iterator[Group]:
        lines: list[Line] = []
        for entry in entries:
            if isinstance(entry, Outlook):
                yield from self._flushed(lines)
                yield Group([], entry)
                continue
            if lines and self.group_by != "none" and self.heading(entry) != self.heading(lines[0]):
                yield from self._flushed(lines)
            lines.append(entry)
        yield from self._flushed(lines)

    def _flushed(self, lines: list[Line]) -> Iterator[Group]:
        if not lines:
            return
        kept, under = list(lines), lines[0].under
        lines.clear()
        if self.group_by == "":
            yield Group(kept, under)
        else:
            yield Group(kept, heading="" if self.group_by == "none" else self.heading(kept[0])[1], count=len(kept))


def _whole(rows: Any) -> Any:
    return rows.select_related("cycle", "lead", "home_person").prefetch_related("home_teams")


def related(rows: Any) -> Any:
    """Fetch along what a list shows of objectives, and no more."""
    return rows.select_related("lead", "home_person").only(*_SHOWN)


_NUMBERS = ("title", "cycle", "driver", "starts_on", "due_on")
_SHOWN = (
    *("public_id", "title", "cycle", "home", "stage", "archived_at", "binned_at", "is_private", "driver", "weight"),
    *("starts_on", "due_on"),
    *("lead__public_id", "lead__name", "home_person__name"),
)


def _key(person: Any) -> str:
    return person.public_id if person else ""
