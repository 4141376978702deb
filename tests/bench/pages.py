"""Measure the pages people wait for, each as a ratio to H1, on an organisation of a real size.

    python -m tests.bench.pages [--large] [--times 60] [--memory]

H1 is a view with the same middleware, signed out, one SELECT by key and an answer of 200 bytes, asked in turn with the
page, in the same process. What is printed is the median time as a multiple of H1's, the number of queries (savepoints
and transactions included), and the size of the answer before compression, each beside what it may be. ``--large``
measures an organisation ten times the size after the usual one, and how many times slower each page is; ``--memory``
starts the real server, asks it 1,000 mixed requests, and prints what its worker holds. The database is the embedded
one in a throw-away folder, or the one that PLUMBLINE_DATABASE names.
"""

import argparse
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from tests.bench import memory

ADDRESS = "http://localhost:8000"
WARM = 3

#: What `plumbline seed` is asked for, in the order of its options.
USUAL = {"people": 300, "teams": 30, "objectives": 2_000, "key_results": 7_000, "check_ins": 50_000, "kpis": 60}
LARGE = {"people": 5_000, "teams": 300, "objectives": 20_000, "key_results": 70_000, "check_ins": 500_000, "kpis": 300}


class Limit(NamedTuple):
    """What a page may cost: queries, times H1, kilobytes; None where nothing was promised."""

    queries: int | None = None
    ratio: float | None = None
    size: int | None = None


class Asked(NamedTuple):
    """One page to ask for; a POST names the fields it sends, made anew each time."""

    name: str
    path: str
    fields: Callable[[], dict[str, str]] | None = None
    limit: Limit = Limit()


class Measured(NamedTuple):
    """What one page cost: seconds of it and of H1, queries, bytes."""

    name: str
    took: float
    beside: float
    queries: int
    size: int
    limit: Limit

    @property
    def ratio(self) -> float:
        """How many times H1 it took."""
        return self.took / self.beside

    def __str__(self) -> str:
        told = [
            _beside(f"{self.queries:3d} queries", self.queries, self.limit.queries),
            _beside(f"{self.ratio:6.1f} x H1", self.ratio, self.limit.ratio),
            _beside(f"{self.size / 1024:7.1f} KB", self.size / 1024, self.limit.size),
        ]
        return f"{self.name:26s} {'  '.join(told)}  {self.took * 1000:7.1f} ms"


def _beside(said: str, value: float, most: float | None) -> str:
    limit = "" if most is None else f"<= {most:g}{'' if value <= most else '  !'}"
    return f"{said} {limit:10s}"


