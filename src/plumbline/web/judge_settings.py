"""Settings of the judge: which rules speak and how loudly, the settings file, and what is known of the judge."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from plumbline_judge import VERSION, Config, catalogue
from plumbline_judge.quality import QUALITY
from plumbline_judge.registry import UnknownRule
from plumbline_judge.rulebook import RuleCard, rule_card, rule_cards
from plumbline_judge.settings_file import NAME, file_of, followed

from plumbline.goals import policy
from plumbline.people.models import Noun
from plumbline.people.models.person import Role
from plumbline.web.clashes import ClashNotice, notice_of
from plumbline.web.forms.judge_settings import JudgeFileForm, JudgeSettingsForm
from plumbline.web.http import VisitRequest, require_role
from plumbline.web.settings_pages import who_may


@require_http_methods(["GET", "HEAD", "POST"])
def judge_settings(request: VisitRequest) -> HttpResponse:
    """Show how the judge is set up, and let admins set it up."""
    if request.method != "POST":
        return _page(request)
    require_role(request.visit.person, "set_up_judge")
    form = _form(request)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    return _set_up(request, form, form.config())


@require_safe
def judge_file(request: VisitRequest) -> HttpResponse:
    """Hand out the settings file that says what this page says."""
    file = HttpResponse(file_of(_config(request)), content_type="application/toml; charset=utf-8")
    file["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return file


@require_POST
def judge_import(request: VisitRequest) -> HttpResponse:
    """Take over what a settings file says, instead of all that is set here."""
    require_role(request.visit.person, "set_up_judge")
    form = JudgeFileForm(request.POST, files=request.FILES)
    if not form.is_valid():
        return _page(request, file_form=form, status=422)
    return _set_up(request, form, form.cleaned_data["file"])


def _set_up(request: VisitRequest, form: JudgeSettingsForm | JudgeFileForm, config: Config) -> HttpResponse:
    version = form.cleaned_data["version"]
    visit = request.visit
    try:
        visit.organisation.set_up_judge(config=config, expected_version=version, by=visit.actor, at=visit.at)
    except Noun.Clash as clash:
        shown = {"form": form} if isinstance(form, JudgeSettingsForm) else {"file_form": form}
        return _page(request, clash=notice_of(clash, form), status=409, **shown)
    messages.success(request, _("The judge is set up."))
    return redirect("judge-settings")


def _page(
    request: VisitRequest,
    *,
    form: JudgeSettingsForm | None = None,
    file_form: JudgeFileForm | None = None,
    clash: ClashNotice | None = None,
    status: int = 200,
) -> HttpResponse:
    form = form or _form(request)
    page = {
        "tab": "judge",
        "form": form,
        "file_form": file_form or JudgeFileForm(initial={"version": request.visit.organisation.version}),
        "groups": _groups(form),
        "clash": clash,
        "may_change": policy.may(request.visit.person, "set_up_judge"),
        "who_may": who_may(Role.ADMIN),
        **_known(),
    }
    return render(request, "settings/judge.html", page, status=status)


def _known() -> dict[str, Any]:
    return {"version": VERSION, "figures": QUALITY, "metrics": len(catalogue())}


def _form(request: VisitRequest) -> JudgeSettingsForm:
    organisation = request.visit.organisation
    data = request.POST if request.resolver_match and request.resolver_match.url_name == "judge-settings" else None
    return JudgeSettingsForm(data or None, cards=_cards(), config=_config(request), version=organisation.version)


def _config(request: VisitRequest) -> Config:
    return followed(request.visit.organisation.judge_settings)


def _cards() -> tuple[RuleCard, ...]:
    return rule_cards(_language())


def _groups(form: JudgeSettingsForm) -> list[tuple[str, list[tuple[RuleCard, Any]]]]:
    """Return the rules by what they look at, each with its field."""
    titles = {
        "key_result": _("On a key result"),
        "set": _("On an objective with its key results"),
        "objective": _("On an objective"),
        "initiative": _("On an initiative"),
        "kpi": _("On a KPI"),
    }
    rows = [(card, form[card.name]) for card in _cards()]
    groups = [(title, [row for row in rows if _place(row[0]) == place]) for place, title in titles.items()]
    return [group for group in groups if group[1]]


def _place(card: RuleCard) -> str:
    return "set" if card.on_set else card.roles[0]


@require_safe
def judge_rule(request: VisitRequest, name: str) -> HttpResponse:
    """Tell what a rule says, why it matters and how to mend it, with examples of both sides."""
    try:
        card = rule_card(name, _language())
    except UnknownRule as unknown:
        raise Http404 from unknown
    return render(request, "settings/judge_rule.html", {"tab": "judge", "card": card})


def _language() -> str:
    return (get_language() or "en")[:2]


routes = [
    path("settings/judge/", judge_settings, name="judge-settings"),
    path("settings/judge/file/", judge_file, name="judge-settings-file"),
    path("settings/judge/import/", judge_import, name="judge-settings-import"),
    path("settings/judge/rules/<slug:name>/", judge_rule, name="judge-rule"),
]
