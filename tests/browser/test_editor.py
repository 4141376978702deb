"""Ada writes a key result, sees it judged while she types, and starts it."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plumbline.goals.models import Initiative, KeyResult


def sentence(page):
    return page.get_by_label("Are we measuring an activity or an impact?")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_sentence_is_judged_while_it_is_written_and_becomes_a_result(open_page, world, scheme):
    with open_page(world.ada, color_scheme=scheme, locale="en-US") as page:
        page.goto(reverse("key-result-new", args=[world.stay.public_id]))
        sentence(page).press_sequentially("Publish 10 blog articles")
        expect(page.get_by_role("heading", name="This counts what you make.")).to_be_visible()
        expect(page.locator("[data-judge-says]")).to_have_text("Reads as output")
        page.keyboard.press("Alt+1")
        expect(sentence(page)).to_have_value(re.compile("___"))
        sentence(page).fill("Readers who come back rise from 12% to 30%")
        expect(page.get_by_role("heading", name="This measures a change.")).to_be_visible()
        expect(page.get_by_label("Baseline", exact=True)).to_have_value("12")
        page.get_by_label("Target", exact=True).fill("35")
        sentence(page).fill("Readers who come back rise from 12% to 40%")
        page.wait_for_timeout(800)
        expect(page.get_by_label("Target", exact=True)).to_have_value("35")
        page.get_by_role("button", name="30 Jun, end of Q2 2026").click()
    assert KeyResult.objects.filter(statement__startswith="Readers").count() == 0


def test_work_becomes_a_bet_on_a_phone(open_page, world):
    with open_page(world.ada, viewport={"width": 360, "height": 740}) as page:
        page.goto(reverse("key-result-new", args=[world.stay.public_id]))
        sentence(page).fill("Hold 12 customer interviews")
        page.get_by_role("button", name=re.compile("Make it an initiative")).click()
        page.get_by_role("radio", name=re.compile(world.activation.statement)).check()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Initiative.objects.count() == 0


def test_without_script_a_sentence_is_read_on_asking_and_a_draft_is_kept(open_page, world):
    with open_page(world.ada, axe=False, java_script_enabled=False) as page:
        page.goto(reverse("key-result-new", args=[world.stay.public_id]))
        sentence(page).fill("Hold 12 customer interviews")
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_role("heading", name="This counts what you make.")).to_be_visible()
        page.get_by_role("button", name="Save as draft").click()
        expect(page.get_by_role("heading", name=re.compile("So that…"))).to_be_visible()
    assert KeyResult.objects.get(statement="Hold 12 customer interviews").stage == "draft"


def test_the_strategy_map_holds_on_every_screen(open_page, world):
    with open_page(world.ada) as page:
        page.goto(reverse("strategy") + f"?cycle={world.q2.public_id}")
        page.get_by_role("link", name="Key results", exact=True).click()
        expect(page.get_by_role("link", name=world.activation.statement)).to_be_visible()
