"""A real browser on the real application, forgiving nothing.

``page`` is a desktop page in light colours for nobody who signed in; with
``open_page`` a test chooses the person, the size, dark colours, or a browser
without scripts. Each ends by checking what went wrong while nobody looked:
console errors, failed requests, refusals of the content policy, requests to
other hosts, and accessibility.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings
from django.test.testcases import LiveServerThread, _StaticFilesHandler
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from plumbline.people.models import Person
from plumbline.settings import STORAGES
from tests.browser.fernwood import fernwood, fernwood_file, pages
from tests.browser.troubles import accessibility, policy_violations, watch
from tests.mail_sink import mail

__all__ = ["fernwood", "fernwood_file", "mail", "pages"]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW_TO = "The browser journeys need Chromium. On Debian and Ubuntu: apt install chromium"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP = {"width": 1280, "height": 900}
PATIENCE = 30_000

# Playwright's synchronous client keeps an event loop running in this thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

NewPage = Callable[..., AbstractContextManager[Page]]


class AsInProduction(_StaticFilesHandler):
    """Leaves static files to WhiteNoise, so that they pass every middleware."""

    def _should_handle(self, path: str) -> bool:
        return False


def chromium() -> str:
    """Find the distribution's browser; its absence never passes for a success."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.fail(HOW_TO, pytrace=False)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS), headless=True)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def _collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Collect the static files once, hashed and compressed as in production."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder, STORAGES=STORAGES):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield folder


@pytest.fixture
def site(_collected: Path, transactional_db: None) -> Iterator[str]:
    """Serve the application as in production; return its address."""
    thread = LiveServerThread("localhost", AsInProduction)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    with override_settings(ALLOWED_HOSTS=["localhost"]):
        yield f"http://localhost:{thread.port}"
    thread.terminate()
    connections.close_all()


@pytest.fixture
def open_page(browser: Browser, site: str, caplog: pytest.LogCaptureFixture) -> NewPage:
    """Open a page of any size and colour; closing it tells every trouble."""

    @contextmanager
    def opened(person: Person | None = None, *, axe: bool = True, **options: object) -> Iterator[Page]:
        context = browser.new_context(base_url=site, **{"viewport": DESKTOP, **options})
        context.set_default_timeout(PATIENCE)
        if person is not None:
            sign_in(context, person, site)
        page = context.new_page()
        troubles = watch(page, site)
        try:
            yield page
            troubles += accessibility(page) if axe else []
        finally:
            context.close()
        troubles += policy_violations(caplog)
        assert not troubles, "\n".join(troubles)

    return opened


@pytest.fixture
def page(open_page: NewPage) -> Iterator[Page]:
    with open_page() as page:
        yield page


def sign_in(context: BrowserContext, person: Person, site: str) -> None:
    """Come in without the sign-in page, which has its own journey."""
    client = Client()
    client.force_login(person)
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
