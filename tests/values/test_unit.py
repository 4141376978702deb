"""Units: what people read and type."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from plumbline.values.exact import exact, plain
from plumbline.values.public_id import ALPHABET, new_public_id
from plumbline.values.unit import NotANumber, Unit, UnitKind, read_number

values = st.decimals(min_value=-(10**19), max_value=10**19, places=10)


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        (Unit("percent"), "36.8", "36.8%"),
        (Unit("count"), "58400", "58,400"),
        (Unit("money", "EUR"), "1200", "€1,200"),
        (Unit("money", "EUR", scale=6), "1200000", "€1.2M"),
        (Unit("duration", "h"), "140400", "39 h"),
        (Unit("word", "rides"), "3.4", "3.4 rides"),
        (Unit("percent", places=1), "4", "4.0%"),
    ],
)
def test_a_value_reads_as_people_write_it(unit: Unit, value: str, text: str) -> None:
    with translation.override("en"):
        assert str(unit.show(Decimal(value))) == text


def test_german_readers_get_a_decimal_comma() -> None:
    with translation.override("de"):
        assert Unit("percent").show(Decimal("36.8")).startswith("36,8")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("36.8", "36.8"),
        ("36,8 %", "36.8"),
        ("€ 1,200.50", "1200.50"),
        ("1.200,50", "1200.50"),
        ("1 200", "1200"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("1,200", "1200"),
        ("1,200,000", "1200000"),
    ],
)
def test_a_number_is_read_as_it_was_meant(typed: str, number: str) -> None:
    with translation.override("en"):
        assert read_number(typed) == Decimal(number)


def test_a_point_groups_in_german() -> None:
    with translation.override("de"):
        assert read_number("1.200") == 1200


@pytest.mark.parametrize("typed", ["", "soon", "%", "–"])
def test_no_number_is_refused(typed: str) -> None:
    with pytest.raises(NotANumber):
        Unit().read(typed)


def test_hours_are_kept_in_seconds() -> None:
    assert Unit("duration", "h").read("5.5") == 19800


@given(values)
def test_what_is_typed_back_is_what_was_kept(value: Decimal) -> None:
    unit = Unit("percent")

    assert unit.read(unit.typed(exact(value))) == exact(value)


@given(values)
def test_trailing_zeros_do_not_matter(value: Decimal) -> None:
    assert plain(value) == value
    assert not format(plain(value), "f").endswith(".0")


@pytest.mark.parametrize("wrong", ["NaN", "Infinity", "1e21", "many"])
def test_what_is_no_exact_value_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError):
        exact(wrong)


def test_public_ids_hold_no_letters_that_read_alike() -> None:
    made = {new_public_id() for _each in range(200)}

    assert len(made) == 200
    assert all(len(one) == 12 and set(one) <= set(ALPHABET) for one in made)
    assert not set(ALPHABET) & set("01ilou")


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("", Unit("count")),
        ("%", Unit("percent")),
        ("€", Unit("money", "EUR")),
        ("usd", Unit("money", "USD")),
        ("k€", Unit("money", "EUR", 3)),
        ("MEUR", Unit("money", "EUR", 6)),
        ("kr", Unit("money", "SEK")),
        ("hours", Unit("duration", "h")),
        ("k", Unit("count", "", 3)),
        ("x", Unit("ratio")),
        ("rides", Unit("word", "rides")),
    ],
)
def test_a_unit_is_meant_by_its_word_or_sign(typed: str, unit: Unit) -> None:
    assert Unit.named(typed) == unit
    assert Unit.named(unit.name) == unit


def test_a_range_says_its_unit_once_where_it_is_a_word():
    assert Unit(UnitKind.WORD, "weeks").show_range(Decimal(5), Decimal(7)) == "5 to 7 weeks"
    assert Unit(UnitKind.DURATION, "h").show_range(Decimal(3600), Decimal(7200)) == "1 to 2 h"
    assert Unit(UnitKind.PERCENT).show_range(Decimal(5), Decimal(7)) == "5% to 7%"
    assert Unit(UnitKind.MONEY, "EUR").show_range(Decimal(5), None) == "€5 to –"
