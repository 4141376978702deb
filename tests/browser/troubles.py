"""What goes wrong on a page while nobody looks."""

from __future__ import annotations

import logging
import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, Response

REFUSED = re.compile(r"status of (409|410|422)")


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
    """Chromium logs every refusal, and to refuse kindly is not trouble; nor is an answer without a page's icon."""
    asked_for_icon = message.location.get("url", "").endswith("/favicon.ico")
    return message.type == "error" and not REFUSED.search(message.text) and not asked_for_icon


def accessibility(page: Page, *, only: tuple[str, ...] = ()) -> list[str]:
    """Run axe, or some rules of it, and return one line for each element that breaks one."""
    violations = Axe().run(page, options={"runOnly": list(only)} if only else None).response["violations"]
    return [f"axe {rule['id']}: {node['html'][:200]}" for rule in violations for node in rule["nodes"]]


def policy_violations(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the browser reported to the content policy's own address."""
    name = "plumbline.web.content_policy"
    return [
        record.getMessage() for record in caplog.records if record.name == name and record.levelno >= logging.WARNING
    ]
