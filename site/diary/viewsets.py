"""The diary in the Wagtail admin: halves are taken by actions alone, a year's allowance by the button for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from common.admin import DomainSnippetViewSet
from common.admin_actions import ActionView
from diary.actions.set_allowance import set_allowance
from diary.models import Closure, HalfDay, LeaderYear, TermDate

READ_ONLY = frozenset({"add", "change", "delete"})
HALF_DAYS_OF_A_YEAR = 2 * 366


class AllowanceForm(forms.Form):
    allowance = forms.IntegerField(label=_("Half days in this academic year"), min_value=0, max_value=HALF_DAYS_OF_A_YEAR)
    reason = forms.CharField(label=_("Why (kept in the history)"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class AllowanceView(ActionView):
    name = "allowance"
    permission_required = "allow"
    form_class = AllowanceForm
    header_icon = "edit"
    page_title = button_label = _("Change the allowance")
    explanation = _("How many half days the leader gives in this academic year. Two half days are a day.")
    success_message = _("The allowance was changed: %(object)s.")

    def get_initial(self) -> dict[str, Any]:
        return {"allowance": self.object.allowance}

    def act(self, form: Any) -> None:
        year = self.object
        set_allowance(leader=year.leader, academic_year=year.academic_year, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class HalfDayViewSet(DomainSnippetViewSet):
    model = HalfDay
    icon = "calendar"
    menu_order = 100
    refused = READ_ONLY
    list_display = ["leader", "date", "half", "source_kind", "source_reference", "held_until"]
    list_select_related = ("leader__user",)
    list_filter = {"date": ["gte", "lte"], "half": ["exact"], "source_kind": ["exact"], "held_until": ["isnull"]}
    list_export = ["leader", "date", "half", "source_kind", "source_reference", "held_until"]
    search_fields = ["leader__user__first_name", "leader__user__last_name", "source_reference"]
    panels = [FieldPanel(name, read_only=True) for name in ("leader", "date", "half", "source_kind", "source_reference", "held_until")]


class LeaderYearViewSet(DomainSnippetViewSet):
    model = LeaderYear
    icon = "date"
    menu_order = 200
    refused = READ_ONLY
    action_views = (AllowanceView,)
    list_display = ["leader", "academic_year", "allowance", "taken", "remaining"]
    list_select_related = ("leader__user",)
    list_filter = ["academic_year"]
    list_export = ["leader", "academic_year", "allowance", "taken", "remaining"]
    search_fields = ["leader__user__first_name", "leader__user__last_name"]
    panels = [FieldPanel(name, read_only=True) for name in ("leader", "academic_year", "allowance", "taken")]


class TermDateViewSet(DomainSnippetViewSet):
    """Usually imported (`import_term_dates`), and corrected here."""

    model = TermDate
    icon = "calendar-alt"
    menu_order = 300
    list_display = ["name", "local_authority_code", "academic_year", "first_day", "last_day"]
    list_filter = {"local_authority_code": ["exact"], "academic_year": ["exact"]}
    list_export = ["local_authority_code", "academic_year", "name", "first_day", "last_day"]
    search_fields = ["name", "local_authority_code"]
    panels = [FieldPanel(name) for name in ("local_authority_code", "academic_year", "name", "first_day", "last_day")]


class ClosureViewSet(DomainSnippetViewSet):
    model = Closure
    icon = "lock"
    menu_order = 310
    list_display = ["name", "local_authority_code", "school", "first_day", "last_day"]
    list_select_related = ("school",)
    list_filter = {"local_authority_code": ["exact"], "first_day": ["gte", "lte"]}
    list_export = ["local_authority_code", "school", "name", "first_day", "last_day"]
    search_fields = ["name", "local_authority_code", "school__name"]
    panels = [FieldPanel(name) for name in ("local_authority_code", "school", "name", "first_day", "last_day")]


class DiaryGroup(SnippetViewSetGroup):
    menu_label = _("Diary")
    menu_icon = "calendar"
    menu_order = 192
    items = (HalfDayViewSet, LeaderYearViewSet, TermDateViewSet, ClosureViewSet)
