"""How the judge decided, with nothing left out: what every word adds, until it is the sum that the verdict follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from plumbline_judge import Explanation, Part, part_says, verdict

from plumbline.goals import judgements
from plumbline.goals.models import KeyResult
from plumbline.people.models import Organisation
from plumbline.web.http import VisitRequest, fetch

LEVELS: Final = ("input", "output", "outcome")


@dataclass(frozen=True, slots=True)
class Weight:
    """What one feature adds: its words (none: the whole sentence), what they say, its name among the weights, a bar."""

    words: str
    says: str
    feature: str
    level: str
    adds: tuple[str, ...]
    bar: int


@dataclass(frozen=True, slots=True)
class Share:
    """How likely a level is, in words and as a bar."""

    level: str
    words: str
    bar: int


@dataclass(frozen=True, slots=True)
class Account:
    """The whole sum: where every sentence starts, what is added, what comes out, and by which version and settings."""

    level: str
    start: tuple[str, ...]
    weights: tuple[Weight, ...]
    scores: tuple[str, ...]
    shares: tuple[Share, ...]
    is_doubtful: bool
    version: str
    silent: tuple[str, ...]


def account_of(text: str, language: str, organisation: Organisation | None = None) -> Account:
    """Return how a sentence is decided by the judge of today."""
    told = judgements.explained(text, organisation=organisation)
    loudest = max((part.lead for part in told.parts), default=0)
    return Account(
        level=told.level,
        start=_by_level(told.start),
        weights=tuple(_weight(told, part, loudest, language) for part in told.parts),
        scores=_by_level(told.scores),
        shares=tuple(_share(level, told.probabilities[level]) for level in (*LEVELS, "unclear")),
        is_doubtful=bool(told.reason),
        version=told.version,
        silent=tuple(told.settings.get("disabled", ())),
    )


def _weight(told: Explanation, part: Part, loudest: float, language: str) -> Weight:
    words = told.text[part.span.start : part.span.end] if part.span else ""
    bar = max(1, round(100 * part.lead / loudest)) if loudest else 0
    return Weight(words, part_says(part, language), part.feature, part.level, _by_level(part.adds), bar)


def _by_level(values: object) -> tuple[str, ...]:
    return tuple(_signed(values[level]) for level in LEVELS)  # type: ignore[index]


def _signed(value: float) -> str:
    sign = "−" if round(value, 2) < 0 else "+"
    return f"{sign}{formats.number_format(abs(round(value, 2)), 2)}"


def _share(level: str, share: float) -> Share:
    words = _("%(number)s%%") % {"number": formats.number_format(round(100 * share, 1), 1)}
    return Share(level, words, round(100 * share))


@require_GET
def judgement(request: VisitRequest, key_result_id: str) -> HttpResponse:
    """Show how the judge of today reads a stored key result, beside what is stored of it."""
    row = fetch(KeyResult, request.visit.person, key_result_id, related=["objective__cycle"])
    language = (get_language() or "en")[:2]
    reading = row.read_again(organisation=request.visit.organisation)
    said = verdict(reading, language)
    context = {
        "key_result": row,
        "objective": row.objective,
        "title": said.title,
        "reason": said.reason,
        "marks": _marks(row.statement, [(one.start, one.end, one.level) for one in reading.evidence]),
        "account": account_of(row.statement, language, request.visit.organisation),
        "is_older": row.judge_version not in ("", reading.version),
        "page_title": _("How it decided"),
        "section": "goals",
    }
    return render(request, "judgements/page.html", context)


def _marks(text: str, spans: list[tuple[int, int, str]]) -> list[tuple[str, str]]:
    marks, at = [], 0
    for start, end, level in spans:
        marks += [(text[at:start], ""), (text[start:end], level)]
        at = end
    return [*marks, (text[at:], "")]


routes = [path("key-results/<slug:key_result_id>/judgement/", judgement, name="judgement")]
