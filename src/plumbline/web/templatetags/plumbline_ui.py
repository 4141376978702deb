"""The small parts every page is made of: icons, shapes, badges, figures, people and form fields."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache, update_wrapper
from typing import Any, Protocol

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Widget
from django.templatetags.static import static
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plumbline.goals.words import UNDEFINED, percent
from plumbline.web.words import CONFIDENCES, READS_AS, VERDICTS, level_meaning, status_meaning, within

register = template.Library()
register.filter(within)
register.filter(percent)

SPRITE = "plumbline/img/icons.svg"


class spoken:  # noqa: N801 - a decorator
    """Keep what a part of few kinds looks like, language by language: a page draws the same hundred of them."""

    def __init__(self, draw: Callable[..., SafeString]) -> None:
        @lru_cache(maxsize=1024)
        def kept(_language: str | None, *args: Any, **options: Any) -> SafeString:
            return draw(*args, **options)

        #: The same for those who have asked for the active language already.
        self.in_language = kept
        update_wrapper(self, draw)

    def __call__(self, *args: Any, **options: Any) -> SafeString:
        """Draw the part in the active language."""
        return self.in_language(get_language(), *args, **options)


SCREENS = {
    "home": ("hang", "pulse", "bet", "home"),
    "objective": ("facts", "bet", "key-result", "objective"),
    "initiative": ("facts", "objective", "ledger"),
    "ledger": ("goals", "table", "ledger"),
    "editor": ("sentence", "plumb", "verdict", "suggestion", "doors", "pick", "bet", "account", "helping", "editor"),
    "account": ("objective", "account"),
    "goals": ("table", "bulk-bar", "roadmap", "status-board", "goals"),
    "closing": ("facts", "goals", "bet", "check-in", "check-in-fields", "moves", "closing"),
    "moves": ("moves",),
    "check-in": ("bet", "check-in", "check-in-fields"),
    "kpis": ("kpis",),
    "kpi": ("facts", "kpis"),
    "board": ("board",),
    "people": ("people",),
    "glossary": ("glossary",),
    "examples": ("people", "examples"),
    "team": ("facts", "pulse", "bet", "hang", "team"),
    "strategy": ("strategy", "strategy-card"),
    "settings": ("settings", "pick", "token-input", "save-bar"),
    "signed-out": ("signed-out",),
}


class Somebody(Protocol):
    """What a picture of a person needs to know."""

    @property
    def name(self) -> str:
        """Their name."""

    @property
    def initials(self) -> str:
        """At most two letters of it."""

    @property
    def hue(self) -> int:
        """One of twelve hues."""


@register.simple_tag
def screen_css(screen: str) -> SafeString:
    """Link the stylesheets that only one screen needs."""
    sheets = ((static(f"plumbline/css/screens/{name}.css"),) for name in SCREENS[screen])
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', sheets)


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, size: str = "", flip: bool = False) -> SafeString:
    """Draw an icon of the sprite; `size` is s, m or l, `flip` mirrors it where reading goes right to left."""
    classes = " ".join(["ic", *([f"ic--{size}"] if size else []), *(["ic--flip"] if flip else [])])
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, static(SPRITE), name)


@register.simple_tag
def icon_url(name: str) -> str:
    """Return the address of an icon, for a drawing that uses it as a part."""
    return f"{static(SPRITE)}#{name}"


@lru_cache(maxsize=64)
def _shape(look: str) -> SafeString:
    return format_html('<svg aria-hidden="true"><use href="{}#st-{}"/></svg>', static(SPRITE), look)


@register.simple_tag
@spoken
def status(key: str | None, chip: bool = False) -> SafeString:
    """Say how a goal is going: shape and word, in a chip where it stands alone."""
    meaning = status_meaning(key)
    classes = "status status--chip" if chip else "status"
    shape = _shape(meaning.look)
    return format_html('<span class="{}" data-status="{}">{}{}</span>', classes, meaning.look, shape, meaning.word)


@register.simple_tag
@spoken
def verdict(key: str, chip: bool = False) -> SafeString:
    """Say what came of a bet: shape and word, in a chip where it stands alone."""
    meaning = VERDICTS.get(key, VERDICTS["open"])
    classes = "status status--chip" if chip else "status"
    shape = _shape(meaning.look)
    return format_html('<span class="{}" data-status="{}">{}{}</span>', classes, meaning.look, shape, meaning.word)


@register.simple_tag
@spoken
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
    return level_kept(key, bool(kept), look)


@spoken
def level_kept(key: str | None, kept: bool, look: str) -> SafeString:
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


@register.simple_tag
def figures(baseline: str, now: str, target: str) -> SafeString:
    """Show start, now and target, in that order, each already formatted."""
    return figures_in(get_language(), baseline, now, target)


def figures_in(language: str | None, *values: str) -> SafeString:
    """Do the same for those who have asked for the active language already."""
    return SafeString(_figures(language) % tuple(escape(value or UNDEFINED) for value in values))


@lru_cache(maxsize=64)
def _figures(_language: str | None) -> str:
    frame = format_html(
        '<span class="figures"><span><span class="vh">{} </span>%s</span> <i aria-hidden="true">→</i> '
        '<b><span class="vh">{} </span>%s</b> <i aria-hidden="true">→</i> '
        '<span><span class="vh">{} </span>%s</span></span>',
        *(word.replace("%", "%%") for word in (_("from"), _("now"), _("target"))),
    )
    return str(frame)


@register.simple_tag
@spoken
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
    letters = escape(person.initials)
    if decorative:
        return SafeString(f'<span class="{classes}" data-hue="{person.hue}" aria-hidden="true">{letters}</span>')
    name = escape(person.name)
    named = f'role="img" aria-label="{name}" title="{name}"'
    return SafeString(f'<span class="{classes}" data-hue="{person.hue}" {named}>{letters}</span>')


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
def field(
    bound: BoundField, suffix: str = "", large: bool = False, hide_label: bool = False, word: str = ""
) -> dict[str, Any]:
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
        "word": word,
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
