"""Where the JSON door is mounted."""

from django.contrib.auth.decorators import login_not_required

from plumbline.api import explanations, goals, handouts, judgements, key_result_acts, kpis, objective_acts
from plumbline.api.door import api

api.add_router("", goals.router)
api.add_router("", objective_acts.router)
api.add_router("", key_result_acts.router)
api.add_router("", handouts.router)
api.add_router("", kpis.router)
api.add_router("", explanations.router)
api.add_router("", judgements.router)

urlpatterns, app_name, _namespace = api.urls
for _pattern in urlpatterns:
    # The token is the sign-in here; the middleware that asks for a session passes these by.
    if _pattern.callback:
        login_not_required(_pattern.callback)
