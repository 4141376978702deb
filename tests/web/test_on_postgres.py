"""Every page and every form once on PostgreSQL; SQLite answers them all to the whole cast in the access table."""

import pytest
from django.test import Client

from tests.web.access_table import ROWS, Row
from tests.web.place import Place
from tests.web.test_access import asked, taken_back

pytestmark = pytest.mark.on_postgres


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_every_route_answers(place: Place, doors: dict[str, Client], row: Row) -> None:
    name = next(name for name in ("ada", "olga", "nobody") if name in row.may or name == "nobody")
    with taken_back():
        address = row.address(place)
        row.before(place, place.public)
        answer, left = asked(doors[name], row.method, address, row.body(place, place.public))

    assert answer.status_code in row.good or row.open or name == "nobody"
    assert answer.status_code < 500
    assert left > 0 or row.method == "get" or not row.leaves
