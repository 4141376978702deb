"""The small parts every page is made of: icons, shapes, badges, figures, people and form fields."""

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Protocol

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Widget
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from plumbline.web.words import CONFIDENCES, READS_AS, level_meaning, status_meaning, within

register = template.Library()
register.filter(within)

UNDEFINED = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"
SPRITE = "plumbline/img/icons.svg"

SCREENS = {
    "home": ("hang", "pulse", "bet", "home"),
    "objective": ("facts", "bet", "key-result", "objective"),
    "editor": ("sentence", "plumb", "verdict", "suggestion", "doors", "pick", "bet", "account", "editor"),
    "account": ("objective", "account"),
    "goals": ("table", "bulk-bar", "goals"),
    "closing": ("facts", "goals", "bet", "check-in", "check-in-fields", "moves", "closing"),
    "moves": ("moves",),
    "check-in": ("bet", "check-in", "check-in-fields"),
    "kpis": ("kpis",),
    "kpi": ("facts", "kpis"),
    "people": ("people",),
    "team": ("facts", "pulse", "bet", "hang", "team"),
    "strategy": ("strategy", "strategy-card"),
    "settings": ("settings", "pick", "token-input", "save-bar"),
    "signed-out": ("signed-out",),
}


class Somebody(Protocol):
    """What a picture of a person needs to know."""

    name: str
    initials: str
    hue: int


@register.simple_tag
def screen_css(screen: str) -> SafeString:
    """Link the stylesheets that only one screen needs."""
    sheets = ((static(f"plumbline/css/screens/{name}.css"),) for name in SCREENS[screen])
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', sheets)


@register.simple_tag
def icon(name: str, size: str = "", flip: bool = False) -> SafeString:
    """Draw an icon of the sprite; `size` is s, m or l, `flip` mirrors it where reading goes right to left."""
    classes = " ".join(["ic", *([f"ic--{size}"] if size else []), *(["ic--flip"] if flip else [])])
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, static(SPRITE), name)


@register.simple_tag
def icon_url(name: str) -> str:
    """Return the address of an icon, for a drawing that uses it as a part."""
    return f"{static(SPRITE)}#{name}"


def _shape(look: str) -> SafeString:
    return format_html('<svg aria-hidden="true"><use href="{}#st-{}"/></svg>', static(SPRITE), look)


@register.simple_tag
def status(key: str | None, chip: bool = False) -> SafeString:
    """Say how a goal is going: shape and word, in a chip where it stands alone."""
    meaning = status_meaning(key)
    classes = "status status--chip" if chip else "status"
    shape = _shape(meaning.look)
    return format_html('<span class="{}" data-status="{}">{}{}</span>', classes, meaning.look, shape, meaning.word)


@register.simple_tag
def mark(key: str | None) -> SafeString:
    """Show the shape of a status alone, its word for those who listen or point."""
    meaning = status_meaning(key)
    return format_html(
        '<span class="mark" data-status="{}" title="{}">{}<span class="vh">{}</span></span>',
        meaning.look,
        meaning.word,
        _shape(meaning.look),
        meaning.word,
    )


@register.simple_tag
def level_badge(key: str | None, kept: bool = False, look: str = "badge") -> SafeString:
    """Name what a key result measures; `kept` marks a waiver, `look` may be badge, plain or icon."""
    meaning = level_meaning(key)
    classes = "level" + ("" if look == "badge" else f" level--{look}") + (" level--kept" if kept else "")
    word = _("%(level)s, kept") % {"level": meaning.word} if kept else meaning.word
    hidden = "vh" if look == "icon" else ""
    return format_html(
        '<span class="{}" data-level="{}"{}>{}<span{}>{}</span></span>',
        classes,
        meaning.look,
        format_html(' title="{}"', word) if hidden else "",
        icon(f"lv-{meaning.look}"),
        format_html(' class="{}"', hidden) if hidden else "",
        word,
    )


@register.simple_tag
def level_words(key: str | None) -> str:
    """Say a reading aloud, as briefly as it can be said."""
    return str(READS_AS[level_meaning(key).look])