def main() -> None:
    """Seed, then measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--times", type=int, default=60)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("PLUMBLINE_FOLDER", folder)
        if asked.large:
            _compare(asked.times)
            return
        for line in _measured(USUAL, asked.times):
            sys.stdout.write(f"{line}\n")
        if asked.memory:
            sys.stdout.write(f"{memory.measure(_visits(), ADDRESS)}\n")


def _measured(size: dict[str, int], times: int) -> Iterator[Measured]:
    _start()
    _sow(size)
    yield from measure_all(times)


def _compare(times: int) -> None:
    """Measure both sizes, each in a process of its own, and print the one beside the other."""
    both = []
    for name, size in (("usual", USUAL), ("large", LARGE)):
        folder = Path(os.environ["PLUMBLINE_FOLDER"], name)
        folder.mkdir(parents=True, exist_ok=True)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
            both.append(apart.submit(_all_in, str(folder), size, times).result())
    for usual, large in zip(*both, strict=True):
        slower = large.ratio / usual.ratio
        sys.stdout.write(f"{large}  {_beside(f'{slower:5.2f} times the usual', slower, 1.3)}\n")


def _all_in(folder: str, size: dict[str, int], times: int) -> list[Measured]:
    os.environ["PLUMBLINE_FOLDER"] = folder
    return list(_measured(size, times))


def _visits() -> memory.Visits:
    reader = _a_lead()
    paths = [each.path for each in _pages(reader) if each.fields is None]
    return memory.Visits(paths, Visitor(reader).cookies)


def _start() -> None:
    os.environ["PLUMBLINE_ADDRESS"] = ADDRESS
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    import django

    from plumbline.cli.installation import make_folder, read_deployment

    make_folder(read_deployment())
    read_deployment().keep_a_secret()
    django.setup()
    from plumbline.cli.installation import collect_static_files, update_database

    update_database()
    collect_static_files(read_deployment())


def _sow(how_many: dict[str, int]) -> None:
    from django.utils.timezone import now

    from plumbline.goals.models import Objective
    from plumbline.usecases.seed import Size, sow

    if Objective.objects.exists():
        return
    began, rows = time.perf_counter(), [0]
    sow(Size(**how_many), at=now(), told=rows.append)
    took = time.perf_counter() - began
    sys.stdout.write(f"seed: {sum(rows):,} rows in {took:.0f} s, {sum(rows) / took:,.0f} a second\n")


def measure_all(times: int) -> Iterator[Measured]:
    """Measure every page of the table, in its order."""
    reader = _a_lead()
    visitor = Visitor(reader)
    for each in _pages(reader):
        yield visitor.measure(each, times)


def _a_lead():
    """Return somebody who leads goals of the running cycle: the pages of a lead are the fullest."""
    from django.db.models import Count

    from plumbline.people.models import Person

    running = {"led_key_results__objective__cycle__phase": "active", "role": "member"}
    return Person.objects.filter(**running).annotate(n=Count("led_key_results")).order_by("-n", "pk").first()


def _pages(reader) -> list[Asked]:
    from django.db.models import Count

    from plumbline.goals.models import KeyResult, Objective

    objective = (
        Objective.objects.filter(stage="active", key_results__lead=reader, parent_objective__isnull=False)
        .annotate(many=Count("key_results"), deep=Count("children"))
        .order_by("-deep", "-many", "pk")
        .first()
    )
    row = KeyResult.objects.filter(lead=reader, stage="active", type="increase").order_by("pk").first()
    numbers = iter(range(time.time_ns(), 2 * time.time_ns()))

    def reading() -> dict[str, str]:
        once = next(numbers)
        return {
            "value": str(20 + once % 30),
            "status": "on_track",
            "confidence": "4",
            "note": "",
            "once": f"bench-{once}",
        }

    return [
        Asked("goals, 50 key results", "/goals/", limit=Limit(10, 8, 120)),
        Asked("goals, sorted by status", "/goals/?sort=status"),
        Asked("objective", f"/objectives/{objective.public_id}/", limit=Limit(12, 8, 80)),
        Asked("key result", f"/key-results/{row.public_id}/"),
        Asked("check-in", f"/key-results/{row.public_id}/check-ins/", reading, Limit(12, 6)),
        Asked("strategy map, 500 nodes", "/strategy/", limit=Limit(8, 15, 350)),
        Asked("my week", "/", limit=Limit(12, 8)),
        Asked("search", "/search/?q=deliv", limit=Limit(4, 5)),
        Asked("KPIs", "/kpis/"),
        Asked("team", f"/teams/{reader.memberships.first().team.public_id}/"),
    ]


class Visitor:
    """Somebody signed in, who asks the server's own handler in this process."""

    def __init__(self, reader) -> None:
        from plumbline.wsgi import application

        self.server = application
        self.cookies = {"plumbline_session": _session(reader), "plumbline_csrf": "c" * 32}

    def measure(self, asked: Asked, times: int) -> Measured:
        """Ask for a page and for H1 in turn; return the medians."""
        for _ in range(WARM):
            self.ask(asked)
            self.ask_h1()
        with counted() as queries:
            size = len(self.ask(asked))
        took, beside = [], []
        for _ in range(times):
            began = time.perf_counter()
            self.ask(asked)
            between = time.perf_counter()
            self.ask_h1()
            took.append(between - began)
            beside.append(time.perf_counter() - between)
        return Measured(asked.name, statistics.median(took), statistics.median(beside), len(queries), size, asked.limit)

    def ask(self, asked: Asked) -> bytes:
        """Return the answer to one question; anything but a page or a redirect ends the measurement."""
        sent = None
        if asked.fields:
            sent = urlencode({**asked.fields(), "csrfmiddlewaretoken": self.cookies["plumbline_csrf"]}).encode()
        return self._answer(asked.path, sent, self.cookies)

    def ask_h1(self) -> bytes:
        """Ask for the smallest page there is."""
        return self._answer("/h1/", None, {})

    def _answer(self, path: str, sent: bytes | None, cookies: dict[str, str]) -> bytes:
        told: list[str] = []
        answer = self.server(environ(path, sent, cookies), lambda status, headers: told.append(status))
        body = b"".join(answer)
        answer.close()  # type: ignore[attr-defined]
        if told[0][0] != ("2" if sent is None else "3"):
            raise SystemExit(f"{path} answers {told[0]}: {re.sub(r'<[^>]+>', ' ', body.decode())[:600]}")
        return body


def environ(path: str, sent: bytes | None, cookies: dict[str, str]) -> dict[str, object]:
    """Return a request as a server hands it over."""
    path, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": "GET" if sent is None else "POST",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost:8000",
        "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(sent or b"")),
        "wsgi.input": BytesIO(sent or b""),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
    }


@contextmanager
def counted() -> Iterator[list[str]]:
    """Count what is sent to the database, savepoints included."""
    from django.db import connection

    seen: list[str] = []

    def note(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


def _session(reader) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(reader.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = reader.get_session_auth_hash()
    store.create()
    return str(store.session_key)


if __name__ == "__main__":
    main()
