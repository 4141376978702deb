"""Every main page of a company with a history, in each size and colour."""

from tests.browser.troubles import accessibility

WIDTHS = (360, 390, 600, 720, 768, 1024, 1100, 1280, 1440, 1600)
PHONE = {"width": 360, "height": 740}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: Between them they hold every part that has a colour of its own.
IN_DARK = frozenset({"my week", "goals", "objective", "editor", "check-in", "strategy", "kpis", "team", "settings"})


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


def test_every_page_is_accessible_in_light_and_dark(open_page, fernwood, pages):
    troubles = []
    with open_page(fernwood["lead"], axe=False, reduced_motion="reduce") as page:
        for name, address in pages.items():
            page.emulate_media(color_scheme="light")
            page.goto(address)
            troubles += [f"{name}: {each}" for each in accessibility(page)]
            if name not in IN_DARK:
                continue
            page.emulate_media(color_scheme="dark")
            page.reload()
            troubles += [f"{name}, dark: {each}" for each in accessibility(page, only=("color-contrast",))]
    assert not troubles, "\n".join(troubles)
