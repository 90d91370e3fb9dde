"""Comments in the admin: read, shown and refused, one by one or many at once; their words are not edited."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton

from common.actions import Refusal
from common.admin import DomainIndexView, DomainSnippetViewSet
from common.admin_actions import ActionView
from website.actions.refuse_comment import refuse_comment
from website.actions.show_comment import show_comment
from website.enums import CommentState
from website.models import ArticleComment

MOST_AT_ONCE = 50
SHOW, REFUSE = "show", "refuse"


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why (the author is told)"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class ShowView(ActionView):
    name = "show_comment"
    permission_required = "moderate"
    page_title = button_label = gettext_lazy("Show it")
    success_message = gettext_lazy("The comment is shown now, and its author was told.")

    def act(self, form: Any) -> None:
        show_comment(comment=self.object, by=self.request.user, at=timezone.now())

    @classmethod
    def is_offered(cls, instance: ArticleComment) -> bool:
        return instance.state in (CommentState.WAITING, CommentState.REFUSED)


class RefuseView(ActionView):
    name = "refuse_comment"
    permission_required = "moderate"
    form_class = ReasonForm
    header_icon = "cross"
    page_title = button_label = gettext_lazy("Refuse it")
    explanation = gettext_lazy("A comment that is shown is taken down. Its author is told why.")
    success_message = gettext_lazy("The comment is not shown, and its author was told why.")

    def act(self, form: Any) -> None:
        refuse_comment(comment=self.object, by=self.request.user, at=timezone.now(), reason=form.cleaned_data["reason"])

    @classmethod
    def is_offered(cls, instance: ArticleComment) -> bool:
        return instance.state in (CommentState.WAITING, CommentState.SHOWN)


class DecideForm(forms.Form):
    """Which of the comments that wait are decided, and how."""

    comments = forms.ModelMultipleChoiceField(
        queryset=ArticleComment.objects.none(), error_messages={"required": gettext_lazy("Tick at least one comment.")}
    )
    decision = forms.ChoiceField(choices=[(SHOW, SHOW), (REFUSE, REFUSE)])
    reason = forms.CharField(
        label=gettext_lazy("Why they are refused (each author is told)"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comments"].queryset = ArticleComment.objects.waiting()  # type: ignore[attr-defined]  # a ModelMultipleChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") == REFUSE and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why: the authors are told."))
        return cleaned


class WaitingView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """All comments that wait, oldest first, to be read and decided at once. Each decision is a whole of its own."""

    model = ArticleComment  # by which Wagtail finds the policy to ask
    permission_required = "moderate"
    template_name = "website/admin/comments_waiting.html"
    form_class = DecideForm
    page_title = gettext_lazy("Comments that wait")
    header_icon = "comment"
    index_url_name: str | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = ArticleComment.objects.waiting().select_related("article", "author")
        form = kwargs.get("form")
        ticked = set(form.data.getlist("comments")) if form is not None and form.is_bound else set()
        rows = [(comment, str(comment.pk) in ticked) for comment in waiting[:MOST_AT_ONCE]]
        return super().get_context_data(rows=rows, count=waiting.count(), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        decided, data = 0, form.cleaned_data
        for comment in data["comments"]:
            try:
                if data["decision"] == SHOW:
                    show_comment(comment=comment, by=self.request.user, at=timezone.now())
                else:
                    refuse_comment(comment=comment, by=self.request.user, at=timezone.now(), reason=data["reason"])
                decided += 1
            except Refusal as refusal:
                messages.error(self.request, f"{comment}: {refusal}")
        if decided:
            messages.success(
                self.request,
                ngettext("%(count)d comment was decided.", "%(count)d comments were decided.", decided) % {"count": decided},
            )
        return redirect(self.request.path)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items]
        if self.index_url_name:
            items.append({"url": reverse(self.index_url_name), "label": _("Comments")})
        return [*items, {"url": "", "label": self.get_page_title()}]


class CommentFilterSet(WagtailFilterSet):
    class Meta:
        model = ArticleComment
        fields = {"state": ["exact"], "article": ["exact"], "written_at": ["gte", "lte"]}


class CommentIndexView(DomainIndexView):
    @cached_property
    def header_buttons(self) -> list[Any]:
        count = ArticleComment.objects.waiting().count()
        label = _("Comments that wait (%(count)d)") % {"count": count}
        return [
            *super().header_buttons,
            HeaderButton(label, url=reverse("wagtailsnippets_website_articlecomment:waiting"), icon_name="comment"),
        ]


class ArticleCommentViewSet(DomainSnippetViewSet):
    model = ArticleComment
    icon = "comment"
    menu_label = gettext_lazy("Comments")
    refused = frozenset({"delete", "add", "change"})
    action_views = (ShowView, RefuseView)
    index_view_class = CommentIndexView
    filterset_class = CommentFilterSet
    list_display = [
        "__str__",
        "article",
        Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
        "written_at",
        "settled_by",
    ]
    list_select_related = ("article", "author", "settled_by")
    list_export = [
        "article",
        "author_name",
        "author.email",
        "text",
        "get_state_display",
        "written_at",
        "settled_at",
        "settled_by",
        "reason",
    ]
    export_headings = {"author.email": gettext_lazy("E-mail address")}
    search_fields = ["text", "author_name", "author__email", "article__title"]
    inspect_view_fields = ["article", "author", "author_name", "text", "written_at", "state", "settled_at", "settled_by", "reason"]
    ordering = ["-written_at"]

    def get_urlpatterns(self) -> list[URLPattern]:
        waiting = self.construct_view(WaitingView)
        return [path("waiting/", waiting, name="waiting"), *super().get_urlpatterns()]
