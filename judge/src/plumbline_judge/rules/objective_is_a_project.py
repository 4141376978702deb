"""Ask what the work is for, where an objective is a project.

A project ends when it is done. An objective says what is better for somebody
then, and leaves the way there open.

Mend: Say who will be better off, and keep the project as an initiative below.

Found:
    Launch the new app
    Migrate all services to the new cluster
    Hire 5 engineers
    Rollout of the CRM

Good:
    Make commuting by bike the easy choice
    Build a city where children ride to school alone
    Create a workplace people recommend to friends
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.aims import DOING, names_a_number, somebody
from plumbline_judge.lexicon import word_set
from plumbline_judge.registry import Case, Remark, rule
from plumbline_judge.statement import DETERMINERS

_PROJECTS = word_set(
    "rollout roll-out migration relaunch launch implementation introduction development construction project "
    "redesign rebuild replacement renovation deployment"
)

_BEST = word_set("best safest simplest fastest kindest cheapest shortest clearest")
_FOR_SOMEBODY = word_set("build create make design develop give offer provide shape form")


@rule("ask", ("objective",), ("output", "input"))
def objective_is_a_project(case: Case) -> Iterator[Remark]:
    """Ask what the work is for, where an objective is a project."""
    opener = case.opener()
    if opener is None:
        return
    named = opener.low in _PROJECTS or _object(case) in _PROJECTS
    doing = (case.opens_with(*DOING) and not names_a_number(case)) or _is_a_german_noun_of_doing(case)
    following = case.statement.low(case.begins + 1)
    eases = following in ("ourselves", "us") or (opener.low == "make" and following == "it")
    lived = eases or _is_a_promise(case) or (somebody(case.statement) and opener.low.split(" ")[0] in _FOR_SOMEBODY)
    if named or (doing and not lived):
        yield Remark(case.statement.span(case.begins, case.begins + 1), {}, "initiative")


def _is_a_german_noun_of_doing(case: Case) -> bool:
    """Whether it opens with a noun made of a verb: "Einführung des CRM"."""
    return case.statement.language == "de" and case.opens_with(*DOING, forms="g")


def _is_a_promise(case: Case) -> bool:
    """Whether it offers the best of something: "the easiest way", which people feel."""
    return case.opens_with(*DOING) and any(
        word.low in _BEST or word.low.endswith("iest") for word in case.statement.words
    )


def _object(case: Case) -> str:
    """Return the second word that counts: "app" in "The app relaunch"."""
    at = case.begins + 1
    while case.statement.low(at) in DETERMINERS:
        at += 1
    return case.statement.low(at)
