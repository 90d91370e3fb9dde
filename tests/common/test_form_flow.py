"""From a posted form to an action: what is refused comes back with what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from common.actions import Refusal
from common.form_flow import FormRefused, act_once
from common.form_keys import new_form_key
from common.models import FormUse

pytestmark = pytest.mark.django_db


class Button(forms.Form):
    form_key = forms.UUIDField(widget=forms.HiddenInput)


class Letter(Button):
    text = forms.CharField(label="Letter")


def request() -> HttpRequest:
    made = RequestFactory().post("/")
    made.session = {}  # type: ignore[assignment]  # messages need no more of it
    made._messages = FallbackStorage(made)  # type: ignore[attr-defined]  # where Django keeps them
    return made


def refuse() -> None:
    raise Refusal("Somebody was faster.")


def said(to: HttpRequest) -> list[str]:
    return [str(message) for message in get_messages(to)]


def sent(form: type[forms.Form], **values: Any) -> forms.Form:
    return form(MultiValueDict({name: [value] for name, value in {"form_key": new_form_key(), **values}.items()}))


def test_act_once_gives_a_refused_form_back_with_the_refusal_and_what_was_typed() -> None:
    asked, form = request(), sent(Letter, text="Dear all")

    with pytest.raises(FormRefused):
        act_once(asked, form, refuse, done="Sent.")

    assert (form.non_field_errors(), form["text"].value(), said(asked)) == (["Somebody was faster."], "Dear all", [])


def test_act_once_lets_a_refused_form_be_sent_again() -> None:
    form, acted = sent(Letter, text="Dear all"), []
    with pytest.raises(FormRefused):
        act_once(request(), form, refuse, done="Sent.")
    again = Letter(form.data)

    act_once(request(), again, lambda: acted.append(1), done="Sent.")

    assert (acted, FormUse.objects.count()) == ([1], 1)


def test_act_once_tells_the_refusal_of_a_button_on_the_next_page() -> None:
    asked = request()

    act_once(asked, sent(Button), refuse, done="Done.")

    assert (said(asked), FormUse.objects.count()) == (["Somebody was faster."], 0)


def test_act_once_has_plain_words_for_what_a_form_lacks() -> None:
    form = sent(Letter, text="")

    with pytest.raises(FormRefused):
        act_once(request(), form, refuse, done="Sent.")

    assert form.errors == {"text": ["Answer “Letter”"]}
