"""The goals as a report: filters, columns, views, what is done to many, and files of what is seen."""

import csv
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.utils.translation import get_language, override

from plumbline.goals.models import CheckIn, CustomField, GoalsView, KeyResult, Tag
from plumbline.people.models import Actor, Event
from plumbline.web.goals_export import in_language
from tests.web.conftest import Door, soup_of
from tests.world import NOW, SYSTEM, World, a_key_result, an_objective

GOALS = "/goals/"
EVERY = "level,lead,figures,progress,confidence,checked_in,status,objective,home,cycle,metric,type,unit,baseline,now,"
EVERY += "target,expected,behind,said,data,share,next,starts,due,stage,waived,activated,private,kind,driver,why,hangs,"
EVERY += "tags,contributors,rhythm,source,about,note,by,id"


def titles(answer: HttpResponse) -> list[str]:
    return [link.get_text() for link in soup_of(answer).select(".gt__grp a")]


def rows(answer: HttpResponse) -> list[str]:
    return [link.get_text() for link in soup_of(answer).select(".gt__g .goal")]


def row_of(soup: BeautifulSoup, key_result: KeyResult) -> Any:
    return soup.select_one(f"#n-{key_result.public_id}").find_parent("tr")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"when": "all"}, True),
        ({"when": "open"}, True),
        ({"aligned": "pillar"}, True),
        ({"aligned": "none"}, False),
        ({"type": "increase"}, True),
        ({"type": "milestones"}, False),
        ({"kind": "committed"}, True),
        ({"driver": "aligned"}, False),
        ({"rhythm": "weekly"}, True),
        ({"source": "kpi"}, False),
        ({"sure": "high"}, True),
        ({"sure": "none"}, False),
        ({"due": "past"}, False),
        ({"due": "30"}, False),
        ({"waived": "no"}, True),
        ({"waived": "yes"}, False),
        ({"carried": "yes"}, False),
        ({"private": "no"}, True),
        ({"private": "yes"}, False),
        ({"whose": "teams"}, True),
        ({"whose": "contribute"}, False),
        ({"whose": "reports"}, False),
        ({"level": "outcome", "sure": "high", "lead": ""}, True),
        ({"goals": "objectives", "status": "on_track"}, True),
        ({"goals": "objectives", "status": "off_track", "sort": "-lead"}, False),
    ],
)
def test_every_filter_narrows(world: World, door: Door, query: dict[str, str], found: bool) -> None:
    """P89."""
    assert bool(titles(door(world.ben).get(GOALS, query))) is found


def test_goals_are_found_by_the_pillar_above_and_by_custom_fields(world: World, door: Door) -> None:
    child = an_objective(world.ada, world.q2, world.riders, title="Winter tyres", parent_objective=world.stay)
    child.activate(by=Actor(world.ada), at=NOW)
    hidden = an_objective(world.ada, world.q2, world.riders, title="A quiet yard", parent_objective=world.secret)
    hidden.activate(by=Actor(world.ada), at=NOW)
    world.secret.align(pillar=world.pillar, by=Actor(world.ada), at=NOW)
    city = CustomField.define(name="City", kind="choice", choices=["Berlin", "Rome"], by=SYSTEM, at=NOW)
    ticket = CustomField.define(name="Ticket", kind="text", by=SYSTEM, at=NOW)
    child.change(custom_fields={city.key: "Berlin", ticket.key: "OPS-17 Größe"}, by=SYSTEM, at=NOW)
    ben = door(world.ben)

    # What hangs from the pillar over a private goal would tell where that one hangs.
    assert titles(ben.get(GOALS, {"pillar": world.pillar.public_id})) == [world.stay.title, "Winter tyres"]
    assert titles(ben.get(GOALS, {city.key: "Berlin"})) == ["Winter tyres"]
    assert titles(ben.get(GOALS, {ticket.key: "grosse"})) == ["Winter tyres"]
    assert titles(ben.get(GOALS, {ticket.key: "ops-17"})) == ["Winter tyres"]


@pytest.mark.parametrize(
    "query",
    [
        {"status": "splendid"},
        {"team": "nobody"},
        {"sort": "moon"},
        {"columns": "lead,moon"},
        {"group": "moon"},
        {"show": "moon"},
        {"view": "moon"},
        {"as_of": "yesterday"},
        {"q": "x" * 200},
        {"moon": "1"},
        {"field_moon": "1"},
    ],
)
def test_what_nobody_knows_is_said_and_ignored(world: World, door: Door, query: dict[str, str]) -> None:
    answer = door(world.ben).get(GOALS, query)

    assert answer.status_code == 200
    assert titles(answer) == [world.stay.title]
    assert soup_of(answer).select_one(".note q")


