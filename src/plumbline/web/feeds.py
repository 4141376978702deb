"""What happened, in sentences: the events under the objectives that a reader can see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import CheckIn, Comment, Initiative, KeyResult, Objective
from plumbline.people.models import Event, Person

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
    """Return the newest things that others did under the objectives that exist for a person, in seven queries."""
    # Asked event by event from the newest: it ends after the first forty, however long the log is.
    events = Event.objects.filter(
        Exists(Objective.objects.visible_to(person).filter(public_id=OuterRef("under"))),
        verb__in={verb for _noun, verb in SENTENCES},
        audience=Event.Audience.EVERYONE,
    )
    newest = list(events.exclude(actor=person).select_related("actor").order_by("-at", "-pk")[:READ])
    nouns = _Nouns(newest, person)
    told = (nouns.tell(event) for event in newest)
    return [each for each in told if each is not None][:most]


class _Nouns:
    """What the events are about, read once for all of them."""

    def __init__(self, events: Iterable[Event], person: Person) -> None:
        keys = {event.noun_key for event in events}
        check_ins = {event.after.get("check_in") for event in events} - {None}
        seen: Mapping[str, Any] = {
            "objective": Objective.objects.visible_to(person).filter(public_id__in=keys),
            "key_result": KeyResult.objects.visible_to(person).filter(public_id__in=keys),
            "initiative": Initiative.objects.visible_to(person).filter(public_id__in=keys),
            "comment": Comment.objects.visible_to(person).filter(public_id__in=keys).select_related("objective"),
        }
        self.nouns = {(noun, row.public_id): row for noun, rows in seen.items() for row in rows}
        standing = CheckIn.objects.standing().filter(public_id__in=check_ins)
        self.check_ins = {row.public_id: row for row in standing}

    def tell(self, event: Event) -> Happening | None:
        """Return the sentence; None for what can't be told any more."""
        noun = self.nouns.get((event.noun, event.noun_key))
        words = SENTENCES.get((event.noun, event.verb))
        if noun is None or words is None:
            return None
        if event.verb in {"checked_in", "corrected"}:
            return self._check_in(event, noun, words)
        quote = noun.text if event.noun == "comment" else event.reason
        return Happening(event.actor, _sentence(words, event, noun), quote, event.at)

    def _check_in(self, event: Event, noun: KeyResult, words: str | Promise) -> Happening | None:
        check_in = self.check_ins.get(event.after.get("check_in", ""))
        if check_in is None:
            return None
        moved = check_in.change and noun.type not in {"yes_no", "milestones"}
        told = words if moved or event.verb == "corrected" else STILL
        values = {"before": noun.unit.show(check_in.value_before), "now": noun.unit.show(check_in.value)}
        return Happening(event.actor, _sentence(told, event, noun, **values), check_in.note, event.at)


def _sentence(words: str | Promise, event: Event, noun: Any, **values: str) -> SafeString:
    who = format_html("<b>{}</b>", event.actor.name if event.actor else _("Somebody"))
    goal = noun.objective if event.noun == "comment" else noun
    link = format_html('<a class="link" href="{}">{}</a>', _address(goal), str(_name(goal)))
    return format_html(str(words), who=who, goal=link, **values)


def _address(goal: Any) -> str:
    return reverse(goal.noun.replace("_", "-"), args=[goal.public_id])


def _name(goal: Any) -> str:
    return str(getattr(goal, "metric", "") or goal)
