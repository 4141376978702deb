"""What a word means, opened beside the label that uses it."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from plumbline.web.glossary_terms import terms
from plumbline.web.ladders import LADDERS
from plumbline.web.templatetags.plumbline_ui import spoken

register = template.Library()


@register.simple_tag
@spoken
def meaning(key: str, place: str = "") -> SafeString:
    """Draw a small button that opens what a word means; ``place`` tells two of the same word on one page apart."""
    term = terms()[key]
    name = f"means-{key}-{place}" if place else f"means-{key}"
    return format_html(
        '<button class="what" type="button" popovertarget="{}" aria-label="{}">'
        '<span aria-hidden="true">?</span></button>'
        '<span class="means" id="{}" popover><strong>{}</strong><span>{}</span><a class="link" href="{}">{}</a></span>',
        name,
        _("What “%(word)s” means") % {"word": term.name},
        name,
        term.name,
        term.definition,
        reverse("glossary-term", args=[key]),
        _("Example and questions"),
    )


@register.inclusion_tag("judgements/_help.html")
def what_an_outcome_is() -> dict[str, Any]:
    """Explain the three levels with examples, beside where a key result is written."""
    words = terms()
    return {"levels": [words[key] for key in ("outcome", "output", "input")], "ladders": LADDERS}
