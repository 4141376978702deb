"""The letter that says which check-ins are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plumbline.goals.models import KeyResult
from plumbline.goals.models.surroundings import MOVING
from plumbline.goals.outlook import KeyResultOutlook, limits_of, outlook_of
from plumbline.goals.status import Status
from plumbline.integrations import NotNeeded
from plumbline.integrations.email.letter import Letter, Writing


@dataclass(frozen=True, slots=True)
class Ink:
    """How a status is drawn where style sheets don't reach: shape, colour of marks, colour of words."""

    sign: str
    mark: str
    words: str
    kind: str


INKS: Final = {
    Status.ON_TRACK: Ink("●", "#1a8f5f", "#0d5c3b", "on"),
    Status.ACHIEVED: Ink("✓", "#0d5c3b", "#0d5c3b", "on"),
    Status.NEEDS_ATTENTION: Ink("▲", "#c67800", "#7a4a00", "att"),
    Status.OFF_TRACK: Ink("◆", "#cf3333", "#a31f22", "off"),
    Status.OUTDATED: Ink("◷", "#c67800", "#7a4a00", "att"),
    Status.NO_STATUS: Ink("◌", "#676d78", "#4b515c", "none"),
}
TRACK: Final = "#e7e5e2"
TICK: Final = "#1b1f27"


@dataclass(frozen=True, slots=True)
class Row:
    """One key result in the letter."""

    outlook: KeyResultOutlook
    link: str

    @property
    def title(self) -> str:
        """What is measured, or the whole sentence where nobody named it."""
        key_result: KeyResult = self.outlook.key_result
        return key_result.metric or key_result.statement

    @property
    def status(self) -> str:
        """The status that the reader sees everywhere else too."""
        return str(Status(self.outlook.standing.shown).label)

    @property
    def ink(self) -> Ink:
        """How that status is drawn."""
        return INKS[self.outlook.standing.shown]

    @property
    def figures(self) -> str:
        """Start, now and target, where the number moves from one to the other; now only once it was told."""
        key_result = self.outlook.key_result
        if key_result.type not in MOVING:
            return ""
        told = [key_result.baseline, key_result.current, key_result.target]
        return " → ".join(key_result.unit.show(value) for value in told if value is not None)

    @property
    def bar(self) -> list[tuple[str, str, int]]:
        """The cells of the pace bar: kind, colour and width in percent; empty while nothing can be told."""
        if self.outlook.progress is None or self.outlook.expected is None:
            return []
        return pace_bar(self.outlook.progress, self.outlook.expected, self.ink.mark)


def pace_bar(progress: Decimal, expected: Decimal, colour: str) -> list[tuple[str, str, int]]:
    """Cut a bar into cells with the tick where even pace would be; the widths add up to 100."""
    done, pace = (min(max(round(points), 0), 99) for points in (progress, expected))
    cells = [
        ("fil", colour, min(done, pace)),
        ("trk", TRACK, max(pace - done, 0)),
        ("tck", TICK, 1),
        ("fil", colour, max(done - pace, 0)),
        ("trk", TRACK, 99 - max(done, pace)),
    ]
    return [cell for cell in cells if cell[2]]


def due_check_ins(writing: Writing) -> Letter:
    """Write which of the reader's own key results wait, and how long it takes."""
    if writing.event.after.get("on") != writing.today.isoformat():
        raise NotNeeded("the day is over")
    rows = [row for row in _rows(writing) if (due := row.outlook.key_result.due()) and due <= writing.today]
    others = _others(writing)
    if not rows and not others:
        raise NotNeeded("everything was checked in meanwhile")
    count = len(rows)
    subject = ngettext("%(count)s check-in is due", "%(count)s check-ins are due", count) % {"count": count}
    if not rows:
        late = len(others)
        subject = ngettext("%(count)s check-in is overdue", "%(count)s check-ins are overdue", late) % {"count": late}
    return writing.letter(
        "due_check_ins",
        subject=subject,
        rows=rows,
        others=others,
        title=subject,
        count=count,
        minutes=count + 1,
        home=writing.home,
        when=_("l j F"),
    )


def _others(writing: Writing) -> list[Row]:
    """Return what those whom the reader manages are late with still, as far as it exists for the reader."""
    keys = writing.event.after.get("of_others", [])
    there = KeyResult.objects.to_check_in().visible_to(writing.person).filter(public_id__in=keys)
    limits, grace = limits_of(writing.organisation), timedelta(days=writing.organisation.grace_days)
    found = [outlook_of(each, today=writing.today, limits=limits) for each in there.for_reading().order_by("pk")]
    return [
        Row(each, writing.link("key-result", each.key_result.public_id))
        for each in found
        if (due := each.key_result.due()) and due + grace < writing.today
    ]


def _rows(writing: Writing) -> list[Row]:
    keys = writing.event.after.get("of", [])
    # Led by the reader still: whoever handed a goal on is not asked about it, nor told.
    mine = KeyResult.objects.to_check_in().visible_to(writing.person).filter(public_id__in=keys, lead=writing.person)
    limits = limits_of(writing.organisation)
    found = {each.public_id: outlook_of(each, today=writing.today, limits=limits) for each in mine.for_reading()}
    return [Row(found[key], writing.link("check-in", key)) for key in keys if key in found]
