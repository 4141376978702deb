"""A real browser on the real application, forgiving nothing.

``page`` is a desktop page in light colours for nobody who signed in; with
``open_page`` a test chooses the person, the size, dark colours, or a browser
without scripts. Each ends by checking what went wrong while nobody looked:
console errors, failed requests, refusals of the content policy, requests to
other hosts, and accessibility.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings
from django.test.testcases import LiveServerThread, _StaticFilesHandler
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, sync_playwright

from plumbline.people.models import Person
from plumbline.settings import STORAGES

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
PHONE = {"width": 360, "height": 740}
PATIENCE = 10_000

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


def watch(page: Page, site: str) -> list[str]:
    """Collect what goes wrong on a page from now on."""
    troubles: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if is_trouble(message):
            troubles.append(f"console: {message.text}")

    def on_response(response: Response) -> None:
        if response.status >= 500:
            troubles.append(f"status {response.status}: {response.url}")

    def on_request(request: Request) -> None:
        if urlsplit(request.url).scheme not in ("data", "blob") and not request.url.startswith(site):
            troubles.append(f"request to another host: {request.url}")

    page.on("console", on_console)
    page.on("response", on_response)
    page.on("request", on_request)
    page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
    return troubles


def is_trouble(message: ConsoleMessage) -> bool:
    """Chromium logs every 422, and a refused form is not trouble; nor is an answer without a page's icon."""
    asked_for_icon = message.location.get("url", "").endswith("/favicon.ico")
    return message.type == "error" and "status of 422" not in message.text and not asked_for_icon


def accessibility(page: Page) -> list[str]:
    """Run axe and return one line for each element that breaks a rule.

    Without its preloading: that copies style sheets into the page, which the content policy rightly refuses.
    """
    violations = Axe().run(page, options={"preload": False}).response["violations"]
    return [f"axe {rule['id']}: {node['html'][:200]}" for rule in violations for node in rule["nodes"]]


def policy_violations(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the browser reported to the content policy's own address."""
    name = "plumbline.web.content_policy"
    return [
        record.getMessage() for record in caplog.records if record.name == name and record.levelno >= logging.WARNING
    ]