@register.filter
def percent(value: Decimal | float | None) -> str:
    """Write a share of the way as people read it; what is undefined is a dash, never a zero."""
    if value is None or not math.isfinite(value):
        return UNDEFINED
    rounded = round(value)
    number = number_format(abs(rounded), use_l10n=True, force_grouping=True)
    return _("%(number)s%%") % {"number": f"{MINUS}{number}" if rounded < 0 else number}


@register.simple_tag
def figures(baseline: str, now: str, target: str) -> SafeString:
    """Show start, now and target, in that order, each already formatted."""
    return format_html(
        '<span class="figures"><span><span class="vh">{} </span>{}</span> <i aria-hidden="true">→</i> '
        '<b><span class="vh">{} </span>{}</b> <i aria-hidden="true">→</i> '
        '<span><span class="vh">{} </span>{}</span></span>',
        _("from"),
        baseline or UNDEFINED,
        _("now"),
        now or UNDEFINED,
        _("target"),
        target or UNDEFINED,
    )


@register.simple_tag
def confidence(grade: int | None) -> SafeString:
    """Draw how sure somebody is, as five rising bars; nothing where nobody said."""
    if grade not in CONFIDENCES:
        return SafeString()
    label = _("Confidence %(grade)s of 5: %(word)s") % {"grade": grade, "word": CONFIDENCES[grade]}
    return format_html(
        '<span class="conf" data-c="{}" role="img" aria-label="{}" title="{}">{}</span>',
        grade,
        label,
        label,
        SafeString("<i></i>" * 5),
    )


@register.simple_tag
def avatar(person: Somebody, size: str = "", decorative: bool = False) -> SafeString:
    """Draw a person as initials; `decorative` where the name stands beside it."""
    classes = f"av av--{size}" if size else "av"
    if decorative:
        return format_html(
            '<span class="{}" data-hue="{}" aria-hidden="true">{}</span>', classes, person.hue, person.initials
        )
    return format_html(
        '<span class="{}" data-hue="{}" role="img" aria-label="{}" title="{}">{}</span>',
        classes,
        person.hue,
        person.name,
        person.name,
        person.initials,
    )


@register.simple_tag
def dial(passed: Decimal | float | None) -> SafeString:
    """Draw how much of a cycle has passed, as a ring."""
    share = min(max(round(passed or 0), 0), 100)
    return format_html(
        '<svg class="dial" viewBox="0 0 16 16" aria-hidden="true"><circle class="dial__rest" cx="8" cy="8" r="6"/>'
        '<circle class="dial__done" cx="8" cy="8" r="6" pathLength="100" stroke-dasharray="{} 100"/></svg>',
        share,
    )


@register.filter
def joined(pieces: Sequence[tuple[str, Any]]) -> str:
    """Put the pieces of a sentence together again."""
    return "".join(words for words, _kind in pieces)


@register.simple_tag
def evidence_marks(pieces: Sequence[tuple[str, str | None]]) -> SafeString:
    """Underline what decided a reading, letter for letter as it was typed."""
    return format_html_join("", "{}", ((_piece(words, level),) for words, level in pieces))


def _piece(words: str, level: str | None) -> str | SafeString:
    if level == "vague":
        return format_html('<mark data-kind="vague">{}</mark>', words)
    return format_html('<mark data-level="{}">{}</mark>', level, words) if level else words


@register.inclusion_tag("parts/_field.html")
def field(bound: BoundField, suffix: str = "", large: bool = False, hide_label: bool = False) -> dict[str, Any]:
    """Draw a form field: label, input, hint and error, tied together for those who listen."""
    kind = _kind(bound.field.widget)
    described = [bound.id_for_label + "_hint"] if bound.help_text else []
    described += [bound.id_for_label + "_error"] if bound.errors else []
    return {
        "field": bound,
        "kind": kind,
        "widget": bound.as_widget(attrs=_attributes(bound, kind, described, large)),
        "suffix": suffix,
        "hide_label": hide_label,
    }


def _kind(widget: Widget) -> str:
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "options"
    return "check" if isinstance(widget, CheckboxInput) else "input"


def _attributes(bound: BoundField, kind: str, described: list[str], large: bool) -> dict[str, str | bool]:
    own = bound.field.widget.attrs.get("class", "")
    look = {"check": "check", "input": "input input--l" if large else "input"}.get(kind, "")
    attributes: dict[str, str | bool] = {"class": f"{look} {own}".strip()} if look or own else {}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return attributes
