"""Moving, cloning, dropping and binning goals on their pages, each with a way back."""

import pytest
from django.urls import reverse

from plumbline.goals.models import CustomField, KeyResult, Objective, Tag
from plumbline.people.models import Actor
from tests.web.conftest import Door, soup_of
from tests.world import NOW, SYSTEM, World, a_key_result, an_objective


def address(row: Objective | KeyResult, name: str) -> str:
    return reverse(name, args=[row.public_id])


def moving(world: World, **told: str) -> dict[str, str]:
    return {"cycle": world.q2.public_id, "home": "same", "version": str(world.stay.version), **told}


def test_a_move_lists_what_it_touches_before_it_happens(world: World, door: Door) -> None:
    """C06, F07: children, alignment, due dates, and who loses access; then the mover decides."""
    child = an_objective(world.ada, world.q2, world.riders, title="Lights", parent_objective=world.stay)
    told = moving(world, cycle=world.q3.public_id, home=world.workshop.public_id)
    root = door(world.root)

    listed = soup_of(root.post(address(world.stay, "objective-move"), told)).select_one("main").get_text()
    assert all(words in listed for words in ("Lights", "Ben", "Riders who stay"))
    assert Objective.objects.get(pk=world.stay.pk).cycle == world.q2

    answer = root.post(address(world.stay, "objective-move"), told | {"confirmed": "1", "children": "along"})
    assert answer.status_code == 422
    told |= {"confirmed": "1", "children": "along", "reason": "Winter came early"}
    assert root.post(address(world.stay, "objective-move"), told).status_code == 302
    child.refresh_from_db()
    moved = Objective.objects.get(pk=world.stay.pk)
    assert (moved.cycle, child.cycle, list(moved.home_teams.all())) == (world.q3, world.q3, [world.workshop])


def test_a_move_is_undone_from_its_toast(world: World, door: Door) -> None:
    told = moving(world, cycle=world.q3.public_id, confirmed="1", reason="Winter came early")
    ada = door(world.ada)
    page = ada.post(address(world.stay, "objective-move"), told)["Location"]
    undo = soup_of(ada.get(page)).select_one("undo-toast form")["action"]

    ada.post(undo)

    assert Objective.objects.get(pk=world.stay.pk).cycle == world.q2


def test_a_move_on_top_of_the_work_of_another_is_refused(world: World, door: Door) -> None:
    """G01."""
    told = moving(world, cycle=world.q3.public_id, confirmed="1", reason="Winter came early")
    Objective.objects.get(pk=world.stay.pk).change(why_now="Snow", by=Actor(world.ben), at=NOW)

    answer = door(world.ada).post(address(world.stay, "objective-move"), told)

    assert answer.status_code == 409
    assert Objective.objects.get(pk=world.stay.pk).cycle == world.q2


def test_a_move_to_where_it_is_is_refused(world: World, door: Door) -> None:
    assert door(world.ada).post(address(world.stay, "objective-move"), moving(world)).status_code == 422


def test_ben_moves_a_goal_only_where_he_may_set_one(world: World, door: Door) -> None:
    """F07."""
    answer = door(world.ben).post(address(world.stay, "objective-move"), moving(world, home=world.workshop.public_id))

    assert answer.status_code == 422


def test_a_hidden_child_is_not_listed(world: World, door: Door) -> None:
    """E01."""
    world.secret.align(parent_objective=world.stay, by=Actor(world.ada), at=NOW)
    told = moving(world, cycle=world.q3.public_id)

    assert b"depot" not in door(world.ben).post(address(world.stay, "objective-move"), told).content
    assert b"depot" in door(world.ada).post(address(world.stay, "objective-move"), told).content


def test_a_contributor_clones_for_themselves(world: World, door: Door) -> None:
    """P21."""
    told = {"title": "Once more", "cycle": world.q3.public_id, "home": "person"}

    assert door(world.carl).post(address(world.stay, "objective-clones"), told).status_code == 302
    copy = Objective.objects.get(title="Once more")
    assert (copy.stage, copy.home_person, copy.key_results.count()) == ("draft", world.carl, 1)
    assert door(world.cleo).post(address(world.stay, "objective-clones"), told).status_code == 403


def test_a_key_result_is_dropped_with_what_was_learned_and_brought_back(world: World, door: Door) -> None:
    """P39, F05."""
    ada = door(world.ada)
    page = ada.post(address(world.activation, "key-result-archive"), {"learned": "Nobody read it"})["Location"]
    shown = soup_of(ada.get(page))
    assert shown.select_one("[data-progress]").get_text() == "–"
    assert "Nobody read it" in shown.select_one("main").get_text()

    ada.post(str(shown.select_one("undo-toast form")["action"]))

    assert soup_of(ada.get(page)).select_one("[data-progress]").get_text() == "36%"


