"""What is suggested for a piece of work, and the library that it is picked from."""

import hashlib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from plumbline_judge import Context, KnownMetric, catalogue, judge
from plumbline_judge.library import general, metrics
from plumbline_judge.statement import read
from plumbline_judge.suggestions import suggestions
from plumbline_judge.wishes import wished
from plumbline_judge.wording import called, wording

OUTPUTS = Path(__file__).parent / "suggested" / "outputs.txt"
FIXED = "b109cc584524602d95df25bf9afcce551f4e48e015715ef4b242261f4f82577d"
FURTHER = OUTPUTS.with_name("further.txt")
FURTHER_FIXED = "3439fbe144b710415a7dfc1c249785a445c05600c26c3622c5e290345b4d5efd"
#: Outcomes by the definition that the judge takes for effort or work: time and money as results, events by others.
MISREAD = {
    "capital-in-stock",
    "claims-against-us",
    "days-until-the-month-is-closed",
    "hours-of-sound-sleep",
    "how-calm-i-feel",
    "loss-through-fraud",
    "overtime-per-person",
    "players-reported-for-abuse",
    "research-money-won",
    "soil-in-good-health",
    "time-for-ten-kilometres",
    "time-from-question-to-figure",
    "time-until-a-new-developer-ships",
    "visits-to-the-office-per-citizen",
    "years-of-funding-secured",
}


def first(text: str, **around: str) -> str:
    return suggestions(read(text), Context(**around))[0].text


def test_the_library_is_large_and_every_entry_is_whole():
    entries = catalogue()

    assert len(entries) >= 300
    assert len({entry.domain for entry in entries}) >= 22
    assert all(count >= 5 for count in Counter(entry.domain for entry in entries).values())
    for name in ("key", "name", "sentence"):
        assert max(Counter(getattr(entry, name) for entry in entries).values()) == 1, name
    for entry in entries:
        assert entry.unit in ("percent", "count", "money", "duration", "ratio", "word")
        assert (entry.unit_code in ("ms", "s", "min", "h", "d")) == (entry.unit == "duration")
        assert entry.guardrail_key != entry.key


def test_the_library_speaks_both_languages():
    english, german = {entry.key: entry for entry in catalogue()}, {entry.key: entry for entry in catalogue("de")}

    assert english.keys() == german.keys()
    for key, entry in german.items():
        assert entry.name != english[key].name
        assert entry.sentence.count("%") == english[key].sentence.count("%"), entry.sentence
        assert ("steig" in entry.sentence) == (entry.direction == "increase"), entry.sentence
    assert catalogue("fr") == catalogue()


def test_the_sentence_says_the_direction_and_the_unit():
    for entry in catalogue():
        assert entry.sentence.split(" ")[0] in (("Raise", "Grow") if entry.direction == "increase" else ("Cut",))
        assert ("%" in entry.sentence) == (entry.unit == "percent"), entry.sentence


def test_a_sentence_of_the_library_reads_as_an_outcome():
    misread = {entry.key for entry in catalogue() if judge(_with_numbers(entry.sentence)).level != "outcome"}

    assert misread <= MISREAD


def _with_numbers(sentence: str) -> str:
    return sentence.replace("___", "40", 1).replace("___", "60", 1)


def test_words_of_several_parts_are_found_in_a_sentence():
    """A call of two words is found only where the words of goals list it."""
    calls = {call for metric in metrics() for line in ("work", "aims") for call in metric.calls(line)}

    assert sorted(call for call in calls if " " in call and call not in wording().en) == []


def test_every_kind_of_work_has_metrics_of_its_own():
    kinds = {kind for kind in wording().work.values() if kind}

    assert kinds <= general().keys()
    assert {"people", "staff"} <= general().keys()


def test_the_hundred_outputs_stay_as_they_were_fixed():
    text = OUTPUTS.read_text("utf-8")

    assert hashlib.sha256(text.encode()).hexdigest() == FIXED
    rows = [line.split(" | ") for line in text.splitlines() if not line.startswith("#")]
    assert (len(rows), sum(len(row) == 3 and bool(row[2].strip()) for row in rows)) == (100, 50)


