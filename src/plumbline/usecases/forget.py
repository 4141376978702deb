"""Delete what was kept long enough. Twice deletes nothing more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from allauth.usersessions.models import UserSession

from plumbline.people.models import Organisation

#: As long as a session lives at most: one that is listed can still be ended.
SHORTEST: Final = 14


def forget_old_sign_ins(at: datetime) -> int:
    """Delete where and with which device people signed in, once it is old; return how many went."""
    organisation = Organisation.objects.first()
    if organisation is None:
        return 0
    kept = timedelta(days=max(organisation.sign_ins_kept_days, SHORTEST))
    gone: int = UserSession.objects.filter(last_seen_at__lt=at - kept).delete()[0]
    return gone
