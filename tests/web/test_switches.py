"""The page of the switches, and that every page honours them."""

import pytest
from django.urls import URLPattern, reverse

from plumbline.people.models import Actor, Organisation, Token
from plumbline.people.models.organisation import Feature
from plumbline.web.urls import urlpatterns
from tests.web.conftest import Door
from tests.web.visiting import read
from tests.world import NOW, SYSTEM, World

KPI_ROUTES = [route for route in urlpatterns if "kpi" in f"{route.pattern}{route.name}"]


def off(*features: Feature) -> None:
    Organisation.the().switch({each.value for each in Feature} - {*features}, by=SYSTEM, at=NOW)


def test_an_owner_switches_and_others_read(world: World, door: Door) -> None:
    page = reverse("features")
    boxes = read(door(world.ben).get(page)).select("[type=checkbox]")
    assert {str(box["value"]) for box in boxes if not box.has_attr("checked")} == {Feature.MANAGERS_HEAR}
    assert len(boxes) == len(Feature)

    version = Organisation.the().version
    told = {"features": ["private_goals", "aligned_progress"], "version": version}
    assert door(world.root).post(page, told).status_code == 403
    assert door(world.olga).post(page, told).status_code == 302
    assert not Organisation.the().has(Feature.KPIS)
    assert door(world.olga).post(page, told).status_code == 409


def test_every_kpi_route_is_known_to_this_test() -> None:
    assert len(KPI_ROUTES) > 5
    assert all(str(route.pattern).startswith("kpis/") for route in KPI_ROUTES), "guard it in web/switches.py"


@pytest.mark.parametrize("route", KPI_ROUTES, ids=lambda route: route.name)
def test_without_kpis_their_pages_are_not_there(world: World, door: Door, route: URLPattern) -> None:
    off(Feature.KPIS)
    address = reverse(str(route.name), kwargs=dict.fromkeys(route.pattern.regex.groupindex, world.churn.public_id))
    for method in ("get", "post"):
        answer = getattr(door(world.olga), method)(address)
        assert answer.status_code == 404
        assert "Switched off: KPIs" in read(answer).text


def test_without_kpis_nothing_leads_there(world: World, door: Door) -> None:
    browser = door(world.ada)
    pages = ["/", "/search/?q=churn", "/goals/new/", reverse("team", args=[world.riders.public_id])]
    assert all("kpi" in browser.get(page).content.decode().casefold() for page in pages)

    off(Feature.KPIS)

    for page in pages:
        main = read(browser.get(page))
        assert not main.select('a[href*="/kpis/"]'), page
        assert not main.select('option[value^="parent_kpi"]'), page


def test_without_kpis_the_api_refuses_them(world: World, door: Door) -> None:
    _token, secret = Token.make(person=world.ada, name="Script", scope="write", by=Actor(world.ada), at=NOW)
    off(Feature.KPIS)
    head = {"Authorization": f"Bearer {secret}"}

    answer = door(None).get("/api/v1/kpis", headers=head)
    assert (answer.status_code, answer.json()["code"]) == (409, "switched_off")


def test_forms_offer_nothing_that_is_off_and_a_forged_field_is_refused(world: World, door: Door) -> None:
    browser = door(world.ada)
    off(Feature.PRIVATE_GOALS, Feature.SHARED_OWNERSHIP, Feature.ALIGNED_PROGRESS)
    new = read(browser.get("/goals/new/"))
    assert not new.select("[name=private], [name=named], [name=contributors], [name=teams]")
    world.stay.share(contributors=[], by=SYSTEM, at=NOW)
    edit = read(browser.get(reverse("objective-edit", args=[world.stay.public_id])))
    assert [option["value"] for option in edit.select("[name=driver] option")] == ["key_results"]
    assert not edit.select("[name=private], [name=contributors]")

    secret = read(browser.get(reverse("objective-edit", args=[world.secret.public_id])))
    assert secret.select_one("[name=private]").has_attr("checked")


def test_a_new_key_result_begins_with_the_rhythm_of_the_house(world: World, door: Door) -> None:
    Organisation.the().change(rhythm="monthly", by=SYSTEM, at=NOW)

    page = read(door(world.ada).get(reverse("key-result-new", args=[world.stay.public_id])))
    assert page.select_one("[name=rhythm] option[selected]")["value"] == "monthly"
