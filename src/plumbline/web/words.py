"""What statuses and levels are called and which shape they wear: the one place that knows."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Meaning:
    """A key of the code, as people see it: a word, and the name of its shape and colour."""

    word: str | Promise
    look: str


STATUSES = {
    "on_track": Meaning(_("On track"), "on_track"),
    "needs_attention": Meaning(_("Needs attention"), "needs_attention"),
    "off_track": Meaning(_("Off track"), "off_track"),
    "no_status": Meaning(_("No status"), "no_status"),
    "achieved": Meaning(_("Achieved"), "achieved"),
    "outdated": Meaning(_("Outdated"), "outdated"),
    "partly_achieved": Meaning(_("Partly achieved"), "partly_achieved"),
    "missed": Meaning(_("Missed"), "missed"),
    "postponed": Meaning(_("Postponed"), "postponed"),
    "cancelled": Meaning(_("Cancelled"), "cancelled"),
    "unknown": Meaning(_("Unknown"), "unknown"),
    "archived": Meaning(_("Archived"), "archived"),
    "healthy": Meaning(_("Healthy"), "on_track"),
    "watch": Meaning(_("Watch"), "needs_attention"),
    "act": Meaning(_("Act"), "off_track"),
}

#: What came of a bet, as its lead says, and where it stands before that.
VERDICTS = {
    "moved": Meaning(_("Moved it"), "achieved"),
    "partly": Meaning(_("Moved it partly"), "partly_achieved"),
    "not": Meaning(_("Did not move it"), "missed"),
    "too_early": Meaning(_("Too early to tell"), "postponed"),
    "unsettled": Meaning(_("Waits for a verdict"), "unknown"),
    "open": Meaning(_("Still at work"), "no_status"),
}

LEVELS = {
    "input": Meaning(_("Input"), "input"),
    "output": Meaning(_("Output"), "output"),
    "outcome": Meaning(_("Outcome"), "outcome"),
    "unclear": Meaning(_("Unclear"), "unclear"),
}

#: The levels, as they are said aloud.
READS_AS = {
    "input": _("Reads as input"),
    "output": _("Reads as output"),
    "outcome": _("Reads as outcome"),
    "unclear": _("Unclear yet"),
}

#: What an active key result has to have, by the names of ``KeyResult.missing``.
MISSING = {
    "metric": _("what is counted"),
    "lead": _("a lead"),
    "baseline": _("where it stands today, or a day by which that is measured"),
    "target": _("a target"),
    "target_upper": _("the upper end"),
}

CONFIDENCES = {
    1: _("Unlikely"),
    2: _("Doubtful"),
    3: _("Even odds"),
    4: _("Likely"),
    5: _("Sure"),
}


def within(word: str | Promise) -> str:
    """Return a word as it stands within a sentence: its first letter small, capitals after that as they are."""
    text = str(word)
    return text[:1].lower() + text[1:]


def status_meaning(key: str | None) -> Meaning:
    """Return how a status looks; one that is not set yet has no status."""
    return STATUSES.get(key or "no_status", STATUSES["unknown"])


def level_meaning(key: str | None) -> Meaning:
    """Return how a level looks; what has not been judged is unclear."""
    return LEVELS.get(key or "unclear", LEVELS["unclear"])
