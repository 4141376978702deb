"""Settings: read by everybody, changed by owners, never overwritten unseen."""

import pytest
from django.urls import reverse

from plumbline.goals.models import Cadence, Cycle, Pillar, UltimateMeasure
from plumbline.people.models import Actor, Event, Organisation
from tests.web.conftest import Door
from tests.web.visiting import counts, read
from tests.world import NOW, SYSTEM, World, a_person


def settings_of(organisation: Organisation, **changed: object) -> dict[str, object]:
    names = ("version", "name", "ultimate_goal", "time_zone", "language", "fiscal_year_start", "week_start",
             "attention_behind", "off_track_behind", "rhythm", "grace_days", "closing_days", "late_days",
             "closing_template", "sign_ins_kept_days", "judge_policy")  # fmt: skip
    return {name: getattr(organisation, name) for name in names} | changed


def test_who_may_not_change_reads_the_page_and_who_can(world: World, door: Door) -> None:
    page = read(door(world.ben).get("/settings/"))

    assert "ask an owner: Olga Owner" in page.select_one(".note").text
    assert page.select_one("main fieldset").has_attr("disabled")
    assert page.select("main form button") == []


def test_olga_changes_the_limits_and_the_trail_has_it(world: World, door: Door) -> None:
    form = settings_of(world.organisation, attention_behind=10, off_track_behind=25, judge_policy="reason")

    assert door(world.olga).post("/settings/", form).status_code == 302

    kept = Organisation.the()
    assert (kept.attention_behind, kept.off_track_behind, kept.judge_policy) == (10, 25, "reason")
    told = Event.objects.filter(noun="organisation", verb="changed").latest("at")
    assert (told.actor, told.before["attention_behind"], told.after["attention_behind"]) == (world.olga, 15, 10)


@pytest.mark.parametrize("who", ["vera", "ben", "root"])
def test_settings_are_changed_by_owners_alone(world: World, door: Door, who: str) -> None:
    answer = door(getattr(world, who)).post("/settings/", settings_of(world.organisation, name="Ours"))

    assert answer.status_code == 403
    assert Organisation.the().name == "Harbour Cargo Bikes"


def test_limits_stand_in_order(world: World, door: Door) -> None:
    answer = door(world.olga).post("/settings/", settings_of(world.organisation, attention_behind=40))

    assert answer.status_code == 422
    assert read(answer).select_one("#id_off_track_behind_error") is not None


def test_two_owners_at_once_are_told(world: World, door: Door) -> None:
    """G01."""
    form = settings_of(world.organisation, name="Mine", judge_policy="show")
    world.organisation.change(name="Theirs", by=Actor(world.root), at=NOW)

    answer = door(world.olga).post("/settings/", form)

    page = read(answer)
    assert answer.status_code == 409
    assert "Root Admin changed this" in page.text
    assert ("Theirs" in page.select_one(".clash").text, page.select_one("#id_name")["value"]) == (True, "Mine")
    assert Organisation.the().name == "Theirs"


MEASURE = {"metric": "Car trips replaced", "unit_kind": "count", "baseline": "10,000", "baseline_on": "2026-01-01",
           "current": "12,500", "current_on": "2026-05-01", "target": "50,000", "target_on": "2028-12-31"}  # fmt: skip


def test_the_ultimate_goal_gets_a_measure(world: World, door: Door) -> None:
    browser = door(world.olga)

    assert browser.post("/settings/measure/", MEASURE).status_code == 302
    measure = UltimateMeasure.objects.get()
    assert (measure.current, measure.target) == (12500, 50000)

    again = MEASURE | {"current": "13,000", "version": measure.version}
    assert browser.post("/settings/measure/", again).status_code == 302
    assert UltimateMeasure.objects.get().current == 13000


def test_a_cycle_that_overlaps_names_the_one_in_the_way(world: World, door: Door) -> None:
    form = {"name": "Sprint", "first_day": "2026-06-15", "last_day": "2026-07-15", "levels": ["team"]}

    answer = door(world.olga).post("/settings/cycles/", form)

    assert answer.status_code == 422
    assert "Q2 2026 has some of these days" in read(answer).text
    assert not Cycle.objects.filter(name="Sprint").exists()


def test_a_cadence_plans_its_cycles(world: World, door: Door) -> None:
    browser = door(world.olga)
    form = {"name": "Halves", "kind": "custom", "months": "6", "formula": "H{number} {year}"}
    browser.post("/settings/cadences/", form)
    halves = Cadence.objects.get()

    clash = browser.post(reverse("next-cycle", args=[halves.public_id]), follow=True)

    assert "H1 2026" in read(clash).select_one("main").text
    assert browser.post("/settings/cadences/", form | {"formula": "{nope}"}).status_code == 422


