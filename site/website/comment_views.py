"""What a reader does below an article: write a comment, delete one's own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.access import person_of
from common.access import SIGNED_IN, access
from common.form_flow import FormRefused, act_once
from common.rate_limits import TooOften, count_post
from website.actions.delete_comment import delete_comment
from website.actions.write_comment import write_comment
from website.enums import CommentState
from website.forms.comments import CommentForm, DeleteForm
from website.models import ArticleComment, ArticlePage
from website.serving import serve_page
from website.tree import PageRow, page_tree


def row_of_article(pk: int) -> PageRow:
    """Raises `Http404` unless it is live and anybody may open it."""
    row = page_tree().by_id.get(pk)
    if row is None or row.is_restricted:
        raise Http404
    return row


@access(SIGNED_IN)
def write(request: HttpRequest, article: int) -> HttpResponseBase:
    """The article again, with what was typed, where the comment is not taken; also for whoever had to sign in anew on the way."""
    page, row = get_object_or_404(ArticlePage, pk=article), row_of_article(article)
    if request.method != "POST":
        return redirect(f"{row.url}#comments")
    form = CommentForm(request.POST)
    too_often = None
    try:
        count_post(request, "comment", key=str(person_of(request).pk))
        act_once(
            request,
            form,
            lambda: write_comment(article=page, text=form.cleaned_data["text"], by=person_of(request), at=timezone.now()),
            done=_("Thank you. We read your comment before it is shown, and tell you by e-mail."),
        )
    except FormRefused:
        pass
    except TooOften as refusal:
        too_often = refusal
    else:
        return redirect(f"{row.url}#comments")
    request.comment_refused = {"form": form, "too_often": too_often}  # type: ignore[attr-defined]  # read by the article
    response = serve_page(request, row.address)
    return too_often.told(response) if too_often else response


@access(SIGNED_IN)
def delete(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask once more, then delete: there is no way back."""
    comment = get_object_or_404(
        ArticleComment.objects.select_related("article").exclude(state=CommentState.DELETED), pk=pk, author=person_of(request)
    )
    row = page_tree().by_id.get(comment.article_id)
    back = f"{row.url}#comments" if row else "/"
    form = DeleteForm(request.POST or None)
    if request.method == "POST":
        try:
            act_once(
                request,
                form,
                lambda: delete_comment(comment=comment, by=person_of(request), at=timezone.now()),
                done=_("Your comment was deleted."),
            )
        except FormRefused:
            pass
        else:
            return redirect(back)
    return render(request, "website/comment_delete.html", {"comment": comment, "form": form, "back": back})