def test_the_sixty_further_outputs_stay_as_they_were_fixed():
    text = FURTHER.read_text("utf-8")

    assert hashlib.sha256(text.encode()).hexdigest() == FURTHER_FIXED
    rows = [line.split(" | ") for line in text.splitlines() if not line.startswith("#")]
    assert (len(rows), sum(len(row) == 3 and bool(row[2].strip()) for row in rows)) == (60, 32)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Launch a mobile app for night nurses", "nurses who still use the mobile app"),
        ("Train 40 operators in welding", "operators who handle welding without help"),
        ("Write a handbook for new tenants", "with the handbook and without asking"),
        ("Adopt a remote work policy", "work and private life go together"),
        ("Publish 10 blog articles", "readers who subscribe"),
        ("Hold a conference in May", "after the conference"),
        ("Build a playground", "people who visit the green space"),
        ("Migrate all servers to the cloud", "availability"),
    ],
)
def test_the_work_calls_what_it_is_likely_for(text, said):
    assert said in first(text)


def test_a_stated_purpose_is_the_best_clue():
    assert "deployment" in first("Split the billing code")
    assert "page" in first("Split the billing code to cut page load times")
    assert "patient" in first("Rewrite the manual so that patients are not readmitted")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Require strong passwords of all staff", "accounts that strangers took over"),
        ("Have an agency carry out a customer survey", "customers"),
        ("Draft version 2 of the travel policy", "trips"),
        ("Introduce a check of outgoing invoices", "money on time"),
        ("Complete a prototype of the garden lamp", "test users who come back to the garden lamp"),
        ("Send every tenant a letter", "tenants who respond to the letter"),
        ("Replace the lifts in all towers", "failures of the lifts that people notice"),
        ("Inspect all fire doors", "incidents with fire doors"),
    ],
)
def test_what_the_work_is_about_is_found_behind_what_is_done(text, said):
    assert said in first(text)


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ("Readers believe what we print", "Raise the share of readers who believe what we print from ___ % to ___ %"),
        ("Our guests come back in winter", "Raise the share of our guests who come back in winter from ___ % to ___ %"),
        ("Teams help each other", "Raise the share of teams that help each other from ___ % to ___ %"),
        ("Nobody waits for us", "Cut the number of people who wait for us from ___ to ___ a quarter"),
        ("No child goes hungry", "Cut the number of children who go hungry from ___ to ___ a quarter"),
        ("Fewer tenants lose keys", "Cut the share of tenants who lose keys from ___ % to ___ %"),
        ("Drivers no longer stand in queues", "Cut the share of drivers who stand in queues from ___ % to ___ %"),
        ("Everybody finds their way", "Raise the share of people who find their way from ___ % to ___ %"),
        ("Every pupil reads at eight", "Raise the share of pupils who read at eight from ___ % to ___ %"),
        (
            "People with asthma breathe freely",
            "Raise the share of people with asthma who breathe freely from ___ % to ___ %",
        ),
        ("Parcels always arrive", "Raise the share of parcels that arrive from ___ % to ___ %"),
    ],
)
def test_what_is_wished_for_somebody_becomes_a_number(wish, said):
    assert wished(wish).lines["en"] == [said]
    assert judge(_with_numbers(said)).level == "outcome"
    findings = judge(_with_numbers(said), context=Context(objective=wish)).findings
    assert "copies_the_objective" not in {finding.rule for finding in findings}


@pytest.mark.parametrize(
    "text", ["", "Become the best", "Sales grow", "Winter does not stop us", "Half the waste", "Customers", "90 % come"]
)
def test_what_is_wished_of_nobody_becomes_no_number(text):
    assert wished(text) is None


def test_the_wish_goes_first_where_the_library_knows_nothing_near():
    said = "Raise the share of residents who find their way at night from ___ % to ___ %"

    assert first("Paint the kerbs", objective="Residents find their way at night") == said
    assert first("Paint the kerbs so that residents find their way at night") == said
    assert "find their way" not in first("Paint the kerbs", objective="Residents find their way", language="de")


def test_the_objective_above_it_steers():
    below = "Call all customers of last year"

    assert first(below, objective="Customers stay and renew") != first(below, objective="Everybody pays on time")


@pytest.mark.parametrize("text", ["", "Marketing", "xyz", "Frobnicate the gizmo", "So that", "Remove 12", "of of of"])
def test_there_is_always_a_first_suggestion(text):
    assert len(suggestions(read(text), Context())) == 3


