"""Which e-mails one gets."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.access import person_of
from common.access import SIGNED_IN, access
from common.form_flow import FormRefused, act_once
from outbox.actions.choose_messages import choose_messages
from outbox.kinds import MessageKind, message_kinds
from outbox.models import MutedKind
from portal.people_forms import PreferencesForm


@access(SIGNED_IN)
def preferences(request: HttpRequest) -> HttpResponse:
    """Tick what to get. Kinds that are none of the reader's business stay as they are."""
    user = person_of(request)
    mutable = [kind for kind in message_kinds().values() if kind.can_be_muted]
    shown = [kind for kind in mutable if kind.relevant_to(user)]
    muted = set(MutedKind.objects.filter(user=user).values_list("kind", flat=True))
    form = PreferencesForm(request.POST or None, kinds=shown, initial={"wanted": [kind.key for kind in shown if kind.key not in muted]})
    if request.method == "POST":

        def act() -> None:
            unseen = _keys(mutable) - _keys(shown) - muted
            choose_messages(user=user, wanted={*form.cleaned_data["wanted"], *unseen}, by=user, at=timezone.now())

        try:
            act_once(request, form, act, done=_("Your choice was saved."))
        except FormRefused:
            pass
        else:
            return redirect("portal_preferences")
    return render(request, "portal/account/preferences.html", {"form": form, "there_is_a_choice": bool(shown)})


def _keys(kinds: list[MessageKind]) -> set[str]:
    return {kind.key for kind in kinds}
