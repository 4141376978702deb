"""Every control of the main pages works, and nobody is offered one that refuses."""

import re
from collections import deque
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import APIRequestContext, APIResponse, Page

CLOSED = frozenset({"editor", "new key result", "new goal"})
# The buttons that can be pressed now, by kind: its words and where it leads, numbers and ids left out. Those of a
# form that is not filled in wait for that; signing out would end the walk.
BUTTONS = """() => {
  const kinds = {};
  document.querySelectorAll("button").forEach((button, place) => {
    const { form } = button;
    const waits = form && !form.noValidate && !button.formNoValidate && !form.checkValidity();
    if (button.disabled || waits || /logout/.test(form?.action)) return;
    const words = (button.ariaLabel || button.textContent).trim().slice(0, 60).replace(/\\d+/g, "");
    const leads = (button.getAttribute("formaction") || form?.getAttribute("action") || location.pathname)
      .replace(/\\b[0-9a-z]{12}\\b/g, "-");
    kinds[`${words} ${leads}`] ??= [place, Boolean(form) && button.type === "submit"];
  });
  return kinds;
}"""
# Later, so that the answer to this script is not lost with the page that it leaves.
PRESS = "place => { setTimeout(() => document.querySelectorAll('button')[place].click()); }"
REFUSING = re.compile(
    r"^(Edit|Add\b.*|New (goal|team|cycle)|Check in|Archive|Activate|Save\b.*|Invite somebody|Comment|Note it)$"
)


def test_a_viewer_reads_everything_and_is_offered_nothing_that_refuses(open_page, fernwood, pages):
    with open_page(fernwood["viewer"]) as page:
        for name, address in pages.items():
            if name in CLOSED:
                assert page.request.get(address).status == 403, name
                continue
            assert page.goto(address).ok, name
            if name == "profile":
                continue
            offered = page.get_by_role("main").get_by_role("button", name=REFUSING, disabled=False)
            assert [each.inner_text() for each in offered.all()] == [], name
            if name == "judge":
                continue  # its links are called what its rules ask for: "Add a baseline" leads to the rule
            links = page.get_by_role("main").get_by_role("link", name=REFUSING)
            assert [each.inner_text() for each in links.all()] == [], name
        page.goto("/")


@pytest.mark.deep
@pytest.mark.parametrize("part", ["lead", "viewer"])
def test_no_control_is_dead(open_page, fernwood, pages, part):
    """Follow one link of each kind from the main pages on, and press every button of the main pages."""
    may = {name: address for name, address in pages.items() if part != "viewer" or name not in CLOSED}
    with open_page(fernwood[part], axe=False, reduced_motion="reduce") as page:
        page.goto("/")
        followed, dead = follow_links(page.request, may)
        pressed: set[str] = set()
        dead += [each for address in may.values() for each in press_buttons(page, address, pressed)]
    assert not dead, "\n".join(dead)
    assert len(followed) > len(may)
    assert pressed


def follow_links(browser: APIRequestContext, pages: dict[str, str]) -> tuple[set[str], list[str]]:
    """Go where links lead, one of each kind; return the kinds, and those that led nowhere."""
    seen: set[str] = set()
    dead: list[str] = []
    waiting = deque((name, address) for name, address in pages.items())
    while waiting:
        origin, address = waiting.popleft()
        if (kind := kind_of(address)) in seen:
            continue
        seen.add(kind)
        answer = browser.get(address)
        if not answer.ok:
            dead.append(f"{origin} → {address}: {answer.status}")
        elif "html" in answer.headers.get("content-type", ""):
            waiting.extend((address, each) for each in links_of(answer, address))
    return seen, dead


def kind_of(address: str) -> str:
    """Return the address with ids and choices left out: one of each kind is enough."""
    parts = urlsplit(address)
    names = ",".join(sorted({pair.split("=")[0] for pair in parts.query.split("&") if pair}))
    return re.sub(r"/[0-9a-z]{12}(?=/)", "/-", parts.path) + "?" + names


def links_of(answer: APIResponse, address: str) -> list[str]:
    """Return where a page leads within the house."""
    links = BeautifulSoup(answer.body(), "html.parser").select("a[href]")
    found = [urlsplit(urljoin(address, str(link["href"]))) for link in links]
    return [each._replace(fragment="").geturl() for each in found if not each.scheme]


def press_buttons(page: Page, address: str, pressed: set[str]) -> list[str]:
    """Press each button of a page whose kind was not pressed yet; tell those whose answer is an error."""
    page.goto(address)
    fresh = {kind: how for kind, how in page.evaluate(BUTTONS).items() if kind not in pressed}
    pressed.update(fresh)
    for place, _asks in (how for how in fresh.values() if not how[1]):
        page.evaluate(PRESS, place)
    asking = {kind: place for kind, (place, asks) in fresh.items() if asks}
    answers = ((kind, ask(page, address, kind)) for kind in asking)
    return [f"{address}: {kind} → {status}" for kind, status in answers if status >= 400 and status not in (409, 422)]


def ask(page: Page, address: str, kind: str) -> int:
    """Press a button that asks the server, in a tab of its own; return what it answers."""
    tab = page.context.new_page()
    tab.goto(address)
    place, _asks = tab.evaluate(BUTTONS).get(kind, (None, True))
    if place is None:
        tab.close()
        return 200
    with tab.expect_response(lambda answer: "/static/" not in answer.url) as answered:
        tab.evaluate(PRESS, place)
    tab.wait_for_load_state("networkidle")  # a tab that closes on its way elsewhere may never have closed
    tab.close()
    return answered.value.status
