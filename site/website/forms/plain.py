"""How every form of the public site and the portal is rendered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates

from common.form_words import use_plain_words


class PlainBoundField(BoundField):
    """A bound field that also knows what its template and the error summary need."""

    @property
    def is_choices(self) -> bool:
        """Radios or checkboxes, one line each."""
        return isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)

    @property
    def is_tick(self) -> bool:
        """One checkbox, whose label stands behind it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def error_target(self) -> str:
        """The id of what a person has to mend: the first box or radio of several."""
        if self.is_choices or isinstance(self.field.widget, forms.MultiWidget):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """A radio may not carry aria-invalid; its fieldset is described by the error."""
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if self.is_choices:
            built.pop("aria-invalid", None)
        return built


class PlainRenderer(DjangoTemplates):
    form_template_name = "website/components/form.html"
    field_template_name = "website/components/field.html"
    bound_field_class = PlainBoundField


RENDERER = PlainRenderer()


def make_plain(form: forms.BaseForm) -> None:
    """Render a form plainly, whoever wrote it (those of cases and of allauth too). Doing it again changes nothing."""
    if form.renderer is not RENDERER or form.bound_field_class is not PlainBoundField:
        form.renderer = RENDERER
        form.bound_field_class = PlainBoundField
        form._bound_fields_cache.clear()  # type: ignore[attr-defined]  # the stubs do not know it
    form.use_required_attribute = False  # the browser's own bubbles are not read out reliably, nor translated by us
    form.label_suffix = ""
    for field in form.fields.values():
        _add_class(field.widget)
    use_plain_words(form)


def _add_class(widget: forms.Widget) -> None:
    is_choice = isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple)
    name = "choice__input" if is_choice else "input"
    classes = str(widget.attrs.get("class", "")).split()
    if name not in classes:
        widget.attrs["class"] = " ".join([*classes, name])


@dataclass(frozen=True)
class SummaryLine:
    """One error and the id of the field it is about; no id for an error of the whole form."""

    message: str
    target: str = ""


def summary_lines(form: forms.BaseForm) -> list[SummaryLine]:
    """What the error summary lists, in the order of the fields, those of the whole form first."""
    lines = [SummaryLine(str(message)) for message in form.non_field_errors()]
    for field in form.visible_fields():
        lines += [SummaryLine(str(message), getattr(field, "error_target", field.id_for_label)) for message in field.errors]
    for field in form.hidden_fields():
        lines += [SummaryLine(str(message)) for message in field.errors]
    return lines


class PlainFormMixin:
    """Mix in before a Django form class: `{{ form }}` and `{{ form.name.as_field_group }}` then render plainly."""

    default_renderer: ClassVar[Any] = RENDERER

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        make_plain(self)  # type: ignore[arg-type]  # a form is mixed in

    def full_clean(self) -> None:
        """Take in fields that a subclass added after its `super().__init__()`."""
        make_plain(self)  # type: ignore[arg-type]  # a form is mixed in
        super().full_clean()  # type: ignore[misc]  # a form is mixed in

    def get_context(self) -> dict[str, Any]:
        make_plain(self)  # type: ignore[arg-type]  # a form is mixed in
        context: dict[str, Any] = super().get_context()  # type: ignore[misc]  # a form is mixed in
        return context


class PlainForm(PlainFormMixin, forms.Form):
    pass


class PlainModelForm(PlainFormMixin, forms.ModelForm):
    pass
