"""Rows of long lists, written without a template for each: a page of them costs a tenth.

Everything that people typed goes through ``escape``; the parts come from ``plumbline_ui`` and ``plumbline_charts``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plumbline.web.lines import figures_of
from plumbline.web.templatetags.plumbline_charts import pace_bar_in
from plumbline.web.templatetags.plumbline_ui import (
    avatar,
    confidence,
    figures_in,
    icon,
    level_kept,
    mark,
    percent_in,
    status,
)

if TYPE_CHECKING:
    from plumbline.goals.models import Objective
    from plumbline.web.goals import Group
    from plumbline.web.lines import Line

register = template.Library()


class Words(NamedTuple):
    """What rows say again and again, in one language."""

    language: str | None
    draft: str
    private: str
    company: str
    needs: str
    day: str


@lru_cache(maxsize=16)
def _words(language: str | None) -> Words:
    said = (_("Draft"), _("private"), _("Company"), _("needs key results"))
    return Words(language, *map(escape, said), _("j M"))


@lru_cache(maxsize=1024)
def _day(day: date, form: str, _language: str | None) -> str:
    return str(escape(date_format(day, form)))


@lru_cache(maxsize=8)
def _frame(name: str) -> tuple[str, str]:
    head, tail = reverse(name, args=["0"]).split("0")
    return head, tail


def address(name: str, public_id: str) -> str:
    """Return the address of a noun: ``reverse`` asked once for all."""
    head, tail = _frame(name)
    return f"{head}{public_id}{tail}"


@register.simple_tag
def goal_rows(groups: Iterable[Group]) -> SafeString:
    """Write the bodies of the goals table: each objective with its key results."""
    words = _words(get_language())
    return SafeString("".join(_goal_group(group, words) for group in groups))


def _goal_group(group: Group, words: Words) -> str:
    objective = group.outlook.objective
    lock = f'{icon("lock", "s")}<span class="vh">{words.private}</span>' if objective.is_private else ""
    needs = "" if group.outlook.key_results else f'<span class="mut">{words.needs}</span>'
    return (
        '<tbody><tr class="gt__grp"><th colspan="7" scope="rowgroup"><div>'
        f'<a href="{address("objective", objective.public_id)}">{escape(objective.title)}</a>{lock}'
        f'<span class="mut">{_home(objective, words)}</span>{needs}'
        f'<span class="end cluster">{_stage(group, words)}'
        f'<span class="num">{escape(percent_in(words.language, group.outlook.progress))}</span></span></div></th></tr>'
        f"{''.join(_goal_row(line, words) for line in group.lines)}</tbody>"
    )


def _home(objective: Objective, words: Words) -> str:
    if teams := objective.home_teams.all():
        return ", ".join(escape(team.name) for team in teams)
    return escape(objective.home_person.name) if objective.home_person else words.company


def _stage(group: Group, words: Words) -> str:
    objective = group.outlook.objective
    if objective.stage == "draft":
        return f'<span class="tag">{words.draft}</span>'
    return str(status.in_language(words.language, "archived" if objective.archived_at else group.outlook.status))


def _goal_row(line: Line, words: Words) -> str:
    row, latest, language = line.key_result, line.latest, words.language
    outlook = line.outlook
    draft = f'<span class="tag">{words.draft}</span>' if line.is_draft else ""
    name = escape(row.statement)
    lead = row.lead
    who = f'<span class="who">{avatar(lead, "s", decorative=True)}{escape(lead.name)}</span>' if lead else ""
    return (
        f'<tr><td class="gt__g"><div>{mark.in_language(language, line.status)}'
        f'<a class="goal" href="{address("key-result", row.public_id)}">{name}</a>{draft}</div></td>'
        f'<td class="gt__l">{level_kept.in_language(language, row.level, row.is_waived(), "badge")}</td><td class="gt__o">{who}</td>'
        f'<td class="gt__f">{figures_in(language, *figures_of(row, language))}</td>'
        f'<td class="gt__p">{pace_bar_in(language, outlook.progress, outlook.expected, line.status)}</td>'
        f'<td class="gt__k">{confidence.in_language(language, latest.confidence if latest else None)}</td>'
        f'<td class="gt__u">{_read_on(line, words)}</td></tr>'
    )


def _read_on(line: Line, words: Words) -> str:
    if line.latest is None:
        return ""
    day = _day(line.latest.on, words.day, words.language)
    return f'<span class="stale">{icon("clock", "s")}{day}</span>' if line.status == "outdated" else day
