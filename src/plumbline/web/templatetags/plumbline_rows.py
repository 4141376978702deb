"""Rows of long lists, written without a template for each: a page of them costs a tenth.

Everything that people typed goes through ``escape``; the parts come from ``plumbline_ui`` and ``plumbline_charts``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from django import template
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from plumbline.charts.drawing import clamp
from plumbline.goals.status import Status
from plumbline.goals.words import chance_words, percent_in
from plumbline.web.lines import figures_of
from plumbline.web.templatetags.plumbline_charts import pace_bar_in
from plumbline.web.templatetags.plumbline_ui import (
    SPRITE,
    figures_in,
    icon,
    level_kept,
    mark,
)
from plumbline.web.words import status_meaning

if TYPE_CHECKING:
    from plumbline.goals.outlook import KeyResultOutlook
    from plumbline.web.lines import Line
    from plumbline.web.strategy_map import Node

register = template.Library()


class Words(NamedTuple):
    """What rows say again and again, in one language."""

    language: str | None
    draft: str
    private: str
    company: str
    needs: str
    draft_within: str
    under: str
    no_key_results: str
    more: str
    day: str
    check_in: str


@lru_cache(maxsize=16)
def words_in(language: str | None) -> Words:
    """Return what rows say again and again, escaped already."""
    return Words(
        language,
        draft=escape(_("Draft")),
        private=escape(_("private")),
        company=escape(_("Company")),
        needs=escape(_("needs key results")),
        draft_within=escape(_("draft")),
        under=escape(_("under %(above)s")),
        no_key_results=escape(_("no key results yet")),
        more=escape(_("Show what hangs here")),
        day=_("j M"),
        check_in=escape(_("Check in")),
    )


@lru_cache(maxsize=1024)
def day_in(day: date, form: str, _language: str | None) -> str:
    """Return a day as a row shows it, escaped already."""
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
def doubt(line: Line) -> SafeString:
    """Say beside a green status how little chance the readings give it; nothing where they agree."""
    return SafeString(doubt_of(line))


def doubt_of(line: Line) -> str:
    """Say it in a row that is written by hand."""
    said = line.doubt
    if not said or line.chance is None:
        return ""
    words = escape(_("%(chance)s likely") % {"chance": chance_words(line.chance)})
    return f'<span class="tag" data-doubt title="{escape(said)}">{icon("weak", "s")}{words}</span>'


@register.simple_tag
def map_nodes(nodes: Iterable[Node]) -> SafeString:
    """Write goals of the strategy map with all that hang from them; the shapes are drawn on the page already."""
    words = words_in(get_language())
    return SafeString("".join(_node(node, words) for node in nodes))


def _node(node: Node, words: Words) -> str:
    branch = node.branch
    lock = f' {icon("lock", "s")}<span class="vh">{words.private}</span>' if branch.is_private else ""
    home = address("objective", branch.public_id)
    progress = node.stands.progress
    done = None if node.is_draft else progress
    pace = None if node.is_draft else node.expected
    draft = " data-draft" if node.is_draft else ""
    return (
        f'<div class="snode snode--{"co" if node.is_company else "tm"}">'
        f'<article class="scard" data-status="{status_meaning(node.status).look}"{draft}>'
        f'<div class="scard__b">'
        f'<span class="scard__m">{_under(node, words)}</span>'
        f'<a class="scard__t" href="{home}">{escape(branch.title)}{lock}</a></div>'
        f'<div class="scard__r">{shape(words.language, node.status)}'
        f"<b>{escape(percent_in(words.language, progress))}</b></div>"
        f'<div class="scard__p">{_thin_bar(done, pace, node.status)}</div>{_its_key_results(node, words)}'
        f"</article>{_kids(node, words)}</div>"
    )


def _under(node: Node, words: Words) -> str:
    branch = node.branch
    if node.is_company:
        home = words.company
    else:
        home = escape(branch.person) if branch.person else ", ".join(map(escape, node.teams()))
    parts = [home]
    parts += [escape(node.other_cycle)] if node.other_cycle else []
    parts += [words.under % {"above": escape(node.above)}] if node.above else []
    parts += [words.draft_within] if node.is_draft else []
    return " · ".join(parts)


def _kids(node: Node, words: Words) -> str:
    name = "skids skids--teams" if node.is_company else "skids"
    if node.has_more:
        query = f"?under={node.branch.public_id}"
        link = f'<a class="btn btn--s btn--quiet" href="{query}" hx-get="{query}">{words.more}</a>'
        return f'<div class="{name}">{link}</div>'
    if not node.children:
        return ""
    return f'<div class="{name}">{"".join(_node(child, words) for child in node.children)}</div>'


def _its_key_results(node: Node, words: Words) -> str:
    count = node.stands.key_results
    if not count:
        return f'<p class="scard__d meta meta--xs">{words.no_key_results}</p>'
    said = _count_words(count, words.language)
    if not node.key_results:
        return f'<p class="scard__d" data-key-results>{said}</p>'
    summary = f"<summary>{icon('right', 's')}{said}</summary>"
    opened = " open" if node.is_open else ""
    return f'<details class="disc scard__d"{opened}>{summary}{key_result_list(node.key_results)}</details>'


def key_result_list(rows: Iterable[KeyResultOutlook]) -> str:
    """Write the key results of one goal of the map."""
    language = get_language()
    return f'<ul class="skrs">{"".join(_small_row(row, language) for row in rows)}</ul>'


def _small_row(row: KeyResultOutlook, language: str | None) -> str:
    link = address("key-result", row.key_result.public_id)
    status, done, pace = row.standing.shown, row.progress, row.expected
    if not row.counts:
        status, done, pace = Status.NO_STATUS, None, None
    bar = pace_bar_in(language, done, pace, status if row.counts else None, number=False)
    return (
        f'<li class="skr">{mark.in_language(language, str(status))}'
        f'<a class="skr__t" href="{link}">{escape(row.key_result.statement)}</a>'
        f'<span class="skr__v">{escape(percent_in(language, done))}</span>{bar}</li>'
    )


@lru_cache(maxsize=256)
def _count_words(number: int, _language: str | None) -> str:
    words = ngettext("%(number)s key result", "%(number)s key results", number)
    return str(escape(words % {"number": number}))


@lru_cache(maxsize=64)
def shape(_language: str | None, key: str) -> str:
    """Draw a status by a shape that is on the page, with its word for those who listen; the colour is the card's."""
    meaning = status_meaning(key)
    word = escape(str(meaning.word))
    drawn = f'<svg role="img" aria-label="{word}"><use href="#st-{meaning.look}"/></svg>'
    return f'<span class="mark">{drawn}</span>'