def test_every_column_can_be_shown_and_sorts(world: World, door: Door) -> None:
    tag = Tag.make(name="Winter", by=SYSTEM, at=NOW)
    world.activation.tag([tag], by=SYSTEM, at=NOW)
    ben = door(world.ben)

    soup = soup_of(ben.get(GOALS, {"columns": EVERY, "group": "none"}))
    heads = soup.select("thead th")
    cells = {cell["data-label"]: cell.get_text() for cell in row_of(soup, world.activation).select("[data-label]")}

    assert len(heads) == 1 + len(EVERY.split(","))
    assert (cells["Tags"], cells["Hangs from"], cells["Now"]) == ("Winter", "Riders who stay", "36%")
    assert cells["Ahead or behind"].endswith("points")
    for head in heads[::5]:
        assert rows(ben.get(f"{GOALS}{head.a['href']}")) == [world.activation.statement]


def test_a_parent_that_is_hidden_is_not_named(world: World, door: Door) -> None:
    """E02."""
    child = an_objective(world.ada, world.q2, world.riders, title="Find a yard", parent_objective=world.secret)
    a_key_result(child)
    query = {"columns": "hangs", "stage": "draft"}

    assert "Restricted goal" in door(world.ben).get(GOALS, query).content.decode()
    assert world.secret.title in door(world.ada).get(GOALS, query).content.decode()


def test_rows_are_sorted_either_way_and_what_is_not_known_comes_last(world: World, door: Door) -> None:
    for number, grade in ((40, 5), (33, 1)):
        row = a_key_result(world.stay, statement=f"Result {number}")
        row.activate(by=Actor(world.ada), at=NOW)
        row.check_in(value=Decimal(number), confidence=grade, by=Actor(world.ada), at=NOW)
    a_key_result(world.stay, statement="Nothing said yet")
    ben = door(world.ben)

    up = rows(ben.get(GOALS, {"sort": "confidence"}))
    down = rows(ben.get(GOALS, {"sort": "-confidence"}))

    assert up == ["Result 33", world.activation.statement, "Result 40", "Nothing said yet"]
    assert down == ["Result 40", world.activation.statement, "Result 33", "Nothing said yet"]


@pytest.mark.parametrize(
    ("group", "heading"),
    [("team", "Riders"), ("lead", "Ada Lead"), ("status", "On track"), ("level", "Outcome"), ("cycle", "Q2 2026")],
)
def test_rows_are_taken_together(world: World, door: Door, group: str, heading: str) -> None:
    soup = soup_of(door(world.ben).get(GOALS, {"group": group}))

    assert [each.get_text() for each in soup.select(".gt__grp b")] == [heading]


# Checking in, in the row.

HTMX = {"HTTP_HX_REQUEST": "true"}


def test_a_check_in_happens_in_its_row_once(world: World, door: Door) -> None:
    ben = door(world.ben)
    place = f"/key-results/{world.activation.public_id}/check-ins/"
    link = row_of(soup_of(ben.get(GOALS)), world.activation).select_one(".gt__val")
    assert (link["href"], link["hx-get"]) == (place, place)

    field = soup_of(ben.get(place, {"row": "1", "columns": "lead,figures"}, **HTMX))
    told = {"once": field.select_one("[name=once]")["value"], "value": "40", "row": "1", "columns": "lead,figures"}
    answers = [ben.post(place, told, **HTMX) for _twice in range(2)]

    soup = soup_of(answers[0])
    assert row_of(soup, world.activation).select_one(".figures b").get_text().endswith("40%")
    assert soup.select_one(".gt__grp[hx-swap-oob] .num").get_text() == "64%"
    assert soup.select_one("undo-toast form")["action"].endswith("/withdrawal/")
    assert CheckIn.objects.filter(key_result=world.activation, value=40).count() == 1


def test_what_is_no_number_is_said_in_the_row_and_the_row_comes_back(world: World, door: Door) -> None:
    ben = door(world.ben)
    place = f"/key-results/{world.activation.public_id}/check-ins/"

    refused = ben.post(place, {"value": "many", "row": "1", "columns": "figures"}, **HTMX)
    left = ben.get(place, {"cancel": "1", "row": "1", "columns": "figures"}, **HTMX)

    assert (refused.status_code, soup_of(refused).select_one("input.input")["value"]) == (422, "many")
    assert soup_of(left).select_one(".gt__val")
    assert not soup_of(left).select_one("form")


