"""Tell whether a key result measures an activity or an impact, offline, and show the words that decided.

>>> from plumbline_judge import judge
>>> judge("Publish 10 blog articles").level
'output'
"""

from plumbline_judge.context import Config, Context, KnownMetric
from plumbline_judge.explaining import Explanation, Part, explain, part_says
from plumbline_judge.judgement import (
    Evidence,
    Finding,
    Judgement,
    Measure,
    Move,
    SetJudgement,
    Span,
    Suggestion,
)
from plumbline_judge.judging import VERSION, judge, judge_set
from plumbline_judge.library import CatalogueEntry, catalogue
from plumbline_judge.speech import Advice, Need, Verdict, advice, needs, render, says, verdict

__all__ = [
    "VERSION",
    "Advice",
    "CatalogueEntry",
    "Config",
    "Context",
    "Evidence",
    "Explanation",
    "Finding",
    "Judgement",
    "KnownMetric",
    "Measure",
    "Move",
    "Need",
    "Part",
    "SetJudgement",
    "Span",
    "Suggestion",
    "Verdict",
    "advice",
    "catalogue",
    "explain",
    "judge",
    "judge_set",
    "needs",
    "part_says",
    "render",
    "says",
    "verdict",
]
