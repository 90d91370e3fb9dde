"""The messages of health check days. An e-mail says that something waits or happened, never what is in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliance.models import User
from alliance.queries import leader_of
from alliance.roles import Role, has_role
from cases.message_kinds import portal_link
from finance.enums import InvoiceStatus
from finance.models import Invoice
from health_checks.calendar import ics_attachment, is_expected
from health_checks.enums import COMING, DayState
from health_checks.models import Day
from health_checks.permissions import STAFF_ROLES
from health_checks.telling import CREDIT, INVITATION, NEWS, REMINDER, YOUR_TURN, Reminder
from outbox.kinds import MessageKind
from outbox.models import OutboxMessage

WAITS_FOR_A_SIGNATURE = (Reminder.SIGN_IT, Reminder.SIGN_IT_STILL)


def with_sentence(message: OutboxMessage, at: datetime) -> dict[str, Any]:
    """The link to the case, and the marked sentence that the message was written with, in the reader's language."""
    with translation.override(message.language or translation.get_language()):
        return {**portal_link(message, at), "sentence": gettext(message.details["sentence"])}


def with_day(message: OutboxMessage, at: datetime) -> dict[str, Any]:
    """The day as it stands at sending, with the link to its case."""
    day: Any = message.about
    link = settings.SITE_URL + reverse("portal:case_tab", args=[day.series.case.reference, "days"])
    return {
        "case": day.series.case,
        "day": day,
        "reminder": message.details.get("reminder"),
        "is_coming": is_expected(day, message.recipient),
        "reference": day.series.case.reference,
        "link": link,
    }


def is_still_due(message: OutboxMessage) -> bool:
    """Whether a reminder is still of use: the day is still to come, or nobody of the school has told how it was."""
    day = cast("Day | None", message.about)
    if day is None:
        return False
    reminder = message.details["reminder"]
    if reminder == Reminder.FEEDBACK:
        return not hasattr(day, "feedback")
    return day.state in ((DayState.DELIVERED,) if reminder in WAITS_FOR_A_SIGNATURE else COMING)


def has_a_part(user: User) -> bool:
    """Whether health check days can concern somebody: staff, a leader, or a role at a school."""
    return has_role(user, *STAFF_ROLES) or leader_of(user) is not None or user.school_roles.exists()


def with_invoice(message: OutboxMessage, at: datetime) -> dict[str, Any]:
    """The invoice, which finance reads in the admin."""
    invoice: Any = message.about
    link = settings.SITE_URL + reverse("wagtailsnippets_finance_invoice:inspect", args=[invoice.pk])
    return {"invoice": invoice, "case": {"reference": invoice.case_reference}, "link": link}


def is_to_be_credited(message: OutboxMessage) -> bool:
    return message.about is not None and cast(Invoice, message.about).status != InvoiceStatus.CREDITED


KINDS = [
    MessageKind(
        YOUR_TURN, _("Something waits for me on a health check booking"), "health_checks/mail/turn.txt", with_sentence, can_be_muted=False
    ),
    MessageKind(
        NEWS, _("Something happened on a health check booking"), "health_checks/mail/news.txt", with_sentence, relevant_to=has_a_part
    ),
    MessageKind(
        REMINDER,
        _("Reminders of health check days"),
        "health_checks/mail/reminder.txt",
        with_day,
        relevant_to=has_a_part,
        still_wanted=is_still_due,
    ),
    MessageKind(
        INVITATION,
        _("Calendar entries of health check days"),
        "health_checks/mail/invitation.txt",
        with_day,
        relevant_to=has_a_part,
        attachments=lambda message, at: [ics_attachment(cast(Day, message.about), message.recipient, message.recipient_email)],
        still_wanted=lambda message: message.about is not None,
    ),
    MessageKind(
        CREDIT,
        _("A fee that was invoiced is waived"),
        "health_checks/mail/credit.txt",
        with_invoice,
        can_be_muted=False,
        relevant_to=lambda user: has_role(user, Role.FINANCE),
        still_wanted=is_to_be_credited,
    ),
]
