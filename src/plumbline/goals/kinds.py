"""Of which kind some work and a number are, as the judge reads their words: a first word that people may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plumbline_judge.kinds import kind_of_number, kind_of_work

if TYPE_CHECKING:
    from plumbline.goals.models.key_result import KeyResult


def of_work(title: str) -> str:
    """Return the kind of work that a title tells of; empty where it doesn't."""
    return kind_of_work(title)


def of_number(key_result: KeyResult) -> str:
    """Return the kind of number that a key result is about; empty where its words don't tell."""
    return kind_of_number(key_result.metric or key_result.statement, key_result.unit_kind)
