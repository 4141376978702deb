"""Somebody writes down work, and is asked what it is for."""

import pytest
from playwright.sync_api import Page, expect

from plumbline.goals.models import Initiative, Input, Waiver
from tests.world import an_objective

ARTICLES = "Publish 10 blog articles about e-bikes"
OUTCOME = "Raise the share of readers who subscribe from 2% to 5%"
SENTENCE = "Are we measuring an activity or an impact?"


@pytest.fixture
def plan(world):
    """An objective of the next quarter that nothing hangs from yet."""
    return an_objective(world.ada, world.q3, world.riders, title="Readers become riders")


def test_an_output_becomes_an_outcome_and_stays_as_the_bet_on_it(open_page, world, plan):
    with open_page(world.ada) as page:
        write(page, plan, ARTICLES)
        measures(page, "Output")
        expect(page.get_by_role("heading", name="So that…?")).to_be_visible()

        page.keyboard.press("Alt+1")
        sentence = page.get_by_label(SENTENCE)
        expect(sentence).not_to_have_value(ARTICLES)
        expect(sentence).to_be_focused()
        measures(page, "Outcome")
        fill_the_blank(page, "60")
        # The company has a number of its own that fits, so its last value stands there.
        expect(page.get_by_label("Baseline", exact=True)).to_have_value("36")
        expect(page.get_by_label("Target", exact=True)).to_have_value("60")
        written = sentence.input_value()
        page.get_by_role("button", name="Save key result").click()
        expect(page.get_by_role("heading", name=plan.title)).to_be_visible()

        write(page, plan, ARTICLES)
        page.get_by_role("button", name="Make it an initiative").click()
        page.get_by_label(written).check()
        page.get_by_role("button", name="Keep it as a bet").click()
        expect(page.get_by_text("Kept as a bet")).to_be_visible()

    bet = Initiative.objects.get(objective=plan)
    assert bet.key_result.statement == written


def test_a_saved_output_becomes_an_initiative_and_comes_back(open_page, world, plan):
    with open_page(world.ada) as page:
        save(page, plan, ARTICLES)
        expect(page.get_by_role("heading", name="So that…?")).to_be_visible()
        page.get_by_role("button", name="Make it an initiative").click()
        page.get_by_label("First write the outcome yourself").check()
        page.get_by_label("The outcome in your own words").fill(OUTCOME)
        page.get_by_role("button", name="Keep it as a bet").click()
        expect(page.get_by_role("heading", name="Change key result")).to_be_visible()
        expect(page.get_by_label(SENTENCE)).to_have_value(OUTCOME)

        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_label(SENTENCE)).to_have_value(ARTICLES)


def test_an_output_is_kept_with_a_reason(open_page, world, plan):
    with open_page(world.ada) as page:
        write(page, plan, ARTICLES)
        measures(page, "Output")
        page.get_by_text("Keep it anyway, because…").click()
        page.get_by_label("Why keep it").fill("The register of e-bikes asks for exactly these.")
        page.get_by_label("The outcome it prepares").fill("More readers subscribe")
        page.get_by_label("Why that can’t be measured now").fill("Nobody reads us yet.")
        page.get_by_role("button", name="Save and keep it").click()
        expect(page.get_by_text("Output, kept").first).to_be_visible()

    assert Waiver.objects.get().key_result.statement == ARTICLES


def test_effort_is_planned_as_an_input_of_an_initiative(open_page, world, plan):
    with open_page(world.ada) as page:
        write(page, plan, "Spend 40 hours interviewing readers")
        measures(page, "Input")
        page.get_by_role("button", name="Plan it as an input of an initiative").click()
        expect(page.get_by_label("Amount")).to_have_value("40")
        expect(page.get_by_label("Unit")).to_have_value("h")
        page.get_by_role("textbox", name="Initiative").fill("Talk with readers")
        page.get_by_role("button", name="Plan it").click()
        expect(page.get_by_text("Planned as an input of Talk with readers")).to_be_visible()

    assert Input.objects.get().initiative.title == "Talk with readers"


def write(page: Page, objective, sentence: str) -> None:
    """Write a sentence into the editor as people do, and wait until the judge has read it."""
    page.goto(f"/objectives/{objective.public_id}/key-results/new/")
    with page.expect_response("**/judgements/"):
        page.get_by_label(SENTENCE).fill(sentence)


def save(page: Page, objective, sentence: str) -> None:
    write(page, objective, sentence)
    page.get_by_role("button", name="Save key result").click()


def measures(page: Page, level: str) -> None:
    """Expect the line to hang over this level."""
    zones = page.get_by_role("list", name="What it measures").get_by_role("listitem")
    expect(zones.filter(has_text=level)).to_have_attribute("aria-current", "true")


def fill_the_blank(page: Page, number: str) -> None:
    """Type over the blank, as it is selected."""
    sentence = page.get_by_label(SENTENCE)
    written = sentence.input_value()
    sentence.evaluate(
        "(area, [from, to]) => area.setSelectionRange(from, to)", [written.index("_"), written.rindex("_") + 1]
    )
    with page.expect_response("**/judgements/"):
        page.keyboard.type(number)
