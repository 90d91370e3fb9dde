"""Comments on articles: held, read by a moderator, counted, plain, erasable (P3)."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction, Site

from alliance.actions.erase_person import erase_person
from alliance.models import User
from alliance.queries import personal_data_of
from alliance.roles import Role
from common.actions import IllegalMove, ReasonMissing
from common.form_keys import new_form_key
from common.retention import delete_what_is_over
from common.spam_trap import opened_now
from outbox.delivery import deliver_due_messages
from outbox.models import OutboxMessage
from tests.conftest import NOON
from tests.factories.people import PASSWORD, make_user
from tests.factories.portal import code_in
from tests.factories.website import make_article, make_article_index, make_welsh
from website.actions.delete_comment import delete_comment
from website.actions.refuse_comment import refuse_comment
from website.actions.show_comment import show_comment
from website.actions.write_comment import write_comment
from website.enums import CommentState
from website.models import ArticleComment, ArticlePage, HomePage, SiteSettings
from website.permissions import OwnComment
from website.policies import CommentsAreClosed
from website.transitions import find_move

pytestmark = pytest.mark.django_db
ADDRESS = "/articles/first/"


@pytest.fixture
def article(home: HomePage) -> ArticlePage:
    return make_article(make_article_index(home), slug="first", title="First meetings")


@pytest.fixture
def editor() -> User:
    return make_user(Role.EDITOR)


@pytest.fixture
def reader() -> User:
    return make_user(first_name="Perpetua", last_name="Wildgoose")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="alliance.backends.AllianceBackend")
    return client


def written(article: ArticlePage, by: User, text: str = "I agree.") -> ArticleComment:
    return write_comment(article=article, text=text, by=by, at=NOON)


def shown(article: ArticlePage, by: User, editor: User, text: str = "I agree.") -> ArticleComment:
    return show_comment(comment=written(article, by, text), by=editor, at=NOON)


def post(client: Client, article: ArticlePage, *, after: float = 10, **values: str) -> Any:
    """Send the form that was opened so many seconds ago."""
    with time_machine.travel(timezone.now() - timedelta(seconds=after), tick=False):
        stamp = opened_now()
    data = {"text": "I agree.", "form_key": new_form_key(), "opened_at": stamp, "subject_line": "", **values}
    return client.post(reverse("website:comment_write", args=[article.pk]), data)


def text_of(response: Any) -> str:
    return str(response.content.decode())


def mails() -> list[tuple[str, str]]:
    mail.outbox.clear()
    deliver_due_messages(NOON)
    return sorted((sent.to[0], sent.subject) for sent in mail.outbox)


# Writing


def test_visitor_is_asked_to_sign_in_and_led_back(client: Client, article: ArticlePage) -> None:
    page = text_of(client.get(ADDRESS))

    assert 'href="/account/login/?next=%2Farticles%2Ffirst%2F%23comments"' in page
    assert 'href="/account/signup/?next=%2Farticles%2Ffirst%2F%23comments"' in page
    assert "<textarea" not in page


def test_whoever_signs_in_is_back_at_the_article(client: Client, article: ArticlePage, reader: User) -> None:
    response = client.post("/account/login/", {"login": reader.email, "password": PASSWORD, "next": f"{ADDRESS}#comments"})

    assert response["Location"] == f"{ADDRESS}#comments"


def test_whoever_registers_is_back_at_the_article_once_the_address_is_confirmed(client: Client, article: ArticlePage) -> None:
    address = f"{ADDRESS}#comments"
    form = {
        "first_name": "New",
        "last_name": "Reader",
        "email": "new.reader@example.org",
        "password1": "three-odd-words-here",
        "next": address,
    }
    client.post("/account/signup/", form)
    assert post(client, article).status_code == 302  # to the sign-in: nothing before the code
    response = client.post("/account/confirm-email/", {"code": code_in(mail.outbox[-1])})

    assert response["Location"] == address
    assert ArticleComment.objects.count() == 0
    assert post(client, article)["Location"] == address
    assert [comment.author_name for comment in ArticleComment.objects.all()] == ["New Reader"]


def test_whoever_was_signed_out_meanwhile_is_led_back_to_the_article(client: Client, article: ArticlePage, reader: User) -> None:
    address = post(client, article)["Location"]
    back = client.post(address, {"login": reader.email, "password": PASSWORD, "next": address.partition("next=")[2]})

    assert client.get(back["Location"])["Location"] == f"{ADDRESS}#comments"


def test_comment_is_held_and_its_author_alone_sees_it(client: Client, article: ArticlePage, reader: User) -> None:
    insider = signed_in(reader)
    response = post(insider, article, text="I agree entirely.")

    assert response["Location"] == f"{ADDRESS}#comments"
    assert "Thank you." in " ".join(str(message) for message in get_messages(response.wsgi_request))
    assert "I agree entirely." in text_of(insider.get(ADDRESS))
    assert "I agree entirely." not in text_of(client.get(ADDRESS))
    assert "I agree entirely." not in text_of(signed_in(make_user()).get(ADDRESS))


def test_nobody_comments_without_a_confirmed_address(article: ArticlePage, reader: User) -> None:
    reader.emailaddress_set.update(verified=False)

    with pytest.raises(PermissionDenied):
        written(article, reader)
    assert post(signed_in(reader), article).status_code == 403


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"text": ""}, "Write something first"),
        ({"text": "  \n "}, "Write something first"),
        ({"text": "x" * 2001}, "2000"),
        ({"subject_line": "cheap watches"}, "as if a machine"),
        ({"subject_line": "x" * 1001}, "as if a machine"),
        ({"opened_at": "forged"}, "open for too long"),
        ({"opened_at": ""}, "open for too long"),
        ({"form_key": "nonsense"}, ""),
    ],
)
def test_refused_comment_is_told_and_kept_in_the_form(article: ArticlePage, reader: User, values: dict[str, str], words: str) -> None:
    response = post(signed_in(reader), article, **{"text": "My long thoughts", **values})
    page = text_of(response)

    assert (response.status_code, ArticleComment.objects.count()) == (200, 0)
    assert words in page
    assert "First meetings" in page
    assert "Error:" in page.partition("</title>")[0]
    assert values.get("text", "My long thoughts").strip() in page


def test_form_sent_too_fast_or_opened_too_long_ago_is_taken_the_second_time(article: ArticlePage, reader: User, settings: Any) -> None:
    client = signed_in(reader)
    for after in (0, settings.FORM_LATEST_SECONDS + 60):
        response = post(client, article, after=after)
        stamp = response.context["form"]["opened_at"].value()
        assert ArticleComment.objects.count() == 0
        with time_machine.travel(time.time() + 5, tick=False):
            post(client, article, opened_at=stamp)
        assert ArticleComment.objects.count() == 1
        ArticleComment.objects.all().delete()


def test_double_click_writes_one_comment(article: ArticlePage, reader: User) -> None:
    client, key = signed_in(reader), new_form_key()
    stamp = opened_now()
    with time_machine.travel(time.time() + 5, tick=False):
        for _time in range(2):
            post(client, article, form_key=key, opened_at=stamp)

    assert ArticleComment.objects.count() == 1


def test_comments_are_limited_per_person_and_address(article: ArticlePage, reader: User, settings: Any) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "comment": "4/h/ip,2/h/key"}
    first, second = signed_in(reader), signed_in(make_user())
    codes = [post(client, article).status_code for client in (first, first, first, second, second)]

    assert codes == [302, 302, 429, 302, 429]
    assert "Please wait a little" in text_of(post(first, article, text="Kept words"))
    assert ArticleComment.objects.count() == 3


MARKUP = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[link](https://example.org/bad)",
    "https://example.org/bad www.example.org",
    "{{ 7|add:7 }}{% now 'Y' %}",
]


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_shown_as_text_and_no_link_is_live(client: Client, article: ArticlePage, reader: User, editor: User, text: str) -> None:
    shown(article, reader, editor, text=text)
    page = text_of(client.get(ADDRESS))
    comment = page.partition('<div class="comment__text">')[2].partition("</div>")[0]

    assert "<" not in comment
    assert comment.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&#x27;", "'") == text


@pytest.mark.parametrize("path", ["wagtailsnippets_website_articlecomment:waiting", "wagtailsnippets_website_articlecomment:list"])
def test_markup_is_text_in_the_admin(article: ArticlePage, reader: User, editor: User, path: str) -> None:
    written(article, reader, text="<script>alert(1)</script>")

    assert "<script>alert(1)" not in text_of(signed_in(editor).get(reverse(path)))


# Where none are taken


def test_closed_article_shows_what_was_said_and_takes_no_more(client: Client, article: ArticlePage, reader: User, editor: User) -> None:
    shown(article, reader, editor)
    article.takes_comments = False
    article.save_revision().publish()

    page = text_of(client.get(ADDRESS))
    assert "I agree." in page
    assert "takes no comments any more" in page
    assert "Sign in to comment" not in page
    assert "takes no comments any more" in text_of(post(signed_in(reader), article))
    with pytest.raises(CommentsAreClosed):
        written(article, reader)


def test_site_without_comments_shows_and_counts_none(client: Client, article: ArticlePage, reader: User, editor: User) -> None:
    shown(article, reader, editor)
    SiteSettings.objects.create(site=Site.objects.get(), takes_comments=False)

    assert 'id="comments"' not in text_of(client.get(ADDRESS))
    assert "1 comment" not in text_of(client.get("/articles/"))
    with pytest.raises(CommentsAreClosed):
        written(article, reader)


def test_restricted_and_unpublished_articles_take_none(article: ArticlePage, reader: User) -> None:
    client = signed_in(reader)
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.PASSWORD, password="open-sesame")
    assert post(client, article).status_code == 404
    PageViewRestriction.objects.all().delete()
    article.unpublish()
    assert post(client, article).status_code == 404
    with pytest.raises(CommentsAreClosed):
        written(article, reader)


# Counting, and what is kept for visitors


def test_only_shown_comments_are_counted(client: Client, article: ArticlePage, reader: User, editor: User) -> None:
    for _number in range(2):
        shown(article, reader, editor)
    written(article, reader)
    refuse_comment(comment=written(article, reader), reason="Off the subject", by=editor, at=NOON)
    delete_comment(comment=shown(article, reader, editor), by=reader, at=NOON)

    assert "2 comments" in text_of(client.get(ADDRESS))
    assert "2 comments" in text_of(client.get("/articles/"))


def test_kept_pages_follow_each_decision(client: Client, article: ArticlePage, reader: User, editor: User) -> None:
    def seen() -> tuple[bool, bool]:
        return "I agree." in text_of(client.get(ADDRESS)), "1 comment" in text_of(client.get("/articles/"))

    found = [seen()]
    comment = written(article, reader)
    found.append(seen())
    show_comment(comment=comment, by=editor, at=NOON)
    found.append(seen())
    refuse_comment(comment=comment, reason="On reflection", by=editor, at=NOON)
    found.append(seen())
    show_comment(comment=comment, by=editor, at=NOON)
    delete_comment(comment=comment, by=reader, at=NOON)
    found.append(seen())

    assert found == [(False, False), (False, False), (True, True), (False, False), (False, False)]


def test_page_with_a_form_is_never_kept(article: ArticlePage, reader: User) -> None:
    insider, visitor = signed_in(reader), Client()
    first, second = insider.get(ADDRESS), insider.get(ADDRESS)

    assert first.context is not None
    assert second.context is not None
    assert "csrfmiddlewaretoken" not in text_of(visitor.get(ADDRESS))
    assert visitor.get(ADDRESS).context is None  # the visitor's is


def test_long_discussion_is_paged_at_the_same_cost(
    client: Client, article: ArticlePage, reader: User, editor: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(25):
        shown(article, reader, editor, text=f"Thought {number:02}")
    client.get(f"{ADDRESS}?uncached=1")

    with django_assert_max_num_queries(8):
        page = text_of(client.get(f"{ADDRESS}?uncached=2"))
    assert page.count('class="comment__text"') == 20
    assert "Thought 24" in text_of(client.get(f"{ADDRESS}?page=2"))
    insider = signed_in(reader)
    insider.get(ADDRESS)
    with django_assert_max_num_queries(8):
        insider.get(ADDRESS)


def test_each_language_has_its_own_discussion(client: Client, article: ArticlePage, reader: User, editor: User, home: HomePage) -> None:
    make_welsh(home, title="Hafan")
    make_welsh(ArticlePage.objects.get(pk=article.pk).get_parent().specific, title="Erthyglau", slug="erthyglau")
    welsh = make_welsh(article, title="Cyfarfodydd", slug="cyfarfodydd")
    shown(welsh, reader, editor, text="Cytunaf.")

    page = text_of(client.get("/cy/erthyglau/cyfarfodydd/"))
    assert ("Cytunaf." in page, "1 sylw" in page, "Mewngofnodwch i wneud sylw" in page) == (True, True, True)
    assert "Cytunaf." not in text_of(client.get(ADDRESS))


# Moderation


@pytest.mark.parametrize("target", CommentState)
@pytest.mark.parametrize("source", CommentState)
def test_only_listed_moves_are_made(article: ArticlePage, reader: User, editor: User, source: CommentState, target: CommentState) -> None:
    comment = written(article, reader)
    settle = {
        CommentState.SHOWN: lambda: show_comment(comment=comment, by=editor, at=NOON),
        CommentState.REFUSED: lambda: refuse_comment(comment=comment, reason="Rude", by=editor, at=NOON),
        CommentState.DELETED: lambda: delete_comment(comment=comment, by=reader, at=NOON),
    }
    if source in settle:
        settle[source]()
    if target not in settle:
        assert find_move(source, target) is None
        return
    if find_move(source, target) is None:
        with pytest.raises(IllegalMove):
            settle[target]()
        assert ArticleComment.objects.get().state == source
    else:
        settle[target]()
        assert ArticleComment.objects.get().state == target


def test_only_moderators_decide_and_never_on_their_own(article: ArticlePage, reader: User, editor: User) -> None:
    comment, own = written(article, reader), written(article, editor)

    for stranger in (reader, make_user(), make_user(Role.REVIEWER), make_user(Role.BROKER)):
        with pytest.raises((PermissionDenied, OwnComment)):
            show_comment(comment=comment, by=stranger, at=NOON)
    with pytest.raises(OwnComment):
        show_comment(comment=own, by=editor, at=NOON)
    show_comment(comment=own, by=make_user(Role.S2S_LEAD), at=NOON)
    assert sorted(ArticleComment.objects.values_list("state", flat=True)) == [CommentState.SHOWN, CommentState.WAITING]


def test_nobody_deletes_what_somebody_else_wrote(article: ArticlePage, reader: User, editor: User) -> None:
    comment = shown(article, reader, editor)
    with pytest.raises(PermissionDenied):
        delete_comment(comment=comment, by=editor, at=NOON)
    assert signed_in(editor).get(reverse("website:comment_delete", args=[comment.pk])).status_code == 404


def test_refusal_needs_a_reason(article: ArticlePage, reader: User, editor: User) -> None:
    with pytest.raises(ReasonMissing):
        refuse_comment(comment=written(article, reader), reason="  ", by=editor, at=NOON)


def test_moderators_and_the_author_are_told_by_e_mail(article: ArticlePage, reader: User, editor: User) -> None:
    first, second = written(article, reader), written(article, reader, text="Nonsense")
    assert mails() == [(editor.email, "A comment waits on “First meetings”")] * 2
    show_comment(comment=first, by=editor, at=NOON)
    refuse_comment(comment=second, reason="Please stay with the subject", by=editor, at=NOON)

    assert mails() == [(reader.email, "Your comment is not shown"), (reader.email, "Your comment is shown now")]
    assert ["Please stay with the subject" in sent.body for sent in mail.outbox if "not shown" in sent.subject] == [True]
    assert all("I agree." not in sent.body for sent in mail.outbox)


def test_message_about_a_comment_that_is_settled_is_not_sent(article: ArticlePage, reader: User, editor: User) -> None:
    delete_comment(comment=written(article, reader), by=reader, at=NOON)

    assert mails() == []


def test_without_an_editor_the_lead_is_told(article: ArticlePage, reader: User) -> None:
    lead = make_user(Role.S2S_LEAD)
    written(article, reader)

    assert [message.recipient for message in OutboxMessage.objects.all()] == [lead]


def decide(client: Client, comments: list[ArticleComment], decision: str, reason: str = "") -> Any:
    data = {"comments": [comment.pk for comment in comments], "decision": decision, "reason": reason}
    return client.post(reverse("wagtailsnippets_website_articlecomment:waiting"), data)


def test_only_moderators_see_what_waits(article: ArticlePage, reader: User) -> None:
    comment = written(article, reader)
    for role in (Role.REVIEWER, Role.BROKER, Role.FINANCE):
        client = signed_in(make_user(role))
        assert client.get(reverse("wagtailsnippets_website_articlecomment:waiting")).status_code == 302
        decide(client, [comment], "show")

    assert ArticleComment.objects.get().state == CommentState.WAITING


def test_many_are_decided_at_once(article: ArticlePage, reader: User, editor: User) -> None:
    client, comments = signed_in(editor), [written(article, reader, text=f"Thought {number}") for number in range(4)]
    own = written(article, editor)
    decide(client, [*comments[:2], own], "show")
    assert "Say why" in text_of(decide(client, comments[2:3], "refuse"))
    assert "Tick at least one" in text_of(decide(client, [], "show"))
    decide(client, comments[2:3], "refuse", reason="Rude")

    states = list(ArticleComment.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["SHOWN", "SHOWN", "REFUSED", "WAITING", "WAITING"]
    page = text_of(client.get(reverse("wagtailsnippets_website_articlecomment:waiting")))
    assert ("Thought 3" in page, "Thought 0" in page) == (True, False)


def test_one_is_decided_on_its_page_in_the_admin(article: ArticlePage, reader: User, editor: User) -> None:
    client, comment = signed_in(editor), written(article, reader)
    name = "wagtailsnippets_website_articlecomment"
    client.post(reverse(f"{name}:show_comment", args=[comment.pk]))
    assert ArticleComment.objects.get().state == CommentState.SHOWN
    client.post(reverse(f"{name}:refuse_comment", args=[comment.pk]), {"reason": "On reflection"})

    assert [(row.state, row.reason, row.settled_by) for row in ArticleComment.objects.all()] == [("REFUSED", "On reflection", editor)]
    page = text_of(client.get(reverse(f"{name}:inspect", args=[comment.pk])))
    assert "Show it" in page
    assert "Refuse it" not in page


def test_list_of_comments_is_filtered(article: ArticlePage, reader: User, editor: User) -> None:
    shown(article, reader, editor, text="A shown thought")
    written(article, reader, text="A waiting thought")
    page = text_of(signed_in(editor).get(reverse("wagtailsnippets_website_articlecomment:list"), {"state": "WAITING"}))

    assert ("A waiting thought" in page, "A shown thought" in page) == (True, False)
    assert "Comments that wait (1)" in page


def test_admins_first_page_says_how_many_wait(article: ArticlePage, reader: User, editor: User) -> None:
    written(article, reader)

    assert "1 comment on an article waits" in text_of(signed_in(editor).get("/admin/"))
    assert "waits to be read" not in text_of(signed_in(make_user(Role.REVIEWER)).get("/admin/"))


# The author's own, history, personal data


def test_author_deletes_their_own(client: Client, article: ArticlePage, reader: User, editor: User) -> None:
    comment, insider = shown(article, reader, editor), signed_in(reader)
    address = reverse("website:comment_delete", args=[comment.pk])
    assert address in text_of(insider.get(ADDRESS))
    assert address not in text_of(signed_in(editor).get(ADDRESS))
    assert "cannot be brought back" in text_of(insider.get(address))
    response = insider.post(address, {"form_key": new_form_key()})

    assert response["Location"] == f"{ADDRESS}#comments"
    assert "I agree." not in text_of(client.get(ADDRESS))
    assert [(row.state, row.text) for row in ArticleComment.objects.all()] == [("DELETED", "")]
    assert insider.get(address).status_code == 404


def test_history_says_who_did_what_and_why(article: ArticlePage, reader: User, editor: User) -> None:
    comment = written(article, reader)
    refuse_comment(comment=comment, reason="Rude", by=editor, at=NOON)
    delete_comment(comment=comment, by=reader, at=NOON)

    rows = [(row.state, row.text, row.history_user, row.history_change_reason) for row in comment.history.order_by("history_id")]
    assert rows == [("WAITING", "I agree.", reader, None), ("REFUSED", "I agree.", editor, "Rude"), ("DELETED", "", reader, None)]


def test_person_gets_a_copy_of_their_comments_and_has_them_erased(client: Client, article: ArticlePage, reader: User, editor: User) -> None:
    shown(article, reader, editor, text="Canary thought")
    written(article, reader, text="Second canary")
    held = personal_data_of(reader)["comments on articles"]
    assert [(row["article__title"], row["text"]) for row in held] == [
        ("First meetings", "Canary thought"),
        ("First meetings", "Second canary"),
    ]
    assert "Canary thought" in text_of(client.get(ADDRESS))

    erase_person(user=reader, by=make_user(is_superuser=True), at=NOON, reason="They asked for it")

    stored = repr([list(ArticleComment.objects.values()), list(ArticleComment.history.values())]).lower()
    assert ("canary" in stored, "wildgoose" in stored, "perpetua" in stored) == (False, False, False)
    page = text_of(client.get(ADDRESS))
    assert ("Canary" in page, "Wildgoose" in page) == (False, False)


def test_refused_and_deleted_comments_go_after_a_year(article: ArticlePage, reader: User, editor: User) -> None:
    refuse_comment(comment=written(article, reader, text="Canary"), reason="Rude", by=editor, at=NOON)
    delete_comment(comment=written(article, reader, text="Canary"), by=reader, at=NOON)
    kept = shown(article, reader, editor)
    delete_what_is_over(NOON + timedelta(days=364))
    assert ArticleComment.objects.count() == 3

    delete_what_is_over(NOON + timedelta(days=366))

    assert list(ArticleComment.objects.all()) == [kept]
    assert ArticleComment.history.filter(text="Canary").count() == 0
