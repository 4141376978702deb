"""The filters of the ledger of bets: they live in the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from plumbline.goals.ledger import COMPANY, PERSON, UNTOLD, Wanted
from plumbline.goals.ledger import STANDINGS as LEDGER_STANDINGS
from plumbline.goals.models import Cycle, Moves, Work
from plumbline.people.models import Team
from plumbline.web.forms.goals import ANY, without
from plumbline.web.forms.pick import Pick
from plumbline.web.forms.versioned import OpenForm
from plumbline.web.words import VERDICTS

FILTERS: Final = ("team", "during", "work", "moves", "standing")
#: Where bets stand, in the words of the page.
STANDINGS: Final = {key: VERDICTS[key].word for key in LEDGER_STANDINGS}
NOT_TOLD: Final = (UNTOLD, _("Not told"))


class LedgerForm(OpenForm):
    """Which bets to show; what nobody knows is left out instead of refused."""

    team = forms.ChoiceField(label=_("Home"), required=False, widget=Pick)
    during = forms.ChoiceField(label=_("Cycle"), required=False, widget=Pick)
    work = forms.ChoiceField(
        label=_("Kind of work"), required=False, choices=(ANY, *Work.choices, NOT_TOLD), widget=Pick
    )
    moves = forms.ChoiceField(
        label=_("Kind of number"), required=False, choices=(ANY, *Moves.choices, NOT_TOLD), widget=Pick
    )
    standing = forms.ChoiceField(
        label=_("What came of it"), required=False, choices=(ANY, *STANDINGS.items()), widget=Pick
    )

    def __init__(self, data: Mapping[str, Any], *, teams: Iterable[Team], cycles: Iterable[Cycle]) -> None:
        super().__init__(data)
        self.cycles = {cycle.public_id: cycle for cycle in cycles}
        named = [(team.public_id, team.name) for team in teams]
        self.offer(
            team=[ANY, (COMPANY, _("Company")), (PERSON, _("Personal goals")), *named],
            during=[ANY, *((key, cycle.name) for key, cycle in self.cycles.items())],
        )
        self.is_valid()

    def wanted(self) -> Wanted:
        """Return which bets are asked for."""
        said = {name: self.cleaned_data.get(name, "") for name in FILTERS}
        return Wanted(cycle=self.cycles.get(said.pop("during")), **said)

    def applied(self, address: QueryDict) -> list[tuple[str, str]]:
        """Return the filters that are set: their words, and the query without each."""
        chosen = [(name, self.cleaned_data[name]) for name in FILTERS if self.cleaned_data.get(name)]
        return [(self._words(name, value), without(address, name)) for name, value in chosen]

    def _words(self, name: str, value: str) -> str:
        field: Any = self.fields[name]
        return f"{field.label}: {dict(field.choices).get(value, value)}"
