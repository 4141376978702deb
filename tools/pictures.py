"""Take the pictures of the documentation: the sample company, in a real browser.

``make pictures`` starts the demo on a free port with a folder of its own, signs
in as the team lead, and writes ``docs/pictures``.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--force-color-profile=srgb"]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
GOAL = "Trial riders feel at home in week one"
ARTICLES = "Publish 10 blog articles about e-bikes"
SENTENCE = "Are we measuring an activity or an impact?"
PATIENCE = 120
MOST_BYTES = 250_000


def main() -> None:
    """Start, look round, and say what was written."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demo() as (address, sign_in), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        state = _signed_in(browser, address, sign_in)
        for name, options in (("", {}), ("-dark", {"color_scheme": "dark"}), ("-phone", {"viewport": PHONE})):
            context = browser.new_context(
                **{"base_url": address, "storage_state": state, "viewport": DESKTOP, "reduced_motion": "reduce"}
                | options
            )
            _take(context, name)
            context.close()
        browser.close()
    for picture in sorted(PICTURES.glob("*.png")):
        size = picture.stat().st_size
        sys.stdout.write(f"{picture.name}: {size // 1000} kB{', too large' if size > MOST_BYTES else ''}\n")


@contextmanager
def demo() -> Iterator[tuple[str, tuple[str, str]]]:
    """Run the demo in a folder of its own; return its address and how the team lead signs in."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "plumbline.cli", "demo", "--port", str(port)]
        log = Path(folder, "log")
        with log.open("w") as told:
            server = subprocess.Popen(  # noqa: S603 - our own program
                command, env={**os.environ, "PLUMBLINE_FOLDER": folder}, stdout=told, stderr=told
            )
        try:
            _wait(f"http://localhost:{port}/healthz", server, log)
            yield f"http://localhost:{port}", _lead(Path(folder, "demo-sign-in.txt"))
        finally:
            server.terminate()
            server.wait()


def _free_port() -> int:
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(address):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.3)
    sys.exit(f"The demo did not start:\n{log.read_text()[-2000:]}")


def _lead(kept: Path) -> tuple[str, str]:
    [email, password] = next(line for line in kept.read_text().splitlines() if "Team lead" in line).split()[-2:]
    return email, password


def _chromium() -> str:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or sys.exit("The pictures need Chromium. On Debian and Ubuntu: apt install chromium")


def _signed_in(browser: Browser, address: str, sign_in: tuple[str, str]) -> Any:
    page = browser.new_page(base_url=address)
    page.goto("/account/login/")
    email, password = sign_in
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("navigation", name="Main").wait_for()
    return page.context.storage_state()


def _take(context: BrowserContext, kind: str) -> None:
    page = context.new_page()
    _write_articles(page)
    _keep(page, f"editor{kind}", whole=kind != "-phone")
    if kind:
        return
    for name, address in (("my-week", "/"), ("goals", "/goals/"), ("strategy", "/strategy/"), ("kpis", "/kpis/")):
        page.goto(address)
        _keep(page, name)
    page.goto("/check-in/")
    _keep(page, "check-in")
    _open_goal(page)
    _keep(page, "objective")
    page.goto("/teams/")
    page.get_by_role("link", name="Rider Growth").click()
    page.get_by_role("heading", level=1, name="Rider Growth").wait_for()
    _keep(page, "team")


def _open_goal(page: Page) -> None:
    page.goto("/goals/")
    page.get_by_role("link", name=GOAL).click()
    page.get_by_role("heading", level=1, name=GOAL).wait_for()


def _write_articles(page: Page) -> None:
    """Write a sentence that counts work, and let the judge read it."""
    _open_goal(page)
    page.get_by_role("link", name="Add key result").click()
    with page.expect_response(re.compile(r"/judgements/$")):
        page.get_by_label(SENTENCE).fill(ARTICLES)
    page.get_by_role("heading", name="This counts what you make.").wait_for()


def _keep(page: Page, name: str, *, whole: bool = False) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png", full_page=whole, animations="disabled")


if __name__ == "__main__":
    main()
