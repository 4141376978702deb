"""The judge's sheet: the same parts on the first load and as an answer."""

from types import SimpleNamespace

from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from plumbline.web.judgement_view import Need, Offer

ARTICLES = SimpleNamespace(
    level="output",
    title="This counts what you make.",
    reason="Ten articles could be live and no rider any different.",
    evidence=[("Publish", "describes finishing something", "output")],
    marks=[("Publish", "output"), (" 10 articles <b>", None)],
    needs=[
        Need("Metric", "weak", "Articles"),
        Need("Target", "missing", "How far?", Offer("target", "10", "10")),
        Need("Lead", "there", "Ada"),
    ],
    question="What do we see more of?",
    suggestions=[
        ([("Sign-ups rise from ", False), ("…", True), (" to ", False), ("…", True)], "One way to get there.")
    ],
)


def sheet(template, **context):
    return BeautifulSoup(render_to_string(template, {"judgement": ARTICLES} | context), "html.parser")


def test_the_first_load_shows_the_reading_without_any_script():
    soup = sheet("judgements/_sheet.html", sentence="Publish 10", name="title", field_id="kr", judge_url="/judgements/")

    assert soup.textarea.text == "Publish 10"
    assert soup.select_one("#judgement .judgement")["data-level"] == "output"
    assert soup.select_one("#sentence-mirror mark").text == "Publish"
    assert soup.select_one("[hx-swap-oob]") is None


def test_the_answer_brings_the_marks_and_announces_the_level_alone():
    soup = sheet("judgements/_judgement.html", swapped=True)

    assert soup.select_one("[hx-swap-oob='innerHTML:#sentence-mirror']").text == "Publish 10 articles <b>"
    assert soup.select_one(".judgement")["data-says"] == "Reads as output"
    assert soup.select_one("[role=status]") is None


def test_what_a_result_needs_is_said_in_words():
    soup = sheet("judgements/_judgement.html")

    assert [need.text for need in soup.select(".parts .vh")] == ["could be clearer", "missing", "there"]


def test_a_rewrite_leaves_its_numbers_blank():
    rewrite = sheet("judgements/_judgement.html").select_one("[data-use]")

    assert rewrite["data-use"] == "Sign-ups rise from … to …"
    assert [blank.text for blank in rewrite.select("var")] == ["…", "…"]
