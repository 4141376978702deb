"""KPIs: the board, one number, its readings and targets."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from plumbline.goals.models import Kpi, KpiTarget, Reading
from tests.web.conftest import Door
from tests.web.visiting import counts, read
from tests.world import NOW, SYSTEM, TODAY, World


def address(kpi: Kpi, name: str = "kpi") -> str:
    return reverse(name, args=[kpi.public_id])


@pytest.fixture
def hidden(world: World) -> Kpi:
    return Kpi.watch(name="Depot offers", lead=world.ada, is_private=True, by=SYSTEM, at=NOW)


def test_the_board_says_health_in_shape_and_word(world: World, door: Door) -> None:
    """I06."""
    page = read(door(world.vera).get("/kpis/"))

    assert page.select_one("[data-health=healthy] b").text == "1"
    card = page.select_one("[data-kpi]")
    assert (card.select_one(".goal").text, card.select_one(".status").text) == ("Monthly churn", "Healthy")
    assert card.select_one(".status svg use")["href"].endswith("#st-on_track")
    assert "Healthy up to 3%" in card.text
    assert card.select_one(".c-band-ok") is not None


@pytest.mark.parametrize(("value", "word"), [("2.8", "Healthy"), ("3.2", "Watch"), ("3.4", "Act")])
def test_health_follows_the_reading(world: World, door: Door, value: str, word: str) -> None:
    world.churn.read(value=Decimal(value), on=TODAY, by=SYSTEM, at=NOW)

    assert read(door(world.vera).get(address(world.churn))).select_one(".status").text == word


def test_an_old_reading_is_unknown_never_green(world: World, door: Door) -> None:
    kpi = Kpi.watch(name="Uptime", frequency="weekly", by=SYSTEM, at=NOW)
    kpi.read(value=Decimal(99), on=TODAY - timedelta(days=30), by=SYSTEM, at=NOW)

    assert read(door(world.vera).get(address(kpi))).select_one(".status").text == "Unknown"


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("ben", 404), ("carl", 404), ("root", 404), ("olga", 404)])
def test_a_private_kpi_exists_for_its_lead_alone(world: World, door: Door, hidden: Kpi, who: str, status: int) -> None:
    """E01."""
    browser = door(getattr(world, who))

    assert browser.get(address(hidden)).status_code == status
    assert browser.post(address(hidden, "kpi-readings"), {"value": "1", "on": "2026-05-20"}).status_code in (
        (302,) if status == 200 else (404,)
    )
    page = read(browser.get("/kpis/"))
    assert ("Depot offers" in page.text) == (status == 200)
    assert len(page.select("[data-kpi]")) == (2 if status == 200 else 1)


def test_ben_notes_a_reading_of_a_day_before(world: World, door: Door) -> None:
    form = {"value": "3,1 %", "on": "2026-04-20", "note": "Late invoice run", "once": "form-1"}

    for _twice in range(2):
        assert door(world.ben).post(address(world.churn, "kpi-readings"), form).status_code == 302

    noted = Reading.objects.get(note="Late invoice run")
    assert (noted.value, noted.on, noted.author) == (Decimal("3.1"), date(2026, 4, 20), world.ben)
    assert Kpi.objects.get(pk=world.churn.pk).current == Decimal("2.8")


@pytest.mark.parametrize(
    ("form", "field"),
    [({"value": "lots", "on": "2026-05-20"}, "value"), ({"value": "3", "on": "2026-06-20"}, "on")],
)
def test_a_reading_that_can_not_be_is_said_beside_its_field(
    world: World, door: Door, form: dict[str, str], field: str
) -> None:
    answer = door(world.ben).post(address(world.churn, "kpi-readings"), form)

    assert answer.status_code == 422
    assert read(answer).select_one(f"#id_{field}_error") is not None
    assert read(answer).select_one(f"#id_{field}")["value"] == form[field]
    assert world.churn.readings.count() == 1


def test_a_target_holds_from_a_day_on(world: World, door: Door) -> None:
    door(world.ada).post(address(world.churn, "kpi-targets"), {"target": "2.5", "first_day": "2026-05-01"})

    assert KpiTarget.objects.get(kpi=world.churn, first_day=date(2026, 5, 1)).target == Decimal("2.5")
    assert "Healthy up to 2.5%" in read(door(world.vera).get(address(world.churn))).select_one(".facts").text


@pytest.mark.parametrize("who", ["vera", "cleo", "carl"])
@pytest.mark.parametrize("name", ["kpi-readings", "kpi-targets", "kpi-details", "kpi-archival"])
def test_from_elsewhere_nothing_is_changed(world: World, door: Door, who: str, name: str) -> None:
    """E03."""
    form = {"value": "1", "target": "1", "on": "2026-05-20", "first_day": "2026-05-20", "name": "Ours"}

    assert door(getattr(world, who)).post(address(world.churn, name), form).status_code == 403
    assert Kpi.objects.get(pk=world.churn.pk).version == world.churn.version


NEW = {"name": "Rides a week", "unit_kind": "word", "unit_code": "rides", "frequency": "weekly", "rule": "at_least",
       "tolerance": "10"}  # fmt: skip


def test_ben_watches_a_number_of_his_team(world: World, door: Door) -> None:
    answer = door(world.ben).post("/kpis/new/", NEW | {"home": world.riders.public_id, "lead": world.ben.public_id})

    kpi = Kpi.objects.get(name="Rides a week")
    assert answer["Location"] == address(kpi)
    assert (kpi.lead, list(kpi.home_teams.all()), kpi.unit.show(Decimal(40))) == (world.ben, [world.riders], "40 rides")


def test_a_home_that_is_not_ones_own_is_refused(world: World, door: Door) -> None:
    for home in ("company", world.workshop.public_id):
        assert door(world.ben).post("/kpis/new/", NEW | {"home": home}).status_code == 422
    assert door(world.vera).get("/kpis/new/").status_code == 403
    assert not Kpi.objects.filter(name="Rides a week").exists()


def test_a_private_kpi_has_a_lead(world: World, door: Door) -> None:
    form = NEW | {"home": world.riders.public_id, "lead": "", "is_private": "on"}

    assert read(door(world.ben).post("/kpis/new/", form)).select_one("#id_lead_error") is not None


def test_a_unit_never_changes_under_readings(world: World, door: Door) -> None:
    form = NEW | {"name": "Monthly churn", "version": world.churn.version, "rule": "at_most"}

    answer = door(world.ada).post(address(world.churn, "kpi-details"), form)

    assert answer.status_code == 422
    assert "old unit" in read(answer).select_one("#id_unit_kind_error").text


def test_an_archived_kpi_leaves_the_board_and_keeps_its_readings(world: World, door: Door) -> None:
    """F02."""
    browser = door(world.ada)
    browser.post(address(world.churn, "kpi-archival"))

    assert read(browser.get("/kpis/")).select("[data-kpi]") == []
    assert "2.8%" in read(browser.get(address(world.churn))).text
    late = browser.post(address(world.churn, "kpi-readings"), {"value": "3", "on": "2026-05-20"})
    assert late.status_code == 422
    browser.post(address(world.churn, "kpi-archival"), {"back": "1"})
    assert len(read(browser.get("/kpis/")).select("[data-kpi]")) == 1


def test_the_board_takes_the_same_queries_however_long(world: World, door: Door) -> None:
    def add(count: int) -> None:
        rows = Kpi.objects.bulk_create(
            Kpi(name="Rides", lead=world.ada, pillar=world.pillar, current=Decimal(3), current_on=TODAY)
            for _each in range(count)
        )
        KpiTarget.objects.bulk_create(KpiTarget(kpi=row, first_day=TODAY, target=Decimal(2)) for row in rows)
        Reading.objects.bulk_create(Reading(kpi=row, value=Decimal(3), on=TODAY, entered_at=NOW) for row in rows)

    assert len(counts(door(world.vera), "/kpis/", add)) == 1


def test_the_page_takes_the_same_queries_however_many_readings(world: World, door: Door) -> None:
    def add(count: int) -> None:
        Reading.objects.bulk_create(
            Reading(kpi=world.churn, value=Decimal(3), on=TODAY, entered_at=NOW, author=world.ada)
            for _n in range(count)
        )

    assert len(counts(door(world.vera), address(world.churn), add)) == 1