@pytest.mark.parametrize(("who", "checks", "ticks"), [("ada", 1, 2), ("carl", 1, 2), ("cleo", 0, 2), ("vera", 0, 0)])
def test_rows_offer_what_their_reader_may(world: World, door: Door, who: str, checks: int, ticks: int) -> None:
    query = {"private": "no"}
    soup = soup_of(door(world.cast()[who]).get(GOALS, query))

    assert (len(soup.select(".gt__val")), len(soup.select("tbody .check"))) == (checks, ticks)
    assert bool(soup.select_one("#bulk")) == bool(ticks)


# Many at once.


def test_what_is_ticked_changes_and_comes_back(world: World, door: Door) -> None:
    ben, keys = door(world.ben), [f"k-{world.activation.public_id}", f"o-{world.stay.public_id}"]
    asked = soup_of(ben.get("/goals/changes/", {"do": "archive", "goal": keys, "back": "q=winter"}))
    assert len(asked.select("[name=goal][checked]")) == 2

    answer = ben.post("/goals/changes/", {"do": "archive", "goal": keys, "back": "q=winter"})
    undo = soup_of(ben.get(answer["Location"])).select_one("undo-toast form")["action"]
    ben.post(undo)

    assert answer["Location"] == "/goals/?q=winter"
    assert titles(ben.get(GOALS)) == [world.stay.title]


def test_what_did_not_change_is_told_with_its_reason(world: World, door: Door) -> None:
    keys = [f"k-{world.activation.public_id}", f"o-{world.secret.public_id}", "o-nothing", "nonsense"]
    told = {"do": "lead", "lead": world.ben.public_id, "goal": keys}

    answer = door(world.ben).post("/goals/changes/", told)

    assert answer.status_code == 409
    assert [each.get_text() for each in soup_of(answer).select("li .mut")] == ["Its goalposts are locked: say why."]
    assert world.secret.title not in answer.content.decode()


def test_an_act_that_nobody_knows_is_no_page(world: World, door: Door) -> None:
    assert door(world.ben).get("/goals/changes/", {"do": "burn"}).status_code == 404


# Views.


def test_a_view_is_kept_and_opened_by_its_address(world: World, door: Door) -> None:
    """P90, I02."""
    ben = door(world.ben)
    ben.post("/goals/views/", {"name": "Mine in winter", "query": "mine=1&q=winter&page=3&as_of=2026-05-01"})
    view = GoalsView.objects.get()

    answer = ben.get(GOALS, {"view": view.public_id})

    assert view.query == "mine=1&q=winter"
    assert answer["Location"] == f"/goals/?mine=1&q=winter&view={view.public_id}"
    assert soup_of(ben.get(answer["Location"])).select_one(".views [aria-current]").get_text() == "Mine in winter"


def test_a_view_of_ones_own_exists_for_nobody_else_until_it_is_shared(world: World, door: Door) -> None:
    view = GoalsView.keep(name="Quiet ones", query="status=outdated", by=Actor(world.ada), at=NOW)
    ben = door(world.ben)
    assert "Quiet ones" not in ben.get(GOALS, {"view": view.public_id}).content.decode()
    assert ben.get(f"/goals/views/{view.public_id}/").status_code == 404

    view.change(shared=True, by=Actor(world.ada), at=NOW)

    assert ben.get(GOALS, {"view": view.public_id}).status_code == 302
    assert ben.post(f"/goals/views/{view.public_id}/bin/").status_code == 403
    assert set(Event.objects.filter(noun="goals_view").values_list("audience", flat=True)) == {"self"}


def test_the_goals_open_with_the_view_that_somebody_chose(world: World, door: Door) -> None:
    view = GoalsView.keep(name="Quiet ones", query="status=outdated", by=Actor(world.ben), at=NOW)
    ben, first = door(world.ben), f"/goals/views/{view.public_id}/first/"
    ben.post(first)
    assert ben.get(GOALS)["Location"] == f"/goals/?status=outdated&view={view.public_id}"
    assert ben.get(GOALS, {"stage": "active"}).status_code == 200

    ben.post(first)

    assert ben.get(GOALS).status_code == 200


