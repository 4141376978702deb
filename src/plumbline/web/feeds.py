"""What happened, in sentences: the events under the objectives that a reader can see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import Objective
from plumbline.goals.tree import NAMING
from plumbline.goals.words import chance_words
from plumbline.people.models import Event, Person
from plumbline.values.exact import from_kept
from plumbline.values.unit import Unit
from plumbline.web.words import STATUSES, within

MOST = 8
#: Some of the newest can't be told any more (withdrawn, in the bin): more are read than shown.
READ = 40

#: How each verb is told. {who}, {goal} and what stands in the event's own words.
SENTENCES: dict[tuple[str, str], str | Promise] = {
    ("key_result", "checked_in"): _("{who} moved {goal} from {before} to {now}"),
    ("key_result", "corrected"): _("{who} corrected {goal} to {now}"),
    ("key_result", "written"): _("{who} wrote the key result {goal}"),
    ("key_result", "activated"): _("{who} started {goal}"),
    ("key_result", "amended"): _("{who} moved the goalposts of {goal}"),
    ("key_result", "doubted"): _("{goal} is said to be {status}, and its readings give it a chance of {chance}"),
    ("key_result", "waived"): _("{who} kept {goal} anyway"),
    ("key_result", "milestone_reached"): _("{who} reached a step of {goal}"),
    ("objective", "set"): _("{who} set the goal {goal}"),
    ("objective", "activated"): _("{who} activated {goal}"),
    ("objective", "amended"): _("{who} changed {goal} after it was locked"),
    ("objective", "closed"): _("{who} closed {goal}"),
    ("objective", "reopened"): _("{who} reopened {goal}"),
    ("comment", "said"): _("{who} said something about {goal}"),
    ("initiative", "taken_on"): _("{who} placed a bet: {goal}"),
    ("initiative", "moved"): _("{who} moved the bet {goal}"),
    ("initiative", "bet_settled"): _("{who} settled the bet {goal}"),
}
STILL = _("{who} checked in on {goal}: {now}")


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened, as a sentence with its words beside it."""

    actor: Person | None
    sentence: SafeString
    quote: str
    at: datetime


def feed_for(person: Person, *, most: int = MOST) -> list[Happening]:
    """Return the newest things that others did under the objectives that exist for a person, in two queries."""
    # Asked event by event from the newest: it ends after the first forty, however long the log is.
    events = Event.objects.filter(
        Exists(Objective.objects.visible_to(person).filter(public_id=OuterRef("under"))),
        verb__in={verb for _noun, verb in SENTENCES},
        audience=Event.Audience.EVERYONE,
    )
    newest = list(events.exclude(actor=person).select_related("actor").only(*_TOLD).order_by("-at", "-pk")[:READ])
    nouns = _Nouns(newest, person)
    told = (nouns.tell(event) for event in newest)
    return [each for each in told if each is not None][:most]


_NOUNS = """
SELECT 'objective', public_id, public_id, title, '', '', '', '', 0, CAST(NULL AS smallint), '',
    CAST(NULL AS numeric), CAST(NULL AS numeric)
FROM goals_objective AS objective WHERE public_id IN ({keys}) AND {seen}
UNION ALL
SELECT 'key_result', noun.public_id, noun.public_id, noun.statement, noun.metric, noun.type, noun.unit_kind,
    noun.unit_code, noun.unit_scale, noun.unit_places, '', NULL, NULL
FROM goals_keyresult AS noun JOIN goals_objective AS objective ON objective.id = noun.objective_id
WHERE noun.public_id IN ({keys}) AND noun.binned_at IS NULL AND {seen}
UNION ALL
SELECT 'initiative', noun.public_id, noun.public_id, noun.title, '', '', '', '', 0, NULL, '', NULL, NULL
FROM goals_initiative AS noun JOIN goals_objective AS objective ON objective.id = noun.objective_id
WHERE noun.public_id IN ({keys}) AND noun.binned_at IS NULL AND {seen}
UNION ALL
SELECT 'comment', noun.public_id, objective.public_id, objective.title, '', '', '', '', 0, NULL, noun.text, NULL, NULL
FROM goals_comment AS noun JOIN goals_objective AS objective ON objective.id = noun.objective_id
WHERE noun.public_id IN ({keys}) AND noun.binned_at IS NULL AND {seen}
UNION ALL
SELECT 'check_in', noun.public_id, '', '', '', '', '', '', 0, NULL, noun.note, noun.value, noun.value_before
FROM goals_checkin AS noun
WHERE noun.public_id IN ({check_ins})
    AND NOT EXISTS (SELECT 1 FROM goals_withdrawal WHERE check_in_id = noun.id)
    AND NOT EXISTS (
        SELECT 1 FROM goals_checkin AS later WHERE later.corrects_id = noun.id
        AND NOT EXISTS (SELECT 1 FROM goals_withdrawal WHERE check_in_id = later.id))
"""
_SEEN = f"objective.binned_at IS NULL AND (NOT objective.is_private OR objective.id IN ({NAMING.strip()}))"


