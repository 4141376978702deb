"""Words beside the grammar: the part they play, how large numbers are, how words are built."""

import pytest
from plumbline_judge import explain
from plumbline_judge.features import features
from plumbline_judge.model import weigh, weights_from
from plumbline_judge.roles import parts_played
from plumbline_judge.spelling import pieces
from plumbline_judge.statement import read


def parts(text):
    return {(kind, text) for kind, text, _ in parts_played(read(text))}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Write weekly columns", ("object", "column")),
        ("Write weekly columns", ("object beside", "week")),
        ("Write weekly columns", ("verb object", "writ column")),
        ("Raise the number of visitors", ("object of", "visit")),
        ("Visitors from 30 to 50 a day", ("subject", "visit")),
        ("Hold a fair with 200 visitors", ("counted", "visit")),
        ("70 % of visitors come back", ("share", "visit")),
    ],
)
def test_a_word_is_heard_by_the_part_it_plays(text, part):
    assert part in parts(text)


def test_what_a_means_counts_plays_no_part():
    assert not any(kind == "counted" for kind, _ in parts("Raise attention by sending 40 letters"))


@pytest.mark.parametrize(
    ("text", "size"), [("Hold 3 fairs", "few"), ("Hold 30 fairs", "many"), ("Sell N loaves", "blank")]
)
def test_the_size_of_a_number_is_noted(text, size):
    assert any(name.startswith(f"figure:{size}") for name in features(read(text)).places)


def test_a_word_has_pieces_with_its_ends_and_a_compound_those_of_its_parts():
    assert {" re", "ing ", "epai"} <= set(pieces("repairing"))
    assert set(pieces("re-open")) == {*pieces("re"), *pieces("open")}
    assert pieces("b2") == (" b ",)


def test_a_piece_speaks_once_and_with_the_first_word_that_has_it():
    table = weights_from({"start": [0, 0, 0], "features": {}, "spelling": {" zor": [0, 0, 1], "orp ": [0, 0, 2]}})

    once, again = (weigh(read(text), table) for text in ("Plan the zorp", "Plan the zorp zorp"))

    assert once.level == "outcome"
    assert once.probabilities == again.probabilities


def test_what_the_spelling_adds_stands_at_its_word():
    text = "Publish ten zorpathons"
    spelt = [part for part in explain(text).parts if part.feature == "spelling"]

    assert spelt
    assert {text[part.span.start : part.span.end] for part in spelt} <= set(text.split())
