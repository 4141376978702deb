"""What every test shares: the database it runs on, and the world it meets."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connections
from django.utils import translation

import plumbline
from plumbline.deployment import Deployment
from tests import postgres
from tests.snapshot import Snapshot
from tests.world import World

_NEEDS_DATABASE = frozenset({"db", "transactional_db", "django_db_setup", "site"})


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--deep", action="store_true", help="run what takes long, too")
    parser.addoption("--database", choices=("sqlite", "postgres"), default="sqlite", help="the database to test on")


def pytest_configure(config: pytest.Config) -> None:
    """Start one PostgreSQL for all test processes; they find its address in the environment."""
    config.addinivalue_line("markers", "deep: takes long, so that only `make deep` runs it")
    config.addinivalue_line("markers", "one_database: asks nothing that another database would answer differently")
    config.addinivalue_line("markers", "both_databases: a test of pages that PostgreSQL is asked, too")
    config.addinivalue_line("markers", "on_postgres: asks PostgreSQL what SQLite is asked elsewhere")
    starts_here = not hasattr(config, "workerinput") and config.getoption("--database") == "postgres"
    if starts_here and not os.environ.get("PLUMBLINE_TEST_POSTGRES"):
        server = _server_or_exit()
        os.environ["PLUMBLINE_TEST_POSTGRES"] = server.address
        config.add_cleanup(server.stop)
        config.add_cleanup(lambda: os.environ.pop("PLUMBLINE_TEST_POSTGRES"))


def _server_or_exit() -> postgres.Server:
    try:
        return postgres.Server.start()
    except postgres.Missing as missing:
        pytest.exit(str(missing), returncode=1)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes long, and on PostgreSQL what passed on SQLite already and would be the same."""
    chosen = [item for item in items if config.getoption("--deep") or not item.get_closest_marker("deep")]
    if config.getoption("--database") == "sqlite":
        chosen = [item for item in chosen if not item.get_closest_marker("on_postgres")]
    else:
        chosen = [item for item in chosen if _touches_database(item) and not _asks_the_same(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


def _touches_database(item: pytest.Item) -> bool:
    asked = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(asked & _NEEDS_DATABASE)


def _asks_the_same(item: pytest.Item) -> bool:
    """Tell whether PostgreSQL has nothing to add.

    Tests of pages are about words and forms; what their pages ask of a database,
    ``tests/web/test_on_postgres.py`` asks PostgreSQL, page by page and form by form.
    """
    is_about_pages = Path(__file__).parent / "web" in item.path.parents
    asks_more = item.get_closest_marker("both_databases") or item.get_closest_marker("on_postgres")
    return (is_about_pages and not asks_more) or item.get_closest_marker("one_database") is not None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Choose the database, with the options that production has, before the first connection."""
    process = getattr(request.config, "workerinput", {}).get("workerid", "main")
    if request.config.getoption("--database") == "postgres":
        chosen = Deployment(Path(), os.environ["PLUMBLINE_TEST_POSTGRES"]).database
        chosen["TEST"] = {"NAME": f"plumbline_test_{process}_{os.getpid()}"}
    else:
        # A file, not memory: only a file has the write-ahead log that threads meet in production.
        chosen = Deployment(tmp_path_factory.mktemp("database")).database
        chosen["TEST"] = {"NAME": chosen["NAME"]}
    with suppress(AttributeError):  # there is none yet, unless something asked the database already
        del connections["default"]
    connections.settings["default"].clear()
    connections.settings["default"].update(connections.configure_settings({"default": chosen})["default"])


@pytest.fixture(scope="session")
def _snapshots() -> list[Snapshot]:
    return []


@pytest.fixture
def world(db: None, _snapshots: list[Snapshot]) -> World:
    """The cast and its small company."""
    if _snapshots:
        return _snapshots[0].restore()
    snapshot, world = Snapshot.take()
    _snapshots.append(snapshot)
    return world


@pytest.fixture(scope="session")
def catalogues() -> None:
    """Compile the translations where Plumbline was not installed but checked out."""
    for source in Path(plumbline.__file__).parent.rglob("*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            program = shutil.which("msgfmt")
            assert program, "apt install gettext, or install Plumbline: that compiles its catalogues"
            subprocess.run([program, "-o", compiled, source], check=True)
    translation.trans_real._translations.clear()  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Start each test in English: a page in German leaves its language behind in the thread."""
    with translation.override("en"):
        yield
