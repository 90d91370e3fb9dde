"""Turns: what is next, and whose it is. One row each, so that "your turn" is one query."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import and_
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliance.enums import Power
from alliance.models import School, User
from alliance.queries import holders_of, live_school_roles
from alliance.roles import Role, has_role, user_roles
from cases.barred import cases_barred_to
from cases.enums import Side
from cases.models.cases import Case
from cases.signals import decided_by_others_wanted
from common.history import History
from common.in_words import for_reader


class TurnQuerySet(models.QuerySet["Turn"]):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def of(self, user: User, on: date) -> Self:
        """The open turns of a person."""
        return self.open().asked_of(user, on)

    def asked_of(self, user: User, on: date) -> Self:
        """
        Turns of a person, done or not: their own, those of their roles and schools, and for staff those of cases they own or nobody does.

        Whoever's account was switched off, or who is staff no more, owns nothing, and what was somebody's own whose account is off falls
        to staff; of cases somebody is barred from, they have none but their own and
        their schools'. What a role is asked to decide is no turn of those of its holders who may not (`decided_by_others_wanted`).
        """
        theirs = Q(side=Side.PERSON, person=user)
        roles = live_school_roles(user, on)
        bookable = {role.school_id for role in roles if Power.BOOK in role.kind.powers}
        theirs |= Q(side__in=[Side.SUPPORTED_SCHOOL, Side.REQUESTER], case__supported_school__in=bookable)
        for power in Power:
            schools = {role.school_id for role in roles if role.kind.is_asked_for(power)}
            theirs |= Q(side=Side.SCHOOL, power=power, school__in=schools)
        for_the_alliance = Q(side=Side.ROLE, role__in=user_roles(user)) & _decided_by(user)
        if has_role(user, Role.S2S_LEAD, Role.BROKER):
            of_staff = Q(side=Side.ALLIANCE) | Q(side=Side.PERSON, person__is_active=False)
            for_the_alliance |= of_staff & (Q(case__owner=user) | ~Q(case__owner__in=holders_of(Role.S2S_LEAD, Role.BROKER)))
        for barred in cases_barred_to(user):
            for_the_alliance &= ~Q(case__in=barred)
        return self.filter(theirs | for_the_alliance)


def _decided_by(user: User) -> Q:
    """All turns but those on which plugins say that others decide."""
    answers: list[tuple[Any, Any]] = decided_by_others_wanted.send(sender=None, user=user)
    return reduce(and_, (~Q(others) for _receiver, others in answers if others is not None), Q())


class Turn(models.Model):
    """
    One thing to do. Kept true by `synchronise_turns` after every action; never written elsewhere.

    A turn of a `SCHOOL` is for whoever is asked to use the power there (`SchoolRoleKind.is_asked_for`), a turn of a `ROLE`
    for everybody who holds it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="turns", verbose_name=_("case"))
    key = models.CharField(_("key"), max_length=80)
    side = models.CharField(_("whose turn"), max_length=20, choices=Side.choices)
    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="turns", verbose_name=_("person"))
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="turns", verbose_name=_("school"))
    power = models.CharField(_("power at the school"), max_length=20, choices=Power.choices, blank=True)
    role = models.CharField(_("role in the alliance"), max_length=20, choices=Role.choices, blank=True)
    sentence = models.CharField(_("what to do"), max_length=200)
    values = models.JSONField(default=dict)
    tab = models.CharField(_("tab of the case page where it is done"), max_length=40, blank=True)
    started_at = models.DateTimeField(_("since"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    history = History()
    wagtail_reference_index_ignore = True
    objects = TurnQuerySet.as_manager()

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], condition=Q(done_at=None), name="one_open_turn_per_key"),
            models.CheckConstraint(
                condition=Q(side=Side.PERSON, person__isnull=False) | (~Q(side=Side.PERSON) & Q(person=None)),
                name="turn_names_a_person_or_a_side",
            ),
            models.CheckConstraint(
                condition=(Q(side=Side.SCHOOL, school__isnull=False) & ~Q(power="")) | (~Q(side=Side.SCHOOL) & Q(school=None, power="")),
                name="turn_of_a_school_names_it_and_the_power",
            ),
            models.CheckConstraint(
                condition=(Q(side=Side.ROLE) & ~Q(role="")) | (~Q(side=Side.ROLE) & Q(role="")), name="turn_of_a_role_names_it"
            ),
        ]

    def __str__(self) -> str:
        return gettext(self.sentence) % for_reader(self.values)

    @property
    def whose(self) -> str:
        """Whom it waits for, in words."""
        if self.person and self.person.is_active:
            return self.person.get_short_name()
        if self.school:
            return self.school.name
        if self.role:
            return str(Role(self.role).label)
        return gettext("With the alliance") if self.side in (Side.ALLIANCE, Side.PERSON) else gettext("With them")
