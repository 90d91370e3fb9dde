"""The steps of a booking, each a form of its own. What they keep in the draft is JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from alliance.models import School, SystemLeader, User
from health_checks.brief_text import Statement
from health_checks.dates import MOST_DAYS
from health_checks.enums import CONDUCTING, DayPart, DayUse, Repeat
from health_checks.forms.briefs import OF_THE_READER, statement_fields, statements_from
from health_checks.matching import designations_on, suitable_leaders
from health_checks.models import SefSection
from health_checks.models.series import Conductor
from health_checks.sections import sections_in_use
from website.forms import DayMonthYearField, PlainForm

DESIGNATION, PERSON, ADVISE = "designation", "person", "advise"
SKIP, MOVE, OTHER_DATE = "skip", "move", "date"


class BookingForm(PlainForm):
    """A step for one school and person; `initial` is what the draft keeps of it."""

    def __init__(self, *args: Any, school: School, user: User, **kwargs: Any) -> None:
        self.school, self.user = school, user
        super().__init__(*args, **kwargs)

    def answers(self) -> dict[str, Any]:
        """The cleaned data as the draft keeps them."""
        return dict(self.cleaned_data)


class FocusForm(BookingForm):
    """What is to improve, and how the school sees itself (H4)."""

    area = forms.CharField(
        label=_("Which area do you want to improve?"),
        help_text=_("In a few words, such as “Early reading” or “Attendance in year 9”."),
        max_length=300,
        error_messages={"required": _("Name the area you want to improve")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = sections_in_use()
        self.fields.update(statement_fields(self.sections, OF_THE_READER))

    def section_fields(self) -> list[tuple[SefSection, list[Any]]]:
        return [(section, [self[f"judgement-{section.key}"], self[f"needs-{section.key}"]]) for section in self.sections]

    def statements(self) -> list[Statement]:
        return statements_from(self.cleaned_data, self.sections)


class DaysForm(BookingForm):
    """How many days, how long, what for, and who conducts them (H2, H3)."""

    use = forms.ChoiceField(
        label=_("How would you like to use the day?"),
        choices=DayUse.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you would like to use the day")},
    )
    other_use = forms.CharField(label=_("If something else: what?"), max_length=200, required=False)
    part = forms.ChoiceField(
        label=_("How long is each day?"),
        choices=DayPart.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how long each day is")},
    )
    number = forms.IntegerField(
        label=_("How many days?"),
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input input--short"}),
        error_messages={"required": _("Say how many days")},
    )
    who = forms.ChoiceField(
        label=_("Who should conduct them?"),
        choices=[
            (ADVISE, _("Advise us: we have no preference")),
            (DESIGNATION, _("Somebody with one of these designations")),
            (PERSON, _("A person we know")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who should conduct the days")},
    )
    conductors = forms.MultipleChoiceField(
        label=_("Designations"), choices=Conductor.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    wanted_leader = forms.ModelChoiceField(
        label=_("Person"), queryset=SystemLeader.objects.none(), required=False, empty_label=_("Choose a person")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [
            leader
            for leader in suitable_leaders(self.school, [str(one) for one in CONDUCTING], on=timezone.localdate())
            if leader.consents_to_listing_at
        ]
        self.fields["wanted_leader"].queryset = (  # type: ignore[attr-defined]  # a ModelChoiceField
            SystemLeader.objects.filter(pk__in=[leader.pk for leader in listed]).select_related("user")
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("use") == DayUse.OTHER and not data.get("other_use", "").strip():
            self.add_error("other_use", _("Say what you would like to use the day for"))
        if data.get("who") == DESIGNATION and not data.get("conductors"):
            self.add_error("conductors", _("Choose at least one designation"))
        if data.get("who") == PERSON and not data.get("wanted_leader"):
            self.add_error("wanted_leader", _("Choose the person"))
        return data

    def answers(self) -> dict[str, Any]:
        data = self.cleaned_data
        leader, who = data["wanted_leader"], data["who"]
        held = designations_on([leader], timezone.localdate())[leader.pk] if leader else []
        return {
            **data,
            "conductors": data["conductors"] if who == DESIGNATION else [],
            "wanted_leader": leader.pk if leader and who == PERSON else None,
            "designations": held if who == PERSON else data["conductors"] if who == DESIGNATION else [str(one) for one in CONDUCTING],
        }


class RepeatForm(BookingForm):
    """How further days follow from the first: asked before any date, so that only the dates it needs are asked for."""

    repeat = forms.ChoiceField(
        label=_("How do further days follow?"),
        choices=Repeat.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how further days follow")},
    )


class DatesForm(BookingForm):
    """Each date, or by a rule the first alone."""

    def __init__(self, *args: Any, number: int, repeat: Repeat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked_for = number if repeat == Repeat.NONE else 1
        for n in range(self.asked_for):
            label = _("Date") if number == 1 else _("First date") if n == 0 else _("Date %(n)d") % {"n": n + 1}
            self.fields[f"date{n}"] = DayMonthYearField(
                label=label, help_text="" if n else _("Such as 13 1 2027."), error_messages={"required": _("Enter the date")}
            )
        given = self.initial.get("given") or self.initial.get("before", [])
        self.initial.update({f"date{n}": date.fromisoformat(day) for n, day in enumerate(given)})

    def answers(self) -> dict[str, Any]:
        return {"given": [self.cleaned_data[f"date{n}"].isoformat() for n in range(self.asked_for)]}


class ClashesForm(BookingForm):
    """For every date that does not suit: leave it out or take the next that does; where dates are chosen one by one, also another."""

    def __init__(self, *args: Any, clashes: list[Any], one_by_one: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clashes = clashes
        for asked in clashes:
            key = asked.day.isoformat()
            choices: list[tuple[str, Any]] = [(SKIP, _("Leave this day out; it can be put back later"))]
            if asked.instead:
                choices.append((MOVE, _("Take %(day)s instead") % {"day": _with_weekday(asked.instead)}))
            if one_by_one:
                choices.append((OTHER_DATE, _("Take another date, which I give here")))
            self.fields[f"do-{key}"] = forms.ChoiceField(
                label=_with_weekday(asked.day), help_text=asked.cause, choices=choices, widget=forms.RadioSelect,
                error_messages={"required": _("Choose what to do about this date")},
            )  # fmt: skip
            if one_by_one:
                self.fields[f"date-{key}"] = DayMonthYearField(label=_("Another date"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for asked in self.clashes:
            key = asked.day.isoformat()
            if data.get(f"do-{key}") == OTHER_DATE and not data.get(f"date-{key}") and f"date-{key}" not in self.errors:
                self.add_error(f"date-{key}", _("Enter the other date"))
        return data

    def chosen(self) -> dict[date, tuple[str, date | None]]:
        """Date → what to do about it, and the date instead."""
        found = {}
        for asked in self.clashes:
            key = asked.day.isoformat()
            do = self.cleaned_data[f"do-{key}"]
            instead = asked.instead if do == MOVE else self.cleaned_data.get(f"date-{key}") if do == OTHER_DATE else None
            found[asked.day] = (do, instead)
        return found


def _with_weekday(day: date) -> str:
    """`Wednesday 13 January 2027`, in the reader's language."""
    return date_format(day, "l j F Y")


class ContactForm(BookingForm):
    """Whom to talk to, how to get in, and what goes on the invoice."""

    contact_name = forms.CharField(label=_("Contact’s name"), max_length=200, error_messages={"required": _("Enter a name")})
    contact_role = forms.CharField(label=_("Contact’s role"), max_length=100, required=False)
    contact_email = forms.EmailField(
        label=_("Contact’s e-mail address"), max_length=254,
        error_messages={"required": _("Enter an e-mail address"), "invalid": _("Enter an e-mail address like name@example.org")},
    )  # fmt: skip
    contact_telephone = forms.CharField(label=_("Contact’s telephone"), max_length=40, required=False)
    access_notes = forms.CharField(
        label=_("Access and arrival"),
        help_text=_("Where to park, whom to ask for, when the school day begins. May be left empty."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    po_number = forms.CharField(
        label=_("Purchase order number"), help_text=_("If your school uses one. It can be given later."), max_length=60, required=False
    )
