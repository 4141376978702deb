"""Every main page of a company with a history: in each size and colour, for each role, with no dead control."""

import re
from collections import deque
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from plumbline.goals.models import Kpi, Objective
from plumbline.people.models import Team
from tests.browser.troubles import accessibility

WIDTHS = (360, 390, 600, 720, 768, 1024, 1100, 1280, 1440, 1600)
PHONE = {"width": 360, "height": 740}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
REFUSING = re.compile(r"^(Edit|Add|New|Check in|Archive|Activate|Save|Invite|Comment|Note it)\b")


@pytest.fixture
def pages(fernwood):
    lead = fernwood["lead"]
    goal = Objective.objects.filter(lead=lead, stage="active", archived_at=None).order_by("-pk").first()
    key_result = goal.key_results.filter(stage="active").first()
    team = Team.objects.get(lead=lead)
    kpi = Kpi.objects.filter(lead=lead).first()
    return {
        "my week": "/",
        "goals": "/goals/",
        "objective": f"/objectives/{goal.public_id}/",
        "key result": f"/key-results/{key_result.public_id}/",
        "editor": f"/key-results/{key_result.public_id}/edit/",
        "new key result": f"/objectives/{goal.public_id}/key-results/new/",
        "new goal": "/goals/new/",
        "check-in": "/check-in/",
        "strategy": "/strategy/",
        "kpis": "/kpis/",
        "kpi": f"/kpis/{kpi.public_id}/",
        "teams": "/teams/",
        "team": f"/teams/{team.public_id}/",
        "people": "/people/",
        "settings": "/settings/",
        "cycles": "/settings/cycles/",
        "pillars": "/settings/pillars/",
        "profile": "/profile/",
        "search": "/search/?q=riders",
    }


def test_no_page_scrolls_sideways(open_page, fernwood, pages):
    wide = []
    with open_page(fernwood["lead"], viewport=PHONE) as page:
        for name, address in pages.items():
            page.goto(address)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 740})
                if page.evaluate(TOO_WIDE) > 0:
                    wide.append(f"{name} at {width}")
    assert not wide


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_every_page_is_accessible(open_page, fernwood, pages, colours):
    troubles = []
    with open_page(fernwood["lead"], color_scheme=colours, axe=False) as page:
        for name, address in pages.items():
            page.goto(address)
            troubles += [f"{name}: {each}" for each in accessibility(page)]
    assert not troubles, "\n".join(troubles)


def test_a_viewer_reads_everything_and_is_offered_nothing_that_refuses(open_page, fernwood, pages):
    closed = {"editor", "new key result", "new goal"}
    with open_page(fernwood["viewer"]) as page:
        for name, address in pages.items():
            answer = page.goto(address)
            assert answer.status == (403 if name in closed else 200), name
            if name in closed | {"profile"}:
                continue
            offered = page.get_by_role("main").get_by_role("button", name=REFUSING, disabled=False)
            assert [each.inner_text() for each in offered.all()] == [], name
            links = page.get_by_role("main").get_by_role("link", name=REFUSING)
            assert [each.inner_text() for each in links.all()] == [], name
        page.goto("/")


@pytest.mark.parametrize("part", ["lead", "viewer"])
def test_no_link_leads_nowhere(open_page, fernwood, pages, part):
    """Follow every link that the main pages and the pages behind them offer, one of each kind."""
    seen, dead = set(), []
    waiting = deque(("start", address) for name, address in pages.items() if allowed(part, name))
    with open_page(fernwood[part], axe=False) as page:
        while waiting:
            origin, address = waiting.popleft()
            if (kind := kind_of(address)) in seen:
                continue
            seen.add(kind)
            answer = page.goto(address)
            if answer is None or answer.status >= 400:
                dead.append(f"{origin} → {address}: {answer and answer.status}")
                continue
            waiting.extend((address, each) for each in links_of(page))
    assert not dead, "\n".join(dead)
    assert len(seen) > 20


@pytest.mark.parametrize("part", ["lead", "viewer"])
def test_no_button_is_dead(open_page, fernwood, pages, part):
    """Press every button of the main pages once."""
    troubles = []
    with open_page(fernwood[part], axe=False) as page:
        page.on("dialog", lambda dialog: dialog.accept())
        for name, address in pages.items():
            if not allowed(part, name):
                continue
            page.goto(address)
            for place in range(buttons(page).count()):
                troubles += press(page, address, place)
    assert not troubles, "\n".join(troubles)


def allowed(part: str, name: str) -> bool:
    return part != "viewer" or name not in {"editor", "new key result", "new goal"}


def kind_of(address: str) -> str:
    """Return the address with ids and choices left out: one of each kind is enough."""
    parts = urlsplit(address)
    names = ",".join(sorted(pair.split("=")[0] for pair in parts.query.split("&") if pair))
    return re.sub(r"/[0-9a-z]{12}(?=/)", "/-", parts.path) + "?" + names


def links_of(page: Page) -> list[str]:
    found = page.eval_on_selector_all("a[href]", "all => all.map(each => each.getAttribute('href'))")
    return [each for each in found if each.startswith(("/", "?")) and not each.startswith("//")]


def buttons(page: Page):
    return page.locator("button:not([disabled]):not(form[action*='logout'] button)")


def press(page: Page, address: str, place: int) -> list[str]:
    """Press one button; tell what was answered that is an error, and go back to where it was."""
    troubles: list[str] = []

    def heard(response) -> None:
        if response.status >= 400 and response.status not in (409, 422):
            troubles.append(f"{address}: button {words!r} → {response.status} {response.url}")

    button = buttons(page).nth(place)
    if not button.is_visible():
        return []
    words = (button.inner_text() or button.get_attribute("aria-label") or "")[:60]
    page.on("response", heard)
    button.click()
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", heard)
    if (
        page.url.split("?")[0].rstrip("/")
        != (urlsplit(page.url)._replace(path=address.split("?", maxsplit=1)[0], query="").geturl()).rstrip("/")
        or troubles
    ):
        page.goto(address)
    page.keyboard.press("Escape")
    return troubles
