"""Who may do what: the table of ``docs/reference/access.md``, in one place.

To read is ``visible_to`` on the querysets; ``can(person, "see", noun)`` is its
twin for one noun, and the tests hold them against each other. To write is
``can(person, verb, noun)``. Doors fetch first (a stranger gets 404), then ask.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from plumbline.goals.models import Comment, Initiative, KeyResult, Kpi, Objective
from plumbline.goals.models.objective import Home
from plumbline.people.models import Person, Team
from plumbline.people.models.person import Role

#: What can be done to a goal. A contributor may do all but the last line. To archive is weighty as the bin is: the
#: goal leaves every list; what others put away, a contributor may bring back.
EVERYDAY: Final = frozenset(
    {"change", "check_in", "activate", "waive", "amend", "reopen", "restore", "clone", "add", "align", "share"}
)
WEIGHTY: Final = frozenset({"close", "move", "bin", "archive", "make_private"})

Goal = Objective | KeyResult | Initiative | Kpi

#: What is done to the organisation itself, and the least role for it.
HOUSE: Final = {
    "see": Role.VIEWER,
    "keep_views": Role.VIEWER,
    "share_views": Role.MEMBER,
    "comment": Role.MEMBER,
    "make_tokens": Role.MEMBER,
    "make_teams": Role.ADMIN,
    "make_tags": Role.ADMIN,
    "make_fields": Role.ADMIN,
    "hand_out": Role.ADMIN,
    "invite": Role.ADMIN,
    "hand_on": Role.ADMIN,
    "set_up_judge": Role.ADMIN,
    "read_audit_trail": Role.ADMIN,
    "reopen_cycle": Role.ADMIN,
    "shape_strategy": Role.OWNER,
    "make_cycles": Role.OWNER,
    "change_settings": Role.OWNER,
    "export_everything": Role.OWNER,
}


def may(person: Person, verb: str) -> bool:
    """Tell whether a person may do something to the organisation as a whole, by role alone."""
    return person.has_role(HOUSE[verb])


def can(person: Person, verb: str, noun: Goal | Comment) -> bool:
    """Tell whether a person may do something to a goal. Never true for what does not exist for them."""
    return verb in verbs(person, noun)


def verbs(person: Person, noun: Goal | Comment, *, teams: Collection[int] | None = None) -> frozenset[str]:
    """Return all that a person may do to a goal; hand in ``teams_now()`` where there are many goals to ask for.

    What lies in the bin can only be restored, by those who could have put it there.
    """
    if noun.binned_at is not None:
        return frozenset({"restore"} & _work(person, noun, teams)) if _would_see(person, noun) else frozenset()
    if not sees(person, noun):
        return frozenset()
    return frozenset({"see"}) | _work(person, noun, teams)


def sees(person: Person, noun: Goal | Comment) -> bool:
    """Tell whether a noun exists for a person: the twin of ``visible_to``."""
    return noun.binned_at is None and _home_goal(noun).binned_at is None and _would_see(person, noun)


def _would_see(person: Person, noun: Goal | Comment) -> bool:
    goal = _home_goal(noun)
    return person.is_active and (not goal.is_private or _is_named(person, goal))


def can_set_objective(
    person: Person, *, home: str, teams: list[Team], home_person: Person | None, own: Collection[int] | None = None
) -> bool:
    """Tell whether a person may set a new goal in this home; ``own`` is their ``teams_now()`` where many are asked."""
    if not person.has_role(Role.MEMBER):
        return False
    match home:
        case Home.COMPANY:
            return person.has_role(Role.OWNER)
        case Home.TEAM:
            mine = set(person.teams_now() if own is None else own)
            return bool(teams) and (person.has_role(Role.ADMIN) or all(team.pk in mine for team in teams))
        case _:
            return home_person == person


def can_manage(person: Person, other: Person, role: str) -> bool:
    """Tell whether a person may invite, change or archive another who has, or is to get, a role."""
    if person.has_role(Role.OWNER):
        return True
    highest = max(Role(other.role).rank, Role(role).rank)
    return person.has_role(Role.ADMIN) and highest <= Role.MEMBER.rank


def _work(person: Person, noun: Goal | Comment, teams: Collection[int] | None) -> frozenset[str]:
    if not person.has_role(Role.MEMBER):
        return frozenset()
    if isinstance(noun, Comment):
        return frozenset({"edit"} if noun.author_id == person.pk else ())
    if _answers_for(person, noun, teams):
        return EVERYDAY | WEIGHTY | {"comment"}
    everyday = EVERYDAY if _contributes(person, noun) else frozenset()
    # Whoever lets somebody in to a private goal decides who sees it (docs/decisions/restricted-goals.md).
    return (everyday - {"share"} if _home_goal(noun).is_private else everyday) | {"comment"}


def _answers_for(person: Person, noun: Goal, teams: Collection[int] | None) -> bool:
    goal = _home_goal(noun)
    if person.has_role(Role.OWNER) or _leads(person, noun) or _lives_in(person, goal, teams):
        return True
    return goal.home != Home.COMPANY and person.has_role(Role.ADMIN)


def _home_goal(noun: Goal | Comment) -> Objective | Kpi:
    return noun if isinstance(noun, Objective | Kpi) else noun.objective


def _leads(person: Person, noun: Goal) -> bool:
    return person.pk in {noun.lead_id, _home_goal(noun).lead_id}


def _lives_in(person: Person, goal: Objective | Kpi, teams: Collection[int] | None) -> bool:
    if goal.home == Home.PERSON:
        return goal.home_person_id == person.pk
    if goal.home == Home.TEAM:
        own = person.teams_now() if teams is None else teams
        return bool({team.pk for team in goal.home_teams.all()} & set(own))
    return False


def _contributes(person: Person, noun: Goal) -> bool:
    goals = [_home_goal(noun), noun] if isinstance(noun, KeyResult) else [_home_goal(noun)]
    return any(person in goal.contributors.all() for goal in goals)


def _is_named(person: Person, goal: Objective | Kpi) -> bool:
    if goal.lead_id == person.pk or person in goal.contributors.all():
        return True
    return isinstance(goal, Objective) and person in goal.named.all()