def _thin_bar(share: Decimal | None, expected: Decimal | None, status: str) -> str:
    """Draw a bar whose numbers stand beside it; heights come from the style sheet."""
    fill = f'<rect class="pace__fill" width="{clamp(float(share), 2, 100):.1f}%"/>' if share and share > 0 else ""
    line = "" if expected is None or status == "achieved" else _thin_line(expected)
    return f'<svg class="pace" aria-hidden="true"><rect class="pace__track"/>{fill}{line}</svg>'


@lru_cache(maxsize=64)
def _thin_line(expected: Decimal) -> str:
    return f'<rect class="pace__line" x="{clamp(float(expected), 0, 100):.1f}%"/>'


@register.simple_tag
def shapes() -> SafeString:
    """Put the shapes of all statuses on the page, for those who draw hundreds of them."""
    return SafeString(_shapes())


@lru_cache(maxsize=1)
def _shapes() -> str:
    found = finders.find(SPRITE)
    text = Path(str(found)).read_text(encoding="utf-8")
    return f'<svg class="vh" aria-hidden="true">{"".join(_SYMBOL.findall(text))}</svg>'


_SYMBOL = re.compile(r'<symbol id="st-.*?</symbol>')


@register.simple_tag
def krlines(lines: Iterable[Line]) -> SafeString:
    """Write key results as lines: status, statement, what it measures, figures and pace."""
    language = get_language()
    return SafeString("".join(_krline(line, language) for line in lines))


def _krline(line: Line, language: str | None) -> str:
    row, outlook = line.key_result, line.outlook
    return (
        f'<li class="row row--hover krline"><div class="krline__t">{mark.in_language(language, line.status)}'
        f'<a class="goal" href="{address("key-result", row.public_id)}">{escape(row.statement)}</a>'
        f"{doubt_of(line)}</div>"
        f"{level_kept.in_language(language, row.level, row.is_waived(), 'icon')}"
        f"{figures_in(language, *figures_of(row, language))}"
        f"{pace_bar_in(language, outlook.progress, outlook.expected, line.status)}</li>"
    )
