"""Measure the pages people wait for, each as a ratio to H1, on an organisation of a real size.

    python -m tests.bench.pages [--large] [--times 60]

H1 is a view with the same middleware, signed out, one SELECT by key and an answer of 200 bytes, asked in turn with the
page, in the same process. What is printed is the median time as a multiple of H1's, the number of queries (savepoints
and transactions included), and the size of the answer before compression. The database is the embedded one in a
throw-away folder, or the one that PLUMBLINE_DATABASE names.
"""

import argparse
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import NamedTuple
from urllib.parse import urlencode

ADDRESS = "http://localhost:8000"
WARM = 3

#: What `plumbline seed` is asked for, in the order of its options.
USUAL = {"people": 300, "teams": 30, "objectives": 2_000, "key_results": 7_000, "check_ins": 50_000, "kpis": 60}
LARGE = {"people": 5_000, "teams": 300, "objectives": 20_000, "key_results": 70_000, "check_ins": 500_000, "kpis": 300}


class Asked(NamedTuple):
    """One page to ask for; a POST names the fields it sends, made anew each time."""

    name: str
    path: str
    fields: Callable[[], dict[str, str]] | None = None


class Measured(NamedTuple):
    """What one page cost: seconds of it and of H1, queries, bytes."""

    name: str
    took: float
    beside: float
    queries: int
    size: int

    def __str__(self) -> str:
        cost = f"{self.took / self.beside:6.1f} x H1  {self.took * 1000:7.1f} ms  {self.size / 1024:7.1f} KB"
        return f"{self.name:26s} {self.queries:3d} queries  {cost}"


def main() -> None:
    """Seed, then measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--times", type=int, default=60)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("PLUMBLINE_FOLDER", folder)
        _start()
        owner = _sow(LARGE if asked.large else USUAL)
        for line in measure_all(owner, asked.times):
            sys.stdout.write(f"{line}\n")
        sys.stdout.write(f"memory of this process: {_memory():.0f} MB\n")


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


def _sow(how_many: dict[str, int]):
    from django.utils.timezone import now

    from plumbline.goals.models import Objective
    from plumbline.people.models import Person
    from plumbline.usecases.seed import Size, sow

    if Objective.objects.exists():
        return Person.objects.get(email__contains=".0@seed.example")
    began, rows = time.perf_counter(), [0]
    owner = sow(Size(**how_many), at=now(), told=rows.append)
    took = time.perf_counter() - began
    sys.stdout.write(f"seed: {sum(rows):,} rows in {took:.0f} s, {sum(rows) / took:,.0f} a second\n")
    return owner


def measure_all(owner, times: int) -> Iterator[Measured]:
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
    numbers = iter(range(10**9))

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
        Asked("goals, 50 key results", "/goals/"),
        Asked("goals, sorted by status", "/goals/?sort=status"),
        Asked("objective", f"/objectives/{objective.public_id}/"),
        Asked("key result", f"/key-results/{row.public_id}/"),
        Asked("check-in", f"/key-results/{row.public_id}/check-ins/", reading),
        Asked("strategy map", "/strategy/"),
        Asked("my week", "/"),
        Asked("search", "/search/?q=deliv"),
        Asked("KPIs", "/kpis/"),
        Asked("team", f"/teams/{reader.memberships.first().team.public_id}/"),
    ]


class Visitor:
    """Somebody signed in, who asks the server's own handler in this process."""

    def __init__(self, reader) -> None:
        from django.core.wsgi import get_wsgi_application

        self.server = get_wsgi_application()
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
        return Measured(asked.name, statistics.median(took), statistics.median(beside), len(queries), size)

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


def _memory() -> float:
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


if __name__ == "__main__":
    main()