def test_three_suggestions_differ_in_kind():
    kinds = {metric.name: metric.kind for metric in (*metrics(), *(one for row in general().values() for one in row))}
    for line in OUTPUTS.read_text("utf-8").splitlines()[2:]:
        found = [kinds[one.metric] for one in suggestions(read(line.split(" | ")[1]), Context())]
        assert len(set(found)) >= 2, line


def test_no_number_of_the_sentence_gets_into_a_suggestion():
    for line in OUTPUTS.read_text("utf-8").splitlines()[2:]:
        for one in suggestions(read(line.split(" | ")[1]), Context()):
            assert one.text.count("___") == 2
            assert "{" not in one.text


def test_a_suggested_target_is_a_blank_and_a_baseline_is_the_own_reading():
    own = KnownMetric("Readers who subscribe", "%", "2.4", "web statistics", date(2026, 5, 1))

    one = judge("Publish 10 blog articles", context=Context(metrics=(own,))).suggestions[0]

    assert one.text == "Raise the share of readers who subscribe from 2.4 % to ___ %"
    assert (one.baseline, one.source) == ("2.4", "web statistics, 2026-05-01")


def test_an_own_metric_that_the_library_does_not_know_comes_first_where_it_fits():
    known = (KnownMetric("Podcast downloads", "", "1,200", "feed"), KnownMetric("Energy cost", "€", "9,000", "meter"))

    said = suggestions(read("Record six podcast episodes"), Context(metrics=known))

    assert said[0].text == "Move Podcast downloads from 1,200 to ___"
    assert said[0].source == "feed"
    assert "Energy cost" not in {one.metric for one in said}
    assert len(said) == 3


@pytest.mark.parametrize(
    ("direction", "english", "german"),
    [
        ("increase", "Raise Podcast downloads from 7 to ___", "Podcast downloads von 7 auf ___ steigern"),
        ("decrease", "Bring Podcast downloads down from 7 to ___", "Podcast downloads von 7 auf ___ senken"),
        ("between", "Keep Podcast downloads between ___ and ___", "Podcast downloads zwischen ___ und ___ halten"),
        ("", "Move Podcast downloads from 7 to ___", "Podcast downloads von 7 auf ___ bringen"),
    ],
)
def test_an_own_metric_is_worded_by_where_it_gets_better(direction, english, german):
    own = (KnownMetric("Podcast downloads", last_value="7", direction=direction),)

    for language, said in (("en", english), ("de", german)):
        one = suggestions(read("Record six podcast episodes"), Context(metrics=own, language=language))[0]
        assert (one.text, one.baseline) == (said, "7")


def test_an_own_metric_keeps_its_direction_where_the_library_has_another():
    own = (KnownMetric("Readers who subscribe", "%", "2.4", direction="between"),)

    one, two, three = suggestions(read("Publish 10 blog articles"), Context(metrics=own))

    assert one.text == "Keep Readers who subscribe between ___ % and ___ %"
    assert not {"Readers who subscribe"} & {two.metric, three.metric}


def test_the_currency_of_an_own_metric_is_not_made_up():
    own = (KnownMetric("Podcast income", "money", "900", direction="increase"),)

    assert suggestions(read("Record six podcast episodes"), Context(metrics=own))[0].text == (
        "Raise Podcast income from 900 to ___"
    )


def test_an_own_metric_without_a_reading_has_two_blanks():
    own = KnownMetric("Readers who subscribe", "%")

    one = suggestions(read("Publish 10 blog articles"), Context(metrics=(own,)))[0]

    assert (one.text.count("___"), one.baseline, one.source) == (2, "", "")


def test_a_german_reader_gets_german_sentences():
    german = Context(language="de")

    assert suggestions(read("Publish 10 blog articles"), german)[0].text == (
        "Anteil der Leser, die abonnieren, steigt von ___ % auf ___ %"
    )
    assert suggestions(read("Zehn Kundeninterviews mit Kündigern führen"), german)[0].text.startswith("Kündigungen")


@pytest.mark.parametrize(
    ("word", "call"),
    [
        ("kundeninterviews", "research"),
        ("schulungen", "training"),
        ("krankenhäuser", "patient"),
        ("datenschutzrichtlinie", "policy"),
        ("solaranlagen", "solar panel"),
    ],
)
def test_german_words_are_found_by_their_last_part(word, call):
    assert call in called(word, "de")
