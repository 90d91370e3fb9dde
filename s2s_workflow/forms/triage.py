"""Forms of triage."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms import OnceForm

NO, YES = "no", "yes"


class TriageForm(OnceForm):
    """Interests are declared before a request is taken (W3)."""

    has_conflict = forms.ChoiceField(
        label=_("Do you have a conflict of interest with this school?"),
        help_text=_("For example: you work there, did so lately, or someone close to you does."),
        choices=[(NO, _("No, I have no ties to the school")), (YES, _("Yes, somebody else should take this request"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you have a conflict of interest")},
    )
    details = forms.CharField(label=_("If yes, what is it?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("has_conflict") == YES and not str(data.get("details", "")).strip():
            self.add_error("details", _("Say what the conflict of interest is"))
        return data
