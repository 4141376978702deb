"""Who may use the house around the goals: sign-in, settings, people, teams, KPIs, profile, search."""

from __future__ import annotations

from typing import Final

from plumbline.goals.models import Cadence, Kpi
from plumbline.people.models import Actor, Token
from tests.web.access_table import ADMINS, EVERYBODY, KEEPERS, OWNERS, WRITERS, Row
from tests.world import NOW, SYSTEM, World

ADA: Final = frozenset({"ada"})
NOBODY: Final = frozenset[str]()


def kpi(world: World, private: bool) -> dict[str, str]:
    """Name the Riders' KPI, or one of Ada's own."""
    if not private:
        return {"public_id": world.churn.public_id}
    name = "Offers for the harbour depot"
    return {"public_id": Kpi.watch(name=name, lead=world.ada, is_private=True, by=SYSTEM, at=NOW).public_id}


def cadence(_world: World, _private: bool) -> dict[str, str]:
    """Name a cadence."""
    begun = Cadence.begin(name="Quarters", kind="quarterly", formula="Quarter {quarter} {year}", by=SYSTEM, at=NOW)
    return {"public_id": begun.public_id}


def token(world: World, _private: bool) -> dict[str, str]:
    """Name a token of Ada's."""
    made, _secret = Token.make(person=world.ada, name="Sync", scope="read", by=Actor(world.ada), at=NOW)
    return {"public_id": made.public_id}


def ben(world: World, _private: bool) -> dict[str, str]:
    """Name Ben."""
    return {"public_id": world.ben.public_id}


def riders(world: World, _private: bool) -> dict[str, str]:
    """Name the Riders."""
    return {"public_id": world.riders.public_id}


def rider(world: World, _private: bool) -> dict[str, str]:
    """Name Ben among the Riders."""
    return {"public_id": world.riders.public_id, "person_id": world.ben.public_id}


def cycle(world: World, _private: bool) -> dict[str, str]:
    """Name the running cycle."""
    return {"public_id": world.q2.public_id}


def pillar(world: World, _private: bool) -> dict[str, str]:
    """Name the pillar."""
    return {"public_id": world.pillar.public_id}


def key(_world: World, _private: bool) -> dict[str, int]:
    """Name a passkey that nobody has."""
    return {"pk": 1}


SIGN_IN = [
    Row("account_login", open=True),
    Row("account_logout", open=True),
    Row("account_signup", NOBODY, open=True, hidden=True),
    Row("account_reset_password", open=True),
    Row("account_reset_password_done", open=True),
    Row("account_reset_password_from_key", open=True, arguments=lambda _w, _p: {"uidb36": "1", "key": "abc-def"}),
    Row("account_reset_password_from_key_done", open=True),
    # The cast has neither passwords nor keys to confirm with.
    Row("account_reauthenticate", NOBODY),
    Row("account_change_password"),
    Row("account_set_password"),
    Row("usersessions_list"),
    Row("mfa_index"),
    Row("mfa_authenticate", open=True),
    Row("mfa_reauthenticate", NOBODY),
    Row("mfa_activate_totp"),
    Row("mfa_deactivate_totp", NOBODY, hidden=True),
    Row("mfa_view_recovery_codes", NOBODY, hidden=True),
    Row("mfa_generate_recovery_codes"),
    Row("mfa_download_recovery_codes", NOBODY, hidden=True),
    Row("mfa_list_webauthn"),
    Row("mfa_add_webauthn"),
    Row("mfa_login_webauthn", open=True),
    Row("mfa_reauthenticate_webauthn", NOBODY),
    Row("mfa_edit_webauthn", NOBODY, arguments=key, hidden=True),
    Row("mfa_remove_webauthn", NOBODY, arguments=key, hidden=True),
    Row("join", open=True, arguments=lambda _w, _p: {"secret": "made-up"}),
    Row("first-steps", OWNERS),
]

SETTINGS = [
    Row("settings"),
    Row("settings", OWNERS, method="post"),
    Row("ultimate-measure", OWNERS),
    Row("cycles"),
    Row("cycles", OWNERS, method="post"),
    Row("cadences", OWNERS, method="post"),
    Row("next-cycle", OWNERS, method="post", arguments=cadence),
    Row("cycle", arguments=cycle),
    Row("cycle", OWNERS, method="post", arguments=cycle),
    Row("cycle-phase", OWNERS, method="post", arguments=cycle),
    Row("pillars"),
    Row("pillars", OWNERS, method="post"),
    Row("pillar", OWNERS, arguments=pillar),
    Row("pillar-place", OWNERS, method="post", arguments=pillar),
    Row("pillar-archival", OWNERS, method="post", arguments=pillar),
    Row("audit", ADMINS),
]

PEOPLE = [
    Row("people"),
    Row("person", arguments=ben),
    Row("invite", ADMINS),
    Row("invite", ADMINS, method="post"),
    Row("person-invitations", ADMINS, method="post", arguments=ben),
    Row("person-role", ADMINS, method="post", arguments=ben),
    Row("person-archival", ADMINS, method="post", arguments=ben),
    Row("person-manager", ADMINS, method="post", arguments=ben),
    Row("teams"),
    Row("team", arguments=riders),
    Row("new-team", ADMINS),
    Row("team-details", ADMINS, arguments=riders),
    Row("team-members", ADMINS, method="post", arguments=riders),
    Row("team-member-removal", ADMINS, method="post", arguments=rider),
    Row("team-archival", ADMINS, method="post", arguments=riders),
    Row("profile"),
    Row("tokens", WRITERS),
    Row("token-revocation", ADA, method="post", arguments=token, hidden=True),
    Row("theme", method="post", open=True),
]

#: The KPI has no contributor: Carl, who contributes to the goal, is from elsewhere here.
KPIS = [
    Row("kpis"),
    Row("new-kpi", WRITERS),
    Row("kpi", EVERYBODY, ADA, arguments=kpi, private_seen=ADA),
    Row("kpi-details", KEEPERS, ADA, arguments=kpi, private_seen=ADA),
    Row("kpi-readings", KEEPERS, ADA, method="post", arguments=kpi, private_seen=ADA),
    Row("kpi-targets", KEEPERS, ADA, method="post", arguments=kpi, private_seen=ADA),
    Row("kpi-archival", KEEPERS, ADA, method="post", arguments=kpi, private_seen=ADA),
    Row("search"),
]

ROWS = [*SIGN_IN, *SETTINGS, *PEOPLE, *KPIS]
