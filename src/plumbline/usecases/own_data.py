"""All that is kept about one person, written for that person: nothing that is private to others stands in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q

from plumbline.goals.audit import audit_trail
from plumbline.goals.models import CheckIn, Comment, Initiative, KeyResult, Kpi, Objective, Reading
from plumbline.people.models import Delivery, Event, Person

Row = dict[str, Any]
AT_ONCE: Final = 500


def own_data(person: Person) -> Iterator[str]:
    """Yield a JSON object piece by piece, so that a long history is never in memory as a whole."""
    yield "{"
    for number, (name, section) in enumerate(SECTIONS.items()):
        yield f'{"," if number else ""}\n"{name}": ['
        for place, row in enumerate(section(person)):
            yield ("," if place else "") + "\n  " + json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)
        yield "]"
    yield "\n}\n"


def _profile(person: Person) -> Iterator[Row]:
    names = ("name", "email", "wanted_email", "job_title", "language", "time_zone", "role", "state")
    yield {"id": person.public_id, **_told(person, *names, "joined_at", "seen_at")}


def _memberships(person: Person) -> Iterator[Row]:
    for row in person.memberships.select_related("team").order_by("first_day"):
        yield {"team": row.team.name, "team_id": row.team.public_id, **_told(row, "first_day", "last_day")}


def _managers(person: Person) -> Iterator[Row]:
    for row in person.managements.select_related("manager").order_by("first_day"):
        yield {"manager": row.manager.name, **_told(row, "first_day", "last_day")}
    for row in person.reports.select_related("person").order_by("first_day"):
        yield {"manages": row.person.name, **_told(row, "first_day", "last_day")}


def _goals(person: Person) -> Iterator[Row]:
    mine = Q(lead=person) | Q(contributors=person)
    led_work = Initiative.objects.visible_to(person).filter(lead=person)
    for kind, rows, text in (
        ("objective", Objective.objects.visible_to(person).filter(mine | Q(home_person=person)), "title"),
        ("key_result", KeyResult.objects.visible_to(person).filter(mine), "statement"),
        ("initiative", led_work, "title"),
        ("kpi", Kpi.objects.visible_to(person).filter(mine | Q(home_person=person)), "name"),
    ):
        for row in rows.distinct().order_by("pk").iterator(AT_ONCE):
            yield {"kind": kind, "id": row.public_id, "text": getattr(row, text), "leads": row.lead_id == person.pk}


def _check_ins(person: Person) -> Iterator[Row]:
    seen = KeyResult.objects.visible_to(person).values("pk")
    rows = CheckIn.objects.filter(author=person).select_related("key_result").order_by("pk")
    known = set(rows.filter(key_result__in=seen).values_list("pk", flat=True))
    names = ("on", "entered_at", "value", "status", "confidence", "note", "source")
    for row in rows.iterator(AT_ONCE):
        about = {"key_result_id": row.key_result.public_id, "key_result": row.key_result.statement}
        yield {"id": row.public_id, **(about if row.pk in known else {}), **_told(row, *names)}


def _readings(person: Person) -> Iterator[Row]:
    seen = Kpi.objects.visible_to(person).values("pk")
    for row in (
        Reading.objects.filter(author=person, kpi__in=seen).select_related("kpi").order_by("pk").iterator(AT_ONCE)
    ):
        yield {"kpi_id": row.kpi.public_id, **_told(row, "on", "entered_at", "value", "note", "source")}


def _comments(person: Person) -> Iterator[Row]:
    seen = set(Objective.objects.visible_to(person).values_list("pk", flat=True))
    for row in Comment.objects.filter(author=person).select_related("objective").order_by("pk").iterator(AT_ONCE):
        about = {"objective_id": row.objective.public_id} if row.objective_id in seen else {}
        yield {"id": row.public_id, **about, **_told(row, "text", "said_at", "edited_at")}


def _events(person: Person) -> Iterator[Row]:
    about = Q(noun=person.noun, noun_key=person.public_id)
    known = audit_trail(person).filter(Q(actor=person) | Q(on_behalf_of=person) | about)
    for row in known.select_related("actor").iterator(AT_ONCE):
        yield {**_told(row, "at", "verb", "noun", "noun_key", "door", "reason"), **_own_words(row, person)}


def _own_words(event: Event, person: Person) -> Row:
    # What changed on a goal may name others, and goals that are private to them.
    about = event.noun == person.noun and event.noun_key == person.public_id
    return {"before": event.before, "after": event.after} if about else {}


def _sign_ins(person: Person) -> Iterator[Row]:
    for row in UserSession.objects.filter(user=person).order_by("created_at"):
        yield _told(row, "created_at", "last_seen_at", "ip", "user_agent")
    for row in Authenticator.objects.filter(user=person).order_by("created_at"):
        yield {"second_step": row.type, **_told(row, "created_at", "last_used_at")}


def _tokens(person: Person) -> Iterator[Row]:
    for row in person.tokens.order_by("made_at"):
        yield _told(row, "name", "scope", "made_at", "expires_at", "revoked_at", "used_on")


def _letters(person: Person) -> Iterator[Row]:
    for row in Delivery.objects.filter(recipient__startswith=person.public_id).select_related("event").order_by("pk"):
        yield {"channel": row.channel, "about": row.event.verb, "state": row.state, "sent_at": row.sent_at}


def _told(row: object, *names: str) -> Row:
    return {name: getattr(row, name) for name in names}


#: What stands in the file, in this order.
SECTIONS: Final[dict[str, Callable[[Person], Iterable[Row]]]] = {
    "profile": _profile,
    "teams": _memberships,
    "managers": _managers,
    "goals": _goals,
    "check_ins": _check_ins,
    "readings": _readings,
    "comments": _comments,
    "events": _events,
    "sign_ins": _sign_ins,
    "tokens": _tokens,
    "letters": _letters,
}
