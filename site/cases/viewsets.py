"""Cases in the Wagtail admin: found, filtered, exported, inspected; their fields change by actions alone."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from cases.case_admin import CaseRecordViewSet
from cases.models import Case, Message, PromiseClock, ProtocolVersion, Turn
from common.admin import DomainSnippetViewSet

DATES = ["opened_at", "closed_at"]
READ_ONLY = frozenset({"add", "change", "delete"})


class CaseFilterSet(WagtailFilterSet):
    class Meta:
        model = Case
        fields = ["kind", "public_status", "owner"]


class CaseViewSet(CaseRecordViewSet):
    case_path = "pk"
    model = Case
    icon = "folder-open-inverse"
    menu_order = 100
    refused = READ_ONLY
    filterset_class = CaseFilterSet
    list_display = ["reference", "school_name", "title", "public_status", "owner", "opened_at"]
    list_select_related = ("supported_school", "owner")
    list_export = [
        "reference",
        "kind",
        "school_name",
        "supported_school_id",
        "title",
        "contact_name",
        "contact_email",
        "public_status",
        "owner",
        *DATES,
    ]
    export_headings = {"school_name": _("School"), "supported_school_id": _("URN")}
    search_fields = ["reference", "title", "supported_school__name", "school_name_given", "contact_name"]
    panels = [
        FieldPanel(name, read_only=True)
        for name in ("reference", "kind", "supported_school", "title", "contact_name", "owner", "public_status")
    ]


class TurnViewSet(CaseRecordViewSet):
    model = Turn
    icon = "tasks"
    menu_order = 200
    refused = READ_ONLY
    list_display = ["case", "__str__", "side", "person", "due_on", "done_at"]
    list_select_related = ("case__supported_school", "person")
    list_filter = ["side", "due_on"]
    list_export = ["case", "sentence", "side", "person", "started_at", "due_on", "done_at"]
    search_fields = ["case__reference", "sentence"]
    panels = [FieldPanel(name, read_only=True) for name in ("case", "side", "person", "sentence", "due_on", "done_at")]


class MessageViewSet(CaseRecordViewSet):
    model = Message
    icon = "comment"
    menu_order = 300
    refused = READ_ONLY
    list_display = ["case", "direction", "author_name", "written_at", "is_question"]
    list_select_related = ("case__supported_school",)
    list_filter = ["direction", "is_question"]
    list_export = ["case", "direction", "author_name", "written_at", "is_question", "text"]
    search_fields = ["case__reference", "author_name"]
    panels = [FieldPanel(name, read_only=True) for name in ("case", "direction", "author_name", "text", "written_at")]


class ProtocolVersionViewSet(DomainSnippetViewSet):
    model = ProtocolVersion
    icon = "history"
    menu_order = 400
    refused = READ_ONLY
    list_display = ["protocol_key", "number", "title", "published_at"]
    list_filter = ["protocol_key"]
    list_export = ["protocol_key", "number", "title", "sha256", "published_at"]
    search_fields = ["title", "protocol_key"]
    panels = [FieldPanel(name, read_only=True) for name in ("protocol_key", "number", "title", "sha256", "published_at")]


class PromiseClockViewSet(DomainSnippetViewSet):
    """How many working days each promise allows: the one thing here that is edited."""

    model = PromiseClock
    icon = "time"
    menu_order = 500
    refused = frozenset({"add", "delete"})
    list_display = ["promise", "working_days"]
    list_export = ["key", "promise", "working_days"]
    panels = [FieldPanel("promise"), FieldPanel("working_days")]


class CasesGroup(SnippetViewSetGroup):
    menu_label = _("Cases")
    menu_icon = "folder-open-inverse"
    menu_order = 190
    items = (CaseViewSet, TurnViewSet, MessageViewSet, ProtocolVersionViewSet, PromiseClockViewSet)
