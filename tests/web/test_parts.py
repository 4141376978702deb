"""The small parts say in words what they show in shapes."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template import Context, Template

from plumbline.charts import BurnUp, Hung, KpiLine
from plumbline.web.templatetags.plumbline_ui import percent
from plumbline.web.words import LEVELS, STATUSES

ADA = SimpleNamespace(name="Ada Moreau", initials="AM", hue=3)


class TargetForm(forms.Form):
    target = forms.DecimalField(help_text="Where you want to be.")
    sure = forms.ChoiceField(choices=[("1", "Unlikely"), ("5", "Sure")], widget=forms.RadioSelect)
    private = forms.BooleanField(required=False)


def drawn(source, **context):
    """Render a scrap of template with our tags loaded."""
    html = Template("{% load plumbline_ui plumbline_charts %}" + source).render(Context(context))
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize("key", STATUSES)
def test_a_status_has_a_shape_and_a_word(key):
    soup = drawn("{% status key chip=True %}", key=key)

    assert soup.select_one(".status--chip use")["href"].endswith(f"#st-{STATUSES[key].look}")
    assert soup.get_text(strip=True) == STATUSES[key].word


def test_a_mark_keeps_its_word_for_those_who_listen():
    assert drawn("{% mark 'off_track' %}").select_one(".vh").text == "Off track"


def test_a_status_nobody_knows_is_unknown():
    assert drawn("{% status 'splendid' %}").get_text(strip=True) == "Unknown"


@pytest.mark.parametrize("key", LEVELS)
def test_a_level_says_what_it_is_and_whether_it_was_kept(key):
    assert drawn("{% level_badge key kept=True %}", key=key).get_text(strip=True) == f"{LEVELS[key].word}, kept"


@pytest.mark.parametrize(
    ("share", "words"),
    [(None, "–"), (Decimal("NaN"), "–"), (0, "0%"), (Decimal("52.5"), "52%"), (-25, "−25%"), (Decimal(150), "150%")],
)
def test_a_percent_keeps_its_sign_and_never_invents_a_zero(share, words):
    assert percent(share) == words


def test_a_pace_bar_says_both_numbers():
    soup = drawn("{% pace_bar 53 57 'on_track' %}")

    assert soup.svg["aria-label"] == "53% of the way, 57% expected by today"
    assert soup.select_one(".num").text == "53%"


def test_a_pace_bar_without_progress_draws_no_fill():
    soup = drawn("{% pace_bar None 57 'no_status' %}")

    assert soup.select_one(".pace__fill") is None
    assert soup.svg["aria-label"] == "Progress is not measurable yet"


def test_figures_are_read_in_order():
    soup = drawn("{% figures '6.8%' '5.1%' '4.5%' %}")

    assert " ".join(soup.get_text(" ").split()) == "from 6.8% → now 5.1% → target 4.5%"


def test_confidence_is_nothing_where_nobody_said():
    assert drawn("{% confidence None %}").get_text() == ""
    assert drawn("{% confidence 4 %}").select_one("[data-c='4']")["aria-label"] == "Confidence 4 of 5: Likely"


def test_a_picture_carries_the_name():
    assert drawn("{% avatar ada %}", ada=ADA).select_one("[data-hue='3']")["aria-label"] == "Ada Moreau"


def test_charts_fill_in_their_words():
    day = date(2026, 10, 1)
    soup = drawn(
        "{% hang_plot goals 57 %}{% progress_chart chart 57 %}{% kpi_chart kpi %}{% spark points %}{% level_mix mix %}",
        goals=[Hung("Churn <3", 74, "healthy", "/x/")],
        chart=BurnUp(day, day),
        kpi=KpiLine([1, 2]),
        points=[],
        mix={"outcome": 7, "output": 1},
    )

    assert soup.a["aria-label"] == "Churn <3: 74%, Healthy"
    assert [svg["aria-label"] for svg in soup.select("svg[role=img]")] == [
        "Progress: Progress is not measurable yet",
        "Progress: Progress is not measurable yet",
        "2 readings",
        "No readings yet",
        "7 outcomes, 1 output, 0 inputs",
    ]


def test_a_field_ties_hint_and_error_to_its_input_and_keeps_the_value():
    form = TargetForm({"target": "lots", "sure": "5"})

    soup = drawn("{% field form.target suffix='%' %}", form=form)

    assert soup.input["aria-describedby"] == "id_target_hint id_target_error"
    assert soup.input["aria-invalid"] == "true"
    assert soup.input["value"] == "lots"
    assert soup.select_one("#id_target_error").get_text(strip=True)


def test_choices_stand_in_a_fieldset_and_a_tick_beside_its_label():
    soup = drawn("{% field form.sure %}{% field form.private %}", form=TargetForm())

    assert soup.fieldset.legend.text == "Sure"
    assert soup.select_one(".field--check input.check + label").text == "Private"
