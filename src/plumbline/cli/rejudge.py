"""``plumbline rejudge``: what a new version of the judge would say of the goals that are stored."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from plumbline.cli.installation import pending_migrations, read_deployment, refuse_silent_database, start_django
from plumbline.cli.refusal import refuse, refuse_if_any

if TYPE_CHECKING:
    from plumbline.goals.models import Cycle
    from plumbline.usecases.rejudge import Rereading

_WORDS = 60


def rejudge(
    cycle: Annotated[str, typer.Option(help="A cycle by name or id, closed or not; without it, all open goals.")] = "",
    write: Annotated[bool, typer.Option("--write", help="Keep the new verdicts; without it, only look.")] = False,
    private_titles: Annotated[
        bool, typer.Option("--private-titles", help="Print the words of private goals too.")
    ] = False,
) -> None:
    """Show which stored key results a new version of the judge reads otherwise, and keep its verdicts."""
    refuse_if_any(read_deployment().problems())
    start_django()
    refuse_silent_database()
    if pending_migrations():
        refuse("The database isn't up to date with this version. Run 'plumbline init' first.")
    chosen = _cycle(cycle) if cycle else None
    _look(chosen, with_private=private_titles)
    if write:
        _write(chosen)
    else:
        _say("Nothing was written. With --write the new verdicts are kept, and the old ones stay in the history.")


def _cycle(asked: str) -> Cycle:
    from plumbline.goals.models import Cycle

    known = list(Cycle.objects.filter(binned_at=None).order_by("first_day"))
    found = next((one for one in known if asked in (one.name, one.public_id)), None)
    if found is None:
        refuse(f"There is no cycle {asked!r}. There are: {', '.join(one.name for one in known) or 'none yet'}.")
    return found


def _look(cycle: Cycle | None, *, with_private: bool) -> None:
    from plumbline_judge import VERSION

    from plumbline.usecases.rejudge import reread, to_reread

    rows = to_reread(cycle)
    read = stale = flips = 0
    for one in _with_bar(reread(rows), rows.count()):
        read, stale, flips = read + 1, stale + one.is_stale, flips + one.flips
        if one.flips:
            if flips == 1:
                _say(f"{'goal':<14}{'was':<20}{'would be':<20}words")
            _say(_line(one, with_private=with_private))
    _say(f"Version {VERSION} of the judge: {read} read, {stale} with another reading, {flips} that flip.")


def _line(one: Rereading, *, with_private: bool) -> str:
    before = f"{one.before or 'nothing'} ({one.before_version or '-'})"
    after = f"{one.after} ({one.after_version})"
    is_hidden = one.key_result.objective.is_private and not with_private
    words = "(private)" if is_hidden else _short(one.key_result.statement)
    return f"{one.key_result.public_id:<14}{before:<20}{after:<20}{words}"


def _short(words: str) -> str:
    shown = "".join(letter if letter.isprintable() else " " for letter in words)
    return shown if len(shown) <= _WORDS else f"{shown[: _WORDS - 1]}…"


def _write(cycle: Cycle | None) -> None:
    from django.utils.timezone import now

    from plumbline.people.models import Actor
    from plumbline.usecases.rejudge import reread, to_reread, write_rereadings

    rows = to_reread(cycle)
    actor = Actor(door="cli", request_id=str(uuid.uuid4()))
    written = write_rereadings(_with_bar(reread(rows), rows.count()), by=actor, at=now())
    _say(f"Kept {written} new verdicts. The old ones stay in the history with their version.")


def _with_bar(readings: Iterable[Rereading], total: int) -> Iterator[Rereading]:
    from plumbline_judge.terminal import Bar

    bar = Bar(sys.stderr, total) if sys.stderr.isatty() and total else None
    try:
        for done, one in enumerate(readings, 1):
            yield one
            if bar:
                bar(done)
    finally:
        if bar:
            bar.close()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
