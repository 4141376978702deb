"""What is kept for a while goes when that while is over."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession

from plumbline.people.models import Organisation
from plumbline.usecases.forget import forget_old_sign_ins
from tests.world import NOW, SYSTEM, World


@pytest.mark.parametrize(("days", "asked", "stays"), [(29, 30, True), (31, 30, False), (13, 14, True), (61, 60, False)])
def test_where_people_signed_in_is_kept_as_long_as_was_said(world: World, days: int, asked: int, stays: bool) -> None:
    Organisation.the().change(sign_ins_kept_days=asked, by=SYSTEM, at=NOW)
    row = UserSession.objects.create(user=world.ben, ip="10.0.0.7", user_agent="A browser", session_key="k")
    UserSession.objects.filter(pk=row.pk).update(last_seen_at=NOW - timedelta(days=days))

    assert forget_old_sign_ins(NOW) == (not stays)
    assert forget_old_sign_ins(NOW) == 0
    assert UserSession.objects.filter(pk=row.pk).exists() == stays
