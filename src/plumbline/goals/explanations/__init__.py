"""Explain a number: each progress, pace, status, score, health and forecast as its rule, with the values put in.

Numbers in, words out, no query: pages show what stands here, and the JSON door answers with it.
"""

from plumbline.goals.explanations.explanation import Explanation, Share
from plumbline.goals.explanations.key_results import explain_key_result, too_early
from plumbline.goals.explanations.kpis import explain_kpi
from plumbline.goals.explanations.objectives import explain_objective, explain_score

__all__ = [
    "Explanation",
    "Share",
    "explain_key_result",
    "explain_kpi",
    "explain_objective",
    "explain_score",
    "too_early",
]
