"""``plumbline seed``: an organisation of any size, to see how Plumbline feels when it is large."""

from __future__ import annotations

import secrets
import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from plumbline.cli.installation import make_folder, read_deployment, start_django, update_database
from plumbline.cli.refusal import refuse, refuse_if_any

if TYPE_CHECKING:
    from plumbline.people.models import Person
    from plumbline.usecases.seed import Size


def seed(  # noqa: PLR0917 - typer reads the options from here
    people: Annotated[int, typer.Option(help="How many people.")] = 300,
    teams: Annotated[int, typer.Option(help="How many teams.")] = 30,
    cycles: Annotated[int, typer.Option(help="How many quarters: the last is the next, the last but one runs.")] = 4,
    objectives: Annotated[int, typer.Option(help="How many objectives over all cycles.")] = 2_000,
    key_results: Annotated[int, typer.Option(help="How many key results over all objectives.")] = 7_000,
    check_ins: Annotated[int, typer.Option(help="How many check-ins over all key results.")] = 50_000,
    kpis: Annotated[int, typer.Option(help="How many KPIs, each with a year of readings.")] = 60,
    start: Annotated[int, typer.Option(help="The number that chance starts from.")] = 1,
) -> None:
    """Fill an installation without goals with an invented organisation. For trying out, never for real goals."""
    deployment = read_deployment()
    make_folder(deployment)
    deployment.keep_a_secret()
    refuse_if_any(read_deployment().problems())
    start_django()
    update_database()
    from plumbline.usecases.seed import Size

    size = Size(people, teams, cycles, objectives, key_results, check_ins, kpis)
    refuse_if_any(size.problems())
    began = time.monotonic()
    owner, rows = _sow(size, start)
    took = time.monotonic() - began
    sys.stdout.write(f"{rows:,} rows in {took:.1f} s: {rows / took:,.0f} rows a second\n")
    sys.stdout.write(f"Sign in as {owner.email} with {_give_password(owner)}\n")


def _sow(size: Size, start: int) -> tuple[Person, int]:
    from django.utils.timezone import now
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from plumbline.usecases.seed import NotEmpty, sow

    written = 0
    bar = Progress(TextColumn("rows"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with bar:
        task = bar.add_task("rows", total=_expected(size))

        def told(rows: int) -> None:
            nonlocal written
            written += rows
            bar.update(task, completed=written, total=max(_expected(size), written))

        try:
            owner = sow(size, at=now(), start=start, told=told)
        except NotEmpty:
            refuse("There are goals in this installation already. Seed an empty one: set PLUMBLINE_FOLDER elsewhere.")
        bar.update(task, completed=written, total=written)
    return owner, written


def _expected(size: Size) -> int:
    return size.people * 3 + size.objectives * 3 + size.key_results * 4 + size.check_ins * 2 + size.kpis * 15


def _give_password(owner: Person) -> str:
    from django.utils.timezone import now

    from plumbline.people.models import Actor

    password = secrets.token_urlsafe(12)
    owner.choose_password(password=password, by=Actor(door="cli"), at=now())
    return password
