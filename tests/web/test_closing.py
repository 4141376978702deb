"""Closing: one goal, a whole cycle, the next one made from it, and the report."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from plumbline.goals.models import Cadence, Closure, Cycle, Decision, Initiative, KeyResult, Objective, Waiver
from plumbline.people.models import Actor
from tests.web.conftest import Door, soup_of
from tests.web.many import many_key_results, many_objectives
from tests.web.visiting import queries, visitor
from tests.world import NOW, SYSTEM, World, a_key_result

pytestmark = pytest.mark.one_database


def at(world: World, name: str, query: str = "") -> str:
    return reverse(name, args=[world.q2.public_id]) + query


def goal(world: World) -> str:
    return f"?goal={world.stay.public_id}"


def answers(world: World, **more: object) -> dict[str, object]:
    told = {"verdict": "partly_achieved", "score": "0.36", "once": "first", "learned": "Ask earlier"}
    return told | {f"{world.activation.public_id}-choice": "keep"} | more


def test_the_walk_lists_what_waits_and_begins_there(world: World, door: Door) -> None:
    page = soup_of(door(world.ada).get(at(world, "cycle-closing")))

    titles = [row.select_one(".goal").text for row in page.select("[data-goal]")]
    assert titles == [world.stay.title, world.secret.title]
    assert page.select_one(".page__acts .btn--primary")["href"] == at(world, "cycle-closing", goal(world))


def test_each_step_is_saved_and_the_next_one_opens(world: World, door: Door) -> None:
    """Who leaves in between finds the rest waiting."""
    ada = door(world.ada)
    answer = ada.post(at(world, "cycle-closing", goal(world)), answers(world))

    assert answer["Location"] == at(world, "cycle-closing", f"?goal={world.secret.public_id}")
    assert Decision.objects.get().choice == "keep"
    assert Closure.objects.get().learned == "Ask earlier"
    waiting = soup_of(ada.get(at(world, "cycle-closing")))
    assert "1 goal waits" in waiting.select_one(".page__head").text


def test_the_step_shows_both_scores_and_what_is_expected(world: World, door: Door) -> None:
    world.activation.change(target=Decimal(41), reason="Winter came early", by=Actor(world.ada), at=NOW)

    page = soup_of(door(world.ada).get(at(world, "cycle-closing", goal(world))))

    assert [each.text for each in page.select(".facts dd b")] == ["0.36", "0.50", "1.0"]
    move = page.select_one("[data-amendment]")
    assert (move.select_one("del").text, move.select_one("ins").text) == ("45%", "41%")
    assert page.select_one("#id_score")["value"] == "0.50"


def test_another_score_asks_why_and_loses_nothing(world: World, door: Door) -> None:
    """Also when the suggested score moved since the page was opened."""
    told = answers(world, score="0.9", learned="A long thought")
    answer = door(world.ada).post(at(world, "cycle-closing", goal(world)), told)

    page = soup_of(answer)
    assert answer.status_code == 422
    assert page.select_one("#id_reason_error") is not None
    assert page.select_one("#id_learned").text.strip() == "A long thought"
    assert not Decision.objects.exists()


def test_the_note_begins_with_what_the_organisation_asks(world: World, door: Door) -> None:
    """P24."""
    world.organisation.change(closing_template="What surprised us?", by=SYSTEM, at=NOW)

    page = soup_of(door(world.ada).get(reverse("objective-closure", args=[world.stay.public_id])))

    assert page.select_one("#id_learned").text.strip() == "What surprised us?"


def test_a_double_submit_closes_once(world: World, door: Door) -> None:
    ada = door(world.ada)
    for _each in range(2):
        assert ada.post(at(world, "cycle-closing", goal(world)), answers(world)).status_code == 302
    assert Closure.objects.count() == 1


@pytest.mark.parametrize(("who", "status"), [("cleo", 404), ("vera", 404), ("ben", 404)])
def test_only_who_may_close_walks_there(world: World, door: Door, who: str, status: int) -> None:
    """Ben may close it on its own page; the walk is through what one leads."""
    door_of = door(getattr(world, who))
    assert door_of.get(at(world, "cycle-closing", goal(world))).status_code == status
    assert door_of.post(at(world, "cycle-closing", goal(world)), answers(world)).status_code == status
    assert not Closure.objects.exists()


def test_an_admin_goes_through_all_they_see(world: World, door: Door) -> None:
    page = soup_of(door(world.root).get(at(world, "cycle-closing", "?all=1")))

    assert [row["data-goal"] for row in page.select("[data-goal]")] == [world.stay.public_id]
    secret = at(world, "cycle-closing", f"?all=1&goal={world.secret.public_id}")
    assert door(world.olga).get(secret).status_code == 404


def test_a_closed_cycle_closes_no_more_goals(world: World, door: Door) -> None:
    """C03."""
    for phase in ("closing", "closed"):
        world.q2.move_to(phase, by=SYSTEM, at=NOW)

    answer = door(world.ada).post(at(world, "cycle-closing", goal(world)), answers(world))

    assert answer.status_code == 409
    assert not Closure.objects.exists()


def closed(world: World, door: Door) -> Initiative:
    work = Initiative.take_on(
        title="Call new riders", objective=world.stay, key_result=world.activation, by=Actor(world.ada), at=NOW
    )
    told = {f"{world.activation.public_id}-baseline": "37%", f"{world.activation.public_id}-work": [work.public_id]}
    assert door(world.ada).post(at(world, "cycle-closing", goal(world)), answers(world, **told)).status_code == 302
    return work


def test_the_next_cycle_is_made_from_what_was_decided(world: World, door: Door) -> None:
    """C04: the editable baseline and the chosen work came from the walk; the copy knows its origin."""
    closed(world, door)
    form = {"into": world.q3.public_id, "goals": [world.stay.public_id]}

    answer = door(world.ada).post(at(world, "cycle-carrying"), form)

    assert answer["Location"].startswith(f"/goals/?cycle={world.q3.public_id}")
    copy = Objective.objects.get(origin=world.stay)
    row = copy.key_results.get()
    assert (copy.cycle, row.origin, row.baseline, row.stage) == (world.q3, world.activation, 37, "active")
    assert row.initiatives.get().title == "Call new riders"
    page = soup_of(door(world.ada).get(reverse("objective", args=[copy.public_id])))
    assert page.select_one("[data-origin]")["href"] == reverse("objective", args=[world.stay.public_id])


def test_nothing_is_carried_unless_somebody_decides(world: World, door: Door) -> None:
    """C05: closed without a decision, it is not even offered."""
    Closure.close(world.stay, verdict="missed", by=Actor(world.ada), at=NOW)

    page = soup_of(door(world.ada).get(at(world, "cycle-carrying")))
    answer = door(world.ada).post(
        at(world, "cycle-carrying"), {"into": world.q3.public_id, "goals": [world.stay.public_id]}
    )

    assert page.select("[data-goal]") == []
    assert answer.status_code == 422
    assert not Objective.objects.in_cycle(world.q3).exists()


def test_who_may_not_set_goals_there_carries_nothing(world: World, door: Door) -> None:
    closed(world, door)
    form = {"into": world.q3.public_id, "goals": [world.stay.public_id]}

    assert door(world.cleo).post(at(world, "cycle-carrying"), form).status_code == 422
    assert not Objective.objects.in_cycle(world.q3).exists()


def test_the_report_tells_scores_verdicts_moves_waivers_and_lessons(world: World, door: Door) -> None:
    """A24: the report flags the change; both scores stand beside the one that was given."""
    guide = a_key_result(world.stay, statement="Publish 10 guides", metric="Guides", baseline=0, target=10)
    Waiver.give(guide, reason="The rides come later.", by=Actor(world.ada), at=NOW)
    guide.activate(by=Actor(world.ada), at=NOW)
    world.activation.change(target=Decimal(41), reason="Winter came early", by=Actor(world.ada), at=NOW)
    Closure.close(world.stay, verdict="partly_achieved", learned="Ask earlier", rating=4, by=Actor(world.ada), at=NOW)

    page = soup_of(door(world.vera).get(at(world, "cycle-report")))

    row = page.select_one("[data-goal]")
    assert [each.text for each in row.select("dl.facts dd")[:3]] == ["0.25", "0.18", "0.25"]
    assert "Waived: The rides come later." in row.text
    assert "Ask earlier" in row.text
    assert row.select_one("[data-amendment] del").text == "45%"
    assert page.select_one(".views [aria-current]").text == "Report"


def test_a_report_can_be_of_one_team(world: World, door: Door) -> None:
    url = at(world, "cycle-report", f"?team={world.workshop.public_id}")

    assert soup_of(door(world.vera).get(url)).select("[data-goal]") == []


def test_a_private_goal_is_in_no_report_and_no_total(world: World, door: Door) -> None:
    """E01 and rule 2: letter for letter the same page as without it."""

    def seen() -> list[bytes]:
        world.secret_result.change(target=Decimal(4), reason="More bids", by=Actor(world.ada), at=NOW)
        olga = door(world.olga)
        pages = ("cycle-report", "cycle-goalposts", "cycle-closing")
        return [soup_of(olga.get(at(world, name, "?all=1"))).select_one("main").encode() for name in pages]

    with_it = seen()
    assert b"depot" not in b"".join(with_it)
    Objective.objects.filter(pk=world.secret.pk).update(binned_at=NOW)
    assert with_it == [
        soup_of(door(world.olga).get(at(world, name, "?all=1"))).select_one("main").encode()
        for name in ("cycle-report", "cycle-goalposts", "cycle-closing")
    ]


def test_drafts_are_in_no_report(world: World, door: Door) -> None:
    """C07."""
    Objective.objects.filter(pk=world.stay.pk).update(stage="draft")

    assert soup_of(door(world.vera).get(at(world, "cycle-report"))).select("[data-goal]") == []


def test_moved_goalposts_are_listed_for_the_cycle_and_on_the_goal(world: World, door: Door) -> None:
    world.activation.change(target=Decimal(41), reason="Winter came early", by=Actor(world.ada), at=NOW)
    pages = [
        at(world, "cycle-goalposts"),
        reverse("objective", args=[world.stay.public_id]),
        reverse("key-result", args=[world.activation.public_id]),
    ]

    for url in pages:
        move = soup_of(door(world.vera).get(url)).select_one("[data-amendment]")
        assert (move.select_one("del").text, move.select_one("ins").text) == ("45%", "41%")
        assert "Winter came early" in move.text
        assert "Ada Lead" in move.text


def test_the_note_is_changed_and_the_score_stays(world: World, door: Door) -> None:
    """P23."""
    Closure.close(world.stay, verdict="missed", learned="Ask erlier", by=Actor(world.ada), at=NOW)
    url = reverse("objective-closing-note", args=[world.stay.public_id])

    assert door(world.ada).post(url, {"learned": "Ask earlier", "rating": "3"}).status_code == 302

    kept = Closure.objects.get()
    assert (kept.learned, kept.rating, kept.score) == ("Ask earlier", 3, Decimal("0.36"))
    assert door(world.cleo).post(url, {"learned": "No"}).status_code == 403


def test_a_late_value_is_offered_after_the_cycle_closed(world: World, door: Door) -> None:
    """C03: dated on a day of the cycle."""
    for phase in ("closing", "closed"):
        world.q2.move_to(phase, by=SYSTEM, at=NOW)
    page = soup_of(door(world.ada).get(reverse("objective", args=[world.stay.public_id])))
    link = page.select_one(f'#key-result-{world.activation.public_id} a[href$="check-ins/"]')
    assert "final value" in link.text

    door(world.ada).post(link["href"], {"value": "40", "on": "2026-05-22"})

    assert KeyResult.objects.get(pk=world.activation.pk).current == 40


def test_root_reopens_a_closed_cycle_with_a_reason(world: World, door: Door) -> None:
    """C03: an admin reopens it, and nothing else of its phases."""
    for phase in ("closing", "closed"):
        world.q2.move_to(phase, by=SYSTEM, at=NOW)
    url = reverse("cycle-phase", args=[world.q2.public_id])
    told = {"phase": "closing", "version": world.q2.version}
    root = door(world.root)
    assert soup_of(root.get(reverse("cycle", args=[world.q2.public_id]))).select_one("#reason") is not None

    assert root.post(url, told).status_code == 422
    assert root.post(url, told | {"reason": "June was wrong"}).status_code == 302
    assert root.post(url, {"phase": "active", "version": world.q2.version + 1}).status_code == 403
    assert Cycle.objects.get(pk=world.q2.pk).phase == "closing"


def test_a_page_opened_late_makes_the_cycles_that_are_missing(world: World) -> None:
    """P96: the worker was away; the first page that needs a cycle makes it, and the second finds it."""
    Cycle.objects.filter(pk__in=[world.q2.pk, world.q3.pk]).update(binned_at=NOW)
    cadence = Cadence.begin(name="Quarters", kind="quarterly", formula="S{quarter} {year}", by=SYSTEM, at=NOW)
    cadence.keep_ahead(by=SYSTEM, at=NOW)
    late = Client()

    with time_machine.travel(NOW + timedelta(days=200), tick=False):
        late.force_login(world.vera)
        asked = [queries(late, reverse("goals")) for _each in range(2)]

    assert list(cadence.cycles.order_by("first_day").values_list("name", flat=True)) == [
        "S2 2026",
        "S3 2026",
        "S4 2026",
        "S1 2027",
    ]
    assert asked[0] == asked[1]


def test_pages_of_a_cycle_ask_the_same_whatever_its_size(world: World) -> None:
    """K03."""
    ada = visitor(world.ada)
    counted: dict[str, set[int]] = {}
    for _round in range(3):
        for row in many_objectives(world.stay, 7, kind="committed"):
            many_key_results(row, 2, world.ada)
        for name in ("cycle-report", "cycle-goalposts", "cycle-closing", "cycle-carrying"):
            counted.setdefault(name, set()).add(queries(ada, at(world, name)))
    assert {name: len(found) for name, found in counted.items()} == dict.fromkeys(counted, 1)
