"""What the grammar sees in a sentence: its zones, and the plain claims that the model weighs."""

import pytest
from plumbline_judge.features import features
from plumbline_judge.statement import read
from plumbline_judge.vocabulary import stem, vocabulary

ZONES = [
    ("Raise retention by asking riders why they leave", "asking riders", "means"),
    ("Publish guides via a partner", "a partner", "means"),
    ("Write 10 articles to increase traffic", "traffic", "purpose"),
    ("Launch self-serve so that 30 % of customers onboard", "customers onboard", "ends"),
    ("Host an event with 200 attendees", "200 attendees", "with"),
    ("Grow the number of riders who come back", "come back", "relative"),
    ("Raise trust (asked in May) of riders", "asked in May", "aside"),
    ("Raise trust (asked in May) of riders", "riders", "main"),
    ("Publish guides via a partner; win 40 members", "40 members", "main"),
    ("Help parents to read", "read", "main"),
]
SEEN = [
    ("Write 10 articles", "do>thing"),
    ("Write 10 articles", "counts:written"),
    ("Raise trust of riders", "move>effect"),
    ("Launch self-serve so that 30 % of customers onboard", "ends_counts:percent"),
    ("Host an event with 200 attendees", "with measures who"),
    ("Hold 3 events; win 40 members", "also:gain"),
    ("Roadmap agreed", "done:thing>do"),
    ("Cut the cost per customer served", "of_done"),
    ("Reviews written by buyers", "agent:who"),
    ("Posts written by us", "agent:us"),
    ("Guides that teachers choose", "that who do choose"),
    ("Tools that are used by managers", "that it are choose"),
    ("Growers switch to cover crops", "clause who choose"),
    ("Riders can export their data", "people_can"),
    ("80% of teams use the new CI", "share_does:choose"),
    ("100% of invoices are checked", "figure:percent:100"),
    ("Churn from 5% to 3%", "figure:from"),
    ("Reduce hotline calls by 30%", "figure:by"),
    ("Customers are happy", "is:qualities"),
    ("Be among the top 20", "figure:in_the_top"),
    ("Test coverage of 80 %", "act:none"),
    ("Grow the number of riders who come back", "object_of_those:who"),
]
NOT_SEEN = [
    ("Cut the cost per customer served", "done:do"),
    ("Publish guides by asking riders", "says:outside"),
    ("Write articles to increase traffic", "also:move"),
    ("Visits to identified schools", "done:do"),
]


@pytest.mark.parametrize(("text", "part", "zone"), ZONES, ids=lambda case: str(case)[:30])
def test_a_part_of_a_sentence_lies_in_its_zone(text, part, zone):
    statement = read(text)
    begin = text.index(part)
    found = {
        name
        for word, name in zip(statement.words, statement.zones, strict=True)
        if begin <= word.start < begin + len(part)
    }

    assert found == {zone}


@pytest.mark.parametrize(("text", "name"), SEEN)
def test_a_claim_is_seen(text, name):
    assert name in features(read(text)).places


@pytest.mark.parametrize(("text", "name"), NOT_SEEN)
def test_a_claim_is_not_seen_where_it_is_not_made(text, name):
    assert name not in features(read(text)).places


def test_forms_of_a_word_share_a_stem():
    assert {stem(word) for word in ("install", "installed", "installing", "installation")} == {"install"}


def test_words_of_means_and_purposes_are_not_heard():
    heard = {text for _, text, _ in vocabulary(read("Write guides by asking riders to increase traffic"))}

    assert heard.isdisjoint({"rider", "asking", "traffic"})
    assert {"write", "guide"} <= heard


def test_places_of_features_lie_inside_the_sentence():
    for text, _, _ in ZONES:
        statement = read(text)
        for first, end in features(statement).places.values():
            assert 0 <= first <= end <= len(statement.words)
