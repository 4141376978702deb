"""The page of an objective, and what is done to a whole one."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plumbline.goals.models import Closure, Comment, Initiative, Objective, Waiver
from plumbline.people.models import Actor
from tests.web.conftest import Door, soup_of
from tests.web.many import many_comments, many_key_results, many_objectives
from tests.world import NOW, TODAY, World, a_key_result, an_objective


def address(objective: Objective, name: str = "objective") -> str:
    return reverse(name, args=[objective.public_id])


@pytest.mark.parametrize("who", ["vera", "cleo", "ben", "ada", "carl", "max", "root", "olga"])
def test_everybody_sees_a_public_objective(world: World, door: Door, who: str) -> None:
    page = soup_of(door(world.cast()[who]).get(address(world.stay)))

    assert page.select_one("h1").get_text(strip=True) == world.stay.title
    assert page.select_one("[data-progress]").get_text() == "36%"


@pytest.mark.parametrize(
    ("who", "status"), [("nobody", 302), ("vera", 404), ("ben", 404), ("olga", 404), ("ada", 200), ("carl", 200)]
)
def test_a_private_objective_exists_for_those_on_it(world: World, door: Door, who: str, status: int) -> None:
    assert door(world.cast()[who]).get(address(world.secret)).status_code == status


def test_a_viewer_is_offered_nothing_to_do(world: World, door: Door) -> None:
    page = soup_of(door(world.vera).get(address(world.stay)))

    assert page.select('main form[method="post"]') == []
    assert page.select_one(".page__acts").get_text(strip=True) == ""


def test_a_member_from_elsewhere_is_told_who_can_check_in(world: World, door: Door) -> None:
    page = soup_of(door(world.cleo).get(address(world.stay)))

    assert page.select_one(".page__acts button[disabled]") is not None
    assert page.select_one("#who-can").get_text() == "Ada Lead, Riders can check in here."


def test_both_voices_are_shown_where_they_differ(world: World, door: Door) -> None:
    """Rule 4: 36 % of the way, 57 % expected, and Ada says on track."""
    page = soup_of(door(world.ben).get(address(world.stay)))

    assert "Ada Lead says on track, the data say needs attention." in page.select_one("[data-voices]").get_text()


def test_the_chart_has_a_point_for_each_reading(world: World, door: Door) -> None:
    world.activation.check_in(value=Decimal(38), by=Actor(world.ada), at=NOW)

    page = soup_of(door(world.ben).get(address(world.stay)))

    assert len(page.select(".not-m svg.chart .c-hollow")) == 2
    assert page.select_one("svg.chart .c-dot") is not None


def test_a_kept_output_shows_its_reason(world: World, door: Door) -> None:
    guide = a_key_result(world.stay, statement="Publish 10 winter guides", baseline=0, target=10, unit_kind="count")
    Waiver.give(guide, reason="The rides come a season later.", by=Actor(world.ada), at=NOW)

    page = soup_of(door(world.ben).get(address(world.stay)))

    shown = page.select_one(f"#key-result-{guide.public_id}")
    assert shown.select_one(".level--kept") is not None
    assert "The rides come a season later." in shown.get_text()


def test_a_draft_key_result_says_what_it_lacks(world: World, door: Door) -> None:
    a_key_result(world.stay, statement="Riders feel safer", metric="", baseline=None, target=None)

    text = soup_of(door(world.ada).get(address(world.stay))).select_one("main").get_text()

    assert "Before it starts it needs a metric, where it is today, a target." in text


def test_a_private_parent_is_a_restricted_goal_to_others(world: World, door: Door) -> None:
    """E02: the child shows that there is something, never its name."""
    world.stay.align(parent_objective=world.secret, by=Actor(world.ada), at=NOW)

    for who, seen in ((world.ada, True), (world.ben, False)):
        answer = door(who).get(address(world.stay))
        assert (world.secret.title in answer.content.decode()) is seen
        assert ("Restricted goal" in answer.content.decode()) is not seen


def test_a_private_child_is_not_listed_for_others(world: World, door: Door) -> None:
    world.secret.align(parent_objective=world.stay, by=Actor(world.ada), at=NOW)

    assert world.secret.public_id in door(world.ada).get(address(world.stay)).content.decode()
    assert world.secret.public_id not in door(world.ben).get(address(world.stay)).content.decode()


def test_a_binned_parent_is_a_lost_one(world: World, door: Door) -> None:
    """D04: children stay and say that they lost their parent."""
    company = an_objective(world.olga, world.q2, title="Freight goes by bike")
    world.stay.align(parent_objective=company, by=Actor(world.ada), at=NOW)
    company.bin(by=Actor(world.olga), at=NOW)

    assert "This goal lost its parent" in soup_of(door(world.ben).get(address(world.stay))).select_one(".hangs").text


def test_the_chain_ends_at_the_ultimate_goal(world: World, door: Door) -> None:
    kinds = soup_of(door(world.ben).get(address(world.stay))).select(".hangs .meta")

    assert [kind.get_text() for kind in kinds] == ["Ultimate goal", "Pillar", "This objective"]


def test_ben_activates_a_draft(world: World, door: Door) -> None:
    draft = an_objective(world.ada, world.q2, world.riders, title="Riders help each other")
    a_key_result(draft)

    door(world.ben).post(address(draft, "objective-activation"))

    draft.refresh_from_db()
    assert (draft.stage, draft.key_results.get().stage) == ("active", "active")


def test_closing_asks_why_the_score_is_another(world: World, door: Door) -> None:
    ada, url = door(world.ada), address(world.stay, "objective-closure")
    assert soup_of(ada.get(url)).select_one("#id_score")["value"] == "0.36"

    refused = ada.post(url, {"verdict": "partly_achieved", "score": "0,7"})
    assert refused.status_code == 422
    assert "differs" in soup_of(refused).select_one("#id_reason_error").get_text()

    ada.post(url, {"verdict": "partly_achieved", "score": "0,7", "reason": "Spring counts too", "learned": "Earlier"})
    assert Closure.objects.get(objective=world.stay).score == Decimal("0.70")


def test_a_closed_one_is_reopened_with_a_reason(world: World, door: Door) -> None:
    """F04: it is active everywhere again."""
    Closure.close(world.stay, verdict="missed", by=Actor(world.ada), at=NOW)
    ada = door(world.ada)
    assert "Closed as missed" in soup_of(ada.get(address(world.stay))).select_one("main").get_text()

    ada.post(address(world.stay, "objective-reopening"), {"reason": "One more week"})

    world.stay.refresh_from_db()
    world.activation.refresh_from_db()
    assert (world.stay.stage, world.activation.stage) == ("active", "active")


def test_an_archived_one_opens_by_its_address_and_comes_back(world: World, door: Door) -> None:
    """F02."""
    ada = door(world.ada)
    ada.post(address(world.stay, "objective-archive"))
    assert "Archived on" in soup_of(ada.get(address(world.stay))).select_one("main").get_text()

    ada.post(address(world.stay, "objective-unarchive"))

    world.stay.refresh_from_db()
    assert world.stay.archived_at is None


def test_the_bin_lists_what_hangs_on_it_and_gives_it_back(world: World, door: Door) -> None:
    """F01."""
    ada = door(world.ada)
    Initiative.take_on(title="Winter tyre day", objective=world.stay, by=Actor(world.ada), at=NOW)
    listed = soup_of(ada.get(address(world.stay, "objective-bin"))).select_one("main").get_text()
    assert world.activation.statement in listed
    assert "Winter tyre day" in listed
    assert "1 check-in" in listed

    ada.post(address(world.stay, "objective-bin"))
    assert ada.get(address(world.stay)).status_code == 404

    ada.post(address(world.stay, "objective-restoring"))
    assert ada.get(address(world.stay)).status_code == 200


VERBS = ("objective-activation", "objective-archive", "objective-unarchive", "objective-bin", "objective-closure")


@pytest.mark.parametrize("name", VERBS)
def test_cleo_may_not_and_a_stranger_finds_nothing(world: World, door: Door, name: str) -> None:
    assert door(world.cleo).post(address(world.stay, name)).status_code == 403
    assert door(world.cleo).post(address(world.secret, name)).status_code == 404
    assert door(world.vera).post(address(world.stay, name)).status_code == 403


def test_carl_contributes_but_does_not_close(world: World, door: Door) -> None:
    assert door(world.carl).get(address(world.stay, "objective-closure")).status_code == 403


def test_somebody_says_something_and_says_it_better(world: World, door: Door) -> None:
    cleo = door(world.cleo)
    cleo.post(address(world.stay, "comments"), {"text": "Is it the lock agian?"})
    said = Comment.objects.get()

    cleo.post(reverse("comment", args=[said.public_id]), {"text": "Is it the lock again?"})

    shown = soup_of(cleo.get(address(world.stay))).select_one(f"#comment-{said.public_id}").get_text()
    assert "Is it the lock again?" in shown
    assert "edited" in shown


def test_nobody_edits_the_words_of_others(world: World, door: Door) -> None:
    said = Comment.say(world.stay, "Is it the lock?", by=Actor(world.ben), at=NOW)

    assert door(world.ada).post(reverse("comment", args=[said.public_id]), {"text": "No"}).status_code == 403
    assert door(world.vera).post(address(world.stay, "comments"), {"text": "Hello"}).status_code == 403


def test_an_empty_comment_is_refused_on_the_page(world: World, door: Door) -> None:
    answer = door(world.ben).post(address(world.stay, "comments"), {"text": " "})

    assert answer.status_code == 422
    assert "There is nothing in it yet." in soup_of(answer).select_one("#id_text_error").get_text()


def test_an_outdated_key_result_says_why(world: World, door: Door) -> None:
    world.activation.check_ins.update(on=TODAY - timedelta(days=20))

    page = soup_of(door(world.ben).get(address(world.stay)))

    assert page.select_one(".kr__st .status")["data-status"] == "outdated"
    assert "older than its rhythm: every week" in page.select_one(".kr__body").get_text()


@pytest.mark.parametrize("count", [1, 20, 200])
def test_more_rows_cost_no_more_queries(
    world: World, door: Door, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many_key_results(world.stay, count, world.ada)
    many_comments(world.stay, count, world.cleo)
    for row in many_objectives(world.stay, count, parent_objective=world.stay):
        many_key_results(row, 1, world.ada)
    ben = door(world.ben)

    with django_assert_num_queries(30):
        ben.get(address(world.stay))


def test_a_breached_guardrail_is_shown_with_its_reading(world: World, door: Door) -> None:
    """Rule 6: while it is breached nothing is green."""
    world.activation.guardrails.create(
        metric="Returns in week one", unit_kind="percent", high=Decimal(5), current=Decimal(7)
    )

    page = soup_of(door(world.vera).get(address(world.stay)))

    assert "Returns in week one stays at or below 5%, now 7%" in page.select_one("[data-guardrail]").get_text()
    assert page.select_one(".kr__st .status")["data-status"] == "needs_attention"


def test_a_closed_cycle_offers_nothing_that_would_be_refused(world: World, door: Door) -> None:
    """C03: late values are over, too."""
    world.organisation.change(late_days=0, by=Actor(world.olga), at=NOW)
    for phase in ("closing", "closed"):
        world.q2.move_to(phase, by=Actor(world.olga), at=NOW)

    page = soup_of(door(world.ada).get(address(world.stay)))

    assert page.select('main a[href*="check-in"]') == []
    assert page.select('main a[href$="/edit/"]') == []
