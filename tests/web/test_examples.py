"""The example library on its page: fields of work, words, and a draft with one press of a button."""

from django.urls import reverse

from plumbline.goals.models import Objective
from plumbline.usecases.example_library.shelf import examples
from tests.web.conftest import Door
from tests.web.visiting import read
from tests.world import World

LIBRARY = "/examples/"
KEY = "customers-get-help-the-first-time-they-ask"


def told(world: World, **fields: str) -> dict[str, str]:
    return {"home": world.riders.public_id, "cycle": world.q2.public_id, "once": "one", **fields}


def test_the_library_opens_with_its_fields_of_work(world: World, door: Door) -> None:
    page = read(door(world.vera).get(LIBRARY))

    assert len(page.select("a.chip")) >= 20
    assert page.select_one("[data-example]") is None


def test_a_field_shows_its_objectives_with_key_results(world: World, door: Door) -> None:
    page = read(door(world.vera).get(LIBRARY, {"domain": "support"}))

    shown = {row["data-example"] for row in page.select("[data-example]")}
    assert shown == {row.key for row in examples() if row.domain == "support"}
    first = page.select_one(f"[data-example={KEY}]")
    assert "Raise the share of requests solved at the first contact from 62 % to 75 %" in first.text
    assert first.select_one("button") is None


def test_words_narrow_it(world: World, door: Door) -> None:
    page = read(door(world.ben).get(LIBRARY, {"q": "Queue PLEASANT"}))

    assert [row["data-example"] for row in page.select("[data-example]")] == ["shopping-with-us-is-quick-and-pleasant"]
    assert read(door(world.ben).get(LIBRARY, {"q": "zzz"})).select_one(".empty h2").text == "Nothing fits “zzz”"


def test_one_press_makes_a_draft_that_can_be_undone(world: World, door: Door) -> None:
    ben = door(world.ben)
    page = read(ben.get(LIBRARY, {"domain": "support"}))
    assert page.select_one("select[name=home] option[selected]")["value"] == world.riders.public_id
    act = page.select_one(f"[data-example={KEY}] button")["formaction"]

    answer = ben.post(act, told(world))

    objective = Objective.objects.get(title="Customers get help the first time they ask")
    assert answer["Location"] == reverse("objective", args=[objective.public_id])
    assert (objective.stage, objective.home, objective.key_results.count()) == ("draft", "team", 3)
    undo = read(ben.get(answer["Location"])).select_one("undo-toast form")["action"]
    ben.post(undo)
    objective.refresh_from_db()
    assert objective.binned_at is not None


def test_two_examples_of_one_page_make_two_drafts_and_each_only_one(world: World, door: Door) -> None:
    ben, before = door(world.ben), Objective.objects.count()

    for key in (KEY, KEY, "a-complaint-turns-into-trust"):
        ben.post(reverse("example-drafts", args=[key]), told(world))

    assert Objective.objects.count() == before + 2


def test_who_may_not_is_refused_and_nothing_is_made(world: World, door: Door) -> None:
    act, before = reverse("example-drafts", args=[KEY]), Objective.objects.count()

    assert door(world.vera).post(act, told(world)).status_code == 403
    assert door(world.cleo).post(act, told(world)).status_code == 422
    assert door(world.ben).post(act, told(world, home="company")).status_code == 422
    assert door(world.ben).post(reverse("example-drafts", args=["unheard-of"]), told(world)).status_code == 404
    assert Objective.objects.count() == before
