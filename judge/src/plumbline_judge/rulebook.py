"""What there is to know of each rule: what it says, why it matters, how to mend it, and examples of both sides."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plumbline_judge.judgement import Role, Severity
from plumbline_judge.registry import Rule, all_rules, known_rule
from plumbline_judge.speech import say

_PLACE = re.compile(r"\{\w+\}")
_NOTE = re.compile(r"\[[^\]]*\] ?")


@dataclass(frozen=True, slots=True)
class RuleCard:
    """One rule in a reader's language. The examples stay in the language in which they are tested."""

    name: str
    severity: Severity
    on_set: bool
    roles: tuple[Role, ...]
    says: str
    why: str
    mend: str
    found: tuple[str, ...]
    good: tuple[str, ...]


def rule_card(name: str, language: str = "en") -> RuleCard:
    """Return what there is to know of a rule. Raises UnknownRule."""
    return _card(all_rules()[known_rule(name)], language)


def rule_cards(language: str = "en") -> tuple[RuleCard, ...]:
    """Return all rules, in the order of their names."""
    return tuple(_card(rule, language) for rule in all_rules().values())


def _card(rule: Rule, language: str) -> RuleCard:
    said = (_PLACE.sub("…", say(f"rule.{rule.name}{part}", language)) for part in ("", ".why", ".mend"))
    says, why, mend = said
    found, good = _examples(rule.doc, "Found"), _examples(rule.doc, "Good")
    return RuleCard(rule.name, rule.severity, rule.on_set, rule.roles, says, why, mend, found, good)


def _examples(doc: str, heading: str) -> tuple[str, ...]:
    """Return the sentences below a heading; what a test is told besides stands in brackets and is left out."""
    after = doc.partition(f"{heading}:\n")[2].split("\n\n", 1)[0]
    return tuple(_NOTE.sub("", line.strip()) for line in after.splitlines() if line.startswith("    "))
