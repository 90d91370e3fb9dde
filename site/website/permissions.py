"""Who may write, delete and moderate comments. When it may be done is for the policies."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from alliance.models import User
from common.actions import Actor, By, Refusal
from website.models import ArticleComment
from website.transitions import Mover

MODERATE = "website.moderate_articlecomment"


class OwnComment(Refusal):
    """Nobody moderates what they wrote themselves."""


def check_user_can_comment(by: By) -> User:
    """Anybody with an account whose e-mail address is confirmed (P3). Raises `PermissionDenied`; returns the person."""
    user = Actor.of(by).user
    if user is None or not user.is_active or not EmailAddress.objects.filter(user=user, verified=True).exists():
        raise PermissionDenied
    return user


def check_user_can_move_comment(by: By, comment: ArticleComment, mover: Mover) -> User:
    """Its author deletes a comment, moderators decide on those of others. Raises `PermissionDenied` and `OwnComment`."""
    user = Actor.of(by).user
    if user is None or not user.is_active:
        raise PermissionDenied
    is_author = comment.author_id == user.pk
    if mover is Mover.AUTHOR:
        if not is_author:
            raise PermissionDenied
    elif not user.has_perm(MODERATE):
        raise PermissionDenied
    elif is_author:
        raise OwnComment(_("You wrote this comment yourself: somebody else has to decide on it."))
    return user
