"""The rows of the goals table, column by column, written without a template for each cell.

Everything that people typed goes through ``escape``; the parts come from ``plumbline_ui`` and ``plumbline_charts``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext

from plumbline.goals.facts import Facts
from plumbline.goals.models.surroundings import MOVING
from plumbline.goals.words import percent_in
from plumbline.values.unit import Unit, UnitKind
from plumbline.web.goals_columns import Column, home_of
from plumbline.web.lines import figures_of
from plumbline.web.templatetags.plumbline_charts import pace_bar_in
from plumbline.web.templatetags.plumbline_rows import Words, address, day_in, doubt_of, words_in
from plumbline.web.templatetags.plumbline_ui import (
    avatar,
    confidence,
    figures_in,
    icon,
    level_kept,
    mark,
    status,
)

if TYPE_CHECKING:
    from plumbline.goals.outlook import Outlook
    from plumbline.web.goals_search import Group
    from plumbline.web.lines import Line

register = template.Library()


@dataclass(frozen=True, slots=True)
class Table:
    """What all rows of one table have in common."""

    columns: tuple[Column, ...]
    facts: Facts = field(default_factory=Facts)
    #: The key results that the reader may check in on, and whether rows can be selected.
    checkable: frozenset[int] = frozenset()
    selects: bool = False
    language: str | None = None

    @property
    def words(self) -> Words:
        """What rows say again and again."""
        return words_in(self.language)

    @property
    def width(self) -> int:
        """How many columns there are, the goal and the box before it included."""
        return len(self.columns) + 1 + self.selects


@register.simple_tag
def goal_rows(groups: Iterable[Group], table: Table) -> SafeString:
    """Write the bodies of the goals table: each heading with its rows."""
    return SafeString("".join(_group(group, table) for group in groups))


def _group(group: Group, table: Table) -> str:
    rows = "".join(goal_row(line, table) for line in group.lines)
    return f"<tbody>{_head(group, table)}{rows}</tbody>"


def _head(group: Group, table: Table) -> str:
    if group.outlook:
        return objective_head(group.outlook, table)
    if not group.heading:
        return ""
    words = escape(ngettext("%(number)s key result", "%(number)s key results", group.count) % {"number": group.count})
    box = '<td class="gt__c"></td>' if table.selects else ""
    return (
        f'<tr class="gt__grp">{box}<th colspan="{table.width - table.selects}" scope="rowgroup"><div>'
        f'<b>{escape(group.heading)}</b><span class="mut">{words}</span></div></th></tr>'
    )


def objective_head(look: Outlook, table: Table, more: str = "") -> str:
    """Write the row of an objective, above its key results."""
    objective, words, key = look.objective, table.words, look.objective.public_id
    lock = f'{icon("lock", "s")}<span class="vh">{words.private}</span>' if objective.is_private else ""
    needs = "" if look.key_results else f'<span class="mut">{words.needs}</span>'
    own = "".join(_own_value(column, look, table) for column in table.columns if column.key not in _IN_HEAD)
    return (
        f'<tr class="gt__grp" id="o-{key}"{more}>{_box("o", key, table)}'
        f'<th colspan="{table.width - table.selects}" scope="rowgroup"><div>'
        f'<a id="n-{key}" href="{address("objective", key)}">{escape(objective.title)}</a>{lock}'
        f'<span class="mut">{escape(home_of(objective))}</span>{needs}{own}'
        f'<span class="end cluster">{_stage(look, words)}'
        f'<span class="num">{escape(percent_in(words.language, look.progress))}</span></span></div></th></tr>'
    )


#: What the head of an objective says anyway, or its rows say better.
_IN_HEAD = frozenset({"progress", "status", "home", "figures", "objective", "confidence", "cycle", "stage", "private"})


def _own_value(column: Column, look: Outlook, table: Table) -> str:
    if column.key == "lead":
        return ""
    text = text_of(column, column.of_objective(look, table.facts), table.words)
    return f'<span class="mut">{escape(str(column.label))}: {text}</span>' if text else ""


def _box(kind: str, key: str, table: Table) -> str:
    if not table.selects:
        return ""
    return (
        f'<td class="gt__c"><input class="check" type="checkbox" name="goal" value="{kind}-{key}" form="bulk"'
        f' aria-labelledby="n-{key}"></td>'
    )


def _stage(look: Outlook, words: Words) -> str:
    objective = look.objective
    if objective.stage == "draft":
        return f'<span class="tag">{words.draft}</span>'
    return str(status.in_language(words.language, "archived" if objective.archived_at else look.status))


def goal_row(line: Line, table: Table, instead: dict[str, str] | None = None, *, focused: bool = False) -> str:
    """Write one key result; ``instead`` holds what stands in some columns in place of the usual."""
    row, words, key = line.key_result, table.words, line.key_result.public_id
    draft = f'<span class="tag">{words.draft}</span>' if line.is_draft else ""
    link = f'<a class="goal" id="n-{key}" href="{address("key-result", key)}">{escape(row.statement)}</a>'
    shape = mark.in_language(words.language, line.status)
    cells = [f'<tr>{_box("k", key, table)}<td class="gt__g"><div>{shape}{link}{draft}{doubt_of(line)}</div></td>']
    for column in table.columns:
        own = _CELLS.get(column.key)
        if instead and column.key in instead:
            cells.append(f'<td class="gt__f" data-edit>{instead[column.key]}</td>')
        elif column.key == "figures":
            cells.append(f'<td class="gt__f">{_figures(line, table, focused=focused)}</td>')
        elif own:
            cells.append(f'<td class="{own[0]}">{own[1](line, words)}</td>')
        else:
            cells.append(_plain(column, line, table))
    return "".join(cells) + "</tr>"


def _figures(line: Line, table: Table, *, focused: bool) -> str:
    row, words = line.key_result, table.words
    shown = figures_in(words.language, *figures_of(row, words.language))
    if row.pk not in table.checkable:
        return shown
    link = address("check-in", row.public_id)
    here = "" if row.type in {"yes_no", "milestones"} else f' hx-get="{link}"'
    focus = " autofocus" if focused else ""
    return f'<a class="gt__val" href="{link}"{here}{focus}><span class="vh">{words.check_in}: </span>{shown}</a>'


def _level(line: Line, words: Words) -> str:
    return str(level_kept.in_language(words.language, line.key_result.level, line.key_result.is_waived(), "badge"))


def _lead(line: Line, _words: Words) -> str:
    lead = line.key_result.lead
    return f'<span class="who">{avatar(lead, "s", decorative=True)}{escape(lead.name)}</span>' if lead else ""


def _progress(line: Line, words: Words) -> str:
    return str(pace_bar_in(words.language, line.outlook.progress, line.outlook.expected, line.status))


def _sure(line: Line, words: Words) -> str:
    latest = line.latest
    return str(confidence.in_language(words.language, latest.confidence if latest else None))


def _read_on(line: Line, words: Words) -> str:
    if line.latest is None:
        return ""
    day = day_in(line.latest.on, words.day, words.language)
    return f'<span class="stale">{icon("clock", "s")}{day}</span>' if line.status == "outdated" else day


def _status(line: Line, words: Words) -> str:
    return "" if line.is_draft else str(status.in_language(words.language, line.status))


_CELLS: dict[str, tuple[str, Callable[[Line, Words], str]]] = {
    "level": ("gt__l", _level),
    "lead": ("gt__o", _lead),
    "progress": ("gt__p", _progress),
    "confidence": ("gt__k", _sure),
    "checked_in": ("gt__u", _read_on),
    "status": ("gt__s", _status),
}


def _plain(column: Column, line: Line, table: Table) -> str:
    value = column.of_line(line, table.facts)
    if column.measured and value is not None:
        row = line.key_result
        text = escape(row.unit.show(_stored(column, row)))
    else:
        text = text_of(column, value, table.words)
    number = ' class="gt__n"' if isinstance(value, Decimal | int) else ""
    return f'<td{number} data-label="{escape(str(column.label))}">{text}</td>'


def _stored(column: Column, row: Any) -> Decimal | None:
    value: Decimal | None = row.current if column.key == "now" else getattr(row, column.key)
    return row.baseline if value is None and column.key == "now" and row.type in MOVING else value


def text_of(column: Column, value: Any, words: Words) -> str:
    """Write a value as people read it, escaped."""
    if value is None or value == "":
        return ""
    if column.key == "behind":
        return str(escape(_POINTS.show_change(Decimal(0), Decimal(round(value)))))
    if column.share:
        return str(escape(percent_in(words.language, value)))
    if isinstance(value, date):
        return day_in(value, words.day, words.language)
    if isinstance(value, Decimal | int):
        return str(escape(number_format(value)))
    text = str(value)
    return str(escape(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"))


_POINTS = Unit(UnitKind.PERCENT)
#: A cell of a table holds no essay; its page does.
_LONGEST = 120


def table_of(columns: Iterable[Column], **known: Any) -> Table:
    """Return what rows have in common, in the active language."""
    return Table(tuple(columns), language=get_language(), **known)