def test_the_untouched_template_is_no_learning(world: World, door: Door) -> None:
    ada = door(world.ada)
    asked = soup_of(ada.get(address(world.activation, "key-result-archive"))).select_one("#id_learned").get_text()

    ada.post(address(world.activation, "key-result-archive"), {"learned": asked})

    assert KeyResult.objects.get(pk=world.activation.pk).learned == ""


def test_a_key_result_goes_to_the_bin_with_what_hangs_on_it_listed(world: World, door: Door) -> None:
    """F01, F05."""
    an_objective(world.ada, world.q2, world.riders, title="Lights", parent_key_result=world.activation)
    ada = door(world.ada)
    listed = soup_of(ada.get(address(world.activation, "key-result-bin"))).select_one("main").get_text()
    assert "Lights" in listed
    assert "1 check-in" in listed

    page = ada.post(address(world.activation, "key-result-bin"))["Location"]
    shown = soup_of(ada.get(page))
    assert shown.select_one("[data-progress]").get_text() == "–"

    ada.post(str(shown.select_one("undo-toast form")["action"]))
    assert soup_of(ada.get(page)).select_one("[data-progress]").get_text() == "36%"


def test_a_key_result_moves_and_comes_back(world: World, door: Door) -> None:
    """P40."""
    other = an_objective(world.ada, world.q2, world.riders, title="Lights")
    ada, told = door(world.ada), {"objective": other.public_id}
    assert ada.post(address(world.activation, "key-result-move"), told).status_code == 422

    page = ada.post(address(world.activation, "key-result-move"), told | {"reason": "It belongs there"})["Location"]
    assert KeyResult.objects.get(pk=world.activation.pk).objective == other

    ada.post(str(soup_of(ada.get(page)).select_one("undo-toast form")["action"]))
    assert KeyResult.objects.get(pk=world.activation.pk).objective == world.stay


def test_what_was_checked_in_on_stays_a_key_result(world: World, door: Door) -> None:
    """P34, B09."""
    page = door(world.ada).get(address(world.activation, "key-result-switch"))
    answer = door(world.ada).post(address(world.activation, "key-result-switch"), {"into": "initiative"})

    assert soup_of(page).select("button[name=into]") == []
    assert answer.status_code == 409


@pytest.mark.parametrize("who", ["vera", "cleo", "max", "carl"])
def test_a_stranger_makes_no_objective_of_a_key_result(world: World, door: Door, who: str) -> None:
    """E05."""
    row = a_key_result(world.stay)
    before = Objective.objects.count()

    answer = door(world.cast()[who]).post(address(row, "key-result-switch"), {"into": "objective"})

    assert (answer.status_code, Objective.objects.count()) == (403, before)


def test_a_goal_aligned_to_a_key_result_shows_on_both_sides(world: World, door: Door) -> None:
    """D02."""
    goal = an_objective(world.cleo, world.q2, world.workshop, title="Lights", parent_key_result=world.activation)
    ben = door(world.ben)

    assert "Lights" in soup_of(ben.get(address(world.stay, "objective"))).select_one("aside").get_text()
    assert "Lights" in soup_of(ben.get(address(world.activation, "key-result"))).select_one("aside").get_text()
    assert world.activation.statement in soup_of(ben.get(address(goal, "objective"))).select_one("aside").get_text()


def test_a_supports_link_shows_on_both_sides_and_to_nobody_who_may_not(world: World, door: Door) -> None:
    """D03, E01."""
    other = an_objective(world.cleo, world.q2, world.workshop, title="Lights")
    other.support(world.stay, by=SYSTEM, at=NOW)
    world.secret.support(world.stay, by=SYSTEM, at=NOW)

    for who, hidden in (("ben", True), ("ada", False)):
        page = soup_of(door(world.cast()[who]).get(address(world.stay, "objective")))
        listed = page.select_one("[aria-labelledby=supported-heading]").get_text()
        assert "Lights" in listed
        assert (world.secret.title not in listed) is hidden
    page = soup_of(door(world.ben).get(address(other, "objective")))
    assert world.stay.title in page.select_one("[aria-labelledby=supports-heading]").get_text()


def test_a_goal_that_lost_its_parent_says_so_and_is_listed(world: World, door: Door) -> None:
    """D04."""
    an_objective(world.ada, world.q2, world.riders, title="Lights", parent_key_result=world.activation)
    child = Objective.objects.get(title="Lights")
    child.activate(by=SYSTEM, at=NOW)
    world.activation.archive(by=SYSTEM, at=NOW)

    assert "lost its parent" in soup_of(door(world.ben).get(address(child, "objective"))).select_one("main").get_text()
    listed = soup_of(door(world.ben).get(f"{reverse('goals')}?mend=lost")).select(".gt__grp")
    assert [row.select_one("a").get_text() for row in listed] == ["Lights"]


