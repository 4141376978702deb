"""The browser fixtures hold: the real application answers, and trouble is noticed."""

from plumbline.settings import STORAGES


def test_the_application_answers_as_in_production(open_page, settings):
    assert settings.STORAGES == STORAGES
    with open_page(axe=False) as page:
        answer = page.goto("/healthz")
        assert answer.ok
        assert "default-src 'self'" in answer.headers["content-security-policy"]
