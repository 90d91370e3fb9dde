"""Every form reads plainly: label, help and error beside the field, and a summary that leads to each."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template import Context, Template

from website.forms import DayMonthYearField, PlainForm, PlainModelForm
from website.models import ContactRole

KINDS = [("a", "Deployment"), ("b", "Sponsorship")]


class RequestForm(PlainForm):
    name = forms.CharField(label="Your name", help_text="As colleagues know you.")
    email = forms.EmailField(label="E-mail", required=False)
    focus = forms.CharField(label="What would you like to improve?", widget=forms.Textarea)
    kind = forms.ChoiceField(label="Kind of support", choices=KINDS, widget=forms.RadioSelect, help_text="Choose one.")
    days = forms.MultipleChoiceField(label="Days that suit", choices=KINDS, widget=forms.CheckboxSelectMultiple, required=False)
    phase = forms.ChoiceField(label="Phase", choices=KINDS)
    start = DayMonthYearField(label="From when", required=False)
    agreed = forms.BooleanField(label="The head knows of this request")
    file = forms.FileField(label="A file", required=False)
    key = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        if self.data.get("name") == "nobody":
            raise forms.ValidationError("This request cannot be sent.")
        return self.cleaned_data


class OldForm(forms.Form):
    """A form of somebody who knows nothing of ours."""

    name = forms.CharField(label="Name", help_text="Any.")


def rendered(form: forms.BaseForm, template: str = "{% error_summary form %}{% plain_form form %}") -> BeautifulSoup:
    return BeautifulSoup(Template("{% load website %}" + template).render(Context({"form": form})), "html.parser")


def target_of(link: Any, page: BeautifulSoup) -> Any:
    return page.find(id=link["href"].removeprefix("#"))


@pytest.mark.parametrize("form", [RequestForm(), RequestForm({}), OldForm({})])
def test_every_control_has_a_label(form: forms.BaseForm) -> None:
    page = rendered(form)
    labelled = {label["for"] for label in page.find_all("label")}

    controls = [control for control in page.find_all(["input", "textarea", "select"]) if control.get("type") != "hidden"]
    assert {control["id"] for control in controls} == labelled
    assert len(labelled) == len(page.find_all("label"))


@pytest.mark.parametrize("form", [RequestForm({}), OldForm({})])
def test_every_line_of_the_summary_leads_to_a_control_that_says_the_same(form: forms.BaseForm) -> None:
    page = rendered(form)
    links = page.select(".error-summary a")

    assert len(links) == len([name for name, field in form.fields.items() if field.required and name != "key"])
    for link in links:
        field = target_of(link, page).find_parent(class_="field")
        assert link.text in field.select_one(".field__error").text
        assert "field--error" in field["class"]


@pytest.mark.parametrize("form", [RequestForm(), RequestForm({}), RequestForm({"start_day": "40"})])
def test_every_description_exists(form: forms.BaseForm) -> None:
    page = rendered(form)
    wanted = {name for described in page.select("[aria-describedby]") for name in described["aria-describedby"].split()}

    assert all(page.find(id=name) for name in wanted)
    assert "id_name_helptext" in wanted


def test_group_of_choices_is_a_fieldset_described_by_its_error() -> None:
    page = rendered(RequestForm({}))
    group = page.find("legend", string=re.compile("Kind of support")).find_parent("fieldset")

    assert group["aria-describedby"] == "id_kind_helptext id_kind_error"
    assert [radio.get("aria-invalid") for radio in group.find_all("input")] == [None, None]
    assert page.select_one('.error-summary a[href="#id_kind_0"]').text == "Answer “Kind of support”"


def test_wrong_field_is_marked_and_described() -> None:
    name = rendered(RequestForm({})).find(id="id_name")

    assert (name["aria-invalid"], name["aria-describedby"], name.get("required")) == ("true", "id_name_helptext id_name_error", None)


def test_optional_field_says_so() -> None:
    page = rendered(RequestForm())

    assert [label.parent["for"] for label in page.select("label .field__optional")] == ["id_email", "id_file"]


def test_error_of_the_whole_form_stands_first_without_a_link() -> None:
    page = rendered(RequestForm({"name": "nobody"}))
    first = page.select_one(".error-summary li")

    assert (first.text, first.find("a")) == ("This request cannot be sent.", None)


def test_form_without_errors_has_no_summary() -> None:
    assert rendered(RequestForm()).select_one(".error-summary") is None
    assert rendered(RequestForm(), "{% error_summary None form %}").select_one(".error-summary") is None


def test_what_was_typed_comes_back_as_text() -> None:
    page = str(rendered(RequestForm({"name": '"><script>alert(1)</script>', "focus": "</textarea><script>x</script>"})))

    assert "<script>" not in page


def test_plain_form_renders_plainly_by_itself() -> None:
    form = RequestForm({})

    assert str(form) == str(Template("{% load website %}{% plain_form form %}").render(Context({"form": form})))
    assert 'class="field field--error"' in form["name"].as_field_group()


def test_label_can_be_the_heading_of_the_page() -> None:
    page = rendered(RequestForm(), "{% plain_field form.focus heading=True %}")

    assert page.h1.label["for"] == "id_focus"


def test_field_added_after_the_form_was_made_is_plain_too() -> None:
    class Growing(PlainForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields["extra"] = forms.CharField(label="Something else")

    page = rendered(Growing({}))

    assert page.find(id="id_extra")["class"] == ["input"]
    assert page.select_one(".error-summary a").text == "Answer “Something else”"


def test_model_form_is_plain() -> None:
    form = type("ContactForm", (PlainModelForm,), {"Meta": type("Meta", (), {"model": ContactRole, "fields": ["title"]})})({})

    assert rendered(form).find(id="id_title")["class"] == ["input"]


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (("27", "3", "2026"), date(2026, 3, 27)),
        (("1", "09", "2026"), date(2026, 9, 1)),
        ((" 5 ", "1", "2027"), date(2027, 1, 5)),
        (("", "", ""), None),
    ],
)
def test_date_is_read_from_three_boxes(parts: tuple[str, str, str], found: date | None) -> None:
    form = RequestForm({f"start_{name}": part for name, part in zip(("day", "month", "year"), parts, strict=True)})
    form.is_valid()

    assert form.cleaned_data["start"] == found


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        (("31", "2", "2026"), "Enter a real date, such as 27 3 2026"),
        (("", "2", "2026"), "Enter a day, a month and a year"),
        (("a", "b", "c"), "Enter a real date, such as 27 3 2026"),
        (("1", "1", "99999"), "Enter a real date, such as 27 3 2026"),
        (("9" * 400, "1", "9" * 5000), "Enter a real date, such as 27 3 2026"),
        (("1", "1", "9" * 400), "Enter a real date, such as 27 3 2026"),
        (("-1", "1", "2026"), "Enter a real date, such as 27 3 2026"),
    ],
)
def test_date_that_is_none_says_one_thing(parts: tuple[str, str, str], error: str) -> None:
    form = RequestForm({f"start_{name}": part for name, part in zip(("day", "month", "year"), parts, strict=True)})

    assert form.errors["start"] == [error]


def test_date_is_shown_in_its_boxes() -> None:
    page = rendered(RequestForm(initial={"start": date(2026, 3, 27)}))

    assert [box["value"] for box in page.select(".date input")] == ["27", "3", "2026"]
    assert [label.text for label in page.select(".date label")] == ["Day", "Month", "Year"]
