"""Checking in: by keyboard alone, and without scripts."""

import re
from decimal import Decimal

from playwright.sync_api import Page, expect

from plumbline.goals.models import KeyResult
from tests.world import PASSWORD

FOCUS = """() => {
  if (document.activeElement === document.body) return true;
  const ring = getComputedStyle(document.activeElement);
  const parent = getComputedStyle(document.activeElement.parentElement);
  const seen = (style) => style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  return seen(ring) || seen(parent);
}"""


def test_a_check_in_by_keyboard_alone(open_page, world):
    with open_page(world.ada) as page:
        page.goto("/")
        expect(page.get_by_role("heading", name=re.compile("^Due"))).to_be_visible()
        page.keyboard.press("c")
        value = page.get_by_label("Where is it now?")
        expect(value).to_be_focused()
        page.keyboard.press("Control+A")
        page.keyboard.type("38")
        tab_until(page, page.get_by_role("radio", name=re.compile("Unlikely")))
        page.keyboard.press("5")
        expect(page.get_by_role("radio", name=re.compile("Sure"))).to_be_checked()
        expect(page.get_by_role("radio", name=re.compile("Sure"))).to_be_focused()
        note = page.get_by_label("What did you learn?")
        tab_until(page, note)
        page.keyboard.type("Five calls in week 1.")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text("Checked in: 38%.")).to_be_visible()
        assert current(world) == 38

        undo = page.get_by_role("button", name="Undo")
        tab_until(page, undo, back=True)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Taken back. It reads 36% again.")).to_be_visible()
        assert current(world) == 36


def test_a_check_in_on_my_week_keeps_the_keyboard(open_page, world):
    with open_page(world.ada) as page:
        page.goto("/")
        value = page.get_by_label(re.compile("^New value for New riders"))
        tab_until(page, value)
        page.keyboard.type("thirty")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Write a number")).to_be_visible()
        expect(value).to_be_focused()
        page.keyboard.press("Control+A")
        page.keyboard.type("37,5")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Checked in: 37.5%.").first).to_be_visible()
        undo = page.get_by_role("button", name="Undo")
        tab_until(page, undo)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Taken back.")).to_be_visible()
        assert current(world) == 36


def test_everything_essential_works_without_scripts(open_page, world):
    world.ada.set_password(PASSWORD)
    world.ada.save(update_fields=["password"])
    with open_page(java_script_enabled=False, axe=False) as page:
        page.goto("/")
        page.get_by_label("E-mail").fill(world.ada.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        for name in ("Strategy", "Goals", "KPIs", "Teams", "People", "Settings", "My week"):
            page.get_by_role("navigation", name="Main").get_by_role("link", name=re.compile(f"^{name}")).click()
            expect(page.get_by_role("heading", level=1)).to_be_visible()

        page.get_by_label(re.compile("^New value for New riders")).fill("37")
        row(page).get_by_role("button", name="Check in").click()
        expect(page.get_by_text("Checked in: 37%.")).to_be_visible()
        assert current(world) == 37
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("Taken back. It reads 36% again.")).to_be_visible()

        page.goto("/account/logout/")
        page.get_by_role("button", name="Sign out").last.click()
        page.goto("/goals/")
        expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def row(page: Page):
    return page.get_by_role("listitem").filter(has=page.get_by_label(re.compile("^New value for New riders")))


def current(world) -> Decimal:
    return KeyResult.objects.get(pk=world.activation.pk).current


def tab_until(page: Page, wanted, *, back: bool = False, at_most: int = 60) -> None:
    """Walk with Tab until this has the keyboard; on the way it must always be seen where it is."""
    for _step in range(at_most):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        assert page.evaluate(FOCUS), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("Tab never came there")
