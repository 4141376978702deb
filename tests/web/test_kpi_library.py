"""The KPI library: what can be watched, by field of work, and the form that it fills."""

import pytest
from django.urls import reverse
from plumbline_judge import catalogue

from plumbline.goals.models import Kpi
from tests.web.conftest import Door
from tests.web.visiting import read
from tests.world import World

LIBRARY = "/kpis/library/"


def test_the_library_opens_with_its_fields_of_work(world: World, door: Door) -> None:
    """P110."""
    page = read(door(world.vera).get(LIBRARY))

    chips = {chip["href"]: chip.text for chip in page.select("a.chip")}
    assert len(chips) >= 22
    assert chips["/kpis/library/?domain=sales"].startswith("Sales")
    assert page.select_one("[data-metric]") is None


def test_a_field_shows_its_metrics_with_sentence_and_guardrail(world: World, door: Door) -> None:
    page = read(door(world.ben).get(LIBRARY, {"domain": "sales"}))

    row = page.select_one("[data-metric=offers-won]")
    assert row.select_one(".goal")["href"] == "/kpis/new/?from=offers-won"
    assert "Raise the share of offers won from ___ % to ___ %" in row.text
    assert "Must not get worse meanwhile: Discount given" in row.text
    assert {entry.key for entry in catalogue() if entry.domain == "sales"} == {
        found["data-metric"] for found in page.select("[data-metric]")
    }


def test_words_are_found_in_every_field_whatever_their_case(world: World, door: Door) -> None:
    page = read(door(world.ben).get(LIBRARY, {"q": "CHURN"}))

    assert page.select_one("[data-metric=customer-churn]") is not None
    assert all("churn" in row.text.lower() for row in page.select("[data-metric]"))


def test_a_search_shows_as_many_as_one_can_read(world: World, door: Door) -> None:
    page = read(door(world.ben).get(LIBRARY, {"q": "share"}))

    assert len(page.select("[data-metric]")) == 60
    assert "Add a word to see them." in page.text


def test_what_nothing_fits_says_so(world: World, door: Door) -> None:
    page = read(door(world.ben).get(LIBRARY, {"q": "zzz"}))

    assert page.select_one(".empty h2").text == "Nothing fits “zzz”"


def test_a_chosen_metric_fills_the_form(world: World, door: Door) -> None:
    page = read(door(world.ben).get("/kpis/new/?from=customer-churn"))

    assert page.select_one("#id_name")["value"] == "Customer churn"
    chosen = {
        name: page.select_one(f"#id_{name} option[selected]")["value"] for name in ("unit_kind", "frequency", "rule")
    }
    assert chosen == {"unit_kind": "percent", "frequency": "monthly", "rule": "at_most"}
    assert "must not get worse: New customers" in page.select_one("#id_description").text


def test_a_duration_comes_with_its_unit(world: World, door: Door) -> None:
    page = read(door(world.ben).get("/kpis/new/?from=page-load"))

    assert page.select_one("#id_unit_kind option[selected]")["value"] == "duration"
    assert page.select_one("#id_unit_code")["value"] == "s"


def test_an_unknown_metric_gives_the_empty_form(world: World, door: Door) -> None:
    page = read(door(world.ben).get("/kpis/new/?from=nothing"))

    assert not page.select_one("#id_name").get("value")


def test_a_viewer_reads_the_library_and_is_offered_no_form(world: World, door: Door) -> None:
    page = read(door(world.vera).get(LIBRARY, {"domain": "sales"}))

    assert page.select_one("[data-metric=offers-won] b").text == "Offers won"
    assert page.select_one("a[href^='/kpis/new/']") is None
    assert door(world.vera).get("/kpis/new/?from=offers-won").status_code == 403


@pytest.mark.usefixtures("catalogues")
def test_the_library_speaks_the_reader_s_language(world: World, door: Door) -> None:
    world.ben.language = "de"
    world.ben.save(update_fields=["language"])

    page = read(door(world.ben).get(LIBRARY, {"domain": "sales"}))

    assert page.select_one("[data-metric=offers-won] .goal").text == "Gewonnene Angebote"
    assert (
        read(door(world.ben).get("/kpis/new/?from=offers-won")).select_one("#id_name")["value"] == "Gewonnene Angebote"
    )


def test_what_was_chosen_can_be_watched(world: World, door: Door) -> None:
    """P110: from the library to a KPI in two steps."""
    browser = door(world.ben)
    form = read(browser.get("/kpis/new/?from=offers-won"))
    sent = {
        field["name"]: field.get("value", "") for field in form.select("form.form input[name]:not([type=checkbox])")
    }
    sent |= {field["name"]: field.text.strip() for field in form.select("form.form textarea[name]")}
    for field in form.select("form.form select[name]:not([multiple])"):
        picked = field.select_one("option[selected]")
        sent[field["name"]] = picked["value"] if picked else ""
    sent |= {"home": "person"}

    browser.post(reverse("new-kpi"), sent)

    watched = Kpi.objects.get(name="Offers won")
    assert (watched.unit_kind, watched.frequency, watched.rule) == ("percent", "monthly", "at_least")


def test_every_metric_fits_the_columns_of_a_kpi() -> None:
    for entry in (*catalogue(), *catalogue("de")):
        assert len(entry.name) <= 160
        assert len(entry.unit_code) <= 24
