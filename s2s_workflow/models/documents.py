"""The documents of a project that reviewers approve: due diligence report, action plan, evaluation."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from alliance.models import SchoolRole, SystemLeader, User
from alliance.roles import Role, has_role
from common.moderation import DocumentHistory, MayNotDecide, ModeratedDocument
from s2s_workflow.blocks import JudgementBlock, ObjectiveBlock
from s2s_workflow.models.projects import TEXT, SupportProject


class ProjectDocument(ModeratedDocument):
    """
    What the three share. Nobody tied to one of the project's schools decides on its documents (E2, W3).

    What a decision moves is for `s2s_workflow.receivers`: models do not move projects.
    """

    class Meta:
        abstract = True

    project: Any
    texts: ClassVar[tuple[str, ...]]
    """What its writers write, apart from parts that come several times."""

    def check_may_be_decided_by(self, user: Any) -> None:
        super().check_may_be_decided_by(user)
        check_is_not_tied(self.project, user)
        if self.project.is_barred_to(user):
            raise MayNotDecide(_t("You declared a conflict of interest, so somebody else decides on this."))

    def deciders(self) -> list[User]:
        """Who may decide on what is under review, of everybody in the groups of its task."""
        task = self.current_workflow_task
        people = User.objects.filter(is_active=True, groups__in=task.groups.all()).distinct().order_by("pk") if task else ()
        return [person for person in people if task.get_actions(self, person)]

    def writers(self) -> QuerySet[User]:
        """Everybody who wrote any of its drafts or sent it in."""
        return User.objects.filter(pk__in=self.author_ids())

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}, {self.project.case.reference}".capitalize()


def people_tied_to(project: SupportProject) -> set[Any]:
    """
    Keys of all who had a role at the supported or a supporting school since the case opened, of those schools' leaders, and of
    everybody ever deployed, wherever they work now.
    """
    schools = {project.case.supported_school_id, *project.deployments.values_list("supporting_school", flat=True)} - {None}
    opened = timezone.localdate(project.case.opened_at)
    roles = SchoolRole.objects.filter(school__in=schools, declined_at=None).overlapping(opened, None)
    leaders = SystemLeader.objects.filter(supporting_school__in=schools)
    deployed = project.deployments.values_list("leader__user", flat=True)
    return {*roles.values_list("user", flat=True), *leaders.values_list("user", flat=True), *deployed}


def check_is_not_tied(project: SupportProject, user: Any) -> None:
    """Raise `MayNotDecide` for somebody of one of the project's schools, declared or not (W3, E2)."""
    if user.pk in people_tied_to(project):
        raise MayNotDecide(_t("You belong to one of the schools of this project, so somebody else decides on it."))


def check_group_or_lead(project: SupportProject, user: Any) -> None:
    """Where the protocol has a working group, it decides; else an S2S lead (W3, W7). Raises `MayNotDecide`."""
    decides = Role.WORKING_GROUP if project.rules.get("working_group") else Role.S2S_LEAD
    if not has_role(user, decides):
        raise MayNotDecide(_t("%(role)s decides on this.") % {"role": decides.label})


class DueDiligenceReport(ProjectDocument):
    """What the alliance found before it recommends support (W2). Approved by the working group, or an S2S lead where there is none."""

    project = models.OneToOneField(SupportProject, on_delete=models.PROTECT, related_name="due_diligence", verbose_name=_("project"))
    findings = models.TextField(_("what we found"), blank=True, max_length=TEXT)
    tried_already = models.TextField(_("support already tried, and why it did not work"), blank=True, max_length=TEXT)
    inspection_risk = models.TextField(_("risk at the next inspection"), blank=True, max_length=TEXT)
    recommendation = models.TextField(_("support recommended"), blank=True, max_length=TEXT)

    texts = ("findings", "tried_already", "inspection_risk", "recommendation")
    drafted = texts

    history = DocumentHistory()

    class Meta:
        verbose_name = _("due diligence report")
        verbose_name_plural = _("due diligence reports")
        ordering = ["-pk"]

    def check_may_be_decided_by(self, user: Any) -> None:
        super().check_may_be_decided_by(user)
        check_group_or_lead(self.project, user)


class ActionPlan(ProjectDocument):
    """Objectives with success criteria linked to pupils' performance, schedule and exit (W7, W8)."""

    project = models.OneToOneField(SupportProject, on_delete=models.PROTECT, related_name="plan", verbose_name=_("project"))
    objectives = StreamField([("objective", ObjectiveBlock())], verbose_name=_("objectives"), blank=True)
    schedule = models.TextField(_("schedule of delivery"), blank=True, max_length=TEXT)
    exit_arrangements = models.TextField(_("exit arrangements"), blank=True, max_length=TEXT)

    texts = ("schedule", "exit_arrangements")
    drafted = ("objectives", *texts)

    history = DocumentHistory()

    class Meta:
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")
        ordering = ["-pk"]

    def check_may_be_decided_by(self, user: Any) -> None:
        super().check_may_be_decided_by(user)
        check_group_or_lead(self.project, user)


class Evaluation(ProjectDocument):
    """The supported head's final review and impact evaluation, against each objective of the plan (E1)."""

    project = models.OneToOneField(SupportProject, on_delete=models.PROTECT, related_name="evaluation", verbose_name=_("project"))
    judgements = StreamField([("judgement", JudgementBlock())], verbose_name=_("objectives, one by one"), blank=True)
    impact_on_supporting = models.TextField(_("impact on the supporting schools and their staff"), blank=True, max_length=TEXT)
    sustained_by = models.TextField(_("how the gains will be sustained"), blank=True, max_length=TEXT)
    achievements = models.TextField(_("achievements"), blank=True, max_length=TEXT)
    challenges = models.TextField(_("challenges, and how they were overcome"), blank=True, max_length=TEXT)
    next_steps = models.TextField(_("next steps of the school"), blank=True, max_length=TEXT)

    texts = ("impact_on_supporting", "sustained_by", "achievements", "challenges", "next_steps")
    drafted = ("judgements", *texts)

    history = DocumentHistory()

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["-pk"]
