"""People's accounts in the admin: superusers only, since whoever changes accounts can make themselves a superuser."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import users

from common.admin_history import FieldHistoryLinkMixin, FieldHistoryViewSetMixin

OWN_FIELDS = {"telephone", "language"}


class LanguageMixin(forms.ModelForm):
    language = forms.ChoiceField(label=_("Language of e-mails"), choices=[("", _("The site’s")), *settings.LANGUAGES], required=False)


class PersonCreationForm(LanguageMixin, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | OWN_FIELDS

    def save(self, commit: bool = True) -> Any:
        """An account starts without a password: its holder asks for a code, or sets one."""
        self.instance.set_unusable_password()
        return super().save(commit)


class PersonEditForm(LanguageMixin, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | OWN_FIELDS


class PersonIndexView(users.IndexView):
    @cached_property
    def columns(self) -> list[Any]:
        """Without checkboxes: Wagtail's bulk actions on people delete, or write no history (`refuse_bulk_changes_of_people`)."""
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]


class PersonEditView(FieldHistoryLinkMixin, users.EditView):
    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.can_delete = False


class PersonViewSet(FieldHistoryViewSetMixin, users.UserViewSet):
    menu_label = _("People")
    index_view_class = PersonIndexView
    edit_view_class = PersonEditView
    template_prefix = "wagtailusers/users/"

    def get_form_class(self, for_update: bool = False) -> Any:
        return PersonEditForm if for_update else PersonCreationForm