_TOLD = ("noun", "noun_key", "verb", "before", "after", "reason", "at", "actor__public_id", "actor__name")


class _Noun(NamedTuple):
    """What an event is about, as a sentence needs it."""

    noun: str
    public_id: str
    name: str
    type: str
    unit: Unit
    text: str
    value: Decimal | None
    value_before: Decimal | None

    @property
    def moved(self) -> bool:
        """Tell whether a check-in changed the value."""
        return None not in (self.value, self.value_before) and self.value != self.value_before


class _Nouns:
    """What the events are about, read once for all of them."""

    def __init__(self, events: Iterable[Event], person: Person) -> None:
        self.reader = person
        keys = sorted({event.noun_key for event in events})
        check_ins = sorted({key for event in events if (key := event.after.get("check_in"))})
        self.nouns: dict[tuple[str, str], _Noun] = {}
        if not keys:
            return
        asked = {"keys": _places(keys), "check_ins": _places(check_ins) or "''", "seen": _SEEN}
        with connection.cursor() as cursor:
            cursor.execute(_NOUNS.format(**asked), [*([*keys] + [person.pk] * 3) * 4, *check_ins])
            for noun, key, public_id, name, metric, kind, *unit, text, value, before in cursor.fetchall():
                goal = "objective" if noun == "comment" else noun
                told = (goal, public_id, metric or name, kind, Unit(*unit), text, from_kept(value), from_kept(before))
                self.nouns[noun, key] = _Noun(*told)

    def tell(self, event: Event) -> Happening | None:
        """Return the sentence; None for what can't be told any more."""
        noun = self.nouns.get((event.noun, event.noun_key))
        words = SENTENCES.get((event.noun, event.verb))
        if noun is None or words is None:
            return None
        if event.verb in {"checked_in", "corrected"}:
            return self._check_in(event, noun, words)
        if event.verb == "doubted":
            return self._doubt(event, noun, words)
        quote = noun.text if event.noun == "comment" else event.reason
        return Happening(event.actor, _sentence(words, event, noun), quote, event.at)

    def _doubt(self, event: Event, noun: _Noun, words: str | Promise) -> Happening | None:
        """Tell a doubt to those who review the goal, as long as what it is about stands."""
        if self.reader.public_id not in event.after["told"] or ("check_in", event.after["check_in"]) not in self.nouns:
            return None
        status = within(STATUSES[event.after["status"]].word)
        said = {"status": status, "chance": chance_words(Decimal(event.after["chance"]))}
        return Happening(event.actor, _sentence(words, event, noun, **said), "", event.at)

    def _check_in(self, event: Event, noun: _Noun, words: str | Promise) -> Happening | None:
        check_in = self.nouns.get(("check_in", event.after.get("check_in", "")))
        if check_in is None:
            return None
        moved = check_in.moved and noun.type not in {"yes_no", "milestones"}
        told = words if moved or event.verb == "corrected" else STILL
        values = {"before": noun.unit.show(check_in.value_before), "now": noun.unit.show(check_in.value)}
        return Happening(event.actor, _sentence(told, event, noun, **values), check_in.text, event.at)


def _sentence(words: str | Promise, event: Event, goal: _Noun, **values: str) -> SafeString:
    who = format_html("<b>{}</b>", event.actor.name if event.actor else _("Somebody"))
    address = reverse(goal.noun.replace("_", "-"), args=[goal.public_id])
    link = format_html('<a class="link" href="{}">{}</a>', address, goal.name)
    return format_html(str(words), who=who, goal=link, **values)


def _places(keys: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(keys))
