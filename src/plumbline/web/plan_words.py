"""What each finding of the plan check says, why that matters, and the one step that mends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plumbline.goals.plan_check.registry import Finding, Place
from plumbline.values.unit import Unit

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Heading:
    """What a kind of finding is called, and why it is asked."""

    title: Words
    why: Words


HEADINGS: Final = {
    "no_key_results": Heading(
        gettext_lazy("No key result"), gettext_lazy("Without one there is nothing to check in on, and no way to know.")
    ),
    "no_lead": Heading(gettext_lazy("No lead"), gettext_lazy("What everybody leads is asked about by nobody.")),
    "pulls_apart": Heading(
        gettext_lazy("Pull against each other"),
        gettext_lazy("One of the two will miss its target because the other reaches it."),
    ),
    "guardrail_is_a_target": Heading(
        gettext_lazy("Somebody's guardrail, somebody's target"),
        gettext_lazy("Whoever reaches the target breaches the guardrail."),
    ),
    "weights_are_zero": Heading(
        gettext_lazy("Nothing counts"), gettext_lazy("All weights are 0: the progress of the objective stays a dash.")
    ),
    "names_another_metric": Heading(
        gettext_lazy("Nobody measures what the title names"),
        gettext_lazy("All key results can be reached, and that number be anywhere."),
    ),
    "sums_below": Heading(
        gettext_lazy("Doesn't add up"), gettext_lazy("All key results together stay below the number in the title.")
    ),
    "only_outputs": Heading(
        gettext_lazy("Only work"), gettext_lazy("All of it can be done with the objective no nearer.")
    ),
    "only_lagging": Heading(
        gettext_lazy("Only late numbers"), gettext_lazy("The cycle is over before anybody can steer.")
    ),
    "near_duplicates": Heading(
        gettext_lazy("Nearly the same"),
        gettext_lazy("Done twice, and counted twice, unless something tells them apart."),
    ),
    "leads_too_much": Heading(
        gettext_lazy("A lot for one person"), gettext_lazy("It is about load. Something of it could be handed on.")
    ),
    "dates_outside": Heading(
        gettext_lazy("Days outside the cycle"), gettext_lazy("Its pace is counted over its own days.")
    ),
    "too_many": Heading(gettext_lazy("Very many"), gettext_lazy("Three that are looked at beat seven that are not.")),
    "unaligned": Heading(
        gettext_lazy("Hangs from nothing"), gettext_lazy("It may be a good goal; then the strategy misses something.")
    ),
}


@dataclass(frozen=True, slots=True)
class Step:
    """Where a finding is mended, in one step, and what that is called."""

    words: str
    url: str


def sentence(finding: Finding) -> str:
    """Return what stands out, in one sentence with its numbers; the evidence stands below it."""
    told = finding.parameters
    number = int(told.get("count", 0))
    match finding.rule:
        case "near_duplicates":
            words = ngettext("%(count)s reads alike.", "%(count)s read alike.", number)
        case "leads_too_much":
            words = ngettext("%(name)s leads %(count)s goal.", "%(name)s leads %(count)s goals.", number)
        case "too_many" if "team" in told:
            words = ngettext("%(team)s has %(count)s objective.", "%(team)s has %(count)s objectives.", number)
        case "too_many":
            words = ngettext("It has %(count)s key result.", "It has %(count)s key results.", number)
        case _:
            return _of_number(finding)
    return words % {**told, "count": number}


def _of_number(finding: Finding) -> str:
    told = finding.parameters
    match finding.rule:
        case "pulls_apart" | "guardrail_is_a_target":
            return _("Both are about %(metric)s.") % {"metric": told["metric"]}
        case "names_another_metric":
            return _("The title names %(metric)s.") % {"metric": told["metric"]}
        case "sums_below":
            shown = {name: Unit().show(Decimal(told[name])) for name in ("sum", "number")}
            return _("Together they reach %(sum)s of %(number)s.") % shown
        case "dates_outside":
            return _("One of its days is %(day)s.") % {"day": date_format(date.fromisoformat(told["day"]), _("j M Y"))}
        case _:
            return ""


def mend(finding: Finding) -> Step:
    """Return the step that mends a finding."""
    return _STEPS[finding.rule](finding)


def address(place: Place) -> str:
    """Return the page of what a place is about."""
    return reverse("key-result" if place.result else "objective", args=[place.public_id])


def _edit(place: Place) -> str:
    return reverse("key-result-edit" if place.result else "objective-edit", args=[place.public_id])


def _step(words: Words, of: Callable[[Finding], str]) -> Callable[[Finding], Step]:
    return lambda finding: Step(str(words), of(finding))


def _first(finding: Finding) -> str:
    return _edit(finding.places[0])


def _last(finding: Finding) -> str:
    return _edit(finding.places[-1])


def _new_result(finding: Finding) -> str:
    return reverse("key-result-new", args=[finding.goals[0].public_id])


def _first_result(finding: Finding) -> str:
    return _edit(next(place for place in finding.places if place.result))


def _led(finding: Finding) -> str:
    return f"{reverse('goals')}?{urlencode({'lead': finding.parameters['lead']})}"


_STEPS: Final[dict[str, Callable[[Finding], Step]]] = {
    "no_key_results": _step(gettext_lazy("Write a key result"), _new_result),
    "no_lead": _step(gettext_lazy("Name a lead"), _first),
    "pulls_apart": _step(gettext_lazy("Change the second"), _last),
    "guardrail_is_a_target": _step(gettext_lazy("Change the guardrail"), _first),
    "weights_are_zero": _step(gettext_lazy("Give one a weight"), _first_result),
    "names_another_metric": _step(gettext_lazy("Write that key result"), _new_result),
    "sums_below": _step(gettext_lazy("Add the missing key result"), _new_result),
    "only_outputs": _step(gettext_lazy("Add the number it should move"), _new_result),
    "only_lagging": _step(gettext_lazy("Add an earlier sign"), _new_result),
    "near_duplicates": _step(gettext_lazy("Tell the second apart"), _last),
    "leads_too_much": _step(gettext_lazy("See all of them"), _led),
    "dates_outside": _step(gettext_lazy("Change the days"), _first),
    "too_many": _step(gettext_lazy("Choose what matters most"), lambda finding: address(finding.places[0])),
    "unaligned": _step(gettext_lazy("Hang it from something"), _first),
}