def test_a_cycle_goes_through_its_phases_and_reopens_with_a_reason(world: World, door: Door) -> None:
    browser = door(world.olga)

    def move(phase: str, reason: str = "") -> int:
        version = Cycle.objects.get(pk=world.q3.pk).version
        form = {"phase": phase, "reason": reason, "version": version}
        return browser.post(reverse("cycle-phase", args=[world.q3.public_id]), form).status_code

    page = read(browser.get(reverse("cycle", args=[world.q3.public_id])))
    assert "Locks the goalposts" in page.select_one(".setrow").text
    assert move("closed") == 422
    assert [move("active"), move("closing"), move("closed")] == [302, 302, 302]
    assert Cycle.objects.get(pk=world.q3.pk).is_locked
    assert [move("closing"), move("closing", "One score was wrong.")] == [422, 302]


def test_a_phase_that_somebody_changed_meanwhile_is_told(world: World, door: Door) -> None:
    form = {"phase": "active", "version": 99}

    assert door(world.olga).post(reverse("cycle-phase", args=[world.q3.public_id]), form).status_code == 409


def test_cycles_are_made_by_owners_and_read_by_all(world: World, door: Door) -> None:
    for who in (world.vera, world.root):
        page = read(door(who).get("/settings/cycles/"))
        assert ("Q2 2026" in page.text, page.select("main form")) == (True, [])
        assert door(who).post("/settings/cycles/", {"name": "Sprint"}).status_code == 403


def test_pillars_are_raised_moved_and_archived(world: World, door: Door) -> None:
    browser = door(world.olga)
    browser.post("/settings/pillars/", {"name": "Fleet", "description": "Ready when the rider is"})
    fleet = Pillar.objects.get(name="Fleet")

    browser.post(reverse("pillar-place", args=[fleet.public_id]), {"to": "up"})
    assert [row.name for row in Pillar.objects.standing()] == ["Fleet", "Riders who stay"]

    browser.post(reverse("pillar-archival", args=[fleet.public_id]))
    assert [row.name for row in Pillar.objects.standing()] == ["Riders who stay"]
    browser.post(reverse("pillar-archival", args=[fleet.public_id]), {"back": "1"})
    assert Pillar.objects.standing().count() == 2
    assert door(world.root).post("/settings/pillars/", {"name": "Ours"}).status_code == 403


def test_the_trail_says_who_what_before_after_when_and_from_where(world: World, door: Door) -> None:
    """K06."""
    world.stay.cycle.change(name="Spring", by=Actor(world.olga, door="api"), at=NOW)

    row = read(door(world.root).get("/settings/audit/?noun=cycle")).select_one("[data-event]")

    assert [words in row.get_text(" ") for words in ("Olga Owner", "cycle", "Q2 2026", "Spring", "API")] == [True] * 5
    assert row.select_one("time")["datetime"].startswith("2026-05-22")


def test_the_trail_keeps_what_is_private(world: World, door: Door) -> None:
    """E01: neither the goal's own events nor its name in others."""
    world.stay.support(world.secret, by=Actor(world.ada), at=NOW)
    last = 1 + Event.objects.count() // 50

    told = "".join(read(door(world.olga).get(f"/settings/audit/?page={page}")).text for page in range(1, last + 1))

    assert "depot" not in told.lower()
    assert world.secret.public_id not in told
    assert "a private goal" in told


@pytest.mark.parametrize(("who", "status"), [("vera", 403), ("ada", 403), ("root", 200), ("olga", 200)])
def test_the_trail_is_for_admins_and_owners(world: World, door: Door, who: str, status: int) -> None:
    assert door(getattr(world, who)).get("/settings/audit/").status_code == status


def test_the_trail_takes_the_same_queries_however_long(world: World, door: Door) -> None:
    def add(count: int) -> None:
        Event.objects.bulk_create(
            Event(verb="changed", noun="team", noun_key=world.riders.public_id, actor=world.root, door="web", at=NOW,
                  actor_kind="person", before={"lead": world.ada.public_id}, after={"lead": world.ben.public_id})
            for _each in range(count)
        )  # fmt: skip

    assert len(counts(door(world.root), "/settings/audit/", add)) == 1


def test_settings_stand_when_there_is_no_other_owner(world: World, door: Door) -> None:
    a_person("Otto Owner", "owner").archive(by=SYSTEM, at=NOW)

    assert "Otto" not in read(door(world.ben).get("/settings/")).text
