"""The editor of a key result, with the judge beside it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.goals import judgements, policy
from plumbline.goals.models import Cycle, KeyResult, Objective
from plumbline.goals.models.objective import Stage
from plumbline.people.models.organisation import JudgePolicy
from plumbline.usecases.edit_key_result import Feed, Saved, change_key_result, write_key_result
from plumbline.web.clashes import notice_of
from plumbline.web.forms.key_result import KeyResultForm, initial_of
from plumbline.web.forms.key_result_rows import Rows
from plumbline.web.http import VisitRequest, fetch, require
from plumbline.web.judgement_view import Fields, Reading, remarks_on_set
from plumbline.web.judgements import desk_for
from plumbline.web.refusals import closed_page, is_closed
from plumbline.web.words import MISSING

PREFETCHED = ("contributors", "home_teams", "named")


@dataclass
class Editor:
    """What one editor page is made of."""

    request: VisitRequest
    objective: Objective
    key_result: KeyResult | None = None

    def form(self, data: Any = None) -> KeyResultForm:
        """Return the form, empty, with what is there, or with what was sent."""
        initial = initial_of(self.key_result) if self.key_result else self._beginning()
        if rewritten := self.request.GET.get("statement", "")[:400]:
            initial["statement"] = rewritten
        return KeyResultForm(
            data,
            initial=initial,
            objective=self.objective,
            key_result=self.key_result,
            house=self.request.visit.organisation,
        )

    def rows(self, data: Any = None) -> Rows:
        """Return the rows under the form."""
        return Rows(data, self.key_result)

    def page(self, form: KeyResultForm, rows: Rows, status: int = 200, **more: Any) -> HttpResponse:
        """Draw the page; whatever the judge reads comes along."""
        sentence = str(form["statement"].value() or "")
        reading = self._read(sentence, form)
        form.follow(reading.values, fresh=self.key_result is None)
        return render(
            self.request,
            "key_results/editor.html",
            {
                "form": form,
                "rows": rows,
                "objective": self.objective,
                "key_result": self.key_result,
                "judgement": reading,
                "sentence": sentence,
                "section": "goals",
                "siblings": self.siblings,
                "set_remarks": self._remarks(sentence),
                "starts": self.objective.stage == Stage.ACTIVE
                and (self.key_result is None or self.key_result.stage == Stage.DRAFT),
                "locked": bool(self.key_result and self.key_result.is_locked()),
                **more,
            },
            status=status,
        )

    @cached_property
    def siblings(self) -> list[KeyResult]:
        """Return the key results beside this one."""
        rows = self.objective.key_results.filter(binned_at=None, archived_at=None).order_by("pk")
        return [each for each in rows if each != self.key_result]

    def _beginning(self) -> dict[str, Any]:
        lead = self.objective.lead
        rhythm = self.request.visit.organisation.rhythm
        return {"lead": lead.public_id if lead else "", "rhythm": rhythm, "once": str(uuid.uuid4())}

    def _read(self, sentence: str, form: KeyResultForm) -> Reading:
        typed = {name: str(form[name].value() or "") for name in ("baseline", "target", "due_on")}
        chosen = dict(form["lead"].field.choices).get(form["lead"].value() or "")  # type: ignore[attr-defined]
        desk = desk_for(self.objective, self.request.visit, self.key_result)
        return desk.read(sentence, Fields(**typed, lead=str(chosen) if form["lead"].value() and chosen else ""))

    def _remarks(self, sentence: str) -> list[str]:
        texts = [each.statement for each in self.siblings] + ([sentence] if sentence.strip() else [])
        if len(texts) <= 1:
            return []
        language = (get_language() or "en")[:2]
        read = judgements.read_set(
            self.objective.title,
            texts,
            cycle=self.objective.cycle,
            organisation=self.request.visit.organisation,
        )
        return remarks_on_set(read.findings, language)


@require_http_methods(["GET", "POST"])
def new(request: VisitRequest, public_id: str) -> HttpResponse:
    """Write a key result of an objective."""
    objective = fetch(Objective, request.visit.person, public_id, related=["cycle", "lead"], prefetched=PREFETCHED)
    require(request.visit.person, "add", objective)
    if is_closed(objective):
        return closed_page(request, objective)
    return _serve(Editor(request, objective))


@require_http_methods(["GET", "POST"])
def edit(request: VisitRequest, public_id: str) -> HttpResponse:
    """Change a key result."""
    key_result = _fetch(request, public_id)
    require(request.visit.person, "change", key_result)
    if is_closed(key_result.objective) or not key_result.is_open:
        return closed_page(request, key_result.objective, key_result)
    return _serve(Editor(request, key_result.objective, key_result))


@require_safe
def question(request: VisitRequest, public_id: str) -> HttpResponse:
    """Ask what work is for, once it is saved, where the organisation wants that."""
    key_result = _fetch(request, public_id)
    require(request.visit.person, "change", key_result)
    desk = desk_for(key_result.objective, request.visit, key_result)
    return render(
        request,
        "key_results/question.html",
        {
            "key_result": key_result,
            "objective": key_result.objective,
            "judgement": desk.read(key_result.statement, Fields()),
            "section": "goals",
            "can_bin": policy.can(request.visit.person, "bin", key_result),
        },
    )


def _fetch(request: VisitRequest, public_id: str) -> KeyResult:
    related = ["objective__cycle", "objective__lead", "lead", "waiver__prepares_key_result", "source_kpi"]
    prefetched = [f"objective__{name}" for name in PREFETCHED] + [
        "contributors", "milestones", "path_points", "guardrails",
    ]  # fmt: skip
    return fetch(KeyResult, request.visit.person, public_id, related=related, prefetched=prefetched)


def _serve(editor: Editor) -> HttpResponse:
    request = editor.request
    if request.method != "POST":
        return editor.page(editor.form(), editor.rows(), starting="start" in request.GET, lacks=_lacks(editor))
    data = request.POST.copy()
    if "use" in data:
        data["statement"] = str(data["use"])[:400]
    form, rows = editor.form(data), editor.rows(data)
    if "read" in data or "use" in data:
        return editor.page(form, rows)
    if not form.is_valid() or not rows.are_valid(form.cleaned_data["unit"]):
        return editor.page(form, rows, status=422)
    return _save(editor, form, rows)


def _save(editor: Editor, form: KeyResultForm, rows: Rows) -> HttpResponse:
    request = editor.request
    try:
        return _answer(editor, _write(editor, form, rows))
    except KeyResult.NeedsReason as refusal:
        form.add_error(
            "reason", _("This moves goalposts that are locked. Say why, once: it is shown beside the change.")
        )
        return editor.page(form, rows, status=422, moved=_moved(editor, form, refusal.args[0]))
    except KeyResult.WrongSource as refusal:
        form.add_error("source_kpi", str(refusal))
        return editor.page(form, rows, status=422)
    except KeyResult.TypeIsFixed:
        form.add_error(
            "type", _("There are check-ins in the old type and unit. Start a new key result to count otherwise.")
        )
        return editor.page(form, rows, status=422)
    except KeyResult.Clash as clash:
        fresh = _fetch(request, str(editor.key_result and editor.key_result.public_id))
        return editor.page(form, rows, status=409, clash=notice_of(clash, form, fresh))
    except (Cycle.Closed, KeyResult.Closed, Objective.Closed):
        return closed_page(request, editor.objective, editor.key_result)


def _write(editor: Editor, form: KeyResultForm, rows: Rows) -> Saved:
    visit, fields = editor.request.visit, form.fields_of_key_result()
    said = form.cleaned_data
    around = replace(
        rows.surroundings(form.excuse()),
        contributors=tuple(said.get("contributors", ())),
        tags=tuple(said["tags"]),
        feed=Feed(said["source_kpi"]) if "source_kpi" in said else None,
    )
    start = "start" in editor.request.POST
    if editor.key_result is None:
        fields["language"] = get_language() or "en"
        return write_key_result(editor.objective, around=around, start=start, by=visit.actor, at=visit.at, **fields)
    return change_key_result(
        editor.key_result,
        around=around,
        start=start,
        reason=form.cleaned_data["reason"],
        expected_version=form.cleaned_data["version"],
        by=visit.actor,
        at=visit.at,
        **fields,
    )


def _answer(editor: Editor, saved: Saved) -> HttpResponse:
    key_result = saved.key_result
    if saved.missing or saved.needs_waiver:
        return redirect(reverse("key-result-edit", args=[key_result.public_id]) + "?start=1")
    asks = editor.request.visit.organisation.judge_policy == JudgePolicy.ASK
    if asks and key_result.counts_work and not key_result.is_waived():
        return redirect("key-result-question", key_result.public_id)
    messages.info(editor.request, _("Saved."))
    return redirect("objective", key_result.objective.public_id)


def _lacks(editor: Editor) -> list[str]:
    """Say what keeps a draft from starting."""
    key_result = editor.key_result
    if key_result is None or key_result.stage != Stage.DRAFT:
        return []
    words = [str(MISSING[name]) for name in key_result.missing()]
    asks = editor.request.visit.organisation.judge_policy == JudgePolicy.REASON
    if asks and key_result.counts_work and not key_result.is_waived():
        words.append(_("one sentence why it is kept although it counts work"))
    return words


def _moved(editor: Editor, form: KeyResultForm, names: list[str]) -> list[tuple[str, str, str]]:
    """Return what would move: name, old and new, as people read them."""
    key_result = editor.key_result
    if key_result is None:
        return []
    new = form.fields_of_key_result()
    return [
        (str(form.fields[name].label), _shown(key_result, getattr(key_result, name)), _shown(key_result, new[name]))
        for name in names
    ]


def _shown(key_result: KeyResult, value: Any) -> str:
    if value is None or value == "":
        return "–"
    return key_result.unit.show(value) if hasattr(value, "quantize") else str(value)


routes = [
    path("objectives/<slug:public_id>/key-results/new/", new, name="key-result-new"),
    path("key-results/<slug:public_id>/edit/", edit, name="key-result-edit"),
    path("key-results/<slug:public_id>/question/", question, name="key-result-question"),
]
