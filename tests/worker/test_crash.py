"""``kill -9`` in the middle: nothing acknowledged is lost, nothing is half, nothing happens twice.

The server and the worker are real processes on the tests' database; the
check-ins come over HTTP and the letters go out over SMTP.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.utils import timezone

from plumbline.goals.models import CheckIn, KeyResult
from plumbline.people.models import Delivery, Event, Invitation, Person
from plumbline.worker.models import Heartbeat
from tests.mail_sink import MailSink
from tests.worker.processes import Process, serve, work
from tests.world import NOW, SYSTEM, World, a_key_result, build

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE_AT_ONCE = 24
CHECK_INS = 120


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation's folder."""
    return tmp_path


@pytest.fixture
def started() -> Iterator[list[Process]]:
    """Processes that a test started; those it did not kill are killed after it."""
    processes: list[Process] = []
    yield processes
    for process in processes:
        if process.popen.poll() is None:
            process.kill()


@pytest.fixture
def world() -> World:
    """The company, written for real, with four key results to check in on."""
    world = build()
    for _each in range(3):
        a_key_result(world.stay, baseline=0, target=1000).activate(by=SYSTEM, at=NOW)
    return world


@dataclass
class Browser:
    """Ada, signed in, who checks in as fast as she can and remembers what was acknowledged."""

    cookies: str
    token: str
    port: int = 0
    acknowledged: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(cls, person: Person) -> Browser:
        client, token = Client(), _get_new_csrf_string()
        client.force_login(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        return cls(f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}", token)

    def check_in(self, key_result: str, once: str, value: int) -> None:
        """Post one check-in; remember it only when the server said yes."""
        fields = {"value": value, "status": "on_track", "confidence": 4, "note": "", "on": "", "once": once}
        headers = {"Cookie": self.cookies, "X-CSRFToken": self.token, "Content-Type": _FORM}
        door = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            door.request("POST", f"/key-results/{key_result}/check-ins/", urlencode(fields), headers)
            status = door.getresponse().status
        except (OSError, HTTPException):
            return
        finally:
            door.close()
        assert status in {200, 204, 302, 303}, f"refused with {status}"
        with self.lock:
            self.acknowledged.add(once)


_FORM = "application/x-www-form-urlencoded"


def test_killing_the_server_loses_no_acknowledged_check_in_and_leaves_no_half_one(world, folder, started):
    browser = Browser.of(world.ada)
    keys = list(world.stay.key_results.order_by("pk").values_list("public_id", flat=True))
    wanted = [(keys[number % len(keys)], f"once-{number}", number + 1) for number in range(CHECK_INS)]
    before = CheckIn.objects.count()
    figures = []
    for enough in (10, 40, 70):
        server = serve(folder)
        started.append(server)
        browser.port = server.port
        _kill_in_the_middle(server, browser, wanted, enough)
        _nothing_is_half()
        assert browser.acknowledged <= _kept(), "an acknowledged check-in was lost"
        figures.append((len(browser.acknowledged), len(_kept())))

    server = serve(folder)
    started.append(server)
    browser.port = server.port
    _post_all(browser, wanted)
    assert browser.acknowledged == _kept() == {once for _key, once, _value in wanted}
    assert CheckIn.objects.count() == before + CHECK_INS
    _nothing_is_half()
    print(f"\nacknowledged and kept when killed: {figures}; of {CHECK_INS} in the end all, once each")  # noqa: T201


def _kill_in_the_middle(server: Process, browser: Browser, wanted: list[tuple[str, str, int]], enough: int) -> None:
    """Post what is not acknowledged yet, and kill the server while answers are still on their way."""
    open_ones = [each for each in wanted if each[1] not in browser.acknowledged]
    posting = threading.Thread(target=_post_all, args=(browser, open_ones))
    posting.start()
    _wait_until(lambda: len(browser.acknowledged) >= enough)
    server.kill()
    posting.join(60)
    assert len(browser.acknowledged) < len(wanted), "the server was killed too late to prove anything"


def _post_all(browser: Browser, wanted: list[tuple[str, str, int]]) -> None:
    with ThreadPoolExecutor(PEOPLE_AT_ONCE) as people:
        list(people.map(lambda each: browser.check_in(*each), wanted))


def _kept() -> set[str]:
    found = CheckIn.objects.exclude(idempotency_key="").values_list("idempotency_key", flat=True)
    assert max(Counter(found).values(), default=1) == 1, "one key made two check-ins"
    return set(found)


def _nothing_is_half() -> None:
    """Check-ins, events and the key results' own values tell one story, and the file is whole."""
    told = Event.objects.filter(verb="checked_in").values_list("after__check_in", flat=True)
    assert sorted(told) == sorted(CheckIn.objects.values_list("public_id", flat=True))
    for key_result in KeyResult.objects.select_related("latest_check_in"):
        latest = key_result.check_ins.standing().order_by("-on", "-entered_at", "-pk").first()
        assert key_result.latest_check_in == latest
        assert key_result.current == (latest.value if latest else None)
        versions = sorted(event.after["version"] for event in Event.objects.about("key_result", key_result.public_id))
        assert versions == list(range(1, key_result.version + 1))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []


LETTERS = 30
KILLS = (5, 12, 20)


def test_killing_the_worker_loses_no_letter_and_repeats_at_most_the_one_in_its_hand(db_world, folder, started, post):
    for number in range(LETTERS):
        person = Person.reserve(name=f"Noor {number}", email=f"noor{number}@harbour.test", by=SYSTEM, at=NOW)
        Invitation.send(person, by=SYSTEM, at=timezone.now() - timedelta(minutes=1))
    for enough in KILLS:
        worker = work(folder, mail_port=post.port)
        started.append(worker)
        # In the worst moment: the mail server has the letter, and the worker does not know it yet.
        post.on_letter = _killer(worker, post, enough)
        worker.popen.wait(60)
        assert len(post.letters) >= enough
        _let_two_minutes_pass()
    post.on_letter = lambda: None
    started.append(work(folder, mail_port=post.port))
    _wait_until(lambda: Delivery.objects.filter(state="sent").count() == LETTERS, seconds=60)
    copies = Counter(letter["Message-ID"] for letter in post.letters)
    assert len(copies) == LETTERS
    assert len(set(post.recipients)) == LETTERS
    repeated = sum(copies.values()) - LETTERS
    assert repeated <= len(KILLS)
    assert Event.objects.filter(verb="invited", dispatched_at=None).count() == 0
    print(f"\n{LETTERS} letters, {len(KILLS)} kills: none lost, {repeated} repeated under their own id")  # noqa: T201


@pytest.mark.deep
def test_two_workers_at_once_send_every_letter_once(db_world, folder, started, post):
    for number in range(LETTERS):
        person = Person.reserve(name=f"Noor {number}", email=f"noor{number}@harbour.test", by=SYSTEM, at=NOW)
        Invitation.send(person, by=SYSTEM, at=timezone.now() - timedelta(seconds=4))
    started += [work(folder, mail_port=post.port) for _each in range(2)]
    _wait_until(lambda: Delivery.objects.filter(state="sent").count() == LETTERS, seconds=60)
    assert len(post.letters) == LETTERS
    assert Delivery.objects.filter(attempts=1).count() == LETTERS
    print("\nsent by:", dict(Counter(Delivery.objects.values_list("claimed_by", flat=True))))  # noqa: T201


@pytest.fixture
def db_world() -> World:
    """The company, with everything that made it handed on already."""
    world = build()
    Event.objects.update(dispatched_at=NOW)
    return world


@pytest.fixture
def post() -> Iterator[MailSink]:
    """A mail server that workers of other processes find."""
    sink = MailSink()
    sink.start()
    yield sink
    sink.stop()


def _killer(worker: Process, post: MailSink, enough: int) -> Callable[[], None]:
    def kill() -> None:
        if len(post.letters) >= enough and worker.popen.poll() is None:
            worker.kill()

    return kill


def _let_two_minutes_pass() -> None:
    """Make the dead worker silent for long enough, without waiting for it."""
    ago = timedelta(minutes=2)
    Heartbeat.objects.update(at=F("at") - ago)
    Delivery.objects.filter(state="claimed").update(claimed_at=F("claimed_at") - ago)


def _wait_until(true: Callable[[], bool], seconds: float = 30) -> None:
    limit = monotonic() + seconds
    while not true():
        assert monotonic() < limit, "it took too long"
        sleep(0.005)
