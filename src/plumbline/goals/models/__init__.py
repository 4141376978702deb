"""What: the nouns of strategy, objectives, key results and KPIs, each with its verbs."""

from plumbline.goals.models.bet import Bet, Input, Moves, Work
from plumbline.goals.models.cadence import Cadence
from plumbline.goals.models.check_in import CheckIn, Withdrawal
from plumbline.goals.models.closure import Closure, Verdict
from plumbline.goals.models.comment import Comment
from plumbline.goals.models.custom_field import CustomField
from plumbline.goals.models.cycle import Cycle
from plumbline.goals.models.decision import Decision
from plumbline.goals.models.dismissal import Dismissal
from plumbline.goals.models.goals_view import FirstView, GoalsView
from plumbline.goals.models.handout import Given, Handout, HandoutRow, Outcome
from plumbline.goals.models.initiative import Initiative
from plumbline.goals.models.key_result import KeyResult
from plumbline.goals.models.kpi import Kpi
from plumbline.goals.models.memory import Memory
from plumbline.goals.models.objective import Objective, Support
from plumbline.goals.models.reading import KpiTarget, Reading
from plumbline.goals.models.strategy import Pillar, UltimateMeasure
from plumbline.goals.models.surroundings import Commitment, Guardrail, GuardrailReading, Milestone, PathPoint
from plumbline.goals.models.tag import Tag
from plumbline.goals.models.waiver import Waiver

__all__ = [
    "Bet",
    "Cadence",
    "CheckIn",
    "Closure",
    "Comment",
    "Commitment",
    "CustomField",
    "Cycle",
    "Decision",
    "Dismissal",
    "FirstView",
    "Given",
    "GoalsView",
    "Guardrail",
    "GuardrailReading",
    "Handout",
    "HandoutRow",
    "Initiative",
    "Input",
    "KeyResult",
    "Kpi",
    "KpiTarget",
    "Memory",
    "Milestone",
    "Moves",
    "Objective",
    "Outcome",
    "PathPoint",
    "Pillar",
    "Reading",
    "Support",
    "Tag",
    "UltimateMeasure",
    "Verdict",
    "Waiver",
    "Withdrawal",
    "Work",
]