def test_a_view_is_renamed_binned_and_back(world: World, door: Door) -> None:
    view = GoalsView.keep(name="Quiet ones", query="status=outdated", by=Actor(world.ben), at=NOW)
    ben, place = door(world.ben), f"/goals/views/{view.public_id}/"

    ben.post(place, {"version": "1", "name": "Silent", "query": "status=outdated"})
    clash = ben.post(place, {"version": "1", "name": "Loud", "query": ""})
    ben.post(f"{place}bin/")
    assert "Silent" not in soup_of(ben.get("/goals/views/")).select_one("main").get_text()
    ben.post(f"{place}bin/removal/")

    assert clash.status_code == 409
    assert "Silent" in soup_of(ben.get("/goals/views/")).select_one("main ul").get_text()


def test_a_viewer_keeps_views_and_shares_none(world: World, door: Door) -> None:
    door(world.vera).post("/goals/views/", {"name": "All", "query": "", "shared": "on"})

    assert GoalsView.objects.get().shared is False


# Over time, and by status.


def test_the_road_map_hangs_goals_under_those_they_help(world: World, door: Door) -> None:
    child = an_objective(world.ada, world.q3, world.riders, title="Autumn lights", parent_objective=world.stay)
    child.activate(by=Actor(world.ada), at=NOW)

    bars = soup_of(door(world.ben).get(GOALS, {"show": "roadmap"})).select(".rm__row")

    assert [(bar.a.get_text(), bar["data-depth"]) for bar in bars] == [(world.stay.title, "0"), ("Autumn lights", "1")]
    assert bars[0].select_one(".rm__lane")["aria-label"].startswith(f"{world.stay.title}: On track, 36%")


def test_the_board_has_a_column_for_each_status(world: World, door: Door) -> None:
    a_key_result(world.stay, statement="A draft")

    soup = soup_of(door(world.ben).get(GOALS, {"show": "board"}))

    heads = [" ".join(each.get_text(" ", strip=True).split()) for each in soup.select(".board__h")]
    assert heads == ["On track 1", "Draft 1"]


# Files.


def told(answer: Any) -> list[list[str]]:
    return list(csv.reader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"), newline="")))


def test_what_is_seen_goes_out_as_a_file(world: World, door: Door) -> None:
    """P93."""
    world.activation.change(metric="=1+1", by=Actor(world.ada), at=NOW)
    ben = door(world.ben)

    answer = ben.get("/goals/export/goals.csv", {"columns": "metric,figures,progress", "status": "on_track"})
    head, objective, key_result = told(answer)

    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert head[:4] == ["Goal", "Kind of goal", "Objective", "Status"]
    assert objective[:2] == [world.stay.title, "Objective"]
    assert key_result[3:] == ["On track", "'=1+1", "%", "31", "36", "45", "35.71"]
    assert len(told(ben.get("/goals/export/goals.csv", {"status": "off_track"}))) == 1


@pytest.mark.parametrize("kind", ["goals", "values"])
@pytest.mark.parametrize(("who", "seen"), [("ben", False), ("olga", False), ("carl", True)])
def test_no_file_tells_of_private_goals(world: World, door: Door, kind: str, who: str, seen: bool) -> None:
    """E01."""
    world.secret_result.check_in(value=Decimal(1), note="Depot", by=Actor(world.ada), at=NOW)

    answer = door(world.cast()[who]).get(f"/goals/export/{kind}.csv", {"all": "1", "sort": "status"})

    assert ("epot" in b"".join(answer.streaming_content).decode()) is seen


def test_values_over_time_are_those_that_stand(world: World, door: Door) -> None:
    at = NOW + timedelta(minutes=1)
    wrong = world.activation.check_in(value=Decimal(99), by=Actor(world.ada), at=at)
    world.activation.withdraw(wrong, by=Actor(world.ada), at=at)

    rows = told(door(world.ben).get("/goals/export/values.csv"))

    assert [row[2:7] for row in rows[1:]] == [["2026-05-15", "2026-05-22", "36", "%", "On track"]]


def test_a_file_speaks_the_language_of_its_reader_to_the_end() -> None:
    steps = in_language("de", lambda: (str(get_language()).encode() for _step in range(2)))

    with override("en"):
        assert list(steps()) == [b"de", b"de"]


def test_a_file_of_another_kind_is_none(world: World, door: Door) -> None:
    assert door(world.ben).get("/goals/export/goals.exe").status_code == 404


def test_a_past_day_can_be_grouped_and_sorted_too(world: World, door: Door) -> None:
    with time_machine.travel(NOW + timedelta(days=10), tick=False):
        answer = door(world.ben).get(GOALS, {"as_of": "2026-05-25", "group": "lead", "sort": "-progress"})

    assert rows(answer) == [world.activation.statement]
    assert not soup_of(answer).select(".gt__val, tbody .check")
