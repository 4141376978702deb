"""An objective explained: its roll-up part by part, its pace, its status, and its scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from plumbline.goals.explanations.explanation import Explanation, Share
from plumbline.goals.outlook import Outlook
from plumbline.goals.progress import ALL, NONE, counted
from plumbline.goals.scores import Scores
from plumbline.goals.words import percent

#: A sum with more parts than these stands in its table alone.
_MOST_IN_WORDS = 5


def explain_objective(outlook: Outlook, names: Mapping[int, str]) -> list[Explanation]:
    """Return progress, pace and status of an objective, each explained; ``names`` are of the aligned ones by key."""
    days = {"days": (outlook.objective.last_day - outlook.objective.first_day).days + 1}
    words = {"share": percent(outlook.expected), **days}
    passed = _("%(share)s of its %(days)s days have passed") % words
    pace = Explanation("expected", _("Expected by today"), passed, {"expected": outlook.expected, **days})
    return [_roll_up(outlook, names), pace, _worst(outlook)]


def explain_score(scores: Scores, *, progress: Decimal | None, given: Decimal | None = None) -> list[Explanation]:
    """Return the scores of an objective, explained: as amended, as committed, and the one it was given."""
    told = [
        _score("score_amended", _("Score as amended"), progress, scores.amended),
        _score("score_committed", _("Score as committed"), scores.committed_progress, scores.committed),
    ]
    if given is not None and given != scores.amended:
        words = _("%(given)s was given by hand, with a reason.") % {"given": given}
        told.append(Explanation("score_given", _("Score that was given"), words, {"score": given}))
    words = _("Reached from %(expected)s: a promise is kept in full, a stretch is reached at 0.7.")
    wanted = {"expected": scores.expected}
    return [*told, Explanation("score_expected", _("Score that is expected"), words % wanted, wanted)]


def _score(of: str, name: str, progress: Decimal | None, score: Decimal | None) -> Explanation:
    values = {"progress": progress, "counts": counted(progress), "score": score}
    if score is None:
        return Explanation(of, name, _("Nothing can be measured yet, so there is no score."), values)
    words = {"done": percent(progress), "counted": percent(counted(progress)), "score": score}
    text = _("Progress %(done)s, counted as %(counted)s; ÷ 100, to two places = %(score)s") % words
    return Explanation(of, name, text, values)


def _roll_up(outlook: Outlook, names: Mapping[int, str]) -> Explanation:
    shown = [each for each in outlook.aligned if each.pk in names]
    rows = outlook.counted if outlook.objective.driver != "aligned" else []
    named = [(row.key_result.metric or row.key_result.statement, row.progress, row.key_result.weight) for row in rows]
    named += [(names[each.pk], each.progress, each.weight) for each in shown]
    counts = [weight for _name, done, weight in named if done is not None]
    counts += [each.weight for each in outlook.aligned if each.pk not in names and each.progress is not None]
    shares = tuple(_share(*each, sum(counts, NONE)) for each in named)
    values, more = {"progress": outlook.progress}, len(shown) < len(outlook.aligned)
    return Explanation("progress", _("Progress"), _mean(shares, outlook.progress, more=more), values, shares, more)


def _share(name: str, done: Decimal | None, weight: Decimal, total: Decimal) -> Share:
    return Share(name, done, counted(done), None if done is None or not total else weight * ALL / total)


def _mean(shares: Sequence[Share], done: Decimal | None, *, more: bool) -> str:
    if done is None:
        return _("Nothing that counts can be measured yet: there is no mean of nothing.")
    there = [each for each in shares if each.share]
    rule = _("The weighted mean of what counts, each from 0% to 100%. What can't be measured yet is left out.")
    if more or not 1 < len(there) <= _MOST_IN_WORDS:
        return rule
    put_in = " + ".join(f"{percent(each.share)} × {percent(each.counts)}" for each in there)
    return f"{rule} {put_in} = {percent(done)}."


def _worst(outlook: Outlook) -> Explanation:
    shown = outlook.status
    same = [row.key_result for row in outlook.counted if row.standing.shown == shown]
    values = {"status": shown.value, "of": len(outlook.counted)}
    if not same:
        words = _("%(status)s: no key result counts yet.") % {"status": shown.label}
        return Explanation("status", _("Status"), words, values)
    names = ", ".join(row.metric or row.statement for row in same[:_MOST_IN_WORDS])
    words = _("%(status)s, the worst of its key results: %(names)s") % {"status": shown.label, "names": names}
    return Explanation("status", _("Status"), words, values)
