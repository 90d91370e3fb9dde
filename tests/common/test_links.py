from datetime import timedelta

import pytest

from common.links import LinkRefused, links_made, make_link, open_link, revoke_links, unmake_links, use_link
from common.models import SignedLink
from tests.conftest import NOON
from tests.factories.alliance import SchoolFactory

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def refusal(**asked) -> str:
    with pytest.raises(LinkRefused) as refused:
        open_link(**{"purpose": "follow", "at": LATER, **asked})
    return str(refused.value)


def test_link_opens_what_it_was_made_for():
    school = SchoolFactory()
    token = make_link(purpose="follow", subject=school, at=NOON)

    assert open_link(purpose="follow", token=token, at=LATER).subject == school


def test_link_is_stored_without_its_token():
    token = make_link(purpose="follow", subject=SchoolFactory(), at=NOON)

    row = SignedLink.objects.values().get()
    assert token not in map(str, row.values())


def test_links_of_one_subject_differ():
    school = SchoolFactory()

    assert make_link(purpose="follow", subject=school, at=NOON) != make_link(purpose="follow", subject=school, at=NOON)


def test_link_opens_nothing_for_another_purpose():
    token = make_link(purpose="follow", subject=SchoolFactory(), at=NOON)

    assert (
        refusal(purpose="sign", token=token)
        == refusal(token="made-up")
        == "We do not know this link. Check that you copied all of it from the e-mail."
    )


def test_link_opens_nothing_once_its_subject_is_gone():
    school = SchoolFactory()
    token = make_link(purpose="follow", subject=school, at=NOON)
    school.delete()

    assert refusal(token=token).startswith("We do not know this link.")


def test_link_expires():
    token = make_link(purpose="follow", subject=SchoolFactory(), at=NOON, expires_at=LATER)

    assert open_link(purpose="follow", token=token, at=LATER - timedelta(seconds=1))
    assert refusal(token=token) == "This link has expired."


def test_link_is_used_up():
    token = make_link(purpose="follow", subject=SchoolFactory(), at=NOON, max_uses=1)
    link = open_link(purpose="follow", token=token, at=NOON)

    use_link(link=link)

    assert refusal(token=token) == "This link has been used already."
    with pytest.raises(LinkRefused):
        use_link(link=link)
    assert SignedLink.objects.get().uses == 1


def test_link_without_a_limit_is_used_at_will():
    link = open_link(purpose="follow", token=make_link(purpose="follow", subject=SchoolFactory(), at=NOON), at=NOON)

    for _time in range(3):
        use_link(link=link)

    assert SignedLink.objects.get().uses == 3


def test_revoke_links_withdraws_those_of_one_purpose_and_subject():
    school, other = SchoolFactory(), SchoolFactory()
    revoked = [make_link(purpose="follow", subject=school, at=NOON) for _n in range(2)]
    kept = make_link(purpose="sign", subject=school, at=NOON), make_link(purpose="follow", subject=other, at=NOON)

    assert revoke_links(purpose="follow", subject=school, at=NOON) == 2

    assert [refusal(token=token) for token in revoked] == ["This link was withdrawn."] * 2
    assert open_link(purpose="sign", token=kept[0], at=LATER)
    assert open_link(purpose="follow", token=kept[1], at=LATER)


def test_unmake_links_deletes_those_made_inside_a_block_and_no_others():
    school = SchoolFactory()
    before = make_link(purpose="follow", subject=school, at=NOON)
    with links_made() as links:
        inside = make_link(purpose="follow", subject=school, at=NOON)
    after = make_link(purpose="follow", subject=school, at=NOON)

    unmake_links(links)

    assert refusal(token=inside).startswith("We do not know this link.")
    assert [open_link(purpose="follow", token=token, at=LATER).subject for token in (before, after)] == [school, school]