def test_goals_are_filtered_by_tag_and_by_what_they_need(world: World, door: Door) -> None:
    """P27, P28, P103."""
    winter = Tag.make(name="Winter", by=SYSTEM, at=NOW)
    world.stay.tag([winter], by=SYSTEM, at=NOW)
    empty = an_objective(world.ada, world.q2, world.riders, title="Lights")
    empty.activate(by=SYSTEM, at=NOW)

    def listed(query: str) -> list[str]:
        page = soup_of(door(world.ben).get(f"{reverse('goals')}?{query}"))
        return [row.select_one("a").get_text() for row in page.select(".gt__grp")]

    assert listed(f"tag={winter.public_id}") == [world.stay.title]
    assert listed("mend=empty") == ["Lights"]
    assert listed("mend=unaligned") == ["Lights"]
    assert listed("mend=leaderless") == []


def test_weights_of_zero_are_remarked_on(world: World, door: Door) -> None:
    """A17."""
    world.activation.change(weight=0, reason="It does not count", by=SYSTEM, at=NOW)

    page = soup_of(door(world.ben).get(address(world.stay, "objective")))

    assert page.select_one("[data-progress]").get_text() == "–"
    assert "All its key results have weight 0" in page.select_one("main").get_text()


def test_a_lead_who_left_stays_a_choice_and_is_marked(world: World, door: Door) -> None:
    world.ben.archive(by=SYSTEM, at=NOW)
    Objective.objects.filter(pk=world.stay.pk).update(lead=world.ben)
    KeyResult.objects.filter(pk=world.activation.pk).update(lead=world.ben)
    ada = door(world.ada)

    for row, name in ((world.stay, "objective-edit"), (world.activation, "key-result-edit")):
        (chosen,) = soup_of(ada.get(address(row, name))).select("#id_lead option[selected]")
        assert chosen["value"] == world.ben.public_id
        assert chosen.get_text().endswith("(left)")


def test_a_contributor_lets_nobody_in_to_a_private_goal(world: World, door: Door) -> None:
    page = soup_of(door(world.carl).get(address(world.secret, "objective-edit")))

    assert page.select("[name=contributors], [name=named], [name=private]") == []
    offered = {option["value"] for option in page.select("#id_lead option")}
    assert offered == {"", world.ada.public_id, world.carl.public_id}


def test_the_rule_about_private_parents_is_told_beforehand(world: World, door: Door) -> None:
    """E02."""
    page = soup_of(door(world.ada).get(address(world.stay, "objective-edit")))

    assert "Restricted goal" in page.select_one("#id_parent_hint").get_text()
    (private,) = page.select(f"#id_parent option[value$='{world.secret.public_id}']")
    assert private.get_text().endswith("(private)")


def test_a_goal_takes_tags_links_days_and_custom_fields(world: World, door: Door) -> None:
    """P12, P25, P26."""
    winter = Tag.make(name="Winter", by=SYSTEM, at=NOW)
    market = CustomField.define(name="Market", kind="choice", choices=["Berlin"], by=SYSTEM, at=NOW)
    told = {
        "title": world.stay.title, "kind": "committed", "driver": "both", "weight": "1",
        "lead": world.ada.public_id, "version": str(world.stay.version), "tags": [winter.public_id],
        "supports": [world.secret.public_id], "due_on": "2026-06-20", "reason": "Sooner", market.key: "Berlin",
    }  # fmt: skip
    ada = door(world.ada)

    assert ada.post(address(world.stay, "objective-edit"), told | {market.key: "Rome"}).status_code == 422
    assert ada.post(address(world.stay, "objective-edit"), told).status_code == 302

    shown = soup_of(ada.get(address(world.stay, "objective"))).select_one("main").get_text()
    assert all(words in shown for words in ("Winter", "Berlin", "20 Jun", world.secret.title))


def test_the_new_home_does_not_push_a_goal_back(world: World, door: Door) -> None:
    """F07: to take a move back into another home is for who made it, and for owners."""
    company = an_objective(world.olga, world.q2, title="Freight goes by bike")
    told = {"cycle": world.q2.public_id, "home": world.riders.public_id, "confirmed": "1"}
    olga = door(world.olga)
    page = olga.post(address(company, "objective-move"), told)["Location"]
    undo = str(soup_of(olga.get(page)).select_one("undo-toast form")["action"])

    assert door(world.ben).post(undo).status_code == 403
    assert olga.post(undo).status_code == 302
    assert Objective.objects.get(pk=company.pk).home == "company"
