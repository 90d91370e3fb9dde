"""From a posted form to an action: once, whole, with every refusal told in words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from common.actions import Refusal
from common.form_keys import FormAlreadySent, FormKeyUsedUp, new_form_key, use_form_key
from common.form_words import use_plain_words


class FormRefused(Exception):
    """The form stays as it was typed, with its errors; nothing was changed."""


def act_once(request: HttpRequest, form: forms.Form, act: Callable[[], object], *, done: str) -> None:
    """
    Run `act` if the form is valid and was not acted on before; the page after it shows `done`.

    The form has a `form_key`. Raises `FormRefused` when it has errors, among them the action's refusal: the page is then
    shown with what was typed. A button has nothing typed to keep, so the page after it shows the refusal.
    """
    use_plain_words(form)
    if not form.is_valid():
        raise FormRefused
    try:
        with transaction.atomic():
            use_form_key(form.cleaned_data["form_key"], at=timezone.now(), digest=_digest(form))
            act()
    except ValidationError as error:
        _add_errors(form, error)
        raise FormRefused from error
    except FormKeyUsedUp as reused:
        _give_new_key(form)
        form.add_error(None, _("This form was used before. What you wrote is still here: send it once more."))
        raise FormRefused from reused
    except Refusal as refusal:
        if form.visible_fields():
            form.add_error(None, str(refusal))
            raise FormRefused from refusal
        messages.error(request, str(refusal))
    except FormAlreadySent:
        messages.info(request, done)
    else:
        messages.success(request, done)


def _digest(form: forms.Form) -> str:
    """Of everything sent but the key and the request's own token."""
    own = {form.add_prefix("form_key"), "csrfmiddlewaretoken"}
    data: Any = form.data
    sent = sorted((name, values) for name, values in data.lists() if name not in own)
    files = sorted((name, upload.name, upload.size) for name, uploads in form.files.lists() for upload in uploads)
    return hashlib.sha256(repr((sent, files)).encode()).hexdigest()


def _give_new_key(form: forms.Form) -> None:
    data: Any = form.data
    form.data = data = data.copy()
    data[form.add_prefix("form_key")] = new_form_key()


def renew_hidden(form: forms.Form, values: dict[str, Any]) -> None:
    """
    After a refusal give the hidden fields of a form, such as the version that was read, what they would have on a fresh page.

    The page shows what is new beside what was typed, so that it can be sent once more.
    """
    data: Any = form.data
    form.data = data = data.copy()
    for field in form.hidden_fields():
        if field.name in values and values[field.name] is not None:
            data[form.add_prefix(field.name)] = str(values[field.name])


def _add_errors(form: forms.Form, error: ValidationError) -> None:
    """Put a model's errors beside the fields of the same name, the others on top of the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
