"""A key result fed by a KPI, through the pages: chosen in the editor, never typed, its source shown."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from plumbline.goals.models import KeyResult, Kpi
from plumbline.people.models import Actor
from tests.web.conftest import Door
from tests.web.visiting import read
from tests.world import NOW, SYSTEM, TODAY, World


@pytest.fixture
def fed(world: World) -> KeyResult:
    world.churn.read(value=Decimal("2.9"), on=date(2026, 5, 20), by=SYSTEM, at=NOW)
    key_result = KeyResult.objects.get(pk=world.activation.pk)
    key_result.feed_from(world.churn, by=Actor(world.ada), at=NOW)
    return key_result


def editor_form(key_result: KeyResult, **changed: str) -> dict[str, str]:
    rows = {f"{name}-{key}": "0" for name in ("step", "point", "limit") for key in ("TOTAL_FORMS", "INITIAL_FORMS")}
    given = {
        "version": str(KeyResult.objects.get(pk=key_result.pk).version),
        "statement": key_result.statement,
        "metric": key_result.metric,
        "type": key_result.type,
        "baseline": "31",
        "target": "45",
        "unit": "%",
        "rhythm": "weekly",
        "weight": "1",
        "lead": key_result.lead.public_id,
    }
    return rows | given | changed


def test_a_kpi_is_chosen_in_the_editor_and_let_go_of_there(world: World, door: Door) -> None:
    address = reverse("key-result-edit", args=[world.activation.public_id])
    browser = door(world.ada)

    for chosen, source in ((world.churn.public_id, "kpi"), ("", "typed")):
        form = editor_form(world.activation, source_kpi=chosen)
        assert browser.post(address, form).status_code == 302
        assert KeyResult.objects.get(pk=world.activation.pk).source == source
    assert world.activation.check_ins.filter(source="kpi").count() == 1


def test_a_kpi_in_another_unit_is_refused_beside_the_field(world: World, door: Door) -> None:
    Kpi.watch(name="Revenue", unit_kind="money", unit_code="EUR", by=SYSTEM, at=NOW)
    form = editor_form(world.activation, source_kpi=Kpi.objects.get(name="Revenue").public_id)

    answer = door(world.ada).post(reverse("key-result-edit", args=[world.activation.public_id]), form)
    assert answer.status_code == 422
    assert "units differ" in read(answer).select_one("#id_source_kpi_error").text


def test_a_private_kpi_is_no_choice(world: World, door: Door) -> None:
    """E11: not even for its lead, since its numbers would be told to others."""
    hidden = Kpi.watch(name="Depot offers", lead=world.ada, is_private=True, unit_kind="percent", by=SYSTEM, at=NOW)
    form = editor_form(world.activation, source_kpi=hidden.public_id)

    address = reverse("key-result-edit", args=[world.activation.public_id])
    assert door(world.ada).post(address, form).status_code == 422
    assert "Depot offers" not in read(door(world.ben).get(address)).text


def test_the_check_in_of_a_fed_one_asks_for_no_number(world: World, door: Door, fed: KeyResult) -> None:
    browser, address = door(world.ada), reverse("check-in", args=[fed.public_id])
    page = read(browser.get(address))
    assert (page.select("[name=value], [name=on]"), page.select_one("[data-fed] b").text) == ([], "2.9%")
    assert page.select_one("[data-fed] a")["href"] == reverse("kpi", args=[world.churn.public_id])

    answer = browser.post(address, {"status": "off_track", "confidence": "2", "note": "Late", "value": "50"})
    fresh = KeyResult.objects.get(pk=fed.pk)
    assert (answer.status_code, fresh.current, fresh.latest_check_in.status) == (302, Decimal("2.9"), "off_track")
    assert fresh.latest_check_in.on == date(2026, 5, 20)


def test_its_page_names_the_source_and_the_kpi_names_it(world: World, door: Door, fed: KeyResult) -> None:
    """P52 on the other side: what is there to improve the KPI stands there too."""
    world.stay.align(parent_kpi=world.churn, by=Actor(world.ada), at=NOW)
    browser = door(world.vera)

    page = read(browser.get(reverse("key-result", args=[fed.public_id])))
    assert page.select_one("[data-source] a").text == "Monthly churn"
    assert "a KPI" in page.select_one("table .tag").text
    goals = read(browser.get(reverse("kpi", args=[world.churn.public_id]))).select_one("[data-goals]")
    assert [link.text for link in goals.select("a")] == [world.stay.title, fed.statement]
    chain = read(browser.get(reverse("objective", args=[world.stay.public_id])))
    assert chain.select_one(f"a[href='{reverse('kpi', args=[world.churn.public_id])}']") is not None


def test_a_reading_typed_on_the_board_reaches_the_key_result(world: World, door: Door, fed: KeyResult) -> None:
    form = {"value-2026-05-01": "2.4", "known-2026-05-01": "2.9"}
    door(world.ben).post(reverse("kpi-cells", args=[world.churn.public_id]), form)

    fresh = KeyResult.objects.get(pk=fed.pk)
    assert (fresh.current, fresh.latest_check_in.on, fresh.latest_check_in.author) == (
        Decimal("2.4"),
        TODAY,
        world.ben,
    )
