"""What forms are sent that no page of ours would send: ids of others, more fields, far too much, and nonsense."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from plumbline.people.models import Event, Person
from plumbline.people.models.person import Role
from tests.web.access_table import ROWS, WORKERS, Row
from tests.web.conftest import again
from tests.web.place import Place
from tests.web.test_access import asked, is_sign_in, taken_back
from tests.world import NOW, PASSWORD, SYSTEM, TODAY

UNKNOWN = "2" * 12
FORMS = [row for row in ROWS if row.method == "post"]
BY_NAME = {str(row): row for row in FORMS}


def somebody(row: Row) -> str:
    """Return one who may."""
    return next(name for name in ("ada", "olga") if name in row.may)


# Ids that the sender may not see, that are of another kind, or that nobody has (E11).

ID = Callable[[Place], str]


def secret(name: str) -> ID:
    return lambda place: getattr(place.secret, name).public_id


def public(name: str) -> ID:
    return lambda place: getattr(place.public, name).public_id


def of_world(name: str) -> ID:
    return lambda place: getattr(place.world, name).public_id


def nobody(_place: Place) -> str:
    return UNKNOWN


def parent(kind: str, key: ID) -> ID:
    return lambda place: f"{kind}:{key(place)}"


WRONG: list[tuple[str, str, str, ID]] = [
    ("post objective-edit", "ben", "parent", parent("parent_objective", secret("objective"))),
    ("post objective-edit", "ben", "parent", parent("parent_key_result", secret("key_result"))),
    ("post objective-edit", "ben", "parent", parent("parent_kpi", secret("kpi"))),
    ("post objective-edit", "ben", "parent", parent("pillar", public("objective"))),
    ("post objective-edit", "ben", "parent", parent("is_private", public("objective"))),
    ("post objective-edit", "ben", "parent", parent("parent_objective", public("objective"))),
    ("post objective-edit", "ben", "lead", of_world("riders")),
    ("post objective-edit", "ben", "lead", of_world("vera")),
    ("post objective-edit", "ben", "lead", of_world("dov")),
    ("post objective-edit", "ben", "contributors", of_world("vera")),
    ("post objective-edit", "ben", "supports", secret("objective")),
    ("post objective-edit", "ben", "tags", of_world("pillar")),
    ("post objective-move", "ben", "home", of_world("workshop")),
    ("post objective-move", "ben", "teams", of_world("workshop")),
    ("post objective-move", "ben", "cycle", of_world("riders")),
    ("post objective-clones", "ben", "home", of_world("workshop")),
    ("post key-result-move", "ben", "objective", secret("objective")),
    ("post key-result-move", "ben", "objective", public("counting")),
    ("post key-result-new", "ben", "contributors", of_world("vera")),
    ("post tag-merging", "root", "into", nobody),
    ("post new-goal for a team", "ben", "cycle", of_world("pillar")),
    ("post new-goal for a team", "ben", "home", of_world("workshop")),
    ("post new-goal for a team", "ben", "home", of_world("cleo")),
    ("post new-goal for a team", "ben", "teams", of_world("workshop")),
    ("post new-goal for a team", "ben", "parent", parent("parent_objective", secret("objective"))),
    ("post new-goal for oneself", "ben", "home", lambda _place: "company"),
    ("post key-result-new", "ben", "lead", public("objective")),
    ("post key-result-new", "ben", "lead", nobody),
    ("post key-result-new", "ben", "waiver_prepares_key_result", secret("key_result")),
    ("post waiver", "ben", "prepares_key_result", secret("key_result")),
    ("post initiative-new", "ben", "key_result", secret("key_result")),
    ("post initiative-new", "ben", "lead", of_world("vera")),
    ("post initiative-edit", "ben", "key_result", public("objective")),
    ("post initiative-edit", "ben", "lead", of_world("workshop")),
    ("post initiative-from-key-result from a sentence", "ben", "key_result", secret("counting")),
    ("post initiative-from-key-result from a sentence", "ben", "choice", secret("key_result")),
    ("post initiative-from-key-result from a sentence", "ben", "lead", of_world("vera")),
    ("post initiative-from-key-result from a saved key result", "ben", "key_result", nobody),
    ("post input-from-key-result", "ben", "choice", secret("initiative")),
    ("post input-from-key-result", "ben", "key_result", secret("counting")),
    ("post input-from-key-result", "ben", "lead", nobody),
    ("post guided-check-in", "ben", "key_result", secret("key_result")),
    ("post guided-check-in", "ben", "key_result", public("objective")),
    ("post kpi-details", "ben", "lead", of_world("vera")),
    ("post kpi-details", "ben", "pillar", public("objective")),
    ("post new-kpi for a team", "ben", "home", of_world("workshop")),
    ("post new-kpi for a team", "ben", "lead", secret("kpi")),
    ("post team-details", "root", "lead", of_world("q2")),
    ("post team-details", "root", "parent", of_world("pillar")),
    ("post team-details", "root", "parent", of_world("riders")),
    ("post team-members", "root", "person", of_world("workshop")),
    ("post team-members", "root", "person", of_world("dov")),
    ("post person-manager of a member", "root", "manager", of_world("workshop")),
    ("post person-manager of a member", "root", "manager", of_world("ben")),
    ("post invite a member", "root", "teams", public("objective")),
    ("post invite a member", "root", "role", lambda _place: "owner"),
    ("post person-role of a member", "root", "role", lambda _place: "owner"),
]


@pytest.mark.parametrize(("row", "name", "field", "key"), WRONG, ids=lambda part: part if isinstance(part, str) else "")
def test_a_wrong_id_in_a_form_changes_nothing(
    place: Place, doors: dict[str, Client], row: str, name: str, field: str, key: ID
) -> None:
    """E11: what the sender may not see is not found, what is of another kind no choice."""
    asked_for, goal = BY_NAME[row], place.public
    body = asked_for.body(place, goal) | {field: key(place)}

    answer, left = asked(doors[name], "post", asked_for.address(place), body)

    assert (left, answer.status_code) in {(0, 404), (0, 422)}
    assert b"Sell the harbour" not in answer.content


# Rights that go while a page is open (E12).

Take = Callable[[Place], object]


def leaves_the_team(place: Place) -> object:
    return place.world.riders.remove(place.world.ben, by=SYSTEM, at=NOW, on=TODAY)


def contributes_no_more(place: Place) -> object:
    return (
        type(place.public.objective).objects.get(pk=place.public.objective.pk).share(contributors=[], by=SYSTEM, at=NOW)
    )


def becomes_private(place: Place) -> object:
    return type(place.public.objective).objects.get(pk=place.public.objective.pk).make_private(True, by=SYSTEM, at=NOW)


def becomes(name: str, role: Role) -> Take:
    return lambda place: Person.objects.get(pk=getattr(place.world, name).pk).give_role(role, by=SYSTEM, at=NOW)


def archived(name: str) -> Take:
    return lambda place: Person.objects.get(pk=getattr(place.world, name).pk).archive(by=SYSTEM, at=NOW)


TAKEN: list[tuple[str, Take, str, int]] = [
    ("ben", leaves_the_team, "post check-in", 403),
    ("ben", leaves_the_team, "post objective-edit", 403),
    ("ben", leaves_the_team, "post kpi-readings", 403),
    ("ben", leaves_the_team, "post guided-check-in", 403),
    ("ben", becomes_private, "post check-in", 404),
    ("ben", becomes_private, "post guided-check-in", 404),
    ("ben", becomes_private, "post comments", 404),
    ("root", becomes_private, "post objective-bin", 404),
    ("carl", contributes_no_more, "post check-in", 403),
    ("ada", becomes("ada", Role.VIEWER), "post check-in", 403),
    ("ada", becomes("ada", Role.VIEWER), "post tokens", 403),
    ("root", becomes("root", Role.MEMBER), "post team-details", 403),
    ("root", becomes("root", Role.MEMBER), "post person-role of a member", 403),
    ("root", becomes("root", Role.MEMBER), "post check-in", 403),
    ("ada", archived("ada"), "post check-in", 302),
]


@pytest.mark.parametrize(
    ("name", "take", "row", "status"), TAKEN, ids=lambda part: getattr(part, "__name__", None) or str(part)
)
def test_rights_that_are_gone_are_gone_at_once(
    place: Place, doors: dict[str, Client], name: str, take: Take, row: str, status: int
) -> None:
    """E12."""
    address, body = BY_NAME[row].address(place), BY_NAME[row].body(place, place.public)
    with taken_back():
        take(place)
        answer, left = asked(doors[name], "post", address, body)

    assert (answer.status_code, left) == (status, 0)
    assert status != 302 or is_sign_in(answer)


# The last owner (E07).


@pytest.mark.parametrize(("route", "body"), [("person-role", {"role": "member"}), ("person-archival", {})])
@pytest.mark.parametrize("name", ["olga", "root", "ada"])
def test_the_last_owner_stays(
    place: Place, doors: dict[str, Client], route: str, body: dict[str, str], name: str
) -> None:
    """E07."""
    answer, left = asked(doors[name], "post", reverse(route, args=[place.world.olga.public_id]), body)

    assert (answer.status_code, left) == ((422 if name == "olga" else 403), 0)
    assert name != "olga" or b"is the last owner" in answer.content


def test_every_route_to_a_key_result_refuses_a_plain_member(place: Place) -> None:
    """E03: the rows say so, and there is a row for each; some verbs are for fewer still."""
    about = [row for row in FORMS if {"key_result_id", "check_in_id"} & set(row.arguments(place, place.public))]

    assert {"check-in", "check-in-withdrawal", "check-in-correction", "key-result-activation"} <= {
        row.name for row in about
    }
    assert all(row.may <= WORKERS for row in about)


# More fields than the form has.

MORE: dict[str, str] = {
    "public_id": UNKNOWN,
    "id": "1",
    "pk": "1",
    "binned_at": "2026-01-01",
    "archived_at": "2026-01-01",
    "activated_at": "2026-01-01",
    "activated_on": "2026-01-01",
    "locked_at": "2026-01-01",
    "only_one": "false",
    "is_superuser": "on",
    "is_staff": "on",
    "author": "olga",
    "by": "olga",
    "at": "2020-01-01",
    "entered_at": "2020-01-01",
    "on_behalf_of": "olga",
    "door": "system",
    "judge_version": "9",
    "judgement": "{}",
    "source": "kpi",
    "origin": UNKNOWN,
    "latest_check_in": "",
    "digest": "0" * 64,
    "person_id": UNKNOWN,
    "objective": UNKNOWN,
    "features": "{}",
    "custom_fields": "{}",
    "unit_scale": "9",
}
#: Of no use here: what they do not tell apart.
APART = {"id", "public_id", "digest", "session_key", "session_data", "password", "noun_key", "under", "request_id"}


@pytest.mark.deep
@pytest.mark.parametrize("row", [row for row in FORMS if row.leaves], ids=str)
def test_fields_that_the_form_lacks_are_not_read(place: Place, doors: dict[str, Client], row: Row) -> None:
    """Mass assignment: the same is kept with and without them."""
    body = row.body(place, place.public)
    more = {name: value for name, value in MORE.items() if name not in body and not _belongs(row, name)}

    # Written anew each time: a file is read up by the first who sends it.
    assert kept_after(place, doors, row, body | more) == kept_after(place, doors, row, row.body(place, place.public))


def _belongs(row: Row, name: str) -> bool:
    return row.name == "guided-check-in" and name == "on"


def kept_after(place: Place, doors: dict[str, Client], row: Row, body: dict[str, Any]) -> list[str]:
    """Return everything that is in the database after a form was sent."""
    with taken_back():
        address = row.address(place)
        row.before(place, place.public)
        again(doors[somebody(row)]).post(address, body)
        return [told for model in apps.get_models() for told in _rows(model)]


def _rows(model: Any) -> list[str]:
    if model._meta.app_label not in {"people", "goals"}:
        return []
    names = [field.attname for field in model._meta.concrete_fields if field.name not in APART]
    return [f"{model.__name__} {_still(told)}" for told in model._base_manager.order_by("pk").values(*names)]


def _still(told: dict[str, Any]) -> str:
    """Leave out what is drawn by lot or counted on, which two times differ in."""
    plain = {
        name: value for name, value in told.items() if not name.endswith("_id") and name not in {"before", "after"}
    }
    return json.dumps(plain, default=str, sort_keys=True)


# Far too much, and what no keyboard types.

NASTY: dict[str, str] = {
    "a megabyte": "x" * 1_000_000,
    "a number of forty digits": "1" + "0" * 40,
    "nineteen nines": "9" * 19 + ".9999999999",
    "a NUL": "a\x00b",
    "emoji and turned text": "🚲‍♀️ \u202eevil\u202c e\u0301\u200b",
    "nothing": "",
    "a bracket": "{{ 7*7 }} %s %(x)s {0} \\ ' \" ; --",
    "an early day": "0001-01-01",
    "a late day": "9999-12-31",
    "minus zero": "-0",
    "not a number": "NaN",
    "infinite": "-Infinity",
}
#: What tells most; the rest is sent by `make deep`.
NASTIEST = ("a NUL", "not a number")
#: These are kept as they are where a field takes words; each field gets them alone, too.
ALONE = ("emoji and turned text", "a number of forty digits", "a late day", "an early day")


@pytest.mark.parametrize("row", FORMS, ids=str)
def test_nonsense_never_breaks_a_form(place: Place, doors: dict[str, Client], row: Row) -> None:
    everywhere(place, doors, row, NASTIEST)


@pytest.mark.deep
@pytest.mark.parametrize("row", FORMS, ids=str)
def test_nonsense_of_each_kind_in_each_field_never_breaks_a_form(
    place: Place, doors: dict[str, Client], row: Row
) -> None:
    everywhere(place, doors, row, NASTY)
    body = row.body(place, place.public)
    for what, name in ((what, name) for what in ALONE for name in body if name not in _row_counts(body)):
        fine(place, doors, row, body | {name: NASTY[what]}, f"{what} in {name}")


def everywhere(place: Place, doors: dict[str, Client], row: Row, kinds: Iterable[str]) -> None:
    """Send each kind of nonsense in all fields at once."""
    body = row.body(place, place.public)
    names = sorted({*body, "once", "version", "reason", "note", "lead", "page", "next"} - _row_counts(body))
    for what in kinds:
        fine(place, doors, row, body | dict.fromkeys(names, NASTY[what]), what)


def _row_counts(body: dict[str, Any]) -> set[str]:
    return {name for name in body if name.endswith("_FORMS")}


def fine(place: Place, doors: dict[str, Client], row: Row, body: dict[str, Any], what: str) -> None:
    with taken_back():
        address = row.address(place)
        row.before(place, place.public)
        answer, left = asked(doors[somebody(row)], "post", address, body)
        assert answer.status_code < 500, what
        assert left == 0 or answer.status_code in {200, 302}, what


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "get"], ids=str)
def test_nonsense_never_breaks_a_page(place: Place, doors: dict[str, Client], row: Row) -> None:
    names = ("q", "page", "cycle", "who", "noun", "state", "role", "team", "lead", "status", "level", "sort", "stage")
    names += ("depth", "range", "goals", "step", "done", "value", "statement", "home", "parent", "title", "next")

    for text in ("a\x00b", "9999-12-31"):
        answer = doors[somebody(row)].get(row.address(place), dict.fromkeys(names, text))
        assert answer.status_code < 500, text


@pytest.mark.parametrize("start", ["objectives", "key-results", "initiatives", "kpis", "teams", "people", "comments"])
def test_an_address_of_nothing_is_not_found(place: Place, doors: dict[str, Client], start: str) -> None:
    for text in ("%00", "a%00b", "%F0%9F%9A%B2", "x" * 3000, "..%2F..", "1e40"):
        assert doors["ada"].get(f"/{start}/{text}/").status_code in {400, 404}, text


def test_a_pass_key_with_a_huge_number_is_not_found(place: Place, doors: dict[str, Client]) -> None:
    assert doors["ada"].get(reverse("mfa_edit_webauthn", args=[10**40])).status_code == 404


def test_what_is_typed_is_kept_whole(place: Place, doors: dict[str, Client]) -> None:
    text = NASTY["emoji and turned text"]

    doors["ada"].post(reverse("comments", args=[place.public.objective.public_id]), {"text": text})

    assert place.public.objective.comments.latest("pk").text == text


# Leading people away.

ELSEWHERE = (
    "https://evil.test/",
    "//evil.test/",
    "/\\evil.test",
    "\\\\evil.test",
    "javascript:alert(1)",
    "https:evil.test",
)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nothing_leads_to_another_house(place: Place, address: str) -> None:
    for client, answer in _led(place, address):
        assert "evil" not in answer.get("Location", ""), client
        assert "javascript" not in answer.get("Location", ""), client


def _led(place: Place, address: str) -> Any:
    client = Client()
    yield "theme", client.post(reverse("theme"), {"theme": "dark", "next": address})
    door = f"{reverse('account_login')}?next={address}"
    signed_in = client.post(door, {"login": place.world.ada.email, "password": PASSWORD, "next": address})
    assert signed_in.status_code == 302
    yield "sign-in", signed_in
    yield "confirm", client.post(f"{reverse('account_reauthenticate')}?next={address}", {"password": PASSWORD})
    yield "signed in already", client.get(door)
    yield "sign-out", client.post(f"{reverse('account_logout')}?next={address}", {"next": address})


def test_the_way_back_from_a_refusal_stays_in_the_house(place: Place, doors: dict[str, Client]) -> None:
    address = reverse("check-in", args=[place.public.counting.public_id])

    refused = doors["ada"].get(address, headers={"referer": "https://evil.test/x"})

    assert refused.status_code == 409
    assert b"evil.test" not in refused.content


# The log (K06).


def test_nobody_can_change_or_clear_the_log(place: Place, doors: dict[str, Client]) -> None:
    before = Event.objects.count()

    for method in ("post", "put", "patch", "delete"):
        assert getattr(doors["olga"], method)(reverse("audit")).status_code == 405

    assert Event.objects.count() == before


def test_the_log_says_who_what_before_after_when_and_from_where(place: Place, doors: dict[str, Client]) -> None:
    row = BY_NAME["post pillar"]
    doors["olga"].post(row.address(place), row.body(place, place.public))

    told = Event.objects.latest("pk")

    assert (told.actor, told.door, told.verb, told.noun) == (place.world.olga, "web", "changed", "pillar")
    assert "Riders who stay" in told.before["name"]
    assert told.after["name"] == "Riders who remain"
    assert told.request_id
    assert b"Riders who remain" in doors["root"].get(reverse("audit")).content
