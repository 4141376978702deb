"""The judge: one sentence, or an objective with its key results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from plumbline_judge.asking import question
from plumbline_judge.context import NO_CONTEXT, STANDARD, Config, Context
from plumbline_judge.found import opening
from plumbline_judge.judgement import ROLES, Judgement, SetJudgement
from plumbline_judge.measure import measure, numbers
from plumbline_judge.model import weigh
from plumbline_judge.move import move
from plumbline_judge.question import counted_noun, initiative_title, put_in
from plumbline_judge.registry import Case, SetCase, findings
from plumbline_judge.statement import read
from plumbline_judge.suggestions import suggestions

VERSION = "1"


def judge(
    text: str, *, role: str = "key_result", context: Context = NO_CONTEXT, config: Config = STANDARD
) -> Judgement:
    """Judge one sentence: does it measure an input, an output or an outcome, and what does it still need?

    ``role`` is what the sentence is meant to be (``key_result``, ``objective``, ``initiative``, ``kpi``). Any text
    gets an answer. The same text, context and config give the same answer in the same version; nothing is fetched
    and no clock is read. Raises ValueError for a role that is none of the four.
    """
    if role not in ROLES:
        raise ValueError(f"“{role}” is none of the roles: {', '.join(ROLES)}.")
    statement = read(text, config.text_language)
    reading = weigh(statement)
    roles = numbers(statement)
    found = measure(statement, roles)
    case = Case(statement, reading.level, found, roles, context, role, opening(statement))
    remarks = findings(case, config)
    activity = reading.level in ("input", "output")
    title = initiative_title(statement, found)
    return Judgement(
        text=text,
        role=role,
        level=reading.level,
        probabilities=reading.probabilities,
        evidence=reading.evidence,
        measure=found,
        findings=remarks,
        question=question(case, remarks, config.language or context.language) if config.question else "",
        suggestions=suggestions(statement, context) if activity and config.suggestions else (),
        initiative_title=title,
        noun=put_in(statement, found) if reading.level == "input" else counted_noun(statement, found),
        reason=reading.reason,
        version=VERSION,
        settings=settings_told(config),
        move=move(case, remarks, title),
    )


def judge_set(
    objective: str, key_results: Sequence[str], *, context: Context = NO_CONTEXT, config: Config = STANDARD
) -> SetJudgement:
    """Judge an objective together with its key results.

    Each key result is judged with the objective and its siblings as context; the findings of the answer are those on
    the set, where ``first`` and ``second`` count key results from 1.
    """
    around = replace(context, objective=objective)
    judged = tuple(
        judge(text, context=replace(around, siblings=(*key_results[:at], *key_results[at + 1 :])), config=config)
        for at, text in enumerate(key_results)
    )
    return SetJudgement(objective, judged, findings(SetCase(objective, judged), config), VERSION, settings_told(config))


def settings_told(config: Config) -> dict[str, Any]:
    """Return the settings that an answer depends on, as plain JSON data; what it withholds is named only then."""
    if config is STANDARD:
        return {"disabled": [], "severity": {}, "language": "", "text_language": ""}
    withheld = {name: False for name in ("question", "suggestions") if not getattr(config, name)}
    return {
        "disabled": sorted(config.disabled),
        "severity": dict(config.severity),
        "language": config.language,
        "text_language": config.text_language,
        **withheld,
    }
