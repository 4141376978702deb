"""The browser fixtures hold: the real application answers, and trouble is noticed."""

import pytest

from plumbline.settings import STORAGES

STRANGER = "document.body.append(Object.assign(new Image(), {src: 'http://elsewhere.example/pixel.png'}))"


def test_the_application_answers_as_in_production(open_page, settings):
    assert settings.STORAGES == STORAGES
    with open_page(axe=False) as page:
        answer = page.goto("/healthz")
        assert answer.ok
        assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_a_request_to_another_host_is_trouble(open_page):
    with pytest.raises(AssertionError, match="elsewhere"), open_page(axe=False) as page:  # noqa: PT012
        page.goto("/healthz")
        page.evaluate(STRANGER)
        page.wait_for_timeout(300)


def test_what_axe_finds_is_trouble(open_page):
    with pytest.raises(AssertionError, match="axe html-has-lang"), open_page() as page:
        page.goto("/healthz")


def test_a_person_is_signed_in(open_page, world, settings):
    with open_page(world.ada, axe=False, color_scheme="dark") as page:
        page.goto("/healthz")
        assert settings.SESSION_COOKIE_NAME in {cookie["name"] for cookie in page.context.cookies()}
